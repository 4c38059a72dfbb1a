"""What stands in the margins of every page: banner, short title, reference, page number. None of it is text."""

from __future__ import annotations

from dataclasses import replace

from memo.document.furniture import Furniture
from memo.facts.style import MM, fill
from memo.renderers.pdf.page.content import FOOTER, HEADER, Sheet
from memo.renderers.pdf.text.lines import Line, draw_line
from memo.renderers.pdf.text.typesetter import Setter

_HEADER_ABOVE_TEXT = 22.0
_FOOTER_BELOW_TEXT = 26.0
_RULE_GAP = 6.0
_HAIRLINE = 0.5
_BETWEEN = 12.0


class Margins:
    """Draws the margins of one document's pages."""

    def __init__(self, furniture: Furniture, setter: Setter) -> None:
        self._furniture = furniture
        self._setter = setter
        self._banners = {kind: self._banner(kind) for kind in (HEADER, FOOTER)}
        room = setter.measure - self._banners[HEADER].width - _BETWEEN
        self._title = self._text(furniture.short_title, HEADER, room)

    def draw(self, sheet: Sheet, page: int, pages: int) -> None:
        """Draw those of one page; its number counts from 1."""
        self._draw_header(sheet)
        self._draw_footer(sheet, fill(self._furniture.page, page=str(page), pages=str(pages)))

    def _draw_header(self, sheet: Sheet) -> None:
        page = self._setter.style.page
        baseline = page.margin_top_mm * MM - _HEADER_ABOVE_TEXT
        self._draw_ends(sheet, self._banners[HEADER], self._title, baseline, HEADER)

    def _draw_footer(self, sheet: Sheet, words: str) -> None:
        style = self._setter.style
        _, height = style.page_points()
        top = height - style.page.margin_bottom_mm * MM + _FOOTER_BELOW_TEXT - _RULE_GAP
        look = self._setter.looks.furniture
        sheet.mark(FOOTER)
        left = style.page.margin_left_mm * MM
        sheet.line(left, top, left + self._setter.measure, top, _HAIRLINE, style.colours.rule)
        number = self._text(words, FOOTER, self._setter.measure)
        text = self._text(self._furniture.footer, FOOTER, self._setter.measure - number.width - _BETWEEN)
        baseline = top + _RULE_GAP + look.baseline - 2
        self._draw_ends(sheet, text, number, baseline, FOOTER)
        draw_line(sheet, self._banners[FOOTER], left, baseline + look.leading, FOOTER)

    def _draw_ends(self, sheet: Sheet, left: Line, right: Line, baseline: float, kind: str) -> None:
        start = self._setter.style.page.margin_left_mm * MM
        draw_line(sheet, left, start, baseline, kind)
        draw_line(sheet, right, start + self._setter.measure - right.width, baseline, kind)

    def _banner(self, kind: str) -> Line:
        """The banner is never cut: it gets smaller until it fits."""
        words, look = self._furniture.banner, self._setter.looks.banner
        line = self._setter.capitals(words, look, kind)
        if line.width <= self._setter.measure:
            return line
        share = self._setter.measure / line.width
        ink = look.ink._replace(size=look.ink.size * share, spacing=look.ink.spacing * share)
        return self._setter.capitals(words, replace(look, ink=ink), kind)

    def _text(self, words: str, kind: str, room: float) -> Line:
        """Words in one line; what does not fit is left out, and dots say so."""
        look = self._setter.looks.furniture
        line = self._setter.line(words, look, kind)
        while line.width > room and words:
            words = words[: max(0, min(len(words) - 1, int(len(words) * room / line.width)))].rstrip()
            line = self._setter.line(words + "…" if words else "", look, kind)
        return line
