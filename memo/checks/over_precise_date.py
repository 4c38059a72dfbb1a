"""A date is not shown more precisely than it is known (CRAFT, rule 7; EDTF level 1).

A reader who is given a day where only the month is known plans by it; "2039" for a year that is uncertain reads as
certain. Dates that a template prints, `fact("x").date`, keep to this by themselves. Checked are those that people
write, in the words of a fact and in a writer's own sentences, against the dates of the facts on the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.dates import DateShown, ends, precision, within
from memo.checks.reading.english import DATE_QUALIFIERS
from memo.checks.reading.traceable import tracer_of
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.date_words import show
from memo.facts.dossier import Fact
from memo.facts.edtf import Date
from memo.facts.style import Words, fill
from memo.problem import Problem

_AROUND = 30
"""How many characters before and after a date are searched for a word that qualifies it."""


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``over-precise-date`` for each date in text that is more precise or certain than its facts' dates."""
    words = memo.style.words_for(memo.template.front_matter.language)
    if words is None:
        return
    calendar = tracer_of(memo).calendar
    dated = {id for id in memo.used if _known(memo.facts.facts[id])}
    for passage in memo.writer_passages:
        for sentence in passage.sentences:
            if dated.isdisjoint(sentence.facts):
                continue
            facts = [memo.facts.facts[id] for id in sentence.facts]
            for shown in calendar.shown(sentence.text, _years(facts)):
                yield from _problems(memo, sentence, shown, words)


def _years(facts: list[Fact]) -> range:
    """Return the years that a date without one may mean: those that the facts on its sentence speak of."""
    days = [day for fact in facts for known in _known(fact) for day in (known.earliest, known.latest) if day]
    years = [day[0] for day in days]  # ten at the most are tried, however long an interval is
    return range(min(years), min(max(years), min(years) + 9) + 1) if years else range(0)


def _problems(memo: Memo, sentence: Sentence, shown: DateShown, words: Words) -> Iterator[Problem]:
    leaf, offset = sentence.at(shown.start)
    by_fact = isinstance(leaf, Claim) and offset + len(shown.text) <= len(leaf.text)
    if by_fact and isinstance(leaf, Claim) and leaf.part in ("date", "due", "as_of"):
        return
    on_sentence = tuple(memo.facts.facts[id] for id in sentence.facts)
    facts = memo.answering(sentence, shown.start) if by_fact else on_sentence
    if any(_is_backed(memo, date, facts) for date in shown.dates):
        return
    for fact in facts:
        for known in _known(fact):
            if message := _wrong(sentence.text, shown, known, words):
                place, related = memo.words_at(sentence, shown.start, len(shown.text))
                message = f"'{shown.text}' is {message} than fact '{fact.id}' says: {known.text}"
                hint = f"write {show(known, words)}"
                yield Problem("over-precise-date", message, place, hint, related, facts=(fact.id,))
                return


def _wrong(text: str, shown: DateShown, known: Date, words: Words) -> str:
    """Say how a date is shown beyond what is known; empty if it is not."""
    if any(within(date, known) and precision(date) < precision(known) for date in shown.dates):
        return "more precise"
    return "more certain" if _is_bare(text, shown, known, words) else ""


def _is_bare(text: str, shown: DateShown, known: Date, words: Words) -> bool:
    """Tell whether a date that is known as uncertain or approximate is shown without anything that says so."""
    marked = [end for end in ends(known) if end.text[-1] in "?~%"]
    same = any(_same(date, end) for date in shown.dates for end in marked)
    return same and not _is_qualified(text, shown, words)


def _is_qualified(text: str, shown: DateShown, words: Words) -> bool:
    if any(fill(pattern, date=shown.text) in text for pattern in (words.approximate, words.uncertain)):
        return True
    end = shown.start + len(shown.text)
    around = f" {text[max(0, shown.start - _AROUND) : shown.start]} {text[end : end + _AROUND]} ".casefold()
    around = around.translate(str.maketrans(",()", "   "))
    return any(f" {word} " in around for word in DATE_QUALIFIERS)


def _known(fact: Fact) -> list[Date]:
    """Return the dates that a fact gives for what it states."""
    return [date for date in (fact.date, fact.due) if date is not None]


def _is_backed(memo: Memo, date: Date, facts: tuple[Fact, ...]) -> bool:
    """Tell whether a date may stand in a sentence on these facts as it is."""
    beside = [memo.facts.facts[id] for fact in facts for id in (*fact.rests_on, *fact.contradicts)]
    if any(_backs(known, date) for fact in (*facts, *beside) for known in _known(fact)):
        return True
    return any(_same(date, other) for other in _other_days(memo, facts))


def _other_days(memo: Memo, facts: tuple[Fact, ...]) -> Iterator[Date]:
    """Go through the days that any sentence may name: the memo's, the facts' as-of dates, those of their sources."""
    yield memo.template.front_matter.date
    yield from (fact.as_of for fact in facts)
    sources = (memo.facts.sources[support.source] for fact in facts for support in fact.support)
    yield from (date for source in sources for date in (source.issued, source.accessed) if date is not None)


def _backs(known: Date, date: Date) -> bool:
    """Tell whether a date says no more than what is known: the same, an end of it, or something longer around it."""
    plain = [end for end in ends(known) if end.text[-1] not in "?~%"]
    if any(precision(end) <= precision(date) and within(end, date) for end in plain):
        return True
    inner = precision(known) <= precision(date) and within(date, known)
    return inner and len(plain) == len(ends(known))


def _same(one: Date, other: Date) -> bool:
    return (one.earliest, one.latest) == (other.earliest, other.latest)
