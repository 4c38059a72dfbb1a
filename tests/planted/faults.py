"""Every fault that is planted: honest sentences made false in one way each, and spread over all places.

A kind is a function that yields candidates from a dossier's statements. Of these, chance (with a seed of its own for
each dossier and kind) picks `PER_DOSSIER`, and deals them out over the places that the kind allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle, pairwise
from random import Random
from typing import NamedTuple

from tests.planted import words
from tests.planted.places import DRAWN, PLACES, figure_of
from tests.planted.statements import Host, Statement, hosts

SEED = 16
PER_DOSSIER = 20


@dataclass(frozen=True)
class Fault:
    """A false sentence at a place, its honest twin, and the facts it cites.

    ``revised`` is what the first of these came to claim since, where that is the fault.
    """

    kind: str
    host: Host
    place: str
    facts: tuple[str, ...]
    false: str
    honest: str
    revised: str = ""

    def __str__(self) -> str:
        return f"{self.kind}, {self.host.name}, {self.place} [{', '.join(self.facts)}]: {self.false}"


class Candidate(NamedTuple):
    """A falsehood before it has a place: what is said falsely, and honestly, of some facts."""

    statements: tuple[Statement, ...]
    false: str
    honest: str
    revised: str = ""


def said(form: str, by: str, core: str) -> str:
    """A sentence without its full stop: a clause in somebody's mouth."""
    return capital(form.format(core=core, by=by))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Speech:
    """Draws by chance how a statement is said: the same way for the false sentence and its twin."""

    def __init__(self, host: Host, random: Random) -> None:
        self.host = host
        self.random = random

    def altered(self, statement: Statement, core: str, *others: Statement, honest: str = "") -> Candidate:
        form = self.random.choice(words.SAID)
        false = said(form, statement.by, core)
        return Candidate((statement, *others), false, said(form, statement.by, honest or statement.core))

    def framed(self, frames: tuple[str, ...], **parts: str) -> Iterator[Candidate]:
        """Every statement in every frame."""
        for statement in self.host.statements:
            for frame in frames:
                yield self.altered(statement, frame.format(core=statement.core, **parts))


# The kinds


def quotations(speech: Speech) -> Iterator[Candidate]:
    """Words in quotation marks that nobody said, or that somebody said otherwise."""
    for statement in speech.host.statements:
        quote = speech.host.fact(statement).support[:1]
        if not quote or not quote[0].quote.isascii():
            continue
        for false in (*words.INVENTED, *_mangled(quote[0].quote)):
            marks, frame = speech.random.choice(words.MARKS), speech.random.choice(words.QUOTING)
            cores = [frame.format(core=statement.core, quoted=marks.format(text)) for text in (false, quote[0].quote)]
            yield speech.altered(statement, cores[0], honest=cores[1])


def evidence(speech: Speech) -> Iterator[Candidate]:
    """A fact's own quote, which its article does not have in these words."""
    for statement in speech.host.statements if speech.host.articles else ():
        quote = speech.host.fact(statement).support[0].quote
        for false in (speech.random.choice(list(_mangled(quote))), *_cut(quote)):
            yield Candidate((statement,), false, quote)


def strangers(speech: Speech) -> Iterator[Candidate]:
    """Names that nobody in the dossier has."""
    for frames, names in (
        (words.WITH_SOMEBODY, words.STRANGERS),
        (words.WITH_PLACE, words.STRANGE_PLACES),
        (words.WITH_PEOPLE, words.STRANGE_PEOPLES),
    ):
        for name in names:
            yield from speech.framed(frames, name=name)


def acquaintances(speech: Speech) -> Iterator[Candidate]:
    """Names that the dossier knows, and the facts cited do not carry."""
    facts = speech.host.facts
    subjects = " ".join(facts.actors[id].name for id in facts.subjects)
    for statement in speech.host.statements:
        fact = speech.host.fact(statement)
        quotes = (support.quote for support in fact.support)
        told = " ".join((subjects, fact.claim, fact.attribution, statement.by, *quotes)).lower()
        for actor in facts.actors.values():
            given, *rest = actor.name.split()
            names = [name for name in (actor.name, actor.short, *actor.also) if name]
            names += [given] * (bool(actor.role) and len(rest) == 1)
            if actor.id in fact.actors or any(name.lower() in told for name in names):
                continue
            for name in (*names, actor.name.upper()):
                frame = speech.random.choice(words.WITH_SOMEBODY)
                yield speech.altered(statement, frame.format(core=statement.core, name=name))


def numbers_nearby(speech: Speech) -> Iterator[Candidate]:
    """The fact's number with a digit changed, or with two in each other's places."""
    for statement in speech.host.statements:
        for number in _near(statement.number):
            yield speech.altered(statement, statement.core.replace(statement.number, number, 1))


def numbers_in_every_form(speech: Speech) -> Iterator[Candidate]:
    """Another number in place of the fact's, in figures of every land and in words."""
    for statement in speech.host.statements:
        in_words = () if statement.unit == "%" else words.NUMBERS_IN_WORDS
        for number in (*words.DIGITS, *in_words) if statement.number else ():
            yield speech.altered(statement, statement.core.replace(statement.number, number, 1))


def multiples(speech: Speech) -> Iterator[Candidate]:
    """A multiple, a fraction or a count beside what the fact says, which it does not have."""
    return speech.framed(words.MULTIPLES)


def units(speech: Speech) -> Iterator[Candidate]:
    """The fact's number with another unit."""
    for statement in speech.host.statements:
        for unit in statement.units:
            yield speech.altered(statement, statement.core.replace(statement.unit, unit, 1))


def dates_nearby(speech: Speech) -> Iterator[Candidate]:
    """A date near to the fact's; and the day on which its source appeared, told as the day of the event."""
    for statement in speech.host.statements:
        for date in (*_near(statement.date), *_issued(speech.host, statement)):
            yield speech.altered(statement, f"{_undated(statement)} {date}")


def dates_in_every_form(speech: Speech) -> Iterator[Candidate]:
    """Dates in words and figures of every kind, also such as will be wrong tomorrow."""
    for statement in speech.host.statements:
        for date in words.DATES:
            yield speech.altered(statement, f"{_undated(statement)} {date}")


def statuses(speech: Speech) -> Iterator[Candidate]:
    """What is announced or expected, told as done."""
    return (speech.altered(statement, core) for statement in speech.host.statements for core in statement.done)


def certainties(speech: Speech) -> Iterator[Candidate]:
    """What somebody holds possible or likely, told as sure."""
    return (speech.altered(statement, core) for statement in speech.host.statements for core in statement.surer)


def attributions(speech: Speech) -> Iterator[Candidate]:
    """What somebody says, told as plain truth."""
    for statement in speech.host.statements:
        if not statement.teller and not speech.host.fact(statement).judged_by:
            honest = said(words.SAID[0], statement.by, statement.core)
            yield Candidate((statement,), capital(statement.core), honest)


def negations(speech: Speech) -> Iterator[Candidate]:
    """The opposite of what the fact says."""
    return (speech.altered(statement, core) for statement in speech.host.statements for core in statement.denied)


def superlatives(speech: Speech) -> Iterator[Candidate]:
    """A rank, or an *all*, that no fact gives."""
    return speech.framed(words.SUPERLATIVES)


def comparisons(speech: Speech) -> Iterator[Candidate]:
    """A comparison that no fact makes."""
    return speech.framed(words.COMPARISONS)


def causes(speech: Speech) -> Iterator[Candidate]:
    """One fact made the cause of another."""
    for statement in speech.host.statements:
        other = speech.random.choice([one for one in speech.host.statements if one.fact != statement.fact])
        for frame in words.CAUSES:
            core = frame.format(core=statement.core, other=other.core, own=statement.noun, thing=other.noun)
            yield speech.altered(statement, core, other, honest=f"{statement.core}, and {other.core}")


def swapped_roles(speech: Speech) -> Iterator[Candidate]:
    """Doer and done-to, or offices, in each other's places."""
    return (speech.altered(statement, core) for statement in speech.host.statements for core in statement.swapped)


def wrong_sources(speech: Speech) -> Iterator[Candidate]:
    """A fact put in the mouth of a source that does not have it."""
    facts = speech.host.facts
    for statement in speech.host.statements:
        fact = speech.host.fact(statement)
        if fact.judged_by:
            continue
        own = {support.source for support in fact.support}
        others = {source.label for source in facts.sources.values() if source.id not in own}
        for other in speech.host.statements:
            support = speech.host.fact(other).support
            if support and not own.intersection(one.source for one in support):
                others.add(other.by)
        for by in sorted(others - {statement.by}):
            form = speech.random.choice(words.SAID)
            honest = said(form, statement.by, statement.core)
            yield Candidate((statement,), said(form, by, statement.core), honest)
        for frame in words.EVERY_SOURCE:
            honest = said(words.SAID[0], statement.by, statement.core)
            yield Candidate((statement,), capital(frame.format(core=statement.core)), honest)


def stale_cites(speech: Speech) -> Iterator[Candidate]:
    """A sentence that stayed as it was when its fact came to say another thing."""
    for statement in speech.host.statements:
        for core in statement.denied:
            sentence = said(speech.random.choice(words.SAID), statement.by, statement.core)
            claim = said(words.SAID[0], statement.by, core) + "."
            yield Candidate((statement,), sentence, sentence, claim)


class Kind(NamedTuple):
    """What candidates there are, which codes of problems fit, and where it is planted.

    A check that is written for a kind adds its code here. A kind without any is out of every check's reach today.
    """

    candidates: Callable[[Speech], Iterator[Candidate]]
    codes: tuple[str, ...]
    places: tuple[str, ...]


_IN_TEXT = tuple(place for place in PLACES if "title" not in place and place != "claim of a fact")
_AND_CLAIMS = (*_IN_TEXT, "claim of a fact")
_UNTOLD = tuple(place for place in _IN_TEXT if place not in ("second sentence", "list item"))
"""Where no sentence just before says whose word it is."""

_OF_DATES = ("untraced", "uncarried-figure", "over-precise-date")

KINDS: dict[str, Kind] = {
    "false quotation": Kind(quotations, ("false-quotation", "untraced"), PLACES),
    "false quote of a fact": Kind(evidence, ("lost-quote", "uncarried-figure"), ("quote of a fact",)),
    "name nobody knows": Kind(strangers, ("untraced",), PLACES),
    "name known, not carried": Kind(acquaintances, ("untraced",), _AND_CLAIMS),
    "number changed": Kind(numbers_nearby, ("untraced", "uncarried-figure"), PLACES),
    "number in every form": Kind(numbers_in_every_form, ("untraced", "uncarried-figure"), PLACES),
    "multiple": Kind(multiples, ("untraced", "uncarried-figure"), PLACES),
    "unit": Kind(units, ("untraced", "uncarried-figure"), PLACES),
    "date changed": Kind(dates_nearby, _OF_DATES, PLACES),
    "date in every form": Kind(dates_in_every_form, _OF_DATES, PLACES),
    "status": Kind(statuses, ("verb-status",), PLACES),
    "certainty": Kind(certainties, ("likelihood-term", "unowned-judgement", "verb-status"), PLACES),
    "attribution dropped": Kind(attributions, ("unattributed",), _UNTOLD),
    "negation": Kind(negations, (), _AND_CLAIMS),
    "superlative": Kind(superlatives, (), PLACES),
    "cause": Kind(causes, (), _IN_TEXT),
    "comparison": Kind(comparisons, (), _AND_CLAIMS),
    "swapped roles": Kind(swapped_roles, ("untraced", "unattributed"), _AND_CLAIMS),
    "wrong source": Kind(wrong_sources, ("untraced", "unattributed"), _IN_TEXT),
    "stale cite": Kind(stale_cites, ("stale-prose",), _IN_TEXT),
}


@cache
def faults() -> tuple[Fault, ...]:
    """All faults, the same each time."""
    return tuple(fault for host in hosts() for name in KINDS for fault in _of_kind(host, name))


def _of_kind(host: Host, name: str) -> Iterator[Fault]:
    random = Random(f"{SEED} {host.name} {name}")
    found = list(dict.fromkeys(KINDS[name].candidates(Speech(host, random))))
    places = list(KINDS[name].places)
    random.shuffle(places)
    dealt = cycle(places)
    for candidate in random.sample(found, min(PER_DOSSIER, len(found))):
        facts = tuple(host.fact(statement) for statement in candidate.statements)
        place = next(place for place in dealt if place not in DRAWN or figure_of(facts))
        ids = tuple(fact.id for fact in facts)
        yield Fault(name, host, place, ids, candidate.false, candidate.honest, candidate.revised)


# Near misses


def _undated(statement: Statement) -> str:
    return statement.core.replace(f" {statement.date}", "") if statement.date else statement.core


def _near(text: str) -> Iterator[str]:
    """The same with a digit changed, with two digits in each other's places, and with another month."""
    digits = [match.start() for match in re.finditer(r"\d", text)]
    if digits:
        at = digits[-1]
        yield f"{text[:at]}{(int(text[at]) + 3) % 10}{text[at + 1 :]}"
    for first, second in pairwise(digits):
        if text[first] != text[second] != "0":
            yield f"{text[:first]}{text[second]}{text[first + 1 : second]}{text[first]}{text[second + 1 :]}"
            break
    for at, month in enumerate(words.MONTHS):
        if month in text:
            yield text.replace(month, words.MONTHS[at - 5])


def _issued(host: Host, statement: Statement) -> Iterator[str]:
    """The day on which a fact's source appeared, told as the day of what the fact says."""
    for support in host.fact(statement).support:
        issued = host.facts.sources[support.source].issued
        if issued and re.fullmatch(r"\d{4}-\d\d-\d\d", issued.text):
            year, month, day = issued.text.split("-")
            yield f"on {int(day)} {words.MONTHS[int(month) - 1]} {year}"


def _cut(quote: str) -> Iterator[str]:
    """A quote without the *no* or *not* at its front, or with the first digit of its number cut off."""
    for word in ("not ", "no "):
        if word in quote:
            yield quote.split(word, 1)[1]
    if number := re.search(r"\d(?=\d)", quote):
        yield quote[number.end() :]


def _mangled(quote: str) -> Iterator[str]:
    """A quote with a word slipped in, a word left out, and another number."""
    parts = quote.split()
    for at, word in enumerate(words.SLIPPED_IN[: len(parts) - 1], 1):
        yield " ".join((*parts[:at], word, *parts[at:]))
    for at in range(1, len(parts) - 1):
        yield " ".join((*parts[:at], *parts[at + 1 :]))
    yield from _near(quote)
