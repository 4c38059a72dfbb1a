"""Word files as a forger leaves them are never unaltered; as an honest program saves them again, they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from memo.changes import compare
from memo.delivered.docx import read_docx
from memo.document.tree import Document
from memo.facts.style import Style
from memo.handover.identity import Answer
from memo.handover.verification import verify
from memo.renderers import render
from tests.delivered.files import kept, made
from tests.delivered.forged_docx import FORGED, HONEST, TRUE, in_place, run
from tests.documents import kitchen_sink
from tests.docx.houses import asking, fancy, held, plain
from tests.docx.oracles import needs_office, office_docx
from tests.pairs import pair

MADE = made(kitchen_sink(), "docx")


def unaltered(data: bytes, folder: Path) -> Answer:
    told, problems = verify(kept(data, folder, "delivered"))
    assert told, problems
    return told.unaltered


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_file_is_never_called_unaltered(name: str, tmp_path: Path) -> None:
    forged = FORGED[name](MADE)
    assert forged != MADE
    answer = unaltered(forged, tmp_path)
    assert answer.verdict != "yes"
    assert answer.details, "what is strange about it is told"


@pytest.mark.parametrize("name", HONEST)
def test_a_file_that_was_saved_again_is_unaltered(name: str, tmp_path: Path) -> None:
    answer = unaltered(HONEST[name](MADE), tmp_path)
    assert (answer.verdict, answer.details) == ("yes", ())


def test_there_are_enough_of_both() -> None:
    assert len(FORGED) >= 50
    assert len(HONEST) >= 25


@pytest.mark.parametrize("seed", range(20))
def test_what_memo_writes_is_in_its_own_list(seed: int) -> None:
    old, new = pair(seed)
    for document in (old, new, compare(old, new)):
        assert read_docx(made(document, "docx")).pages.foreign == ()


@pytest.mark.parametrize("house", [plain, asking, fancy])
def test_what_memo_writes_into_a_house_style_is_so_too(house: object) -> None:
    assert callable(house)
    rendered, _ = render(kitchen_sink(), Style(), "docx", house=held(house()))
    assert read_docx(rendered.data).pages.foreign == ()


@needs_office
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_what_libreoffice_saves_again_is_unaltered(seed: int | None, tmp_path: Path) -> None:
    document: Document = kitchen_sink() if seed is None else pair(seed)[1]
    answer = unaltered(office_docx(made(document, "docx"), tmp_path), tmp_path)
    assert answer.verdict == "yes", answer


def test_what_is_strange_is_told_with_its_place(tmp_path: Path) -> None:
    answer = unaltered(in_place(MADE, run(TRUE, "<w:strike/>")), tmp_path)
    assert answer.text.endswith("its text reads as it should, but it holds what memo does not write")
    assert answer.details[0].startswith("words struck through (paragraph ")
