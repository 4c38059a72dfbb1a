"""A redline in Word: accepted it is the new memo, rejected the old one; every change is commented once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree
from msgspec.structs import replace

from memo.changes import compare
from memo.compose.finish import keyed
from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Change,
    Document,
    Event,
    Figure,
    Footnote,
    Heading,
    List,
    ListItem,
    Metadata,
    Quotation,
    Row,
    Table,
    Text,
)
from memo.document.walk import block_nodes, contents, inlines
from memo.facts.appearance import as_seen
from memo.facts.style import Style
from memo.renderers.docx import render
from tests.documents import ASCII, documents, edits, kitchen_sink, note, paragraph
from tests.docx.houses import german, held
from tests.docx.lint import faults
from tests.docx.oracles import audit_errors, needs_audit, needs_sdk, needs_uno, sdk_errors, take_changes
from tests.docx.read import W, parts, tree, words
from tests.docx.tracked import resolved, roots, settled, structure
from tests.pairs import pair

FEW = settings(
    max_examples=80,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
STYLE = Style()
METADATA = Metadata("Trade", "Trade", "Committee", "Port desk", "2031-03-14", "14 March 2031")


def written(document: Document) -> bytes:
    return render(document, STYLE)[0].data


@pytest.mark.long
@FEW
@given(edits())
def test_accepting_all_gives_the_new_memo_and_rejecting_all_the_old(pair: tuple[Document, Document]) -> None:
    old, new = pair
    data = written(compare(old, new))
    assert faults(data) == []
    assert structure(resolved(data, accept=True)) == structure(roots(written(new)))
    assert structure(resolved(data, accept=False)) == structure(roots(written(old)))


@pytest.mark.long
@FEW
@given(documents(ASCII), documents(ASCII))
def test_the_same_holds_of_memos_that_have_nothing_in_common(old: Document, new: Document) -> None:
    data = written(compare(old, new))
    assert faults(data) == []
    assert structure(resolved(data, accept=True)) == structure(roots(written(new)))
    assert structure(resolved(data, accept=False)) == structure(roots(written(old)))


# Comments


def redlined() -> tuple[bytes, tuple[Change, ...]]:
    """A memo with a change in a sentence, in a note, in its title, and a paragraph that went."""
    said = ("Trade grew well last year.", "Gazette, para. 9.", "This went.")
    now = ("Trade shrank well last year.", "Gazette, para. 11.")
    old = Document(METADATA, keyed((paragraph(said[0], note(said[1], "trade")), paragraph(said[2]), paragraph("End."))))
    new = Document(
        replace(METADATA, title="Trade today"), keyed((paragraph(now[0], note(now[1], "trade")), paragraph("End.")))
    )
    redline = compare(old, new)
    changes = tuple(replace(change, reason="A reason.", sources=("Gazette, para. 11",)) for change in redline.changes)
    return written(replace(redline, changes=changes)), changes


def test_every_change_bears_one_comment_with_old_and_new_facts_sources_and_reason() -> None:
    data, changes = redlined()
    comments = {one.get(f"{W}id"): [words(p) for p in one.iter(f"{W}p")] for one in tree(data, "word/comments.xml")}
    references = [one.get(f"{W}id") for one in tree(data).iter(f"{W}commentReference")]
    assert sorted(references) == sorted(comments)
    assert len(references) == len(changes) == 4
    assert [
        "Was: Gazette, para. 9.",
        "Now: Gazette, para. 11.",
        "Reason: A reason.",
        "Facts: trade",
        "Sources: Gazette, para. 11",
    ] in comments.values()
    assert ["Removed: This went.", "Reason: A reason.", "Sources: Gazette, para. 11"] in comments.values()


def test_no_comment_stands_in_a_note_where_word_takes_none() -> None:
    data, _ = redlined()
    assert list(tree(data, "word/footnotes.xml").iter(f"{W}commentReference")) == []


def test_the_title_block_shows_what_it_said_before() -> None:
    title = next(p for p in tree(redlined()[0]).iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Title")
    assert [(one.tag, words(one)) for one in title.iter(f"{W}del", f"{W}ins") if words(one)] == [
        (f"{W}del", "Trade"),
        (f"{W}ins", "Trade today"),
    ]


def test_neighbouring_changes_bear_different_times_lest_they_be_taken_for_one() -> None:
    stamps = {one.get(f"{W}date") for one in tree(redlined()[0]).iter(f"{W}del", f"{W}ins")}
    assert stamps == {f"2031-03-14T0{number}:00:00Z" for number in (1, 2, 4)}


def test_a_memo_without_changes_has_no_comments() -> None:
    assert "word/comments.xml" not in parts(written(kitchen_sink()))


# As other programs see it


@pytest.fixture(scope="module")
def twenty() -> list[tuple[Document, Document]]:
    """Twenty random pairs and more, the same at each run; none that LibreOffice 7.4 cannot take as it is written."""
    drawn = map(pair, (2071, *range(100)))
    made = [(old, new) for old, new in drawn if not beyond_libreoffice(compare(old, new))][:28]
    assert len(made) == 28
    return made


def test_the_pairs_drawn_have_changes_of_every_sort(twenty: list[tuple[Document, Document]]) -> None:
    marked = {type(node).__name__ for old, new in twenty for node in _marked(compare(old, new))}
    inside = {type(block).__name__ for old, new in twenty for block in _changed_within(compare(old, new))}
    assert marked >= {"Paragraph", "Heading", "List", "ListItem", "Table", "Row", "Figure", "Callout", "Footnote"}
    assert inside >= {"Paragraph", "Heading", "List", "Table", "Figure", "Callout", "Footnote"}


def _marked(redline: Document) -> Iterator[object]:
    """Blocks, items, rows and notes that came or went as a whole."""
    for block in block_nodes(redline.blocks):
        parts = block.items if isinstance(block, List) else block.rows if isinstance(block, Table) else ()
        notes = [one for run in contents(block) for one in inlines(run) if isinstance(one, Footnote)]
        yield from (one for one in (block, *parts, *notes) if one.mark)


def _changed_within(redline: Document) -> Iterator[object]:
    """Blocks and notes that stayed, with changes in their words."""
    for block in block_nodes(redline.blocks):
        runs = [one for run in contents(block) for one in inlines(run)]
        notes = [one for one in runs if isinstance(one, Footnote)]
        yield from (one for one in notes if not one.mark and any(word.mark for word in inlines(one.content)))
        if not block.mark and any(one.mark for one in runs):
            yield block


def beyond_libreoffice(redline: Document) -> bool:
    """Whether a redline has what LibreOffice 7.4 itself takes wrong; docs/redlines.md tells of each."""
    first = next(tree(written(redline)).iter(f"{W}footnoteReference"), None)
    amid = first is not None and (_in_table(first) or _amid_what_goes(first))
    return amid or _changes_notes_in_tables(redline)


def _changes_notes_in_tables(redline: Document) -> bool:
    """It shows old and new there, but not as changes."""
    tables = [block for block in block_nodes(redline.blocks) if isinstance(block, Table)]
    runs = (inline for table in tables for run in contents(table) for inline in inlines(run))
    return any(one.mark for note in runs if isinstance(note, Footnote) for one in inlines(note.content))


def _in_table(reference: etree._Element) -> bool:
    """It reads all notes at the first reference to one: with that in a table, no note has tracked changes."""
    return next(reference.iterancestors(f"{W}tbl"), None) is not None


def _amid_what_goes(reference: etree._Element) -> bool:
    """It reads all notes at the first reference to one, and may forget there that the paragraph's end is tracked."""
    around = next(reference.iterancestors(f"{W}p"))
    tracked = any(around.find(f"{W}pPr/{W}rPr/{W}{how}") is not None for how in ("ins", "del"))
    return tracked and [run for run in around.iter(f"{W}r") if len(run)][-1] is not reference.getparent()


@needs_sdk
@pytest.mark.conformance
def test_the_open_xml_sdk_finds_nothing_in_twenty_redlines(
    twenty: list[tuple[Document, Document]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    redlines = [redlined()[0], *(written(compare(old, new)) for old, new in twenty)]
    folders = [tmp_path_factory.mktemp("redline") for _ in redlines]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(sdk_errors, redlines, folders))
    assert [errors for errors in found if errors] == []


@needs_sdk
@pytest.mark.conformance
def test_a_redline_in_a_house_style_has_its_comments_and_is_valid(tmp_path: Path) -> None:
    old = Document(METADATA, keyed((paragraph("Trade grew well last year."),)))
    new = Document(METADATA, keyed((paragraph("Trade shrank well last year."),)))
    rendered, _ = render(compare(old, new), Style(house_style="office.docx"), house=held(german()))
    assert next(words(one) for one in tree(rendered.data, "word/comments.xml")).startswith("Was: Trade grew")
    assert faults(rendered.data) == []
    assert sdk_errors(rendered.data, tmp_path) == []


@needs_audit
@pytest.mark.conformance
def test_openxml_audit_finds_nothing_in_twenty_redlines(
    twenty: list[tuple[Document, Document]], tmp_path: Path
) -> None:
    redlines = [redlined()[0], *(written(compare(old, new)) for old, new in twenty)]
    assert [errors for data in redlines if (errors := audit_errors(data, tmp_path))] == []


@pytest.mark.long
@needs_uno
@pytest.mark.conformance
def test_libreoffice_accepts_twenty_redlines_into_the_new_memo_and_rejects_them_into_the_old(
    twenty: list[tuple[Document, Document]], tmp_path: Path
) -> None:
    """LibreOffice was once seen to read a change in a note as plain words: pairs that differ are asked again."""
    pairs = list(enumerate(twenty))
    assert not (differing := list(_differing(pairs, tmp_path / "first"))) or not list(
        _differing([pairs[at] for at in differing], tmp_path / "again")
    )


def _differing(pairs: list[tuple[int, tuple[Document, Document]]], folder: Path) -> Iterator[int]:
    """Which of these redlines LibreOffice does not take into what they lead to."""
    folder.mkdir()
    for at, (old, new) in pairs:
        for name, document in (("old", old), ("new", new), ("redline", compare(old, new))):
            (folder / f"{name}-{at}.docx").write_bytes(written(document))
    take_changes(folder)
    for at, _ in pairs:
        ends = (("accepted", "new"), ("rejected", "old"))
        if any(
            saved(folder / f"redline-{at}.{taken}.docx") != saved(folder / f"{plain}-{at}.saved.docx")
            for taken, plain in ends
        ):
            yield at


def saved(path: Path) -> list[object]:
    """What a file holds that LibreOffice saved."""
    return settled(structure(roots(path.read_bytes())))


def ends(section: tuple[Block, ...], after: tuple[Block, ...]) -> Document:
    """A memo whose first section ends with these blocks."""
    first = Heading(1, (Text("Steps"),), "steps")
    return Document(METADATA, keyed((first, paragraph("First of all."), *section, *after)))


def listed(*words: str) -> List:
    return List(tuple(ListItem((paragraph(one),)) for one in words), ordered=True)


_PILOTS, _CHANNEL = "Ask the pilots.", "Dredge the channel."
_STEPS = Figure("timeline", (Event("2030", "2030", "One step"), Event("2031", "2031", "Two")), "Steps.", (Text("All"),))
_TABLE = Table(Row((Cell((Text("Step"),)),)), (Row((Cell((Text("One step"),)),)),), ("left",), (Text("All steps"),))
TURNED: dict[str, tuple[tuple[Block, ...], tuple[Block, ...]]] = {
    "list": ((listed(_PILOTS, _CHANNEL),), (listed(_CHANNEL, _PILOTS),)),
    "whole list": (
        (paragraph(_PILOTS), listed(_CHANNEL, "Lay it.")),
        (listed(_CHANNEL, "Lay it."), paragraph(_PILOTS)),
    ),
    "quotation": (
        (Quotation((paragraph(_PILOTS), paragraph(_CHANNEL))),),
        (Quotation((paragraph(_CHANNEL), paragraph(_PILOTS))),),
    ),
    "box": (
        (Callout("note", "Note", (paragraph(_PILOTS), paragraph(_CHANNEL))),),
        (Callout("note", "Note", (paragraph(_CHANNEL), paragraph(_PILOTS))),),
    ),
    "heading": (
        (paragraph(_PILOTS), Heading(2, (Text("The channel"),), "channel")),
        (Heading(2, (Text("The channel"),), "channel"), paragraph(_PILOTS)),
    ),
    "figure": ((paragraph(_PILOTS), _STEPS), (_STEPS, paragraph(_PILOTS))),
    "table": ((paragraph(_PILOTS), _TABLE), (_TABLE, paragraph(_PILOTS))),
}
AFTER: dict[str, tuple[Block, ...]] = {
    "heading": (Heading(1, (Text("Sources"),), "sources"), paragraph("None but these.")),
    "paragraph": (paragraph("Then this follows."),),
    "nothing": (),
}


@needs_uno
@pytest.mark.conformance
def test_libreoffice_shows_what_follows_as_it_is_where_the_last_block_before_it_moved(tmp_path: Path) -> None:
    names = [(section, after) for section in TURNED for after in AFTER]
    for section, after in names:
        old, new = (ends(blocks, AFTER[after]) for blocks in TURNED[section])
        for name, document in (("old", old), ("new", new), ("redline", compare(old, new))):
            (tmp_path / f"{name}-{section}-{after}.docx").write_bytes(written(document))
    take_changes(tmp_path)
    for section, after in names:
        for taken, plain in (("accepted", "new"), ("rejected", "old")):
            got, wanted = (
                seen_lines(tmp_path / name)
                for name in (f"redline-{section}-{after}.{taken}.txt", f"{plain}-{section}-{after}.saved.txt")
            )
            assert got == wanted, (section, after, taken)


def seen_lines(path: Path) -> list[str]:
    """What LibreOffice shows, without the paragraphs that only keep others apart."""
    lines = (as_seen(line).strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line != "Memo Gap:"]
