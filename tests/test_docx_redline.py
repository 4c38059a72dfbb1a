"""A redline in Word: accepted it is the new memo, rejected the old one; every change is commented once."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from memo.compare import compare
from memo.document import Document
from memo.renderers.docx import render
from memo.style import Style
from tests.documents import ASCII, documents, edits
from tests.docx.lint import faults
from tests.docx.tracked import resolved, roots, structure

FEW = settings(
    max_examples=80,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
STYLE = Style()


def written(document: Document) -> bytes:
    return render(document, STYLE)[0].data


@FEW
@given(edits())
def test_accepting_all_gives_the_new_memo_and_rejecting_all_the_old(pair: tuple[Document, Document]) -> None:
    old, new = pair
    data = written(compare(old, new))
    assert faults(data) == []
    assert structure(resolved(data, accept=True)) == structure(roots(written(new)))
    assert structure(resolved(data, accept=False)) == structure(roots(written(old)))


@FEW
@given(documents(ASCII), documents(ASCII))
def test_the_same_holds_of_memos_that_have_nothing_in_common(old: Document, new: Document) -> None:
    data = written(compare(old, new))
    assert faults(data) == []
    assert structure(resolved(data, accept=True)) == structure(roots(written(new)))
    assert structure(resolved(data, accept=False)) == structure(roots(written(old)))
