"""An assessment that has a likelihood is not hedged besides (CRAFT, rule 19; ICD 203, D.6.e.(2)).

"It is likely that this could fail" is less than likely, and by how much nobody can say. The words that count are listed
in `memo/checks/reading/english_prose.py`: may, might, could, possible and their like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.certainty import terms_of
from memo.checks.reading.english_prose import HEDGES, MIGHT_IS_POWER_AFTER, POSSIBLE_IS_NONE_AFTER
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.problem import Problem

_HEDGES = re.compile(rf"\b({'|'.join(HEDGES)})\b")


def check(memo: Memo) -> Iterator[Problem]:
    """A ``double-hedge`` for each hedge beside a likelihood: in a sentence, or in the words of a fact that has one."""
    for passage in memo.told():
        for sentence in passage.sentences:
            for hedge in _HEDGES.finditer(sentence.text):
                if _is_hedge(sentence.text[: hedge.start()], hedge[0]):
                    yield from _problems(memo, sentence, hedge)


def _problems(memo: Memo, sentence: Sentence, hedge: re.Match[str]) -> Iterator[Problem]:
    leaf, _ = sentence.at(hedge.start())
    ids = leaf.facts if isinstance(leaf, Claim) and leaf.facts else sentence.facts
    facts = [memo.facts.facts[id] for id in ids]
    assessed = [fact.id for fact in facts if fact.kind == "assessment"]
    terms = [term.text for term in terms_of(sentence)]
    terms += [fact.likelihood.term for fact in facts if isinstance(leaf, Claim) and fact.likelihood]
    if assessed and terms:
        place, related = memo.words_at(sentence, hedge.start(), len(hedge[0]))
        message = f"'{hedge[0]}' hedges what is already called '{terms[0]}'"
        yield Problem("double-hedge", message, place, "leave it out", related, facts=tuple(assessed))


def _is_hedge(before: str, word: str) -> bool:
    """Whether the word is meant as one: not might as strength, not *as soon as possible*."""
    last = before.split()[-1].casefold() if before.split() else ""
    if word == "might":
        return last not in MIGHT_IS_POWER_AFTER
    return word != "possible" or last not in POSSIBLE_IS_NONE_AFTER
