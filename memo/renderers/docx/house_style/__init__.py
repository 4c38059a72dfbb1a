"""An organisation's own .docx or .dotx as the look of a memo: the file that ``house-style`` in style.yaml names.

`fit` puts a finished memo into it: the styles are the house style's, by name, and memo's where it has none; page,
headers, footers, theme, fonts and settings are its own. Its text, notes, comments and everything else stay behind.

    package     the house style opened, and its parts that are copied as they are
    page        paper, headers and footers, rules above notes, settings
    styles      styles of both in one part, also where built-in styles have names in another language
    lists       numbered and bulleted lists of both in one part
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from memo.document.furniture import Furniture
from memo.document.tree import Metadata
from memo.facts.style import HouseFile
from memo.problem import Problem
from memo.renderers.docx.builder import DocxBuilder
from memo.renderers.docx.house_style.lists import link_to_styles, merge_lists
from memo.renderers.docx.house_style.package import CannotCopy, CopiedParts, HouseStyle, W
from memo.renderers.docx.house_style.page import has_token, headers_footers, section_properties, separators, settings
from memo.renderers.docx.house_style.styles import match_styles, merge_styles, numbering_of, own_styles
from memo.renderers.docx.language import locale
from memo.renderers.docx.paragraphs import paragraph_of
from memo.renderers.docx.runs import RunFormat, runs_of

_STYLED = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]+)"')
_SECTION = re.compile(r"(<w:sectPr>.*?</w:sectPr>)", re.DOTALL)
_NUMBERED_STYLES = 5

Parts = dict[str, str | bytes]


class Fitted(NamedTuple):
    """A memo in a house style: its parts, the content types of those that are not memo's, and what was wrong."""

    parts: Parts
    types: Mapping[str, str]
    problems: list[Problem]


def fit(
    parts: Parts, house: HouseStyle, file: HouseFile, builder: DocxBuilder, shown: Furniture, metadata: Metadata
) -> Fitted:
    """Put the parts of a memo into this house style; ``shown`` is what stands around its text.

    Problems: bad-house-style.
    """
    copies = CopiedParts()
    try:
        copied = headers_footers(house, copies, _token_values(shown, metadata))
        for kind, part in (("theme", house.theme), ("fontTable", house.fonts)):
            if part is not None:
                _replace(parts, builder, kind, copies.add(part))
    except CannotCopy as cannot:
        hint = "take it out of the file, or put it into the file as a picture"
        return Fitted(parts, {}, [Problem("bad-house-style", f"{file.path}: {cannot}", file.place, hint)])
    problems = _ensure_banner(parts, house, file, builder, shown, copied)
    placements = _placements(house, copied)
    # Memo's own parts are strings of a known form: expressions find in them what is to be replaced.
    before, own, after = _SECTION.split(str(parts["word/document.xml"]))
    parts["word/document.xml"] = f"{before}{section_properties(house, own, builder.links, placements)}{after}"
    for kind in ("header", "footer"):
        if f"{kind}1.xml" not in placements.values():
            _replace(parts, builder, kind, "")
    unused = frozenset(kind.title() for kind in ("header", "footer") if (kind, "default") in copied)
    _restyle(parts, house, builder, unused)
    if house.settings is not None:
        parts["word/settings.xml"] = settings(house.settings)
    for kind, rule in separators(house).items():
        before, after = re.split(rf'<w:footnote w:type="{kind}" .*?</w:footnote>', str(parts["word/footnotes.xml"]))
        parts["word/footnotes.xml"] = f"{before}{rule}{after}"
    # Written again, since parts were added and replaced.
    parts["word/_rels/document.xml.rels"] = builder.links.xml()
    return Fitted({**parts, **copies.parts}, copies.types, problems)


def _token_values(shown: Furniture, metadata: Metadata) -> dict[str, str]:
    """Return what the house style's headers and footers may ask for in braces."""
    return {
        "banner": shown.banner,
        "title": shown.title,
        "short-title": shown.short_title,
        "to": metadata.to,
        "from": metadata.sender,
        "date": metadata.date_shown,
        "reference": metadata.reference,
        "as-of": metadata.as_of_shown,
        "edition": metadata.edition,
        "copy": shown.footer,
    }


def _placements(house: HouseStyle, copied: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Place every header and footer: the house style's; where it has none of a kind, memo's, on every kind of page."""
    placements = dict(copied)
    first = house.section.find(f"{W}titlePg") is not None
    even = house.settings is not None and house.settings.find(f"{W}evenAndOddHeaders") is not None
    types = ("default", *(("first",) if first else ()), *(("even",) if even else ()))
    for kind in ("header", "footer"):
        if not any(one == kind for one, _ in copied):
            placements |= {(kind, type): f"{kind}1.xml" for type in types}
    return placements


def _ensure_banner(
    parts: Parts,
    house: HouseStyle,
    file: HouseFile,
    builder: DocxBuilder,
    shown: Furniture,
    copied: Mapping[tuple[str, str], str],
) -> list[Problem]:
    """Put the banner above the title, with a warning, where neither header nor footer is memo's or asks for it."""
    both = {kind for kind, _ in copied} == {"header", "footer"}
    if not shown.banner or not both or has_token(house, "banner"):
        return []
    line = paragraph_of("MemoKind", runs_of(shown.banner, RunFormat(style="Banner"), builder), builder)
    parts["word/document.xml"] = str(parts["word/document.xml"]).replace("<w:body>", f"<w:body>{line}", 1)
    message = f"the header of {file.path} has no place for the marking '{shown.banner}': it stands above the title only"
    return [Problem("bad-house-style", message, file.place, "write {banner} in its header", severity="warning")]


def _replace(parts: Parts, builder: DocxBuilder, kind: str, name: str) -> None:
    """Put a copied part in the place of memo's own of this kind; none where ``name`` is empty."""
    own = {"theme": "theme/theme1.xml", "fontTable": "fontTable.xml"}.get(kind, f"{kind}1.xml")
    del parts[f"word/{own}"]
    builder.links.redirect(kind, own, name)


def _restyle(parts: Parts, house: HouseStyle, builder: DocxBuilder, leave_out: frozenset[str]) -> None:
    """Merge styles and lists of both, and bring the text that uses them into line."""
    own = own_styles(str(parts["word/styles.xml"]))
    matches = match_styles(house.styles, own)
    by_id = {style.get(f"{W}styleId"): style for style in house.styles.iter(f"{W}style")}
    house_lists: dict[int, tuple[int, int]] = {}
    for level in range(_NUMBERED_STYLES):
        number = numbering_of(by_id.get(matches.get(f"ListNumber{level + 1 if level else ''}", "")), by_id)
        # Two levels that the house style numbers alike would count as one: the second keeps memo's own list.
        if number and number not in house_lists.values():
            house_lists[level] = number
    numbering, lists = merge_lists(house.numbering, str(parts["word/numbering.xml"]), house_lists.get)
    styles, ids = merge_styles(house.styles, own, matches, lists, locale(builder.language), leave_out)
    parts["word/styles.xml"] = styles
    parts["word/numbering.xml"] = link_to_styles(numbering, lists, ids, matches)
    for name in ("document", "footnotes", "header1", "footer1"):
        if text := parts.get(f"word/{name}.xml"):
            restyled = _STYLED.sub(lambda use: f'{use[1]}{ids.get(use[2], use[2])}"', str(text))
            parts[f"word/{name}.xml"] = lists.renumber(restyled)
