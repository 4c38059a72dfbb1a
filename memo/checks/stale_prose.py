"""A writer's own sentence about a fact is looked at again when the fact changes (CRAFT, rule 16).

A fact's own words change with it; what a writer says of it does not, and goes on saying what was true last time. A
sentence is the writer's about a fact if a note cites the fact for it and no sentence of that note shows the fact, or if
it has no fact's words at all; of several that one note answers for, the first is reported. A run-in heading comes last,
and not at all if it has one word or two, which say nothing. A sentence stayed if the same words stood in the earlier
memo with a note to that fact. A fact changed if its claim did, or its digest in the document, which covers all of it
that a memo can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from memo.checks.memo import Earlier, Memo
from memo.checks.reading.sections import has_run_in_heading
from memo.checks.reading.words import words
from memo.document.sentences import Passage, Sentence, passages
from memo.document.tree import Document
from memo.problem import Problem, Related

_LABEL = 2
"""A run-in heading of so many words at the most is a label."""


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``stale-prose`` for each such sentence and fact, with the fact's old and new words."""
    if memo.earlier is None:
        return
    changed = _changed(memo, memo.earlier)
    before = _cited_before(memo.earlier.document)
    for passage in memo.writer_passages:
        for fact, sentence in _writers_sentences(passage):
            if fact in changed and (sentence.text, fact) in before:
                yield _problem(memo, sentence, fact, changed[fact])


def _problem(memo: Memo, sentence: Sentence, fact: str, change: str) -> Problem:
    own = next(sentence.writer_pieces())
    place, related = memo.words_at(sentence, own.start, len(own.text))
    return Problem(
        "stale-prose",
        f"fact '{fact}' has changed, and the writer’s words on it have not: {change}",
        place,
        "read the sentence again, and reword it or waive this",
        (*related, Related(memo.fact_place(fact, "claim"), "is the fact now")),
        facts=(fact,),
    )


def _changed(memo: Memo, earlier: Earlier) -> Mapping[str, str]:
    """Return the facts that changed, each with what it said and what it says."""
    now, then = _digests(memo.composed.document), _digests(earlier.document)
    found: dict[str, str] = {}
    for id, fact in memo.facts.facts.items():
        was = earlier.claims.get(id, "")
        if was and was != fact.claim:
            found[id] = f"it was ‘{was}’, it is ‘{fact.claim}’"
        elif was and id in now and id in then and now[id] != then[id]:
            found[id] = f"its claim is still ‘{was}’, but its support, its dates or its standing are others"
    return found


def _digests(document: Document) -> Mapping[str, str]:
    return {basis.fact: basis.digest for basis in document.basis}


def _cited_before(document: Document) -> frozenset[tuple[str, str]]:
    """Return each sentence of an earlier memo with each fact that its note cites."""
    sentences = (sentence for passage in passages(document) for sentence in passage.sentences)
    return frozenset((sentence.text, fact) for sentence in sentences for fact in sentence.cited)


def _writers_sentences(passage: Passage) -> Iterator[tuple[str, Sentence]]:
    """Go through the facts of each note, each with the first sentence of the writer's own about it."""
    first, *rest = passage.sentences
    ordered = passage.sentences
    if has_run_in_heading(passage):
        ordered = (*rest, first) if len(words(first.text)) > _LABEL else tuple(rest)
    found: dict[tuple[str, tuple[str, ...]], Sentence] = {}
    for sentence in ordered:
        for fact in _facts_of(passage, sentence):
            found.setdefault((fact, sentence.cited), sentence)
    return ((fact, sentence) for (fact, _), sentence in found.items())


def _facts_of(passage: Passage, sentence: Sentence) -> tuple[str, ...]:
    """Return the facts that a sentence is about in the writer's own words."""
    if not any(piece.text.strip() for piece in sentence.writer_pieces()):
        return ()
    if not sentence.shown:
        return sentence.cited
    shown = {fact for one in passage.sentences if one.cited == sentence.cited for fact in one.shown}
    return tuple(fact for fact in sentence.cited if fact not in shown)
