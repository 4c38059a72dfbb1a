"""The words around the text: title block, header and footer. The same for every format.

A change in words, for a statement of changes or a comment: the memo's own, in its language."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from memo.document.tree import Change, Metadata
from memo.facts.style import Style, Words, fill
from memo.suggest import shorten

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


LONGEST = 300
"""The most characters of a text that a list of changes quotes: of a whole table, say, the beginning tells enough."""


def shortened(change: Change) -> Change:
    """The change as a list quotes it."""
    return replace(change, before=shorten(change.before, LONGEST), after=shorten(change.after, LONGEST))


def was_and_is(change: Change, words: Words) -> list[str]:
    """What stood there and what does, a line each."""
    before = fill(words.change_was if change.after else words.change_removed, before=change.before)
    after = fill(words.change_now if change.before else words.change_new, after=change.after)
    return [line for line, there in ((before, change.before), (after, change.after)) if there]


def why(change: Change, words: Words) -> list[str]:
    """The reason, if one is known."""
    return [fill(words.change_reason, reason=change.reason)] if change.reason else []


def grounds(change: Change, words: Words) -> list[str]:
    """The facts behind it, and what they rest on, a line each."""
    lines = [fill(words.change_facts, facts=", ".join(change.facts))] if change.facts else []
    if change.sources:
        lines.append(fill(words.change_sources, sources="; ".join(change.sources)))
    return lines
