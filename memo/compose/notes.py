"""What a footnote says: which sources carry its facts, where in them, whom they relay, and how far to trust that.

``Harbour report, para. 9; Harbour Gazette, para. 11 (each relaying the port office; probably true).`` Grades stand in
words, never as letters (ICD 206; the Admiralty system's credibility).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import chain

from memo.document import Claim, Inline, Text
from memo.edtf import fill
from memo.facts import Fact, Facts, Support
from memo.style import Style, Words


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
