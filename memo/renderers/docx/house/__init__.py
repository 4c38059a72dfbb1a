"""An organisation's own .docx or .dotx as the look of a memo.

`open_house` opens it, `paper` tells how much room its page has, `fit` puts a finished memo into it: the styles are the
house style's, by name, and memo's where it has none; page, headers, footers, theme, fonts and settings are its own. Its
text, notes, comments and everything else stay behind.

    opened      the package, by what its parts are for
    names       what built-in styles are called in other languages
    styles      styles of both in one part
    lists       lists of both in one part
    page        paper, headers and footers, rules above notes
    settings    settings without what must not come along
    copies      parts that stay as they are
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from memo.document.furniture import Furniture
from memo.document.tree import Metadata
from memo.facts.style import HouseFile
from memo.problem import Problem
from memo.renderers.docx.house.lists import merged_lists, pointed
from memo.renderers.docx.house.package import Copies, House, Unwelcome, W, open_house
from memo.renderers.docx.house.page import asks_for, edges, paper, section, separators, settings
from memo.renderers.docx.house.styles import found_styles, merged_styles, number_of, own_styles
from memo.renderers.docx.language import locale
from memo.renderers.docx.paragraphs import wrapped
from memo.renderers.docx.runs import Manner, words
from memo.renderers.docx.story import Story

__all__ = ["Fitted", "House", "fit", "open_house", "paper"]

_STYLED = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]+)"')
_SECTION = re.compile(r"(<w:sectPr>.*?</w:sectPr>)", re.DOTALL)
_NUMBERED_STYLES = 5

Parts = dict[str, str | bytes]


class Fitted(NamedTuple):
    """A memo in a house style: its parts, the content types of those that are not memo's, and what was wrong."""

    parts: Parts
    types: Mapping[str, str]
    problems: list[Problem]


def fit(parts: Parts, house: House, file: HouseFile, story: Story, around: Furniture, metadata: Metadata) -> Fitted:
    """The parts of a memo in this house style. Problems: bad-house-style."""
    copies = Copies()
    try:
        kept = edges(house, copies, _words(around, metadata))
        for kind, part in (("theme", house.theme), ("fontTable", house.fonts)):
            if part is not None:
                _replace(parts, story, kind, copies.add(part))
    except Unwelcome as unwelcome:
        hint = "take it out of the file, or put it into the file as a picture"
        return Fitted(parts, {}, [Problem("bad-house-style", f"{file.path}: {unwelcome}", file.place, hint)])
    problems = _marking(parts, house, file, story, around, kept)
    placed = _placed(house, kept)
    before, own, after = _SECTION.split(str(parts["word/document.xml"]))
    parts["word/document.xml"] = f"{before}{section(house, own, story.links, placed)}{after}"
    for kind in ("header", "footer"):
        if f"{kind}1.xml" not in placed.values():
            _replace(parts, story, kind, "")
    _restyle(parts, house, story, frozenset(kind.title() for kind in ("header", "footer") if (kind, "default") in kept))
    if house.settings is not None:
        parts["word/settings.xml"] = settings(house.settings)
    for kind, rule in separators(house).items():
        before, after = re.split(rf'<w:footnote w:type="{kind}" .*?</w:footnote>', str(parts["word/footnotes.xml"]))
        parts["word/footnotes.xml"] = f"{before}{rule}{after}"
    parts["word/_rels/document.xml.rels"] = story.links.xml()
    return Fitted({**parts, **copies.parts}, copies.types, problems)


def _words(around: Furniture, metadata: Metadata) -> dict[str, str]:
    """What the house style's headers and footers may ask for in braces."""
    return {
        "banner": around.banner,
        "title": around.title,
        "short-title": around.short_title,
        "to": metadata.to,
        "from": metadata.sender,
        "date": metadata.date_shown,
        "reference": metadata.reference,
        "as-of": metadata.as_of_shown,
        "edition": metadata.edition,
        "copy": around.footer,
    }


def _placed(house: House, kept: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Every header and footer, the house style's; where it shows none of a kind, memo's, on every kind of page."""
    placed = dict(kept)
    apart = house.section.find(f"{W}titlePg") is not None
    even = house.settings is not None and house.settings.find(f"{W}evenAndOddHeaders") is not None
    types = ("default", *(("first",) if apart else ()), *(("even",) if even else ()))
    for kind in ("header", "footer"):
        if not any(held == kind for held, _ in kept):
            placed |= {(kind, type): f"{kind}1.xml" for type in types}
    return placed


def _marking(
    parts: Parts, house: House, file: HouseFile, story: Story, around: Furniture, kept: Mapping[tuple[str, str], str]
) -> list[Problem]:
    """The banner, where neither header nor footer is memo's nor asks for it: above the title, and a warning."""
    both = {kind for kind, _ in kept} == {"header", "footer"}
    if not around.banner or not both or asks_for(house, "banner"):
        return []
    line = wrapped("MemoKind", words(around.banner, Manner(style="Banner"), story), story)
    parts["word/document.xml"] = str(parts["word/document.xml"]).replace("<w:body>", f"<w:body>{line}", 1)
    why = f"the header of {file.path} has no place for the marking '{around.banner}': it stands above the title only"
    return [Problem("bad-house-style", why, file.place, "write {banner} in its header", severity="warning")]


def _replace(parts: Parts, story: Story, kind: str, name: str) -> None:
    """Put a copy in the place of memo's own part of this kind, or nothing."""
    own = {"theme": "theme/theme1.xml", "fontTable": "fontTable.xml"}.get(kind, f"{kind}1.xml")
    del parts[f"word/{own}"]
    story.links.redirect(kind, own, name)


def _restyle(parts: Parts, house: House, story: Story, leave_out: frozenset[str]) -> None:
    """Styles and lists of both, and the text that uses them."""
    own = own_styles(str(parts["word/styles.xml"]))
    found = found_styles(house.styles, own)
    by_id = {style.get(f"{W}styleId"): style for style in house.styles.iter(f"{W}style")}
    models: dict[int, tuple[int, int]] = {}
    for level in range(_NUMBERED_STYLES):
        number = number_of(by_id.get(found.get(f"ListNumber{level + 1 if level else ''}", "")), by_id)
        if number and number not in models.values():
            models[level] = number
    numbering, lists = merged_lists(house.numbering, str(parts["word/numbering.xml"]), models.get)
    styles, ids = merged_styles(house.styles, own, found, lists, locale(story.language), leave_out)
    parts["word/styles.xml"] = styles
    parts["word/numbering.xml"] = pointed(numbering, lists, ids, found)
    for name in ("document", "footnotes", "header1", "footer1"):
        if text := parts.get(f"word/{name}.xml"):
            restyled = _STYLED.sub(lambda use: f'{use[1]}{ids.get(use[2], use[2])}"', str(text))
            parts[f"word/{name}.xml"] = lists.told(restyled)
