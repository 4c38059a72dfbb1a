"""The words around the text: title block, header and footer. The same for every format."""

from __future__ import annotations

from typing import NamedTuple

from memo.document import Metadata
from memo.edtf import fill
from memo.style import Style, Words

DIGEST_SHOWN = 8
"""How many hexadecimal digits of the content's digest a footer bears: enough to tell two copies on paper apart."""


class Furniture(NamedTuple):
    """One memo's furniture. ``page`` still holds ``{page}`` and ``{pages}``, for the renderer to fill."""

    memorandum: str
    title: str
    title_rows: tuple[tuple[str, str], ...]
    banner: str
    short_title: str
    page: str
    footer: str


def furniture(metadata: Metadata, style: Style, digest: str) -> Furniture:
    """What stands in the title block, header and footer of this memo.

    The title is the subject line, set large; it is not said again among the rows.
    The header bears the banner on the left and the short title on the right; the footer the reference, as-of date,
    short digest and edition on the left, and the page on the right, with the banner below. Empty parts are left out.
    """
    words = words_of(metadata, style)
    rows = (
        (words.to, metadata.to),
        (words.sender, metadata.sender),
        (words.date, metadata.date_shown),
        (words.reference, metadata.reference),
    )
    footer = (
        metadata.reference,
        fill(words.as_of, date=metadata.as_of_shown) if metadata.as_of_shown else "",
        fill(words.digest, digest=digest[:DIGEST_SHOWN]),
        fill(words.edition, edition=metadata.edition) if metadata.edition else "",
    )
    return Furniture(
        memorandum=words.memorandum,
        title=metadata.title,
        title_rows=tuple((label, value) for label, value in rows if value),
        banner=metadata.banner,
        short_title=metadata.short_title or metadata.title,
        page=words.page,
        footer=" · ".join(part for part in footer if part),
    )


def words_of(metadata: Metadata, style: Style) -> Words:
    """The fixed words for a memo's language; English where the style has none (`memo.compose` has then said so)."""
    return style.words_for(metadata.language) or Words()
