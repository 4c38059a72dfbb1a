"""Every number, date and known name in the writer's own words is carried by a fact on its sentence (CRAFT, rule 15).

A figure or a name that slips in between facts has no source, no date and no grade, and nobody will notice when it
changes. The words of facts are carried by definition. Of the writer's, this looks for numbers with their units, in
digits and in English memos also in words; for dates, in the months of the memo's language; and for the names of the
dossier's actors, sources and origins. A fact on the sentence carries what its texts, its quotes, its value, its dates,
the dates of its sources or the names of its actors, sources and origins hold: dates as precisely or more, numbers with
no other unit. A table's row is one sentence. A heading is carried by the facts below it; a caption or a column's
heading by those of its table or figure; a sentence that ends with a colon also by those of the list or table that it
opens; the title by all. A dossier's ``subjects`` and the memo's own date are free, and so are a row's own number and
how many rows or points follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from memo.checks.memo import Memo
from memo.checks.reading.carriers import Reader, Reading, reader_of
from memo.checks.reading.dates import Moment, of_date
from memo.checks.reading.numbers import Value, value
from memo.checks.reading.prose import below, own_text, row_facts, tables, told
from memo.document.sentences import Passage, Sentence
from memo.document.tree import Block, Heading, List, Paragraph, Table
from memo.document.walk import block_facts
from memo.problem import Place, Problem, Related

_NUMBERING = re.compile(r"\d+(?:\.\d+)*[.)]?\s")


class _Answering(NamedTuple):
    """The facts that answer for a sentence, where they stand, and the counts that are free in it.

    ``near`` are those of them that stand so near that their waivers count.
    """

    facts: tuple[str, ...]
    where: str
    near: tuple[str, ...] = ()
    free: frozenset[Value] = frozenset()


class _Stray(NamedTuple):
    """What no fact carries, from ``start`` to ``end`` of a text."""

    start: int
    end: int
    what: str


def check(memo: Memo) -> Iterator[Problem]:
    """An ``untraced`` for each such number, date or name, at its very words."""
    reader, today = reader_of(memo), tuple(of_date(memo.template.front_matter.date))
    yield from _in_titles(memo, reader, today)
    for passage in told(memo):
        for sentence in passage.sentences:
            text = _numbering_hidden(passage, own_text(sentence))
            read = reader.read(text)
            if not any(read):
                continue
            answering = _answering(memo, passage, sentence)
            for stray in _strays(read, reader, answering, today):
                place, related = memo.words_at(sentence, stray.start, stray.end - stray.start)
                yield _problem(text, stray, place, related, answering)


def _in_titles(memo: Memo, reader: Reader, today: tuple[Moment, ...]) -> Iterator[Problem]:
    front = memo.template.front_matter
    answering = _Answering(memo.used, "of the memo")
    for key, title in (("title", front.title), ("short-title", front.short_title)):
        for stray in _strays(reader.read(title), reader, answering, today):
            yield _problem(title, stray, memo.front_matter_place(key), (), answering)


def _problem(text: str, stray: _Stray, place: Place, related: tuple[Related, ...], answering: _Answering) -> Problem:
    none = "" if answering.facts else ": there is none"
    message = f"no fact {answering.where} carries the {stray.what} ‘{text[stray.start : stray.end]}’{none}"
    hint = "cite the fact that has it, or leave it out"
    return Problem("untraced", message, place, hint, related, facts=answering.near)


# What no fact carries


def _strays(read: Reading, reader: Reader, answering: _Answering, today: tuple[Moment, ...]) -> list[_Stray]:
    """What was read and stands in no fact, in order, each stretch once. ``today`` is the memo's own date."""
    moments = _moments(read, reader, answering, today)
    found = [*_names(read, reader, answering), *moments, *_numbers(read, reader, answering)]
    return sorted({(stray.start, stray.end): stray for stray in found}.values())


def _names(read: Reading, reader: Reader, answering: _Answering) -> Iterator[_Stray]:
    for named in read.names:
        free = not named.bearers.isdisjoint(reader.subjects)
        if not free and not reader.names_one_of(named.bearers, answering.facts):
            yield _Stray(named.start, named.end, "name")


def _moments(read: Reading, reader: Reader, answering: _Answering, today: tuple[Moment, ...]) -> Iterator[_Stray]:
    years = {(number.start, number.end) for number in read.numbers}
    for moment in read.moments:
        is_today = any(moment[2:4] == own[2:4] for own in today)
        told = not is_today and (moment.start, moment.end) not in years
        if told and not any(map(moment.carried_by, reader.moments(answering.facts))):
            yield _Stray(moment.start, moment.end, "date")


def _numbers(read: Reading, reader: Reader, answering: _Answering) -> Iterator[_Stray]:
    years = {(moment.start, moment.end): moment for moment in read.moments}
    for number in read.numbers:
        as_year = years.get((number.start, number.end))
        free = not number.unit and not answering.free.isdisjoint(number.values)
        if free or any(map(number.carried_by, reader.numbers(answering.facts))):
            continue
        if as_year is None or not any(map(as_year.carried_by, reader.moments(answering.facts))):
            yield _Stray(number.start, number.end, "number" if as_year is None else "year")


# Who answers


def _answering(memo: Memo, passage: Passage, sentence: Sentence) -> _Answering:
    """The facts of a sentence; of what is no sentence by itself, those of what it stands in or above."""
    block = passage.block
    match passage.role:
        case "heading" if isinstance(block, Heading):
            return _Answering(memo.facts_of((block, *below(memo.composed.document, block))), "below it")
        case "caption" | "header":
            counts = frozenset(value(len(table.rows)) for table in tables(block))
            return _Answering(tuple(dict.fromkeys(block_facts(block))), "of what it heads", free=counts)
        case "cell":
            facts = row_facts(memo, passage)
            return _Answering(facts, "in its row", facts, _ordinal(passage))
        case _:
            led = _led(memo, passage, sentence)
            facts = (*sentence.facts, *(fact for one in led for fact in block_facts(one)))
            free = frozenset(map(_count, led))
            return _Answering(tuple(dict.fromkeys(facts)), "on its sentence", sentence.facts, free)


def _led(memo: Memo, passage: Passage, sentence: Sentence) -> tuple[Block, ...]:
    """The list or table that a sentence opens with its colon."""
    blocks = memo.composed.document.blocks
    if not sentence.text.endswith(":") or not isinstance(passage.block, Paragraph):
        return ()
    at = next(index for index, block in enumerate(blocks) if block is passage.block)
    return tuple(block for block in blocks[at + 1 : at + 2] if isinstance(block, List | Table))


def _ordinal(passage: Passage) -> frozenset[Value]:
    """The number of a row, where that is all that its first cell holds."""
    for table in tables(passage.block):
        for number, row in enumerate(table.rows, 1):
            if row.cells[0].content is passage.content and passage.sentences[0].text.rstrip(".)") == str(number):
                return frozenset((value(number),))
    return frozenset()


def _count(block: Block) -> float:
    return value(len(block.items) if isinstance(block, List) else len(block.rows) if isinstance(block, Table) else 0)


def _numbering_hidden(passage: Passage, text: str) -> str:
    """A heading's text without a number of its own: ``2.1 Risks``."""
    found = _NUMBERING.match(text) if passage.role == "heading" else None
    return " " * found.end() + text[found.end() :] if found else text
