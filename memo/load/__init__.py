"""Read everything that people write in YAML: fact sheets, the house style, a memo's front matter.

The ways in: `load` reads a dossier, `load_style` a style file, `load_house` the Word file that it names,
`load_style_file` both of these, `load_template` a template with its front matter, `load_articles` the texts of a
dossier's sources.
Each finds every problem of every file in one run, each at its place, and returns what could be read beside them.
What comes back is whole: no entry of it refers to one that is not there.

    text           a file's text: opened, decoded, rid of characters that no memo can carry
    nodes          text -> a light tree of scalars, lists and mappings that know their places
    reading        tree + declaration (`memo.declare`) -> values
    places         where each value stands, and what a sheet refers to, in little room
    scalars        one scalar -> text, choice, number, flag or date
    meaning        what facts must say beyond their shape; references between them
    house_file     a Word file that somebody else made: whether it may be opened at all
    dossier, style_file, template_file, article_file    the ways in
"""

from __future__ import annotations

from memo.load.article_file import load_articles
from memo.load.dossier import load
from memo.load.style_file import load_house, load_style, load_style_file
from memo.load.template_file import load_template
from memo.load.text import read_text

__all__ = ["load", "load_articles", "load_house", "load_style", "load_style_file", "load_template", "read_text"]
