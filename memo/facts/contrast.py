"""Text colours that can be read: a contrast of 4.5 to 1 against their ground (WCAG 2.2, 1.4.3).

For large type, 3 to 1 would do: 18 points and more, or bold from 14 points on. But no colour stands in large type only:
that of headings is also that of the heads of tables and of the amounts in a bar chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor

from memo.facts.style import Style
from memo.problem import Place, Problem

LEAST = 4.5
"""The least contrast of text."""

LEAST_SEEN = 1.5
"""The least contrast at which anybody could see that there are words."""

OF_TEXT = {
    "text": "running words",
    "heading": "headings, heads of tables and amounts in bar charts",
    "accent": "the word above the title and dates in timelines",
    "muted": "header, footer and captions",
    "link": "links",
    "inserted": "words that came, in a redline",
    "deleted": "words that went, in a redline",
}
"""The colours of text, and what has them."""


def check_contrast(style: Style, places: Mapping[tuple[str, ...], Place]) -> Iterator[Problem]:
    """Report a ``low-contrast`` for each text colour that cannot be read, where the file gives it or its ground."""
    tint = style.colours.tint
    for name, used in OF_TEXT.items():
        colour: str = getattr(style.colours, name)
        on_white, on_tint = contrast(colour, "#FFFFFF"), contrast(colour, tint)
        place = places.get(("colours", name)) or places.get(("colours", "tint"))
        if min(on_white, on_tint) < LEAST and place:
            ratio, ground = (on_white, "white") if on_white < LEAST else (on_tint, f"the tint, {tint}")
            # Never rounded up: what fails by little must not read as if it passed.
            message = f"'{name}', {colour}, has a contrast of {floor(ratio * 100) / 100:g} to 1 on {ground}"
            hint = "take a darker colour" if on_white < LEAST else "take a lighter tint, or a darker colour"
            needs = f"{used} need {LEAST:g} to 1 to be read (WCAG 2.2, 1.4.3)"
            yield Problem("low-contrast", f"{message}: {needs}", place, hint, severity="warning")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as #1F3864, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    return contrast_of(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]))


def contrast_of(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the contrast of two colours given as red, green and blue from 0 to 255."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2.2)."""
    shares = (part / 255 for part in colour)
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
