"""Which verbs of an English sentence tell something as done, or with a bare will, and which fact each is about.

No parser of English is at hand, nor needed: few forms tell of something as done (*has opened*, *was signed*, *opened*,
*is in operation*), and few words around them make them tell something else. Where it is not clear which fact a verb is
about, it is about none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from memo.checks.reading.english_verbs import (
    FORWARD,
    LITTLE,
    MODAL,
    NAMING,
    NEGATING,
    NO_OBJECT,
    NO_SUBJECT,
    OPEN,
    OPEN_AT_FIRST,
    OPEN_MATTERS,
    OPEN_TO_COME,
    PARTICIPLES,
    PAST,
    PAST_OF_OBJECT,
    PREPARATORY,
    REPORTING,
    STATES,
    VIEWS,
    WILL_IS_POWER_AFTER,
)
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.dossier import Fact, Facts

TELLING = ("claim", "brief", "phrase", "label")
"""The parts of a fact that tell what it is about."""


class Told(NamedTuple):
    """A verb and its auxiliaries, from ``start`` on in a sentence. ``bare``: a will that nobody is said to mean."""

    start: int
    text: str
    bare: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def told_in(text: str) -> list[Told]:
    """What a sentence tells as done or with a bare will; nothing, if it is a question."""
    if text.rstrip("”’\"') ").endswith("?"):
        return []
    done = [Told(match.start(), match[0]) for match in _done().finditer(text) if _is_done(text, match)]
    promised = [Told(match.start(), match[0], True) for match in _WILL.finditer(text) if _is_bare(text, match)]
    return [*done, *promised]


def about(sentence: Sentence, told: Told, facts: Sequence[Fact], dossier: Facts) -> Fact | None:
    """The fact that a verb is about.

    In a fact's own words, that fact, unless those words tell it as still to come. In a writer's words, the fact whose
    words are the verb's subject or object; else, of those on the sentence, the one that shares most with its clause.
    """
    leaf, offset = sentence.at(told.start)
    if isinstance(leaf, Claim) and leaf.facts:
        own = next((fact for fact in facts if fact.id == leaf.facts[0]), None)
        return own if tells_as_come(leaf.text, told._replace(start=offset)) else None
    start, end = clause(sentence.text, told.start)
    if not told.bare and _known(PREPARATORY).search(sentence.text[start:end]):
        return None
    if (beside := _beside(sentence, told, start, end)) is not None:
        return next((fact for fact in facts if fact.id == beside.facts[0]), None)
    if not told.bare and _is_to_come(sentence.text, told):
        return None
    return _nearest(sentence.text[start:end], facts, dossier)


def tells_as_come(text: str, told: Told) -> bool:
    """Whether a verb in a fact's own words is about the fact: not if those say that it is still to come."""
    start, end = clause(text, told.start)
    rest = text[: told.start] + text[told.end :]
    return told.bare or not (_known(PREPARATORY).search(text[start:end]) or _known(FORWARD).search(rest))


def _is_to_come(text: str, told: Told) -> bool:
    """Whether the sentence goes on to something still to come, which the fact then is: *was closed, and is to be*."""
    return _known(FORWARD).search(text[told.end :].split(";")[0]) is not None


def clause(text: str, at: int) -> tuple[int, int]:
    """Where the clause begins and ends that this character stands in."""
    ends = list(_BREAK.finditer(text))
    start = max((match.end() for match in ends if match.end() <= at), default=0)
    return start, min((match.start() for match in ends if match.start() >= at), default=len(text))


# What a verb tells


def _is_done(text: str, match: re.Match[str]) -> bool:
    start, end = clause(text, match.start())
    before, after = text[start : match.start()], text[match.end() : end]
    segment = text[_segment(text, match.start()) : match.start()]
    if _known(NEGATING).search(_denied(segment)) or _known(NEGATING).search(match[0]) or _asked().search(segment):
        return False
    if match["past"]:
        return _is_finite(before if before.strip() else _linked(text[:start]), match["past"], after)
    if _known(OPEN_TO_COME).search(before) or _last(before) in MODAL:
        return False
    return not (match[0].endswith("open") and _known(OPEN_MATTERS).search(before))


def _denied(segment: str) -> str:
    """What a negation must stand in to reach the end: from the last comma or conjunction on, but through any *that*."""
    return re.split(r"[,()]|\b(?:and|but|while|whereas|although|though)\b", segment, flags=re.IGNORECASE)[-1]


def _linked(text: str) -> str:
    """What a clause that begins with its verb has for a subject: the *who*, *which*, *that* or *and* before it."""
    last = _last(text)
    return last if last in ("who", "which", "that", "and", "but") else ""


def _is_finite(before: str, verb: str, after: str) -> bool:
    """Whether a form that may be a participle is the verb of its clause: it has a subject, and no auxiliary is near."""
    last, following = _last(before), (_words(after) or [""])[0]
    if not last or last in NO_SUBJECT or last.endswith("ly") or following == "by" or _PREPOSED.search(before):
        return False
    needs_object = verb.casefold() in PAST_OF_OBJECT
    if (needs_object and (not following or following in NO_OBJECT)) or (not needs_object and last in ("and", "but")):
        return False
    return not _AUXILIARY.search(before) and not _AUXILIARY.search(after)


def _is_bare(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].split(";")[-1]
    rest = text[match.start() :].split(";")[0]
    if _last(before) in WILL_IS_POWER_AFTER or _asked().search(before) or _known(OPEN_TO_COME).search(before):
        return False
    return not (_CONDITION.search(rest) or _reporting().search(before + rest) or _IN_VIEW.search(before + rest))


def _last(text: str) -> str:
    """The last word, in small letters."""
    return (text.split() or [""])[-1].casefold()


def _segment(text: str, at: int) -> int:
    """Where what runs on to this character begins: after a semicolon or a colon."""
    return max(text.rfind(";", 0, at), text.rfind(": ", 0, at)) + 1


# Which fact


def _beside(sentence: Sentence, told: Told, start: int, end: int) -> Claim | None:
    """The claim that stands right after the verb but for a few little words, or else right before it, in its clause."""
    claims = [(piece.start, piece.text, piece.leaf) for piece in sentence.pieces if isinstance(piece.leaf, Claim)]
    telling = [(at, text, leaf) for at, text, leaf in claims if leaf.facts and leaf.part in TELLING]
    for at, _, leaf in telling:
        if told.end <= at < end and not set(_words(sentence.text[told.end : at])) - LITTLE:
            return leaf
    for at, text, leaf in telling:
        if start <= at + len(text) <= told.start and not sentence.text[at + len(text) : told.start].strip():
            return leaf
    return None


def _nearest(text: str, facts: Sequence[Fact], dossier: Facts) -> Fact | None:
    """The fact that shares most with a clause, apart from names; None where none does, or two as much."""
    names = set().union(*map(_stems, _names(facts, dossier)))
    shared = [(len((_of_fact(fact) - names) & _stems(_without_names(text))), fact) for fact in facts]
    most = max((count for count, _ in shared), default=0)
    best = [fact for count, fact in shared if count == most]
    return best[0] if most and len(best) == 1 else None


def _names(facts: Iterable[Fact], dossier: Facts) -> Iterator[str]:
    for id in {*dossier.subjects, *(actor for fact in facts for actor in fact.actors)}:
        actor = dossier.actors[id]
        yield from (actor.name, actor.short, *actor.also)
    yield from (fact.attribution for fact in facts)


def _of_fact(fact: Fact) -> set[str]:
    parts = (fact.claim, fact.brief, fact.phrase, fact.label)
    return set().union(*(_stems(_without_names(part)) for part in parts))


def _without_names(text: str) -> str:
    """Without words that a capital shows to be names: one at the beginning only if it has another."""
    return re.sub(r"(?<=\s)[A-Z]\w*|\b[A-Z]\w*[A-Z]\w*", "", text.strip())


def _stems(text: str) -> set[str]:
    """The words that tell what a text is about, cut to what stays the same in their forms."""
    return {re.sub(r"(ed|ing|s|e)$", "", word)[:6] for word in _words(text) if word not in LITTLE and len(word) > 2}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]+", re.sub(r"['’]s\b", "", text))]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _known(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of these words; made when it is first needed, which in many memos it is not."""
    return re.compile(rf"\b(?:{_any(words)})\b", re.IGNORECASE)


_ADVERBS = r"(?:\s+(?:not|never|now|already|also|since|just|finally|recently|at\s+last|[a-z]+ly))*"


@cache
def _done() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?<!-)(?:(?:(?:has|have|had){_ADVERBS}(?:\s+been)?|was|were){_ADVERBS}\s+(?:{_any(PARTICIPLES)})"
        rf"|(?:is|are){_ADVERBS}\s+(?:{_any(STATES)})(?!\s+to\b)"
        rf"|(?P<past>{_any((*PAST, *PAST_OF_OBJECT))}))\b(?!-)",
        re.IGNORECASE,
    )


@cache
def _reporting() -> re.Pattern[str]:
    before = "".join(rf"(?<!\b{word}\s)" for word in NAMING)
    return re.compile(rf"{before}\b(?:{_any(REPORTING)})\b", re.IGNORECASE)


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(OPEN)})\b|^\W*(?:{_any(OPEN_AT_FIRST)})\b", re.IGNORECASE)


_WILL = re.compile(r"\bwill\b|(?<=\w)[’']ll\b")
_BREAK = re.compile(
    r"[,;:()]|\s[–—-]\s|—|[.!?]\s"
    r"|\b(?:and|but|or|while|whereas|although|though|because|so|which|who|that)\b",
    re.IGNORECASE,
)
_IN_VIEW = re.compile(rf"\b(?:in|by|on)\s+(?:[^\s,]+\s+){{1,4}}(?:{_any(VIEWS)})\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|once|provided|unless|until|whether)\b", re.IGNORECASE)
_PREPOSED = re.compile(
    r"\b(?:at|by|from|on|through|to|under|with)\s+(?:(?:a|an|its|the|their)\s+)?[\w-]+\s+$", re.IGNORECASE
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|will|would|may|might|can|could|must)\b")
