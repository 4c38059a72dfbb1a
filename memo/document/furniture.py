"""The page furniture: title block, header and footer, in memo's own words, the same for every format.

And a change in words, as a list of changes or a comment says it.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from memo.document.tree import Change, Metadata
from memo.facts.style import Style, Words, fill
from memo.suggest import shorten

DIGEST_SHOWN = 8
"""How many hexadecimal digits of the content's digest a footer shows: enough to tell two copies on paper apart."""


class Furniture(NamedTuple):
    """One memo's furniture. ``page`` still has ``{page}`` and ``{pages}`` in it, for the renderer to fill."""

    memorandum: str
    title: str
    title_rows: tuple[tuple[str, str], ...]
    banner: str
    short_title: str
    page: str
    footer: str


def furniture(metadata: Metadata, style: Style, digest: str) -> Furniture:
    """Return the words of this memo's title block, header and footer.

    The title is the subject line, set large; it is not repeated among the rows.
    The header has the banner on the left and the short title on the right; the footer has reference, as-of date, short
    digest and edition on the left, the page on the right, and the banner below. Empty parts are left out.
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
    """Return the fixed words for a memo's language; English where the style has none, which composing reports."""
    return style.words_for(metadata.language) or Words()


LONGEST = 300
"""The most characters of a text that a list of changes quotes: of a whole table, say, the beginning tells enough."""


def shortened(change: Change) -> Change:
    """Shorten the texts of a change to what a list quotes of them."""
    return replace(change, before=shorten(change.before, LONGEST), after=shorten(change.after, LONGEST))


def change_lines(change: Change, words: Words) -> list[str]:
    """Say in a line each what stood there before, what stands there now, and the reason if one is known."""
    before = fill(words.change_was if change.after else words.change_removed, before=change.before)
    after = fill(words.change_now if change.before else words.change_new, after=change.after)
    reason = fill(words.change_reason, reason=change.reason)
    return [line for line, known in ((before, change.before), (after, change.after), (reason, change.reason)) if known]


def basis_lines(change: Change, words: Words) -> list[str]:
    """Name in a line each the facts behind a change, and the sources that these rest on."""
    lines = [fill(words.change_facts, facts=", ".join(change.facts))] if change.facts else []
    if change.sources:
        lines.append(fill(words.change_sources, sources=words.semicolon.join(change.sources)))
    return lines
