"""Whom a source relays is named in words, not by an id (ICD 206).

A note says whom a source relays. Of an origin that nobody has named, it can only print the id with its hyphens taken
out: small letters, no article, in a memo of any language. An origin is named in style.yaml, or by an actor or a source
of the same id. Nothing is said of an origin that no note prints: that of a source that speaks for itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.problem import Place, Problem


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``unnamed-origin`` for each origin that notes of the memo print by its id, where it is first given."""
    facts, told = memo.facts, set[str]()
    for id in memo.used:
        for number, support in enumerate(facts.facts[id].support):
            origin = facts.origin(support)
            if origin in told or facts.names_origin(origin, memo.style.origins):
                continue
            if facts.relays(support, memo.style.origins):
                told.add(origin)
                path = ("fact", id, "support", str(number)) if support.origin else ("source", support.source)
                words = facts.origin_in_words(origin, memo.style.origins)
                yield _problem(origin, words, facts.places.get((*path, "origin"), memo.fact_place(id)))


def _problem(origin: str, words: str, place: Place) -> Problem:
    message = f"origin '{origin}' has no name, so that notes print '{words}'"
    return Problem("unnamed-origin", message, place, f'name it in templates/style.yaml: origins: {{{origin}: "..."}}')
