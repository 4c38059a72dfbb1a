"""Measures of page, table and picture that would keep a reader from seeing what is there, told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from memo.delivered.docx.looks import MOST_INDENT, integer
from memo.delivered.docx.xml_parts import Attributes

LEAST_PAGE = 2880
"""The least width and height of a page, in twips: two inches."""

MOST_MARGINS = 8000
"""The most that two margins may have together, in twips."""

LEAST_COLUMN = 150
"""The least width of a column, in twips: a letter is about as wide."""

LEAST_PICTURE = 100_000
"""The least side of a picture, in English Metric Units: about a tenth of an inch."""


def measure_fault(name: str, attributes: Attributes) -> str:
    """Say what is wrong with the measures that an element gives; empty where nothing is, or where it gives none."""
    judge = _JUDGES.get(name)
    return judge(attributes) if judge else ""


def _page(attributes: Attributes) -> str:
    """Look at a paper's size or its margins."""
    said = {key.removeprefix("w:"): integer(value) for key, value in attributes.items()}
    small = min(said.get("w", LEAST_PAGE), said.get("h", LEAST_PAGE)) < LEAST_PAGE
    pairs = (("left", "right"), ("top", "bottom"), ("header", "header"), ("footer", "footer"))
    wide = any(said.get(one, 0) + said.get(other, 0) > MOST_MARGINS for one, other in pairs)
    return "a page without room for its text" if small or wide or min(said.values(), default=0) < 0 else ""


def _width(attributes: Attributes) -> str:
    flat = attributes.get("w:type", "dxa") == "dxa" and 0 < integer(attributes.get("w:w", ""), 1000) < LEAST_COLUMN
    return "a column without width" if flat else ""


def _table_indent(attributes: Attributes) -> str:
    inside = -400 <= integer(attributes.get("w:w", "0")) <= MOST_INDENT
    return "" if inside else "a table beyond the margins"


def _height(attributes: Attributes) -> str:
    return "a row of fixed height" if attributes.get("w:hRule", "auto") == "exact" else ""


def _direction(attributes: Attributes) -> str:
    return "" if attributes.get("w:val", "lrTb") in ("lrTb", "lr") else "words turned round"


def _columns(attributes: Attributes) -> str:
    return "" if integer(attributes.get("w:num", "1"), 1) == 1 else "text in columns"


def _page_numbers(attributes: Attributes) -> str:
    usual = attributes.get("w:fmt", "decimal") == "decimal" and attributes.get("w:start", "1") in ("0", "1")
    return "" if usual else "pages that are numbered in another way"


def _grid(attributes: Attributes) -> str:
    return "" if attributes.get("w:type", "default") == "default" else "lines laid on a grid"


def _extent(attributes: Attributes) -> str:
    least = min(integer(attributes.get("cx", "0")), integer(attributes.get("cy", "0")))
    return "a picture too small to be seen" if least < LEAST_PICTURE else ""


def _geometry(attributes: Attributes) -> str:
    return "" if attributes.get("prst", "rect") == "rect" else "a picture cut to another shape"


_JUDGES: Mapping[str, Callable[[Attributes], str]] = MappingProxyType(
    {
        "w:pgSz": _page, "w:pgMar": _page, "w:cols": _columns, "w:pgNumType": _page_numbers, "w:docGrid": _grid,
        "w:tcW": _width, "w:gridCol": _width, "w:tblW": _width, "w:tblInd": _table_indent, "w:trHeight": _height,
        "w:textDirection": _direction, "wp:extent": _extent, "a:prstGeom": _geometry,
    }
)  # fmt: skip
