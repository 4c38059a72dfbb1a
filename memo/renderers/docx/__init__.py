"""Document to DOCX: real styles, footnotes, fields and lists, as a careful colleague would make them in Word.

``blocks``, ``inlines``, ``runs`` write the body as strings of WordprocessingML; a ``Story`` collects what has its place
in another part of the package: notes, links, numbered lists, images. ``base/`` holds the parts that are the same for
every memo, ``look`` fills the style sheet into them, ``package`` makes one zip of it all.
"""

from __future__ import annotations

import re

from memo.document.as_json import Embedded
from memo.document.as_json import embed as carried_by
from memo.document.furniture import Furniture, furniture, words_of
from memo.document.tree import Document, Metadata
from memo.facts.style import MM, HouseFile, Style
from memo.problem import Problem, has_errors
from memo.renderers import Rendered
from memo.renderers.docx import look
from memo.renderers.docx.blocks import blocks, ending
from memo.renderers.docx.frame import footer, header, title_block
from memo.renderers.docx.language import locale
from memo.renderers.docx.look import FOOTER_MM, HEADER_MM, twips
from memo.renderers.docx.markup import filled
from memo.renderers.docx.package import zipped
from memo.renderers.docx.parts import PROPERTIES_RELATIONSHIP, app, comments, core, custom, item, item_properties
from memo.renderers.docx.story import Relationships, Story, new_story, part


def render(
    document: Document, style: Style, *, bare: bool = False, house: HouseFile | None = None,
    carried: Embedded | None = None,
) -> tuple[Rendered, list[Problem]]:  # fmt: skip
    """The document as a DOCX file (ECMA-376, transitional), in the house style if there is one.

    It carries the document itself and where in the text each claim stands, unless ``bare``; ``carried`` is its JSON,
    from those who have that already. Problems: bad-house-style (with errors, there is no file); else none, since Word
    finds a font for any character.
    """
    carried = carried or carried_by(document)
    if house is not None:
        return _in_house(document, style, bare, house, carried)
    parts, story, _ = _parts(document, style, look.paper(style), bare, carried)
    return Rendered(zipped(parts, story.date)), []


def _in_house(
    document: Document, style: Style, bare: bool, file: HouseFile, carried: Embedded
) -> tuple[Rendered, list[Problem]]:
    from memo.renderers.docx.house import fit
    from memo.renderers.docx.house.package import open_house
    from memo.renderers.docx.house.page import paper

    house = open_house(file)
    if isinstance(house, Problem):
        return Rendered(b""), [house]
    parts, story, around = _parts(document, style, paper(house.section, look.paper(style)), bare, carried)
    fitted = fit(parts, house, file, story, around, document.metadata)
    if has_errors(fitted.problems):
        return Rendered(b""), fitted.problems
    return Rendered(zipped(fitted.parts, story.date, fitted.types)), fitted.problems


def _parts(
    document: Document, style: Style, paper: look.Paper, bare: bool, carried: Embedded
) -> tuple[dict[str, str | bytes], Story, Furniture]:
    """The memo's parts by name, and what they were written from."""
    metadata = document.metadata
    date = midnight(metadata.date)
    around = furniture(metadata, style, carried.digest)
    story = new_story(document, style, words_of(metadata, style), date, paper, bare)
    earlier = furniture(document.earlier, style, "") if document.earlier else around
    text = title_block(around, earlier, story) + blocks(document.blocks, story) + ending(document.blocks, story)
    parts: dict[str, str | bytes] = {
        **_text_parts(text, around, story),
        **_base_parts(around, story),
        **_property_parts(metadata, "" if bare else carried.digest, date),
        **({} if bare else _provenance_parts(carried, story)),
        **story.media,
    }
    return parts, story, around


def midnight(date: str) -> str:
    """The first instant of an EDTF date, in UTC, as ISO 8601 with the time; of 1980 where it has no year at all."""
    numbers = re.match(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", date)
    year, month, day = numbers.groups() if numbers else ("1980", None, None)
    return f"{year}-{month or '01'}-{day or '01'}T00:00:00Z"


def _text_parts(text: str, around: Furniture, story: Story) -> dict[str, str]:
    """Body, notes, header and footer, and how they hang together."""
    for kind, target in _NEIGHBOURS:
        story.links.to(kind, target)
    if told := comments(story):
        story.links.to("comments", "comments.xml")
    if story.bookmark_claims:
        story.links.to("customXml", "../customXml/item1.xml")
    return {
        "word/document.xml": part("document", f"<w:body>{text}{_section(story)}</w:body>"),
        "word/footnotes.xml": part("footnotes", _SEPARATORS + "".join(story.notes)),
        "word/comments.xml": told,
        "word/header1.xml": header(around, story),
        "word/footer1.xml": footer(around, story),
        "word/_rels/document.xml.rels": story.links.xml(),
        "word/_rels/footnotes.xml.rels": story.note_links.xml(),
    }


_NEIGHBOURS = (
    ("styles", "styles.xml"),
    ("settings", "settings.xml"),
    ("fontTable", "fontTable.xml"),
    ("numbering", "numbering.xml"),
    ("footnotes", "footnotes.xml"),
    ("theme", "theme/theme1.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
)

_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)
"""The rules above notes (ECMA-376-1, 17.11.23 and 17.11.1)."""


def _section(story: Story) -> str:
    """Paper, margins, header and footer (ECMA-376-1, 17.6.17)."""
    page = story.style.page
    width, height = (twips(points) for points in story.style.page_points())
    top, right, bottom, left = (
        twips(margin * MM)
        for margin in (page.margin_top_mm, page.margin_right_mm, page.margin_bottom_mm, page.margin_left_mm)
    )
    above, below = twips(HEADER_MM * MM), twips(FOOTER_MM * MM)
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{story.links.to("header", "header1.xml")}"/>'
        f'<w:footerReference w:type="default" r:id="{story.links.to("footer", "footer1.xml")}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="{above}" w:footer="{below}" w:gutter="0"/></w:sectPr>'
    )


def _base_parts(around: Furniture, story: Story) -> dict[str, str]:
    """What ``base/`` ships, with the style sheet filled in, and the document's own numbered lists."""
    labels = (label for label, _ in around.title_rows)
    values = look.values(story.style, locale(story.language), labels, story.paper) | {"lists": "".join(story.lists)}
    names = ("styles.xml", "settings.xml", "fontTable.xml", "numbering.xml")
    return {f"word/{name}": filled(name, values) for name in names} | {
        "word/theme/theme1.xml": filled("theme.xml", values)
    }


def _property_parts(metadata: Metadata, fingerprint: str, date: str) -> dict[str, str]:
    root = Relationships()
    root.to("officeDocument", "word/document.xml")
    root.to(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"
    )
    root.to("extended-properties", "docProps/app.xml")
    root.to("custom-properties", "docProps/custom.xml")
    told = {
        "Reference": metadata.reference,
        "Edition": metadata.edition,
        "Facts as of": metadata.as_of,
        "Content digest": fingerprint,
    }
    return {
        "_rels/.rels": root.xml(),
        "docProps/core.xml": core(metadata, date),
        "docProps/app.xml": app(),
        "docProps/custom.xml": custom(told),
    }


def _provenance_parts(carried: Embedded, story: Story) -> dict[str, str]:
    links = Relationships()
    links.to(PROPERTIES_RELATIONSHIP, "itemProps1.xml")
    return {
        "customXml/item1.xml": item(carried.json.decode(), story.claims),
        "customXml/itemProps1.xml": item_properties(),
        "customXml/_rels/item1.xml.rels": links.xml(),
    }
