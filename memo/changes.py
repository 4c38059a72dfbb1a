"""A change in words, for a statement of changes or a comment: the memo's own, in its language."""

from __future__ import annotations

from dataclasses import replace

from memo.document import Change
from memo.edtf import fill
from memo.style import Words

LONGEST = 300
"""The most characters of a text that a list of changes quotes: of a whole table, say, the beginning tells enough."""


def shortened(change: Change) -> Change:
    """The change as a list quotes it."""
    return replace(change, before=_shortened(change.before), after=_shortened(change.after))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"


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
