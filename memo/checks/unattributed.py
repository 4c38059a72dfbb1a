"""What rests on one origin, or on a curator's judgement, is told as somebody's word (CRAFT, rule 18; ICD 206).

Origins are counted, not articles: two articles that relay one press release are one origin. One voice may be right, but
its reader must know that it is one, and whose. It is said in the sentence, or by the sentence that opens its paragraph
(with a heading that runs in, by that or the next), its list, its table (the caption, a column's heading) or its section
(or by that section's heading). What says it: the fact's ``attribution``; the label, title, newspaper or author of its
source; its origin as ``style.yaml`` names it; another name of the actor that the attribution names; ``it says`` or ``in
its account`` after a sentence that says it; a word for all sources at once (``neither article``). Of a judgement, also
``judged_by``, and ``this desk`` or ``we``. Upper and lower case are one. In question is what shows a claim, a brief, a
phrase or a value, or cites a fact that is shown nowhere in the sentences of that note. Not a label, a question, or
``Watch whether ...``, which tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from memo.checks.memo import Memo
from memo.checks.reading.carriers import actor_names, plain
from memo.checks.reading.english_prose import ALL_SOURCES, FIRST_PERSON, TELLING, VIEWS
from memo.checks.reading.mentions import Telling, tellings
from memo.checks.reading.prose import only
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.dossier import Fact, Facts
from memo.facts.style import Style
from memo.problem import Problem, Related


class _Voice(NamedTuple):
    """Whose word a fact is: in words for a message; the names, folded, that say so; a pattern that says so, too."""

    name: str
    said: tuple[str, ...]
    besides: str

    def speaks_in(self, text: str) -> bool:
        """Whether a text, folded, says whose word it is, in whole words."""
        return any(_stands(said, text) for said in self.said) or re.search(self.besides, text) is not None


def check(memo: Memo) -> Iterator[Problem]:
    """An ``unattributed`` where facts of one voice are told so, at what shows or cites them."""
    voices = memo.facts.once(_Voices, memo.style)
    found: dict[tuple[int, str], list[Telling]] = {}
    for telling in tellings(memo):
        voice = voices.of(telling.fact)
        if voice and not _is_said(telling, voice):
            found.setdefault((id(telling.at), voice.name), []).append(telling)
    for (_, name), untold in found.items():
        yield _problem(memo, name, untold)


def _problem(memo: Memo, name: str, untold: list[Telling]) -> Problem:
    facts = [memo.facts.facts[telling.fact] for telling in untold]
    ids = ", ".join(f"'{fact.id}'" for fact in facts)
    rest = f"{ids} rest" if len(facts) > 1 else f"{ids} rests"
    on = f"{rest} on {name} alone" if facts[0].support else f"{rest} on the judgement of {name}"
    return Problem(
        "unattributed",
        f"{on}, and nothing here says so",
        memo.place(untold[0].at, length=_WHOLE),
        f"say whose word it is: {'; '.join(dict.fromkeys(fact.attribution or name for fact in facts))}",
        tuple(_related(memo, fact) for fact in facts),
        facts=tuple(fact.id for fact in facts),
    )


def _related(memo: Memo, fact: Fact) -> Related:
    says = "says whose word it is" if fact.attribution else f"is fact '{fact.id}'"
    return Related(memo.fact_place(fact.id, "attribution"), says)


_WHOLE = 1000
"""More characters than any expression in a template has: all of it is meant."""


# Whose word it is


class _Voices:
    """Whose word each fact of a dossier is, looked up when first asked for."""

    def __init__(self, facts: Facts, style: Style) -> None:
        self.facts = facts
        self.style = style
        self.alike = _names_alike(facts)
        self.of = cache(self._of)

    def _of(self, id: str) -> _Voice | None:
        """Whose word a fact is; None where it has more than one origin, or, in a broken dossier, no one's."""
        fact = self.facts.facts[id]
        origins = self.facts.origins(fact)
        if len(origins) > 1 or not (origins or fact.judged_by):
            return None
        if not origins:
            return _Voice(fact.judged_by, _folded(fact.attribution, fact.judged_by), _FIRST_PERSON)
        (origin,) = origins
        name = self.facts.origin_in_words(origin, self.style.origins)
        sources = (self.facts.sources[support.source] for support in fact.support)
        called = (text for one in sources for text in (one.label, one.title, one.container_title, *one.author))
        by = self.alike.get(_fold(fact.attribution.partition(",")[0]), ())  # NATO, as the Gazette reports
        return _Voice(name, (*_folded(fact.attribution, name, *called), *by), _ALL_SOURCES)


def _names_alike(facts: Facts) -> Mapping[str, Sequence[str]]:
    """For each name of an actor, folded, all names of those who bear it."""
    alike: dict[str, list[str]] = {}
    for actor in facts.actors.values():
        names = actor_names(actor)
        for name in dict.fromkeys(map(_fold, names)):
            alike.setdefault(name, []).extend(_folded(*names))
    return alike


def _folded(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded for text in texts if (folded := _fold(text))))


def _fold(text: str) -> str:
    """Words as they are compared: small, with plain apostrophes, without an article before them."""
    return plain(text).casefold().strip().removeprefix("the ")


def _stands(said: str, text: str) -> bool:
    """Whether these words stand in a text as whole words: cheaper than a pattern, of which each fact would need one."""
    at = text.find(said)
    while at >= 0:
        if not _WORD.match(text[at - 1 : at]) and not _WORD.match(text, at + len(said)):
            return True
        at = text.find(said, at + 1)
    return False


_WORD = re.compile(r"\w")
_FIRST_PERSON = rf"(?<!\w)(?:{'|'.join(FIRST_PERSON)})(?!\w)"
_ALL_SOURCES = rf"(?<!\w){ALL_SOURCES}(?!\w)"


# Whether it is said


def _is_said(telling: Telling, voice: _Voice) -> bool:
    """Whether a sentence in question, or one that opens what it stands in, says whose word it is."""
    inside = any(_says(telling.around, index, telling.fact, voice) for index in telling.within)
    return inside or any(voice.speaks_in(_visible(sentence, telling.fact)) for sentence in telling.openers)


def _says(around: tuple[Sentence, ...], index: int, fact: str, voice: _Voice) -> bool:
    """Whether a sentence says it itself, or goes on with the speaker of the sentence before, which does."""
    text = _visible(around[index], fact)
    if voice.speaks_in(text):
        return True
    return index > 0 and _goes_on(text) and _says(around, index - 1, fact, voice)


def _visible(sentence: Sentence, fact: str) -> str:
    """What may say it, folded: the writer's words, the fact's own, and other facts' whole sentences."""
    if not sentence.shown:
        return plain(sentence.text).casefold()
    seen = (
        piece
        for piece in sentence.pieces
        if not isinstance(piece.leaf, Claim) or fact in piece.leaf.facts or piece.leaf.part in ("claim", "brief")
    )
    return plain(only(sentence, seen)).casefold()


def _goes_on(text: str) -> bool:
    """Whether it goes on with who spoke before: *it says*, *they have also warned*, *in its account*."""
    verbs = (found[1] for found in _THEY.finditer(text))
    return any(verb in TELLING for verb in verbs) or any(found[1] in VIEWS for found in _THEIR.finditer(text))


_THEY = re.compile(
    r"\b(?:it|she|he|they) (?=(?:(?:also|itself|herself|himself|then|further|too|has|have|had|does|do|did|\w+ly) )*"
    r"([a-z]+)\b)"
)
_THEIR = re.compile(r"\b(?:its|her|his|their) (?:own )?([a-z]+)\b")
