"""The benchmarks time what they say: the peers get the very same memo, and no run is lost or counted twice."""

from __future__ import annotations

import dataclasses
import os
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from bench import fill, projects
from bench.aims import aims
from bench.measure import Run, Task, Timing, environment, interleave, once, pair
from bench.page import page
from bench.peers import PEERS
from bench.plan import BUILDS, BULK, Size, alone, batch_count
from bench.report import STARTS, STEPS, report
from bench.results import Bulk, Inside, Results, Subject, Warm
from memo.document.tree import Claim, Document, Metadata, Paragraph, Text
from memo.document.walk import footnotes, inlines, text_runs
from memo.facts.style import Style
from tests.documents import kitchen_sink

needs_spawn = pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="timing starts processes as POSIX does")
FRONT_MATTER = "---\ntitle: 'A: title'\ndate: '2031-03-14'\nsections: [one, two]\n---\n"
BODY = """\
{% include "sections/one.md" %}

# Two

- **Lead.** {{ fact("b") }}
- {{ fact("c") }}

Table: Not prose

{{ sources() }}
"""


def run_peer(peer: str, document: Document, folder: Path, *, batch: bool = False) -> Path:
    """Make a document with a peer and return its output."""
    if PEERS[peer].version() == "not installed":
        pytest.skip(f"{PEERS[peer].package} is not installed")
    source = PEERS[peer].source(document, Style(), folder, "memo")
    command = PEERS[peer].batch([source]) if batch else PEERS[peer].command(source)
    subprocess.run(command, cwd=folder, env=environment(), check=True, timeout=60)
    return source.with_suffix(f".{PEERS[peer].format}")


def docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = {"word/document.xml", "word/footnotes.xml"}.intersection(archive.namelist())
        parts = [archive.read(name).decode() for name in names]
    texts = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", "".join(parts))
    return unescape("".join(texts))


def pdf_text(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def words(document: Document) -> set[str]:
    runs = [inline for run in text_runs(document) for inline in inlines(run)]
    return {word for inline in runs if isinstance(inline, Text | Claim) for word in inline.text.split()}


def plain(*paragraphs: str) -> Document:
    metadata = Metadata("Title", "", "To", "From", "2031-03-14", "14 March 2031")
    return Document(metadata, tuple(Paragraph((Text(text),)) for text in paragraphs))


@pytest.mark.parametrize("batch", [False, True], ids=["alone", "batch"])
def test_pandoc_makes_every_word_and_note_of_the_memo(tmp_path: Path, batch: bool) -> None:
    path = run_peer("pandoc", kitchen_sink(), tmp_path, batch=batch)
    text = "".join(docx_text(path).split())
    assert [word for word in words(kitchen_sink()) if word not in text] == []
    with zipfile.ZipFile(path) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        assert any(name.endswith(".svg") for name in archive.namelist())
        assert "For official use" in "".join(archive.read(n).decode() for n in archive.namelist() if "header" in n)
    assert notes.count("<w:footnoteRef") == len(footnotes(kitchen_sink()))


@pytest.mark.parametrize("batch", [False, True], ids=["alone", "batch"])
def test_typst_makes_every_word_of_the_memo_in_a_tagged_pdf(tmp_path: Path, batch: bool) -> None:
    path = run_peer("Typst", kitchen_sink(), tmp_path, batch=batch)
    text = "".join(pdf_text(path).split())
    assert [word for word in words(kitchen_sink()) if word not in text] == []
    reader = PdfReader(path)
    assert "/StructTreeRoot" in reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == kitchen_sink().metadata.title


@pytest.mark.parametrize("batch", [False, True], ids=["alone", "batch"])
@pytest.mark.parametrize(("peer", "read"), [("python-docx", docx_text), ("docxtpl", docx_text), ("platypus", pdf_text)])
def test_plain_peers_make_every_word_that_their_fonts_have(
    tmp_path: Path, peer: str, read: Callable[[Path], str], batch: bool
) -> None:
    text = "".join(read(run_peer(peer, kitchen_sink(), tmp_path, batch=batch)).split())
    latin = {word for word in words(kitchen_sink()) if word.isascii() and len(word) < 80}
    assert len(latin) > 150
    assert [word for word in latin if word not in text] == []


class Page(HTMLParser):
    """What a browser reads of an HTML page: its text, and its tags with their attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_weasyprint_is_given_every_word_note_and_picture_of_the_memo(tmp_path: Path) -> None:
    source = PEERS["WeasyPrint"].source(kitchen_sink(), Style(), tmp_path, "memo")
    page = Page(source.read_text("utf-8"))
    text = "".join(page.text.split())
    assert [word for word in words(kitchen_sink()) if word not in text] == []
    notes = [attributes for _, attributes in page.tags if attributes.get("class") == "note"]
    assert len(notes) == len(footnotes(kitchen_sink()))
    pictures = [attributes["src"] for tag, attributes in page.tags if tag == "img"]
    assert pictures
    assert all((tmp_path / str(name)).is_file() for name in pictures)


def test_weasyprint_finds_its_fonts_beside_its_source(tmp_path: Path) -> None:
    PEERS["WeasyPrint"].source(kitchen_sink(), Style(), tmp_path, "memo")
    urls = re.findall(r"url\('(.*?)'\)", (tmp_path / "fonts.css").read_text())
    assert len(urls) == 10
    assert all(Path(url2pathname(urlsplit(url).path)).is_file() for url in urls)


def test_marks_of_html_and_css_stay_what_they_are(tmp_path: Path) -> None:
    document = plain('<b> &amp; "quoted" </style>')
    document = replace(document, metadata=replace(document.metadata, banner='For "use" \\ </style><b>'))
    source = PEERS["WeasyPrint"].source(document, Style(), tmp_path, "memo").read_text("utf-8")
    assert '<b> &amp; "quoted" </style>' in Page(source).text
    assert r'"For \"use\" \\ \3C /style>\3C b>"' in source
    assert "b" not in [tag for tag, _ in Page(source).tags]


def test_a_slow_peer_makes_a_tenth_of_the_batch() -> None:
    size = Size(runs=1, long_runs=1, batch=200, lengths=(1,))
    assert [batch_count(size, name) for name in ("memo pdf", "Typst", "WeasyPrint")] == [200, 200, 20]


def test_the_pdf_is_timed_warm_on_memos_that_differ(tmp_path: Path) -> None:
    """A process that makes PDFs of several documents says what one takes, and leaves them beside their sources."""
    sources = [tmp_path / f"{name}.pickle" for name in ("one", "two", "three")]
    for source in sources:
        source.write_bytes(pickle.dumps((plain(source.stem), Style())))
    command = (sys.executable, "bench/warm.py", "bench.memo_compile", *map(str, sources))
    done = subprocess.run(command, env=environment(), capture_output=True, check=True, timeout=60)
    assert float(done.stdout) > 0
    assert "two" in pdf_text(tmp_path / "two.pdf")


def test_a_batch_may_be_of_any_number_for_pandoc(tmp_path: Path) -> None:
    """pandoc crashes if it is given some hundred arguments, so it is given a list."""
    if PEERS["pandoc"].version() == "not installed":
        pytest.skip("pypandoc_binary is not installed")
    sources = [
        PEERS["pandoc"].source(plain(f"Memo {number}"), Style(), tmp_path, f"m{number}") for number in range(130)
    ]
    command = PEERS["pandoc"].batch(sources)
    subprocess.run(command, cwd=tmp_path, env=environment(), check=True, timeout=120)
    assert "Memo 129" in docx_text(tmp_path / "m129.docx")


MEANINGFUL = [
    "1. Not a list",
    "A. Not a list",
    "- not a list",
    "+ not a list",
    "# not a heading",
    "= not a heading",
    "/ not: a term",
    "> not quoted",
    ": not a definition",
    "| not | a table |",
    "::: not a div",
    "% not a title",
    "*not bold* _nor_ `code` $x$ ~sub~ ^sup^ @ref #f(x) [a](b) {.c} <b> &amp; \\n",
    "-- a --- b ... 'c' \"d\" // e /* f */ 9-3 -? https://example.org/a_b",
]


@pytest.mark.parametrize(("peer", "read"), [("pandoc", docx_text), ("Typst", pdf_text)], ids=["pandoc", "Typst"])
def test_marks_of_a_markup_language_reach_the_page_as_they_are(
    tmp_path: Path, peer: str, read: Callable[[Path], str]
) -> None:
    text = "".join(read(run_peer(peer, plain(*MEANINGFUL), tmp_path)).split())
    assert [line for line in MEANINGFUL if "".join(line.split()) not in text] == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "facts" / "d").mkdir(parents=True)
    (folder / "facts" / "d" / "d.yaml").write_text("facts: {}\n")
    (folder / "templates" / "sections").mkdir(parents=True)
    (folder / "templates" / "sections" / "one.md").write_text('# One\n\nSome *words*. {{ fact("a") }}\n')
    (folder / "templates" / "memo.md").write_text(FRONT_MATTER + BODY)
    (folder / "templates" / "other.md").write_text(FRONT_MATTER)
    return folder


def template(folder: Path, name: str = "memo") -> str:
    return (folder / "templates" / f"{name}.md").read_text("utf-8")


def test_a_copied_project_has_the_one_memo_as_it_was(project: Path, tmp_path: Path) -> None:
    copied = projects.copy(project, "memo", tmp_path / "copy")
    assert [path.name for path in (copied / "templates").glob("*.md")] == ["memo.md"]
    assert template(copied) == FRONT_MATTER + BODY
    assert (copied / "facts" / "d" / "d.yaml").exists()


def test_every_memo_of_a_batch_has_the_same_facts_in_other_words(project: Path, tmp_path: Path) -> None:
    made = projects.many(project, "memo", tmp_path / "batch", 30)
    texts = {template(made, f"memo-{number:03}") for number in range(30)}
    assert len(texts) == 30
    assert not (made / "templates" / "memo.md").exists()
    for text in texts:
        assert re.findall(r'fact\("(.)"\)', text) == ["a", "b", "c"]
        assert len(re.findall("In case [a-z]{2}: ", text)) == 3
        assert "\nTable: Not prose\n" in text


def test_a_long_memo_repeats_its_text_and_lists_its_sources_once(project: Path, tmp_path: Path) -> None:
    text = template(projects.long(project, "memo", tmp_path / "long", 5))
    assert text.count('fact("a")') == text.count("# Two") == 5
    assert text.count("{{ sources() }}") == 1
    assert text.rstrip().endswith("{{ sources() }}")
    assert "sections:" not in text
    assert "date: '2031-03-14'" in text


def test_filling_a_template_gives_the_peers_its_words(project: Path) -> None:
    sheet = "facts: {a: {claim: Ink is blue.}, b: {claim: B}, c: {claim: C}}\n"
    (project / "facts" / "d" / "d.yaml").write_text(sheet)
    fill.main(project)
    filled = (project / "filled" / "memo.md").read_text("utf-8")
    assert "Some *words*. Ink is blue." in filled
    assert "- **Lead.** B\n- C\n" in filled


@needs_spawn
def test_a_run_tells_time_processor_and_memory(tmp_path: Path) -> None:
    hungry = "held = bytearray(60_000_000)"
    run, failure = once(Task("hungry", (sys.executable, "-c", hungry), tmp_path))
    idle, _ = once(Task("idle", (sys.executable, "-c", "pass"), tmp_path))
    assert failure == ""
    assert run is not None
    assert idle is not None
    assert run.processor > 0
    assert run.seconds > 0
    assert run.peak - idle.peak > 50


@needs_spawn
def test_the_peak_of_a_process_is_its_own_and_not_that_of_who_times_it(tmp_path: Path) -> None:
    held = bytearray(200_000_000)
    run, _ = once(Task("idle", (sys.executable, "-c", "pass"), tmp_path))
    assert held[-1] == 0
    assert run is not None
    assert run.peak < 100


@needs_spawn
def test_tasks_take_turns_after_a_round_that_is_not_counted(tmp_path: Path) -> None:
    def task(letter: str) -> Task:
        return Task(letter, (sys.executable, "-c", f"open('log', 'a').write('{letter}')"), tmp_path)

    said: list[str] = []
    timings = interleave([task("a"), task("b")], 2, said.append)
    assert (tmp_path / "log").read_text() == "ababab"
    assert [len(timing.runs) for timing in timings.values()] == [2, 2]
    assert len(said) == 3


@needs_spawn
def test_a_task_that_fails_says_why_and_the_others_go_on(tmp_path: Path) -> None:
    broken = Task("broken", (sys.executable, "-c", "import sys; sys.exit('no ink')"), tmp_path)
    absent = Task("absent", ("no-such-program",), tmp_path)
    fine = Task("fine", (sys.executable, "-c", "pass"), tmp_path)
    timings = interleave([broken, absent, fine], 1, lambda _: None)
    assert timings["broken"].failure == "no ink"
    assert timings["absent"].failure == "there is no no-such-program"
    assert len(timings["fine"].runs) == 1


@needs_spawn
def test_a_cold_build_finds_its_output_folder_empty(tmp_path: Path) -> None:
    output = tmp_path / "output"
    code = "import os; assert not os.listdir('output'); open('output/x', 'w')"
    task = Task("cold", (sys.executable, "-c", code), tmp_path, clear=(output,))
    assert interleave([task], 2, lambda _: None)["cold"].failure == ""


def test_a_pair_adds_times_round_by_round_and_keeps_the_greater_peak() -> None:
    both = pair(Timing([Run(1, 2, 30), Run(3, 4, 50)]), Timing([Run(10, 20, 40), Run(30, 40, 20)]))
    assert both.runs == [Run(11, 22, 40), Run(33, 44, 50)]
    assert pair(Timing([Run(1, 1, 1)]), Timing(failure="gone")).failure == "gone"


def results(memo: float = 0.5, peer: float = 1.0, *, growth: float = 10, peak: float = 40) -> Results:
    def timing(seconds: float, peak: float = 40) -> Timing:
        return Timing([Run(seconds, seconds, peak)])

    def builds(times: float = 1, peak: float = 40) -> dict[str, Timing]:
        return {name: timing((memo if name.startswith("memo") else peer) * times, peak) for name in BUILDS}

    return Results(
        size=Size(runs=1, long_runs=1, batch=8, lengths=(1, 10, 100)),
        subject=Subject(typst_pages=4, words=900, notes=25, tables=1, figures=1),
        cold={**{name: timing(memo) for name in STARTS}, **builds()},
        batch={**builds(8), **{alone(name): timing(memo * 12) for name in BUILDS if name.startswith("memo")}},
        long={1: builds(), 10: builds(10), 100: builds(10 * growth, peak)},
        inside=Inside(4, dict.fromkeys(STEPS, 8.0)),
        warm={"memo": Warm(memo * 1000, 5), "Typst": Warm(peer * 1000, 5), "platypus": Warm(peer * 1000, 6)},
        bulk=Bulk(250, {name: timing(50, peak) for name in BULK}),
        versions={"pandoc": "3"},
        cores=2,
    )


def test_an_aim_is_met_when_its_ratio_says_so() -> None:
    assert [aim.verdict for aim in aims(results(memo=0.5, peer=1))] == ["yes"] * 10
    verdicts = [aim.verdict for aim in aims(results(memo=3, peer=1, growth=12, peak=100))]
    assert verdicts == ["no", "no", "yes", *["no"] * 7]
    assert aims(results(memo=0.5, peer=1))[0].measured == "0.25 of the pair's time; 0.17 from facts on"


def test_what_cannot_be_measured_is_told_and_never_counts_as_met() -> None:
    found = results()
    for timings in (found.cold, found.batch, found.bulk.timings, *found.long.values()):
        for name in {"Typst", "memo both", "memo pdf"}.intersection(timings):
            timings[name].failure = "no ink"
    verdicts = [
        aim.verdict for aim in aims(dataclasses.replace(found, warm={**found.warm, "memo": Warm(failure="no ink")}))
    ]
    assert verdicts == [*["not measured"] * 2, "yes", *["not measured"] * 4, "yes", *["not measured"] * 2]
    assert "not measured: no ink" in report(found)


def test_the_page_names_every_tool_and_no_path_of_the_machine() -> None:
    text = page(results())
    assert "| pandoc: DOCX | 1.000 | 1.000 | 1.000 | 40 | 2.00 |" in text
    assert "| **`memo build`: both** | 4.00 | 2.0 | 2.0 | 40 |  |" in text
    assert "| **`memo build --jobs 1`: both** | 6.00 | 1.3 | 1.3 | 40 |  |" in text
    assert "| **`memo build --format pdf --jobs 1`** | 6.00 |" in text
    assert "0.50 of its time; on one core 0.75, and 0.38 from facts on" in text
    assert "| render the PDF, a page | 2.0 |" in text
    assert "| **`memo`, from the document** | 500.0 | 5 | 100.0 |  |" in text
    assert "| platypus: PDF without footnotes or tags | 1000.0 | 6 | 166.7 | 1.67 |" in text
    assert "| fill, then Typst's PDF | 2.000 |" in text
    assert str(Path(__file__).parent.parent) not in text
    assert os.uname().nodename not in text if hasattr(os, "uname") else True
