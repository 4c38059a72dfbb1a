"""``memo why``: from words on a page to the sentence, its facts and their sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from memo.checks import Memo
from memo.facts.style import Words
from memo.handover.tracing import Trace, find_sentences, nearest_sentence, trace
from memo.project import Project, compose_memo
from tests.checks.evidence import one_fact

ROOT = Path(__file__).parent.parent
MEMOS = [(ROOT, name) for name in Project(ROOT).memos()]
MEMOS += [(ROOT / "tests" / "lighthouse", name) for name in Project(ROOT / "tests" / "lighthouse").memos()]


def memo_of(folder: Path, name: str) -> Memo:
    memo, _ = compose_memo(Project(folder), name)
    assert memo is not None
    return memo


def note(folder: Path, body: str) -> Memo:
    """A memo of this text on one fact, ``growth``."""
    one_fact(folder, {"locator": "para. 2", "quote": "two new berths", "credibility": "3"}, brief="It grew.")
    head = "---\ntitle: T\nto: a\nfrom: b\ndate: 2031-03-14\ndossier: harbour\n---\n# Summary\n\n"
    (folder / "templates").mkdir()
    (folder / "templates" / "note.md").write_text(head + body, "utf-8")
    return memo_of(folder, "note")


def answers(memo: Memo, words: str) -> list[Trace]:
    return [trace(memo, passage, sentence, Words()) for passage, sentence in find_sentences(memo, words)]


@pytest.mark.parametrize(("folder", "name"), MEMOS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_sentence_of_a_memo_is_found_by_its_words_and_its_pieces_are_told_with_places(
    folder: Path, name: str
) -> None:
    memo = memo_of(folder, name)
    words = memo.style.words_for(memo.template.front_matter.language)
    assert words is not None
    for passage in memo.passages:
        for sentence in passage.sentences:
            asked = sentence.text.upper() if sentence.text.upper().lower() == sentence.text.lower() else sentence.text
            assert any(found is sentence for _, found in find_sentences(memo, asked)), sentence.text
            told = trace(memo, passage, sentence, words)
            assert "".join(piece.text for piece in told.pieces).split() == sentence.text.split()
            for piece in told.pieces:
                assert bool(piece.facts) == (piece.written is not None)
                assert piece.written is None or piece.written.path.startswith("facts/")
            assert [fact.id for fact in told.facts] == [*sentence.facts]


def test_words_are_found_as_they_come_out_of_a_pdf(tmp_path: Path) -> None:
    memo = note(tmp_path, "A well-kept harbour grew. Its chart has 12 berths.\n")
    copied = ("a well-kept har-\nbour grew", "HARBOUR GREW.3 Its chart", "harbour\ngrew.", "har-\nbour grew.12")
    assert [[one.text for one in answers(memo, words)][:1] for words in copied] == [["A well-kept harbour grew."]] * 4
    assert answers(memo, "has 13 berths") == []


def test_words_that_run_over_sentences_and_headings_give_each_of_them(tmp_path: Path) -> None:
    memo = note(tmp_path, "It is big. It grows. It is old.\n")
    assert [one.text for one in answers(memo, "summary it is big. It gr")] == ["Summary", "It is big.", "It grows."]


def test_a_fact_that_only_a_note_cites_is_told_apart_from_one_whose_words_stand_there(tmp_path: Path) -> None:
    memo = note(tmp_path, 'The harbour is busy.{{ cite("growth") }}\n\n{{ fact("growth").brief }}\n')
    (cited,), (shown,) = answers(memo, "busy"), answers(memo, "it grew")
    assert [(fact.id, fact.shown) for fact in (*cited.facts, *shown.facts)] == [("growth", False), ("growth", True)]
    (piece,) = shown.pieces
    assert (piece.part, piece.written and piece.written.path) == ("brief", "facts/harbour/sheet.yaml")


def test_grades_and_dates_are_told_in_words(tmp_path: Path) -> None:
    ((backing,),) = [fact.support for fact in answers(note(tmp_path, '{{ fact("growth") }}'), "grew")[0].facts]
    assert (backing.reliability, backing.credibility) == ("usually reliable", "possibly true")
    assert backing.issued == "2 March 2031"


def test_a_sentence_without_a_fact_has_none_behind_it(tmp_path: Path) -> None:
    (own,) = answers(note(tmp_path, "The harbour is busy.\n"), "busy")
    assert own.facts == ()


def test_nothing_is_found_for_nothing_and_nothing_comes_near_to_other_words(tmp_path: Path) -> None:
    memo = note(tmp_path, "The harbour is busy.\n")
    assert find_sentences(memo, " ") == []
    assert nearest_sentence(memo, "zzz qqq") is None
    near = nearest_sentence(memo, "the harbor is busy")
    assert near is not None
    assert near.text == "The harbour is busy."


def test_a_waiver_that_covers_the_sentence_is_told(tmp_path: Path) -> None:
    memo = note(tmp_path, "{# memo: allow untraced: it is plain #}\nThe harbour is busy.\n")
    (own,) = answers(memo, "busy")
    assert [(waiver.code, waiver.reason) for waiver in own.waivers] == [("untraced", "it is plain")]
