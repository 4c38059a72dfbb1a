"""Every number, date and known name in the writer's own words is carried by a fact on its sentence (CRAFT, rule 15).

A figure or a name that slips in between facts has no source, no date and no grade, and nobody will notice when it
changes. The words of facts are carried by definition. In the writer's words, this finds numbers with their units, in
digits and in English memos also in words; dates, with the months of the memo's language; and the names of the dossier's
actors, sources and origins.

A fact carries what stands in its texts, its quotes, its value, its dates, the dates of its sources, or the names of its
actors, sources and origins: a date if it is as precise or more, a number if it has no other unit. A table's row is one
sentence. A heading is carried by the facts below it; a caption or a column's heading by those of its table or figure; a
sentence that ends with a colon also by those of the list or table that it opens; the title by all. A dossier's
``subjects`` and the memo's own date need no fact, nor do a row's own number and the count of the rows or points that
follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from memo.checks.memo import Memo
from memo.checks.reading.dates import DateExpression, ends_of_date
from memo.checks.reading.numbers import Magnitude, rounded
from memo.checks.reading.sections import below, row_facts, tables
from memo.checks.reading.traceable import Traceables, Tracer, tracer_of
from memo.checks.reading.words import blanked, own_text
from memo.document.sentences import Passage, Sentence
from memo.document.tree import Heading, List, Paragraph, Table
from memo.document.walk import block_facts
from memo.problem import Place, Problem, Related

_NUMBERING = re.compile(r"\d+(?:\.\d+)*[.)]?\s")


class _BackingFacts(NamedTuple):
    """The facts that may back what a sentence says, where they stand, and the counts that need no fact in it.

    ``waiving`` are those of the facts that stand near enough for their waivers to count.
    """

    facts: tuple[str, ...]
    where: str
    waiving: tuple[str, ...] = ()
    counts: frozenset[Magnitude] = frozenset()


class _Untraced(NamedTuple):
    """What no fact backs, from ``start`` to ``end`` of a text: a name, a number, a date or a year."""

    start: int
    end: int
    kind: str


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``untraced`` for each such number, date or name, at its very words."""
    tracer, dated = tracer_of(memo), tuple(ends_of_date(memo.template.front_matter.date))
    yield from _in_titles(memo, tracer, dated)
    for passage in memo.writer_passages:
        for sentence in passage.sentences:
            text = _without_numbering(passage, own_text(sentence))
            read = tracer.read(text)
            if not any(read):
                continue
            backing = _backing(memo, passage, sentence)
            for one in _all_untraced(read, tracer, backing, dated):
                place, related = memo.words_at(sentence, one.start, one.end - one.start)
                yield _problem(text, one, place, related, backing)


def _in_titles(memo: Memo, tracer: Tracer, dated: tuple[DateExpression, ...]) -> Iterator[Problem]:
    front = memo.template.front_matter
    backing = _BackingFacts(memo.used, "of the memo")
    for key, title in (("title", front.title), ("short-title", front.short_title)):
        for one in _all_untraced(tracer.read(title), tracer, backing, dated):
            yield _problem(title, one, memo.front_matter_place(key), (), backing)


def _problem(text: str, one: _Untraced, place: Place, related: tuple[Related, ...], backing: _BackingFacts) -> Problem:
    none = "" if backing.facts else ": there is none"
    message = f"no fact {backing.where} carries the {one.kind} ‘{text[one.start : one.end]}’{none}"
    hint = "cite the fact that has it, or leave it out"
    return Problem("untraced", message, place, hint, related, facts=backing.waiving)


# What no fact backs


def _all_untraced(
    read: Traceables, tracer: Tracer, backing: _BackingFacts, dated: tuple[DateExpression, ...]
) -> list[_Untraced]:
    """Return what no fact backs, in order, nothing twice. ``dated`` is the memo's own date."""
    dates = _untraced_dates(read, tracer, backing, dated)
    found = [*_untraced_names(read, tracer, backing), *dates, *_untraced_numbers(read, tracer, backing)]
    return sorted({(one.start, one.end): one for one in found}.values())


def _untraced_names(read: Traceables, tracer: Tracer, backing: _BackingFacts) -> Iterator[_Untraced]:
    for name in read.names:
        is_subject = not name.entities.isdisjoint(tracer.subjects)
        if not is_subject and not tracer.names_one_of(name.entities, backing.facts):
            yield _Untraced(name.start, name.end, "name")


def _untraced_dates(
    read: Traceables, tracer: Tracer, backing: _BackingFacts, dated: tuple[DateExpression, ...]
) -> Iterator[_Untraced]:
    numbers = {(number.start, number.end) for number in read.numbers}  # what may be a year is reported as one of these
    for date in read.dates:
        own = any((date.earliest, date.latest) == (known.earliest, known.latest) for known in dated)
        if own or (date.start, date.end) in numbers:
            continue
        if not any(map(date.covers, tracer.dates_of(backing.facts))):
            yield _Untraced(date.start, date.end, "date")


def _untraced_numbers(read: Traceables, tracer: Tracer, backing: _BackingFacts) -> Iterator[_Untraced]:
    years = {(date.start, date.end): date for date in read.dates}
    for number in read.numbers:
        is_count = not number.unit and not backing.counts.isdisjoint(number.values)
        if is_count or any(map(number.matches, tracer.numbers_of(backing.facts))):
            continue
        year = years.get((number.start, number.end))
        if year is None or not any(map(year.covers, tracer.dates_of(backing.facts))):
            yield _Untraced(number.start, number.end, "number" if year is None else "year")


# Which facts may back it


def _backing(memo: Memo, passage: Passage, sentence: Sentence) -> _BackingFacts:
    """Return the facts of a sentence; for a heading, a caption or a cell, those below, of the table or of the row."""
    block = passage.block
    match passage.role:
        case "heading" if isinstance(block, Heading):
            return _BackingFacts(memo.facts_of((block, *below(memo.composed.document, block))), "below it")
        case "caption" | "header":
            counts = frozenset(rounded(len(table.rows)) for table in tables(block))
            return _BackingFacts(tuple(dict.fromkeys(block_facts(block))), "of what it heads", counts=counts)
        case "cell":
            facts = row_facts(memo, passage)
            return _BackingFacts(facts, "in its row", facts, _row_number(passage))
        case _:
            opened = _opened(memo, passage, sentence)
            facts = (*sentence.facts, *(fact for one in opened for fact in block_facts(one)))
            counts = frozenset(map(_count, opened))
            return _BackingFacts(tuple(dict.fromkeys(facts)), "on its sentence", sentence.facts, counts)


def _opened(memo: Memo, passage: Passage, sentence: Sentence) -> tuple[List | Table, ...]:
    """Return the list or table that a sentence opens with its colon, if it does."""
    blocks = memo.composed.document.blocks
    if not sentence.text.endswith(":") or not isinstance(passage.block, Paragraph):
        return ()
    at = next(index for index, block in enumerate(blocks) if block is passage.block)
    return tuple(block for block in blocks[at + 1 : at + 2] if isinstance(block, List | Table))


def _row_number(passage: Passage) -> frozenset[Magnitude]:
    """Return the number of a row if that is all that its first cell holds."""
    for table in tables(passage.block):
        for number, row in enumerate(table.rows, 1):
            if row.cells[0].content is passage.content and passage.sentences[0].text.rstrip(".)") == str(number):
                return frozenset((rounded(number),))
    return frozenset()


def _count(block: List | Table) -> float:
    return rounded(len(block.items if isinstance(block, List) else block.rows))


def _without_numbering(passage: Passage, text: str) -> str:
    """Return a heading's text with a number of its own blank: ``2.1 Risks``."""
    found = _NUMBERING.match(text) if passage.role == "heading" else None
    return blanked(text, [found.span()]) if found else text
