"""The second witness to a PDF: its pages drawn, and held against the drawn pages of the file that it should be.

This sees what covers words, or leaves them out, or is not painted at all, without knowing by what means. Two programs
never draw quite the same, nor does one program draw quite the same what another saved again: within a tolerance, pages
count as alike. It was found by trial, at three pixels a point. Copies of Ghostscript's differ by up to 46 of 255 levels
of grey at any place as large as a comma, and by 4 at any place as large as a letter, in any colour. A covered comma
makes 110 of the first, a covered letter 16 of the second. Programs that set the hints of fonts otherwise (cairo) reach
165 and 44 all over a page: between, it cannot be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from memo.delivered.contents import shown

SCALE = 3
"""Pixels a point."""

_MARK = 2
"""Pixels around each that it is taken together with: a square as large as a comma."""

_LETTER = 6
"""Pixels of a square as large as half a letter; three by three of these are taken together."""

MARK_ALIKE = 75
"""Levels of grey that a place as large as a comma may differ by."""

LETTER_ALIKE = 12
"""Levels of any colour that a place as large as a letter may differ by: less than pale grey words make."""

LETTER_UNLIKE = 64
"""Levels that no other way of drawing the same makes in a place as large as a letter."""

MOST_DRAWN = 2000
"""Points that a page may measure either way."""


class Unlike(NamedTuple):
    """A page that does not look as it should: the place in words, and whether no program could draw it so."""

    where: str
    surely: bool


def unlike_pages(data: bytes, expected: bytes, page_done: Callable[[], None]) -> Iterator[Unlike]:
    """Yield each page of a PDF that does not look as it does in another; or that the one has and the other lacks."""
    ours, theirs = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(expected)
    if len(ours) != len(theirs):
        yield Unlike(f"it has {_pages(len(ours))}, and should have {_pages(len(theirs))}", True)
        return
    for index in range(len(theirs)):
        page, other = ours[index], theirs[index]
        if found := _compare(page, other):
            yield Unlike(f"page {index + 1} {found.where}", found.surely)
        page.close()
        other.close()
        page_done()


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def _compare(page: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> Unlike | None:
    sizes = zip(page.get_size(), other.get_size(), strict=True)
    # Programs round the size of a page; a point is a third of a millimetre.
    if any(abs(one - another) > 1 or another > MOST_DRAWN for one, another in sizes):
        (width, height), (wide, high) = page.get_size(), other.get_size()
        return Unlike(f"shows {width:.0f} by {height:.0f} points, and should show {wide:.0f} by {high:.0f}", True)
    ours, theirs = _draw(page), _draw(other)
    if ours.size == theirs.size and ours.tobytes() == theirs.tobytes():
        return None
    least = (min(ours.width, theirs.width), min(ours.height, theirs.height))
    difference = ImageChops.subtract(ours.crop((0, 0, *least)), theirs.crop((0, 0, *least)), 2, _SAME)
    return _judge(difference, other)


_SAME = 128
"""The level that stands for no difference; each level away from it is two levels of difference."""


def _judge(difference: Image.Image, other: pypdfium2.PdfPage) -> Unlike | None:
    """Tell where pages differ by more than they may, given the difference of each pixel."""
    letters = difference.reduce(_LETTER).filter(ImageFilter.BoxBlur(1))
    if _strongest(letters) > LETTER_ALIKE:
        surely = _strongest(letters) > LETTER_UNLIKE
        return Unlike(_where(letters, LETTER_UNLIKE if surely else LETTER_ALIKE, _LETTER, other), surely)
    marks = difference.convert("L").filter(ImageFilter.BoxBlur(_MARK))
    return Unlike(_where(marks, MARK_ALIKE, 1, other), False) if _strongest(marks) > MARK_ALIKE else None


def _strongest(difference: Image.Image) -> int:
    """Return the most levels by which any pixel differs, in any colour."""
    levels = [level % 256 for level, count in enumerate(difference.histogram()) if count]
    return 2 * max(abs(level - _SAME) for level in levels)


def _draw(page: pypdfium2.PdfPage) -> Image.Image:
    # Annotations are judged by what they are: a reader may show them otherwise than PDFium does.
    bitmap = page.render(scale=SCALE, may_draw_forms=False, draw_annots=False, rev_byteorder=True, no_smoothtext=False)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image


def _where(difference: Image.Image, most: int, pixels: int, other: pypdfium2.PdfPage) -> str:
    """Say near which words the first place is that differs by more than this many levels."""
    beyond = [1 if 2 * abs(level - _SAME) > most else 0 for level in range(256)]
    found = difference.point(beyond * len(difference.getbands()))
    bands = [box for band in found.split() if (box := band.getbbox())]
    top = min(box[1] for box in bands)
    row = [box for band in found.split() if (box := band.crop((0, top, band.width, top + 1)).getbbox())]
    left = min(box[0] for box in row)
    words = _words_near(other, left * pixels / SCALE, other.get_height() - (top + 0.5) * pixels / SCALE)
    return f"looks unlike it, near “{words}”" if words else "looks unlike it, where no words should be"


def _words_near(page: pypdfium2.PdfPage, x: float, y: float) -> str:
    """Return a few words of a page from the one that stands nearest to a point."""
    text = page.get_textpage()
    for reach in (4, 12, 40):
        index = text.get_index(x + reach / 2, y, reach, reach)
        if index is not None:
            words = text.get_text_range(max(0, index - _BEFORE), _BEFORE + 40).replace("\ufffe", "")
            return shown(" ".join(words.split()[1 if index > _BEFORE else 0 :][:6]))
    return ""


_BEFORE = 12
"""Letters before a place that are shown, too; of a word cut in two by that, nothing is."""
