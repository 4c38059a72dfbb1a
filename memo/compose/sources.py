"""What a memo says of its sources: the list of them, and the summary statement (ICD 206).

What a footnote says: which sources carry its facts, where in them, whom they relay, and how far to trust that.

``Harbour report, para. 9; Harbour Gazette, para. 11 (each relaying the port office; probably true).`` Grades stand in
words, never as letters (ICD 206; the Admiralty system's credibility).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from msgspec.structs import replace

from memo.document.sentences import with_full_stop
from memo.document.tree import Block, Claim, Emphasis, Inline, Link, List, ListItem, Paragraph, Strong, Text
from memo.facts.date_words import show
from memo.facts.dossier import Fact, Facts, Source, Support
from memo.facts.style import Style, Words, fill


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
    lead = (Strong((Text(with_full_stop(source.label)),)), Text(" "))
    described = _woven(_particulars(source, words))
    grade = words.reliability.get(source.reliability, source.reliability)
    rest = f"{with_full_stop(source.descriptor)} {with_full_stop(_opening(grade))}"
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


def footnote_content(facts: Facts, ids: tuple[str, ...], style: Style, words: Words) -> tuple[Inline, ...]:
    """The note for some facts: their passages, together where the same is to be remarked of them; then judgements."""
    return tuple(map(replace, facts.once(_Notes, style, words).of(ids)))  # each has a place of its own


class _Notes:
    """What the notes of a dossier say: the same facts are cited together again and again, in one memo and the next.

    The most that are kept is more than a large dossier is cited in; where it is not, notes are only made anew.
    """

    def __init__(self, facts: Facts, style: Style, words: Words) -> None:
        self._facts = facts
        self._style = style
        self._words = words
        self.of = lru_cache(2000)(self._of)

    def _of(self, ids: tuple[str, ...]) -> tuple[Inline, ...]:
        used = [self._facts.facts[id] for id in ids]
        cited = _citations(self._facts, used, self._style, self._words)
        sentences: list[list[Inline]] = [[Text(sentence)] for sentence in cited]
        sentences += [[judgement] for judgement in _judgements(used, self._words)]
        woven: list[Inline] = []
        for sentence in sentences or [[Text(", ".join(ids))]]:
            woven += [*([Text(" ")] if woven else []), *sentence, Text(".")]
        return merged(woven)


def _citations(facts: Facts, used: list[Fact], style: Style, words: Words) -> list[str]:
    """A sentence for all passages of which the same is to be remarked: ``A, para. 1, 3; B, para. 2 (both ...)``."""
    groups: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for fact in used:
        for support in fact.support:
            passages = groups.setdefault(_remarks(facts, support, style, words), {})
            passages.setdefault(facts.sources[support.source].label, {})[support.locator] = None
    return [_sentence(passages, *remarks, words) for remarks, passages in groups.items()]


def _sentence(passages: dict[str, dict[str, None]], origin: str, grade: str, words: Words) -> str:
    pattern = words.relaying if len(passages) == 1 else words.relaying_each
    remarks = [fill(pattern, origin=origin)] if origin else []
    remarks += [grade] if grade else []
    told = "; ".join(f"{label}, {located(list(where))}" for label, where in passages.items())
    return f"{told} ({'; '.join(remarks)})" if remarks else told


def located(locators: list[str]) -> str:
    """Locators one after the other; a word that all begin with is said once, numbers in order: ``para. 3, 28, 30``."""
    first = locators[0].split(" ")[0] + " "
    if len(locators) == 1 or not all(locator.startswith(first) and locator != first for locator in locators):
        return ", ".join(locators)
    rest = [locator.removeprefix(first) for locator in locators]
    return first + ", ".join(sorted(rest, key=int) if all(one.isdecimal() for one in rest) else rest)


def _remarks(facts: Facts, support: Support, style: Style, words: Words) -> tuple[str, str]:
    """Whom a passage relays, where that is another than its source; and its grade, in words."""
    origin = facts.origin(support)
    relayed = facts.origin_in_words(origin, style.origins) if origin != support.source else ""
    return relayed, words.credibility.get(support.credibility or "", "")


def _judgements(used: list[Fact], words: Words) -> list[Claim]:
    """What curators judged, each named once with the basis of all that is judged here."""
    judged: dict[str, dict[str, list[str]]] = {}
    for fact in used:
        if fact.judged_by and not fact.support:
            judged.setdefault(fact.judged_by, {}).setdefault(fact.basis.rstrip(". "), []).append(fact.id)
    return [
        Claim(fill(words.judgement, by=by, basis=". ".join(bases)), tuple(chain(*bases.values())), "judgement")
        for by, bases in judged.items()
    ]


def merged(content: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts as one."""
    found: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text) and found and isinstance(last := found[-1], Text):
            found[-1] = Text(last.text + inline.text)
        else:
            found.append(inline)
    return tuple(found)
