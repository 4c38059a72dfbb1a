"""Find the verbs of an English sentence that report something as done, or promise it, and the fact that each is about.

No parser of English is needed: few forms report something as done (*has opened*, *was signed*, *opened*, *is in
operation*), and few words around them make them mean something else. A verb counts as about no fact if it is not clear
which fact it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from memo.checks.reading import english
from memo.checks.reading.traceable import actor_names
from memo.checks.reading.words import FACT_TEXTS, has_any, last_word
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.dossier import Fact, Facts
from memo.facts.likelihood import any_of


class VerbPhrase(NamedTuple):
    """A verb with its auxiliaries, from ``start`` on in a sentence. ``bare_will``: a *will* attributed to nobody."""

    start: int
    text: str
    bare_will: bool = False

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + len(self.text)


def asserting_verbs(text: str) -> list[VerbPhrase]:
    """Find the verbs of a sentence that report something as done or promise it with a bare *will*.

    A question has none.
    """
    if text.rstrip("”’\"') ").endswith("?"):
        return []
    done = [VerbPhrase(match.start(), match[0]) for match in _done().finditer(text) if _is_done(text, match)]
    promised = [VerbPhrase(match.start(), match[0], True) for match in _WILL.finditer(text) if _is_bare(text, match)]
    return [*done, *promised]


def fact_of(sentence: Sentence, verb: VerbPhrase, facts: Sequence[Fact], dossier: Facts) -> Fact | None:
    """Return the fact that a verb is about, one of the ``facts`` on its sentence; None if that is not clear.

    A verb in a fact's own words is about that fact, unless those words present it as still to come. A verb of the
    writer's is about the fact whose words are its subject or object; else about the fact that shares most words with
    its clause.
    """
    leaf, offset = sentence.at(verb.start)
    if isinstance(leaf, Claim) and leaf.facts:
        own = next((fact for fact in facts if fact.id == leaf.facts[0]), None)
        return own if is_about_own_fact(leaf.text, verb._replace(start=offset)) else None
    start, end = _clause(sentence.text, verb.start)
    if not verb.bare_will and has_any(sentence.text[start:end], english.PREPARATORY):
        return None
    if (beside := _beside(sentence, verb, start, end)) is not None:
        return next((fact for fact in facts if fact.id == beside.facts[0]), None)
    if not verb.bare_will and _is_to_come(sentence.text, verb):
        return None
    return _nearest(sentence.text[start:end], facts, dossier)


def is_about_own_fact(text: str, verb: VerbPhrase) -> bool:
    """Tell whether a verb in a fact's own words is about that fact: not if the words say that it is still to come."""
    start, end = _clause(text, verb.start)
    rest = text[: verb.start] + text[verb.end :]
    to_come = has_any(text[start:end], english.PREPARATORY) or has_any(rest, english.FORWARD_LOOKING)
    return verb.bare_will or not to_come


def _is_to_come(text: str, verb: VerbPhrase) -> bool:
    """Tell whether a sentence goes on to what is still to come, which then is the fact: *was closed, and is to be*."""
    return has_any(text[verb.end :].split(";")[0], english.FORWARD_LOOKING)


def _clause(text: str, at: int) -> tuple[int, int]:
    """Return where the clause around a character begins and ends."""
    ends = list(_BREAK.finditer(text))
    start = max((match.end() for match in ends if match.end() <= at), default=0)
    return start, min((match.start() for match in ends if match.start() >= at), default=len(text))


# What a verb says


def _is_done(text: str, match: re.Match[str]) -> bool:
    start, end = _clause(text, match.start())
    before, after = text[start : match.start()], text[match.end() : end]
    segment = text[_segment(text, match.start()) : match.start()]
    negated = has_any(_denied(segment), english.NEGATIONS) or has_any(match[0], english.NEGATIONS)
    if negated or _is_conditional(segment):
        return False
    if match["past"]:
        return _is_finite(before if before.strip() else _linked(text[:start]), match["past"], after)
    if has_any(before, english.CONDITIONS_BEFORE_PRESENT) or last_word(before) in english.MODALS:
        return False
    return not (match[0].endswith("open") and has_any(before, english.UNSETTLED))


def _denied(segment: str) -> str:
    """Return the part where a negation reaches to the end: from the last comma or conjunction on; *that* is no bar."""
    return re.split(r"[,()]|\b(?:and|but|while|whereas|although|though)\b", segment, flags=re.IGNORECASE)[-1]


def _linked(text: str) -> str:
    """Return the subject of a clause that begins with its verb: the *who*, *which*, *that* or *and* before it."""
    last = last_word(text)
    return last if last in ("who", "which", "that", "and", "but") else ""


def _is_finite(before: str, verb: str, after: str) -> bool:
    """Tell whether a form that may be a participle is the verb of its clause: with a subject, and no auxiliary near."""
    last, following = last_word(before), (_words(after) or [""])[0]
    if not last or last in english.NOT_A_SUBJECT or last.endswith("ly"):
        return False
    if following == "by" or _PREPOSED.search(before):  # opened by the mayor; at a newly opened quay
        return False
    needs_object = verb.casefold() in english.PAST_FORMS_WITH_OBJECT
    if needs_object and (not following or following in english.NOT_AN_OBJECT):
        return False
    if not needs_object and last in ("and", "but"):
        return False
    return not _AUXILIARY.search(before) and not _AUXILIARY.search(after)


def _is_bare(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].split(";")[-1]
    rest = text[match.start() :].split(";")[0]
    if last_word(before) in english.WILL_IS_PURPOSE_AFTER:
        return False
    if _is_conditional(before) or has_any(before, english.CONDITIONS_BEFORE_PRESENT):
        return False
    return not (_CONDITION.search(rest) or _reporting().search(before + rest) or _IN_VIEW.search(before + rest))


def _is_conditional(text: str) -> bool:
    """Tell whether a text asks, denies or sets a condition for what follows."""
    return has_any(text, english.CONDITIONS) or _CONDITION_AT_START.match(text) is not None


def _segment(text: str, at: int) -> int:
    """Return where the text that runs on to a character begins: after a semicolon or a colon."""
    return max(text.rfind(";", 0, at), text.rfind(": ", 0, at)) + 1


# Which fact a verb is about


def _beside(sentence: Sentence, verb: VerbPhrase, start: int, end: int) -> Claim | None:
    """Return the claim right after the verb, but for some stop words, or else right before it, within its clause."""
    claims = [(piece.start, piece.text, piece.leaf) for piece in sentence.pieces if isinstance(piece.leaf, Claim)]
    in_words = [(at, text, leaf) for at, text, leaf in claims if leaf.facts and leaf.part in FACT_TEXTS]
    for at, _, leaf in in_words:
        if verb.end <= at < end and not set(_words(sentence.text[verb.end : at])) - english.STOP_WORDS:
            return leaf
    for at, text, leaf in in_words:
        if start <= at + len(text) <= verb.start and not sentence.text[at + len(text) : verb.start].strip():
            return leaf
    return None


def _nearest(text: str, facts: Sequence[Fact], dossier: Facts) -> Fact | None:
    """Return the fact that shares most words with a clause, names aside; None if none does, or two share as many."""
    names = set().union(*map(_stems, _names(facts, dossier)))
    wanted = _stems(_without_names(text))
    shared = [(len((_stems_of(fact) - names) & wanted), fact) for fact in facts]
    most = max((count for count, _ in shared), default=0)
    best = [fact for count, fact in shared if count == most]
    return best[0] if most and len(best) == 1 else None


def _names(facts: Iterable[Fact], dossier: Facts) -> Iterator[str]:
    for id in {*dossier.subjects, *(actor for fact in facts for actor in fact.actors)}:
        yield from actor_names(dossier.actors[id])
    yield from (fact.attribution for fact in facts)


def _stems_of(fact: Fact) -> set[str]:
    return set().union(*(_stems(_without_names(getattr(fact, part))) for part in FACT_TEXTS))


def _without_names(text: str) -> str:
    """Leave out the words that a capital shows to be names; at the beginning, it takes a second capital."""
    return re.sub(r"(?<=\s)[A-Z]\w*|\b[A-Z]\w*[A-Z]\w*", "", text.strip())


def _stems(text: str) -> set[str]:
    """Return the words that say what a text is about, cut to what stays the same in their forms."""
    content = (word for word in _words(text) if word not in english.STOP_WORDS and len(word) > 2)
    return {re.sub(r"(ed|ing|s|e)$", "", word)[:6] for word in content}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]+", re.sub(r"['’]s\b", "", text))]


_ADVERBS = r"(?:\s+(?:not|never|now|already|also|since|just|finally|recently|at\s+last|[a-z]+ly))*"


@cache
def _done() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?<!-)(?:(?:(?:has|have|had){_ADVERBS}(?:\s+been)?|was|were){_ADVERBS}\s+{any_of(english.PARTICIPLES)}"
        rf"|(?:is|are){_ADVERBS}\s+{any_of(english.DONE_STATES)}(?!\s+to\b)"
        rf"|(?P<past>{any_of((*english.PAST_FORMS, *english.PAST_FORMS_WITH_OBJECT))}))\b(?!-)",
        re.IGNORECASE,
    )


@cache
def _reporting() -> re.Pattern[str]:
    before = "".join(rf"(?<!\b{word}\s)" for word in english.BEFORE_NOUNS)
    return re.compile(rf"{before}\b{any_of(english.REPORTING_WORDS)}\b", re.IGNORECASE)


_CONDITION_AT_START = re.compile(rf"\W*{any_of(english.CONDITIONS_AT_START)}\b", re.IGNORECASE)
_WILL = re.compile(r"\bwill\b|(?<=\w)[’']ll\b")
_BREAK = re.compile(
    r"[,;:()]|\s[–—-]\s|—|[.!?]\s"
    r"|\b(?:and|but|or|while|whereas|although|though|because|so|which|who|that)\b",
    re.IGNORECASE,
)
_IN_VIEW = re.compile(rf"\b(?:in|by|on)\s+(?:[^\s,]+\s+){{1,4}}{any_of(english.OPINION_NOUNS)}\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|once|provided|unless|until|whether)\b", re.IGNORECASE)
_PREPOSED = re.compile(
    r"\b(?:at|by|from|on|through|to|under|with)\s+(?:(?:a|an|its|the|their)\s+)?[\w-]+\s+$", re.IGNORECASE
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|will|would|may|might|can|could|must)\b")
