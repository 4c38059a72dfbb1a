"""An assessment that has a likelihood is not hedged besides (CRAFT, rule 19; ICD 203, D.6.e.(2)).

"It is likely that this could fail" is less than likely, and by how much nobody can say. The words that count are listed
in `memo/checks/reading/english.py`: may, might, could, possible and their like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.english import HEDGES, MIGHT_IS_STRENGTH_AFTER, POSSIBLE_IS_NO_HEDGE_AFTER
from memo.checks.reading.words import last_word
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.likelihood import any_of, terms_in
from memo.problem import Problem

_HEDGES = re.compile(rf"\b{any_of(HEDGES)}\b")  # in small letters: May is a month


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``double-hedge`` for each hedge beside a likelihood, in a sentence or the words of a fact."""
    for passage in memo.writer_passages:
        for sentence in passage.sentences:
            for hedge in _HEDGES.finditer(sentence.text):
                if _is_hedge(sentence.text[: hedge.start()], hedge[0]):
                    yield from _problems(memo, sentence, hedge)


def _problems(memo: Memo, sentence: Sentence, hedge: re.Match[str]) -> Iterator[Problem]:
    leaf, _ = sentence.at(hedge.start())
    facts = memo.answering(sentence, hedge.start())
    assessed = [fact.id for fact in facts if fact.kind == "assessment"]
    terms = [term.text for term in terms_in(sentence.text)]
    terms += [fact.likelihood.term for fact in facts if isinstance(leaf, Claim) and fact.likelihood]
    if assessed and terms:
        place, related = memo.words_at(sentence, hedge.start(), len(hedge[0]))
        message = f"'{hedge[0]}' hedges what is already called '{terms[0]}'"
        yield Problem("double-hedge", message, place, "leave it out", related, facts=tuple(assessed))


def _is_hedge(before: str, word: str) -> bool:
    """Tell whether a word hedges: not *might* that means strength, and not *as soon as possible*."""
    if word == "might":
        return last_word(before) not in MIGHT_IS_STRENGTH_AFTER
    return word != "possible" or last_word(before) not in POSSIBLE_IS_NO_HEDGE_AFTER
