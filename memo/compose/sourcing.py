"""What a memo says of its sources: the list of them, and the summary statement (ICD 206)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from memo.compose.notes import merged
from memo.compose.stops import stopped
from memo.document import Block, Emphasis, Inline, Link, List, ListItem, Paragraph, Strong, Text
from memo.edtf import fill, show
from memo.facts import Fact, Facts, Source
from memo.style import Words


def used_sources(facts: Facts, used: Iterable[Fact]) -> list[Source]:
    """The sources behind some facts, each once, by label."""
    ids = {support.source for fact in used for support in fact.support}
    return sorted((facts.sources[id] for id in ids), key=lambda source: (source.label.casefold(), source.id))


def source_list(facts: Facts, used: list[Fact], words: Words) -> tuple[Block, ...]:
    """The sources that a memo uses: how it names each, what the source is, what kind it is of, how reliable."""
    items = tuple(ListItem((Paragraph(_entry(source, words)),)) for source in used_sources(facts, used))
    return (List(items, tight=False),) if items else ()


def _entry(source: Source, words: Words) -> tuple[Inline, ...]:
    """``Label. Title, author, publisher, issued 23 January 2026. Descriptor. Usually reliable.``"""
    lead = (Strong((Text(stopped(source.label)),)), Text(" "))
    described = _woven(_particulars(source, words))
    grade = words.reliability.get(source.reliability, source.reliability)
    rest = f"{stopped(source.descriptor)} {stopped(_opening(grade))}"
    return merged([*lead, *described, Text((". " if described else "") + rest)])


def _particulars(source: Source, words: Words) -> list[Inline]:
    """What is known of it; what is not known is left out, but for a missing date, which is said."""
    found: list[Inline] = []
    if source.title:
        found.append(Emphasis((Text(source.title, source.language),)))
    plain = (", ".join(source.author), source.container_title, source.publisher)
    found += [Text(text) for text in plain if text]
    found.append(Text(fill(words.issued, date=show(source.issued, words)) if source.issued else words.undated))
    if source.url:
        found.append(Link((Text(source.url),), source.url))
    if source.accessed:
        found.append(Text(fill(words.accessed, date=show(source.accessed, words))))
    return found


def _woven(particulars: list[Inline]) -> list[Inline]:
    woven = [part for inline in particulars for part in (Text(", "), inline)][1:]
    if woven and isinstance(first := woven[0], Text):
        woven[0] = Text(_opening(first.text))
    return woven


def source_summary(facts: Facts, used: list[Fact], words: Words) -> tuple[Block, ...]:
    """How many facts, sources and origins; how independent; what the memo rests on most; how good that is.

    Facts that are a curator's own judgement are drawn from no source, and are counted apart.
    """
    drawn = [fact for fact in used if fact.support]
    sources = used_sources(facts, drawn)
    sentences = [*_counted(facts, drawn, sources, words), *_graded(sources, words)] if drawn else []
    sentences += _passages(drawn, words)
    if judged := len(used) - len(drawn):
        sentences.append(counted(words.summary_judged, words, count=judged))
    return tuple(
        Paragraph((Text(" ".join(map(_opening, part))),)) for part in (sentences, [words.summary_limits]) if part
    )


def _counted(facts: Facts, drawn: list[Fact], sources: list[Source], words: Words) -> list[str]:
    origins = [facts.origins(fact) for fact in drawn]
    single, shared = sum(len(some) == 1 for some in origins), sum(len(some) > 1 for some in origins)
    behind = len(frozenset().union(*origins))
    return [
        counted(words.summary_sources, words, facts=len(drawn), sources=len(sources), origins=behind),
        counted(words.summary_single, words, single=single, shared=shared, facts=len(drawn)),
        _rests_most(drawn, sources, words),
    ]


def _rests_most(drawn: list[Fact], sources: list[Source], words: Words) -> str:
    """The source behind most facts, or all those behind equally many."""
    carries = {source.id: sum(_rests_on(fact, source.id) for fact in drawn) for source in sources}
    most = max(carries.values())
    named = ", ".join(source.label for source in sources if carries[source.id] == most)
    tied = sum(number == most for number in carries.values()) > 1
    pattern = fill(words.summary_tied, sources=named) if tied else fill(words.summary_most, source=named)
    return counted(pattern, words, count=most, facts=len(drawn))


def _passages(drawn: list[Fact], words: Words) -> list[str]:
    """How many passages bear which grade, the best first, and how many none."""
    grades: Counter[str] = Counter(support.credibility or "" for fact in drawn for support in fact.support)
    named = [
        counted(fill(words.summary_passage, grade=words.credibility.get(grade, grade)), words, count=grades[grade])
        for grade in sorted(filter(None, grades))
    ]
    if grades[""]:
        named.append(counted(words.summary_ungraded, words, count=grades[""]))
    told = fill(words.summary_passages, grades=", ".join(named))
    return [counted(told, words, passages=sum(grades.values()))] if named else []


def _rests_on(fact: Fact, source: str) -> bool:
    return any(support.source == source for support in fact.support)


def _graded(sources: list[Source], words: Words) -> list[str]:
    grades = words.reliability
    return [
        fill(words.summary_grades, source=source.label, grade=grades.get(source.reliability, source.reliability))
        for source in sources
    ]


def counted(pattern: str, words: Words, **numbers: int) -> str:
    """A pattern with numbers in words. ``{sources:source|sources}`` is the one word for one and the other for more."""
    for name, number in numbers.items():
        shown = words.numbers[number] if number < len(words.numbers) else str(number)
        pattern = _chosen(pattern, name, number)
        pattern = fill(pattern, **{name: shown})
    return pattern


def _chosen(pattern: str, name: str, number: int) -> str:
    return re.sub(rf"\{{{name}:([^|{{}}]*)\|([^|{{}}]*)\}}", lambda found: found[1 if number == 1 else 2], pattern)


def _opening(text: str) -> str:
    """With a capital letter."""
    return text[:1].title() + text[1:]
