"""What rests on one origin, or on a curator's judgement, is attributed (CRAFT, rule 18; ICD 206).

Origins are counted, not articles: two articles that relay one press release are one origin. One voice may be right, but
readers must know that it is one, and whose.

The attribution stands in the sentence itself, or in the sentence that opens its paragraph (with a run-in heading, in
that or the next), its list, its table (the caption, a column's heading) or its section (or in that section's heading).
What attributes a fact: its ``attribution``; the label, title, newspaper or author of its source; its origin as
``style.yaml`` names it; another name of the actor that the attribution names; ``it says`` or ``in its account`` after a
sentence that names the speaker; a word for all sources at once (``neither article``). For a judgement, also
``judged_by``, and ``this desk`` or ``we``. Case does not matter.

Sentences that need one show a claim, a brief, a phrase or a value, or cite a fact that no sentence of that note shows.
A label, a question, or ``Watch whether ...`` needs none: they state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from memo.checks.memo import Memo
from memo.checks.reading.english import ALL_SOURCES, ATTRIBUTION_NOUNS, ATTRIBUTION_VERBS, FIRST_PERSON
from memo.checks.reading.mentions import Mention, mentions
from memo.checks.reading.traceable import actor_names
from memo.checks.reading.words import only, plain
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.dossier import Fact, Facts
from memo.facts.style import Style
from memo.problem import Problem, Related


class _Attribution(NamedTuple):
    """Whose word a fact is: the ``name`` for messages; the names, folded, and the pattern that attribute it."""

    name: str
    names: tuple[str, ...]
    pattern: str

    def is_in(self, text: str) -> bool:
        """Tell whether a text, folded, says whose word it is, in whole words."""
        return any(_has_word(text, name) for name in self.names) or re.search(self.pattern, text) is not None


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``unattributed`` where facts of one origin are not attributed, at what shows or cites them."""
    attributions = memo.facts.once(_Attributions, memo.style)
    found: dict[tuple[int, str], list[Mention]] = {}
    heard = _Heard()
    for mention in mentions(memo):
        attribution = attributions.of(mention.fact)
        if attribution and not heard.attributes(mention, attribution):
            found.setdefault((id(mention.at), attribution.name), []).append(mention)
    for (_, name), unattributed in found.items():
        yield _problem(memo, name, unattributed)


def _problem(memo: Memo, name: str, unattributed: list[Mention]) -> Problem:
    facts = [memo.facts.facts[mention.fact] for mention in unattributed]
    ids = ", ".join(f"'{fact.id}'" for fact in facts)
    rest = f"{ids} rest" if len(facts) > 1 else f"{ids} rests"
    on = f"{rest} on {name} alone" if facts[0].support else f"{rest} on the judgement of {name}"
    return Problem(
        "unattributed",
        f"{on}, and nothing here says so",
        memo.place(unattributed[0].at, length=_WHOLE),
        f"say whose word it is: {'; '.join(dict.fromkeys(fact.attribution or name for fact in facts))}",
        tuple(_related(memo, fact) for fact in facts),
        facts=tuple(fact.id for fact in facts),
    )


def _related(memo: Memo, fact: Fact) -> Related:
    says = "says whose word it is" if fact.attribution else f"is fact '{fact.id}'"
    return Related(memo.fact_place(fact.id, "attribution"), says)


_WHOLE = 1000
"""More characters than any expression in a template has, to point at all of it."""


# Whose word it is


class _Attributions:
    """Whose word each fact of a dossier is, worked out when first asked for."""

    def __init__(self, facts: Facts, style: Style) -> None:
        self.facts = facts
        self.style = style
        self.names = _names_by_name(facts)
        self.of = cache(self._of)

    def _of(self, id: str) -> _Attribution | None:
        """Return whose word a fact is; None if it has several origins, or, in a broken dossier, none."""
        fact = self.facts.facts[id]
        origins = self.facts.origins(fact)
        if len(origins) > 1 or not (origins or fact.judged_by):
            return None
        if not origins:
            return _Attribution(fact.judged_by, _folded(fact.attribution, fact.judged_by), _FIRST_PERSON)
        (origin,) = origins
        name = self.facts.origin_in_words(origin, self.style.origins)
        sources = (self.facts.sources[support.source] for support in fact.support)
        titles = (text for one in sources for text in (one.label, one.title, one.container_title, *one.author))
        others = self.names.get(_fold(fact.attribution.partition(",")[0]), ())  # NATO, as the Gazette reports
        return _Attribution(name, (*_folded(fact.attribution, name, *titles), *others), _ALL_SOURCES)


def _names_by_name(facts: Facts) -> Mapping[str, Sequence[str]]:
    """Map each name of an actor, folded, to all names of the actors who go by it."""
    by_name: dict[str, list[str]] = {}
    for actor in facts.actors.values():
        names = actor_names(actor)
        for name in dict.fromkeys(map(_fold, names)):
            by_name.setdefault(name, []).extend(_folded(*names))
    return by_name


def _folded(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded for text in texts if (folded := _fold(text))))


def _fold(text: str) -> str:
    """Return words as they are compared: in small letters, with plain apostrophes, without *the* before them."""
    return plain(text).casefold().strip().removeprefix("the ")


def _has_word(text: str, words: str) -> bool:
    """Tell whether some words stand in a text as whole words."""
    at = text.find(words)  # cheaper than a pattern, of which each fact would need one
    while at >= 0:
        if not _LETTER.match(text[at - 1 : at]) and not _LETTER.match(text, at + len(words)):
            return True
        at = text.find(words, at + 1)
    return False


_LETTER = re.compile(r"\w")
_FIRST_PERSON = rf"(?<!\w)(?:{'|'.join(FIRST_PERSON)})(?!\w)"
_ALL_SOURCES = rf"(?<!\w){ALL_SOURCES}(?!\w)"


# Whether the memo says so


class _Heard:
    """Whose word sentences say it is, each looked into once: a row or a long paragraph may state thousands of facts.

    Words of the fact in question count besides those that count for every fact: sentences with these are looked into
    for each fact anew.
    """

    def __init__(self) -> None:
        self._said: dict[tuple[int, int, int, _Says, _Attribution], bool] = {}
        self._showing: dict[int, Mapping[str, Sequence[int]]] = {}
        self._spoken: dict[tuple[int, int, str, _Attribution], bool] = {}
        self._kept: list[tuple[Sentence, ...]] = []
        """So that the identity of none is given to another while it is looked up by it."""

    def attributes(self, mention: Mention, attribution: _Attribution) -> bool:
        """Tell whether a sentence that states a fact, or one that leads in to it, says whose word it is."""
        fact, lead_ins = mention.fact, mention.lead_ins
        return self._within(self._says, mention.sentences, mention.stating, fact, attribution) or self._within(
            _leads_in, lead_ins, range(len(lead_ins)), fact, attribution
        )

    def _within(
        self, says: _Says, sentences: tuple[Sentence, ...], stating: Sequence[int], fact: str, attribution: _Attribution
    ) -> bool:
        if len(stating) < _FEW:
            return any(says(sentences, index, fact, attribution) for index in stating)
        key = id(sentences), stating[0], stating[-1], says, attribution
        if key not in self._said:
            self._kept.append(sentences)
            self._said[key] = any(says(sentences, index, "", attribution) for index in stating)
        if self._said[key]:
            return True
        within = range(stating[0], stating[-1] + 1)
        own = (index for index in self._showing_of(sentences).get(fact, ()) if index in within)
        return any(says(sentences, index, fact, attribution) for index in own)

    def _says(self, sentences: tuple[Sentence, ...], index: int, fact: str, attribution: _Attribution) -> bool:
        """Tell whether a sentence says whose word it is, or goes on with the speaker that the sentence before names."""
        passed: list[tuple[int, int, str, _Attribution]] = []
        while True:
            key = id(sentences), index, fact, attribution
            text = "" if key in self._spoken else _visible(sentences[index], fact)
            said = self._spoken.get(key) or (bool(text) and attribution.is_in(text))
            passed.append(key)
            if said or key in self._spoken or index == 0 or not _goes_on(text):
                break
            index -= 1
        if len(sentences) >= _FEW:
            self._kept.append(sentences)
            self._spoken |= dict.fromkeys(passed, said)
        return said

    def _showing_of(self, sentences: tuple[Sentence, ...]) -> Mapping[str, Sequence[int]]:
        """Map each fact to the sentences that show it, and those after them, which may go on with its speaker."""
        if id(sentences) not in self._showing:
            showing: dict[str, list[int]] = {}
            for index, sentence in enumerate(sentences):
                for fact in sentence.shown:
                    showing.setdefault(fact, []).extend((index, index + 1))
            self._showing[id(sentences)] = {
                fact: [index for index in indices if index < len(sentences)] for fact, indices in showing.items()
            }
        return self._showing[id(sentences)]


_FEW = 8
"""Sentences that are sooner looked into than looked up."""


_Says = Callable[[tuple[Sentence, ...], int, str, _Attribution], bool]


def _leads_in(sentences: tuple[Sentence, ...], index: int, fact: str, attribution: _Attribution) -> bool:
    """Tell whether a sentence that leads in to others says whose word they are."""
    return attribution.is_in(_visible(sentences[index], fact))


def _visible(sentence: Sentence, fact: str) -> str:
    """Return the words that may attribute a fact, folded: the writer's, its own, and other facts' whole sentences."""
    if not sentence.shown:
        return plain(sentence.text).casefold()
    seen = (
        piece
        for piece in sentence.pieces
        if not isinstance(piece.leaf, Claim) or fact in piece.leaf.facts or piece.leaf.part in ("claim", "brief")
    )
    return plain(only(sentence, seen)).casefold()


def _goes_on(text: str) -> bool:
    """Tell whether a text goes on with who spoke before: *it says*, *they have also warned*, *in its account*."""
    verbs = (found[1] in ATTRIBUTION_VERBS for found in _THEY.finditer(text))
    return any(verbs) or any(found[1] in ATTRIBUTION_NOUNS for found in _THEIR.finditer(text))


_THEY = re.compile(
    r"\b(?:it|she|he|they) (?=(?:(?:also|itself|herself|himself|then|further|too|has|have|had|does|do|did|\w+ly) )*"
    r"([a-z]+)\b)"
)
_THEIR = re.compile(r"\b(?:its|her|his|their) (?:own )?([a-z]+)\b")
