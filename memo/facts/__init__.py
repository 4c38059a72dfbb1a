"""What a dossier is, and how everything that people write in YAML is read: fact sheets, style, front matter."""

from __future__ import annotations

from memo.facts.articles import load_articles
from memo.facts.file_text import read_text
from memo.facts.sheets import load
from memo.facts.style_file import load_house, load_style, load_style_file
from memo.facts.template_file import load_template

__all__ = ["load", "load_articles", "load_house", "load_style", "load_style_file", "load_template", "read_text"]
