"""A second project, on an invented lighthouse: every feature at work, in both files, and no Python knows the subject.

`tests/lighthouse/` has two dossiers, one of them in Greek, three memos, and a style with another paper, other margins
and other colours than the house's.
"""

from __future__ import annotations

import ast
import re
import shutil
import typing
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from pypdf import PdfReader

from memo.checks import Memo
from memo.cli import main
from memo.document import tree
from memo.document.tree import Callout, List
from memo.document.walk import block_nodes, footnotes, inline_text, inlines, text_runs, used_facts
from memo.facts.declare import shape_of
from memo.facts.dossier import Facts
from memo.facts.style import PAPER_MM, Style, Words
from memo.figures import FIGURES
from memo.pipeline import BuildOptions, build
from memo.problem import Problem
from memo.project import Project, prepare
from memo.renderers import render
from memo.templating.filters import FILTERS
from memo.templating.functions import FUNCTIONS
from tests.docx import read as docx
from tests.pdf.reading import Reading
from tests.test_build import bare, docx_body, docx_notes, pdf_body, pdf_notes

ROOT = Path(__file__).parent
FOLDER = ROOT / "lighthouse"
PROJECT = Project(FOLDER)
MEMOS = ("faros", "keepers", "lighthouse")

SHOWN = {
    "beacon-fire": "about 43 BCE",
    "chart-of-the-point": "the 1700s",
    "stone-tower": "the 1830s",
    "lamp-first-lit": "1874",
    "logbooks-lost": "from 1921",
    "oil-burned": "until 1930",
    "keeper-left": "about 2038 (uncertain)",
    "lamp-went-dark": "2039 (uncertain)",
    "storm": "11–13 January 2041",
    "works-begun": "spring 2041",
    "gallery-closed": "until March 2042",
    "masonry-to-run": "April 2041 to August 2041",
    "lens-to-return": "June 2041",
    "museum-to-open": "2042",
    "ferry-to-call": "from 1 June 2042",
    "capsule": "12000",
}
"""Each dated fact of the English dossier, and its date in words: no more precise than it is known."""

FORMS = {
    "year": r"\d{4}",
    "year before the common era": r"-\d{4}.*",
    "year of five digits": r"Y\d+",
    "decade": r"\d{3}X",
    "century": r"\d\dXX",
    "season": r"\d{4}-2[1-4]",
    "month not known": r"\d{4}-XX",
    "day not known": r"\d{4}-\d\d-XX",
    "approximate": r".*~",
    "uncertain": r".*\?",
    "both": r".*%",
    "days": r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d",
    "months": r"\d{4}-\d\d/\d{4}-\d\d",
    "open end": r".+/\.\.",
    "open beginning": r"\.\./.+",
    "end not known": r".+/",
    "beginning not known": r"/.+",
}


@cache
def memo(name: str) -> Memo:
    found = prepare(PROJECT, name).memo
    assert found is not None
    return found


@cache
def file(name: str, format: str) -> bytes:
    assert format in ("docx", "pdf")
    rendered, problems = render(memo(name).composed.document, memo(name).style, typing.cast("typing.Any", format))
    assert problems == []
    return rendered.data


def bodies(name: str) -> dict[str, str]:
    return {"docx": docx_body(file(name, "docx")), "pdf": pdf_body(file(name, "pdf"))}


def notes(name: str) -> dict[str, list[str]]:
    return {"docx": docx_notes(file(name, "docx")), "pdf": pdf_notes(file(name, "pdf"))}


def facts(dossier: str = "lighthouse") -> Facts:
    found, problems = PROJECT.dossier(dossier)
    assert problems == []
    return found


def in_both(name: str, *texts: str) -> None:
    """Each text stands in the body of both files."""
    for format, body in bodies(name).items():
        for text in texts:
            assert bare(text) in body, (format, text)


def in_notes(name: str, *texts: str) -> None:
    """Each text stands in a note of both files."""
    for format, told in notes(name).items():
        for text in texts:
            assert any(bare(text) in note for note in told), (format, text)


# The whole line


def test_the_project_checks_clean_but_for_what_is_not_checked_in_greek() -> None:
    result = CliRunner().invoke(main, ["-C", str(FOLDER), "check", "--today", "2041-03-05"])
    assert (result.exit_code, result.output.count(": note[unchecked-language]")) == (0, 1)
    assert result.output.endswith("\n1 note\n")


def test_it_builds_every_memo_in_both_formats_without_a_problem(tmp_path: Path) -> None:
    built = list(build(Project(FOLDER), PROJECT.memos(), tmp_path, BuildOptions()))
    assert [one.name for one in built] == list(MEMOS)
    found = [problem for one in built for problem in one.problems]
    assert [problem.code for problem in found] == ["unchecked-language"]
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == [
        f"{name}.{format}" for name in MEMOS for format in ("docx", "pdf")
    ]


@pytest.mark.parametrize("name", MEMOS)
def test_both_files_say_the_same_in_body_and_notes(name: str) -> None:
    word, pdf = bodies(name).values()
    assert word == pdf
    word_notes, pdf_notes_ = notes(name).values()
    assert word_notes == pdf_notes_
    assert len(word_notes) == len(footnotes(memo(name).composed.document)) > 0


# What templates can do


def template_text() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((FOLDER / "templates").rglob("*.md")))


def test_every_function_a_template_can_call_is_called() -> None:
    assert set(FUNCTIONS) == {name for name in FUNCTIONS if re.search(rf"\b{name}\(", template_text())}


def test_every_filter_is_applied() -> None:
    spoken = set(re.findall(r"\|\s*(\w+)", template_text()))
    assert FILTERS.keys() <= spoken


@pytest.mark.parametrize(
    "statement", ["for", "if", "elif", "else", "set", "macro", "call", "with", "include", "import", "from", "endset"]
)
def test_every_statement_is_used(statement: str) -> None:
    assert re.search(rf"{{%-? *{statement}\b", template_text())


def test_every_kind_of_block_and_of_inline_is_in_a_document() -> None:
    found: set[type] = set()
    for name in MEMOS:
        composed = memo(name).composed.document
        found |= {type(node) for node in block_nodes(composed.blocks)}
        found |= {type(inline) for run in text_runs(composed) for inline in inlines(run)}
    assert set(typing.get_args(tree.Block)) | set(typing.get_args(tree.Inline)) <= found


def test_every_kind_of_box_and_of_list_and_of_column_is_in_a_document() -> None:
    found = [node for name in MEMOS for node in block_nodes(memo(name).composed.document.blocks)]
    assert {node.kind for node in found if isinstance(node, Callout)} == {"bottom-line", "note", "warning"}
    lists = [node for node in found if isinstance(node, List)]
    assert {(node.ordered, node.tight) for node in lists} == {
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    }
    assert any(node.start == 7 for node in lists)
    assert any(isinstance(block, List) for node in lists for item in node.items for block in item.blocks)
    tables = [node for node in found if isinstance(node, tree.Table)]
    assert {align for table in tables for align in table.align} == {"left", "right", "center"}
    assert all(table.caption for table in tables)


def test_what_loops_macros_sets_and_filters_print_comes_out_of_both_files() -> None:
    in_both(
        "lighthouse",
        "Davit Lampari, last keeper, was the last to keep Orrel Light.",
        "Since then the Municipality of Orrel has owned an empty tower, with a lamp that was first lit in 1874.",
        "Lamp first lit. The lamp was first lit in 1874.",
        "First, about 43 BCE: A beacon burned on the point",
        "Of all that is told here, 9 events are done; 9 stand in the table.",
        "The first is work begins; the last to be due is capsule to be opened.",
        "Backwards: Capsule to be opened; Ferry calls at the point; Museum opens; Lens comes back; Masonry.",
        "The municipality, this desk tell of the works.",
        "Even numbers are 2, 4; the others: 1, 3.",
        "Written on 5 March 2041.",
        "The first comes from the Orrel Courier, the second from a piece titled “Whose light is it?”",
    )


def test_list_items_that_a_loop_prints_stay_items() -> None:
    kinds = ["Commitment", "Event", "Quantity"]
    [planned] = [
        node
        for node in memo("lighthouse").composed.document.blocks
        if isinstance(node, List) and inline_text(node.items[0].blocks[0].content) == kinds[0]  # type: ignore[union-attr]
    ]
    assert [inline_text(item.blocks[0].content) for item in planned.items] == kinds  # type: ignore[union-attr]
    assert [len(item.blocks[1].items) for item in planned.items] == [5, 2, 3]  # type: ignore[union-attr]


def test_links_lead_out_and_within_in_both_files() -> None:
    outward = {"https://courier.example/tower?page=1&part=2", "mailto:desk@orrel.example"}
    reading = Reading(file("lighthouse", "pdf"))
    targets = {target for node in reading.find("Link") for _, target in node.links}
    assert outward <= targets
    assert any(target.startswith("page ") for target in targets)
    related = docx.tree(file("lighthouse", "docx"), "word/_rels/document.xml.rels")
    assert outward <= {relation.get("Target") for relation in related}
    assert [
        link for link in docx.tree(file("lighthouse", "docx")).iter(f"{docx.W}hyperlink") if link.get(f"{docx.W}anchor")
    ]


def test_a_figure_tells_in_words_all_that_it_shows() -> None:
    figures = list(memo("lighthouse").figures())
    assert {figure.kind for figure in figures} == FIGURES.keys()
    told = [node.entries["/Alt"] for node in Reading(file("lighthouse", "pdf")).find("Figure")]
    assert told == [figure.alt for figure in figures]
    described = (element.get("descr") for element in docx.tree(file("lighthouse", "docx")).iter())
    assert {figure.alt for figure in figures} <= set(described)
    for figure in figures:
        assert all(datum.shown in figure.alt and datum.label in figure.alt for datum in figure.data)


# What facts can say


def test_dates_of_every_form_are_in_the_dossier() -> None:
    dates = [date.text for fact in facts().facts.values() for date in (fact.date, fact.due) if date]
    dates += [source.issued.text for source in facts().sources.values() if source.issued]
    unused = [form for form, pattern in FORMS.items() if not any(re.fullmatch(pattern, date) for date in dates)]
    assert unused == []


def test_every_date_comes_out_in_words_no_more_precise_than_it_is_known() -> None:
    dated = {fact.id for fact in facts().facts.values() if fact.date or fact.due}
    assert dated == SHOWN.keys()
    in_both("lighthouse", *SHOWN.values())


def test_quantities_come_out_with_qualifier_amount_and_unit() -> None:
    in_both("lighthouse", "about 2.4 million crowns, of which a grant bears 60%.", "the tower has exactly 203 steps.")


@pytest.mark.parametrize(
    ("name", "scale", "term", "fact"),
    [
        ("lighthouse", "icd203", "likely", "storm-again"),
        ("keepers", "phia", "realistic possibility", "opening-slips"),
    ],
)
def test_a_likelihood_is_printed_by_the_scale_that_the_memo_declares(
    name: str, scale: str, term: str, fact: str
) -> None:
    held = facts().facts[fact].likelihood
    assert held is not None
    assert (memo(name).template.front_matter.scale, held.scale, held.term) == (scale, scale, term)
    claims = [
        inline
        for run in text_runs(memo(name).composed.document)
        for inline in inlines(run)
        if isinstance(inline, tree.Claim) and inline.part == "likelihood"
    ]
    assert [(claim.text, claim.facts) for claim in claims] == [(term, (fact,))]
    in_both(name, {"likely": "Their word for it is likely;"}.get(term, f"It is a {term}, by the yardstick"))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("lighthouse", ("What terms of likelihood mean, by ICD 203", "likely or probable 55–80%")),
        (
            "keepers",
            ("What terms of likelihood mean, by the PHIA probability yardstick", "realistic possibility 40–<50%"),
        ),
        ("faros", ("Τι σημαίνουν οι όροι πιθανότητας, κατά τη βρετανική κλίμακα", "ρεαλιστική πιθανότητα 40–<50%")),
    ],
)
def test_what_a_term_of_likelihood_means_stands_at_the_end_of_each_memo_that_uses_one(
    name: str, rows: tuple[str, ...]
) -> None:
    assert isinstance(memo(name).composed.document.blocks[-1], tree.Table)
    in_both(name, *rows)


def test_a_confidence_is_printed_and_its_basis_held() -> None:
    in_both("lighthouse", "Its confidence in that is moderate.")
    held = facts().facts["museum-pays"].confidence
    assert held is not None
    assert (held.level, held.basis, held.by) == ("moderate", "One season’s count.", "the island desk")


def test_a_judgement_says_in_its_note_whose_it_is_and_on_what_basis() -> None:
    in_notes("keepers", "Judgement of the island desk. Basis: The masonry depends on dry weather.")


def test_both_sides_of_a_contested_fact_are_seen() -> None:
    sides = [facts().facts[id] for id in ("lens-original", "lens-replica")]
    assert sides[0].contradicts == (sides[1].id,)
    assert sides[1].contradicts == (sides[0].id,)
    in_both("lighthouse", *(side.claim for side in sides))
    assert {side.id for side in sides} <= set(used_facts(memo("lighthouse").composed.document))


def test_a_retired_fact_and_a_superseded_one_are_not_selected() -> None:
    assert facts().facts["roof-copper"].retired
    assert facts().superseded() == {"steps": "steps-counted"}
    used = set(used_facts(memo("lighthouse").composed.document))
    works = {fact.id for fact in facts().facts.values() if "works" in fact.sections}
    assert works - used == {"roof-copper", "steps"}


def spoilt(tmp_path: Path, printed: str) -> list[Problem]:
    """The problems of the English memo with a line more."""
    shutil.copytree(FOLDER, tmp_path / "project")
    path = tmp_path / "project" / "templates" / "lighthouse.md"
    path.write_text(path.read_text("utf-8") + f"\n{printed}\n", "utf-8")
    return prepare(Project(tmp_path / "project"), "lighthouse").problems


@pytest.mark.parametrize(
    ("id", "why", "hint"),
    [
        ("steps", "was superseded by 'steps-counted'", "use 'steps-counted'"),
        ("roof-copper", "was retired", "The survey shows the roof in its place."),
    ],
)
def test_to_use_one_all_the_same_is_a_problem_that_says_what_to_do(
    tmp_path: Path, id: str, why: str, hint: str
) -> None:
    problems = spoilt(tmp_path, f'{{{{ cite("{id}") }}}}')
    assert {problem.code for problem in problems} == {"retired-fact"}
    assert why in problems[0].message
    assert hint in problems[0].hint
    assert problems[0].place.line == len((FOLDER / "templates" / "lighthouse.md").read_text("utf-8").splitlines()) + 2


def test_what_curators_keep_to_themselves_gets_into_no_file() -> None:
    held = facts().facts
    assert held["museum-to-open"].marking == "OFFICIAL"
    assert held["cost"].revised is not None
    assert held["steps-counted"].allow.keys() == {"unattributed"}
    kept = [*held["steps-counted"].allow.values(), held["cost"].revised.reason, held["steps"].claim]
    carried = b"".join(docx.parts(file("lighthouse", "docx")).values()) + file("lighthouse", "pdf")
    attached = b"".join(
        data for listed in PdfReader(BytesIO(file("lighthouse", "pdf"))).attachments.values() for data in listed
    )
    for text in kept:
        assert text.encode() not in carried + attached
        in_neither = [format for format, body in bodies("lighthouse").items() if bare(text) in body]
        assert in_neither == []


# Another language and script


def pages(name: str) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(file(name, "pdf"))).pages]


def test_the_greek_words_leave_none_to_english() -> None:
    written = yaml.safe_load((FOLDER / "templates" / "style.yaml").read_text("utf-8"))["words"]["el"]
    assert written.keys() == shape_of(Words).properties.keys()


LETTERS = re.compile(r"[A-Za-z]{2,}")


def test_no_english_word_gets_into_the_greek_memo_but_a_title_in_english() -> None:
    title = facts("faros").sources["meleti"].title
    for body in bodies("faros").values():
        assert bare(title) in body
        assert LETTERS.findall(body.replace(bare(title), "")) == []
    for told in notes("faros").values():
        assert LETTERS.findall("".join(told)) == []
    for page in pages("faros"):
        digest = re.search(r"Αποτύπωμα ([0-9a-f]{8})", page)
        assert digest is not None
        assert LETTERS.findall(page.replace(digest[1], "").replace(title, "")) == []
    footer = docx.words(docx.tree(file("faros", "docx"), "word/footer1.xml"))
    assert LETTERS.findall(re.sub("[0-9a-f]{8}", "", footer)) == []


def test_pages_are_counted_in_the_memos_language() -> None:
    counted = pages("faros")
    assert all(f"Σελίδα {number} από {len(counted)}" in page for number, page in enumerate(counted, 1))
    assert "Page 1 of " in pages("lighthouse")[0]
    footer = docx.tree(file("faros", "docx"), "word/footer1.xml")
    assert re.search(r"Σελίδα \d+ από \d+", docx.words(footer))
    fields = [element.text.strip() for element in footer.iter(f"{docx.W}instrText") if element.text]
    assert fields == ["PAGE", "NUMPAGES"]


def test_dates_and_numbers_are_in_the_memos_language() -> None:
    in_both(
        "faros",
        "5 Μαρτίου 2041",
        "Στις 11–13 Ιανουαρίου 2041 μια καταιγίδα έσπασε",
        "άνοιξη του 2041",
        "από 1 Ιουνίου 2042",
        "περίπου 2040",
        "περίπου 2,4 εκατομμύρια κορόνες",
        "έξι στοιχεία από δύο έγγραφα",
    )
    [figure] = memo("faros").figures()
    assert "δεκαετία του 1830: Πέτρινος πύργος" in figure.alt


def test_boxes_captions_grades_and_judgements_are_in_the_memos_language() -> None:
    in_both("faros", "Συμπέρασμα", "Σημείωση", "Προσοχή", "Σχήμα 1. Η ζωή του φάρου", "Πίνακας 1. Τι λέει ο δήμος")
    in_both("faros", "Απολύτως αξιόπιστη.", "Στοιχεία που είναι κρίση του ίδιου του συντάκτη: ένα.")
    in_notes(
        "faros",
        "Ταχυδρόμος του Όρρελ, παρ. 4 (προέλευση: Δημαρχείο του Όρρελ",
        "πιθανώς αληθές",
        "Κρίση: το γραφείο του νησιού. Βάση: Η τοιχοποιία χρειάζεται ξηρό καιρό.",
    )


@pytest.mark.parametrize(("name", "language", "locale"), [("lighthouse", "en-GB", "en-GB"), ("faros", "el", "el-GR")])
def test_each_file_says_which_language_it_is_in(name: str, language: str, locale: str) -> None:
    reading = Reading(file(name, "pdf"))
    assert str(reading.pdf.Root.Lang) == language
    styles = docx.tree(file(name, "docx"), "word/styles.xml")
    defaults = styles.find(f"{docx.W}docDefaults")
    assert defaults is not None
    assert [element.get(f"{docx.W}val") for element in defaults.iter(f"{docx.W}lang")] == [locale]


@pytest.mark.parametrize(
    ("name", "title", "language", "locale"),
    [
        ("lighthouse", "შუქურის დღიური", "ka", "ka-GE"),
        ("faros", "Condition of the tower at Orrel", "en", "en-GB"),
    ],
)
def test_a_title_in_another_language_is_marked_so_and_nothing_else_is(
    name: str, title: str, language: str, locale: str
) -> None:
    reading = Reading(file(name, "pdf"))
    spans = [node for node in reading.find("Span") if "/Lang" in node.entries]
    assert [(node.entries["/Lang"], bare(reading.text(node))) for node in spans] == [(language, bare(title))]
    marked = [
        (element.get(f"{docx.W}val"), docx.words(run))
        for run in docx.tree(file(name, "docx")).iter(f"{docx.W}r")
        for element in run.iter(f"{docx.W}lang")
    ]
    assert {found for found, _ in marked} == {locale}
    assert "".join(text for _, text in marked) == title


def test_a_script_that_the_text_font_lacks_is_embedded_from_another() -> None:
    reading = Reading(file("lighthouse", "pdf"))
    embedded = {str(font.BaseFont) for page in reading.pdf.pages for font in page.Resources.Font.values()}
    assert any("Georgian" in font for font in embedded)


# Another look


def style() -> Style:
    found, problems = PROJECT.style
    assert problems == []
    return found


def test_the_paper_is_letter_in_both_files() -> None:
    width, height = (round(mm * 72 / 25.4) for mm in PAPER_MM["Letter"])
    for page in PdfReader(BytesIO(file("lighthouse", "pdf"))).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (width, height)
    [size] = docx.tree(file("lighthouse", "docx")).iter(f"{docx.W}pgSz")
    assert (size.get(f"{docx.W}w"), size.get(f"{docx.W}h")) == (str(width * 20), str(height * 20))
    [margin] = docx.tree(file("lighthouse", "docx")).iter(f"{docx.W}pgMar")
    assert round(int(margin.get(f"{docx.W}left", "")) / 20 / 72 * 25.4) == 30


def test_its_colours_are_used_in_both_files_and_the_houses_are_not() -> None:
    word = b"".join(docx.parts(file("lighthouse", "docx")).values())
    pdf = b"".join(page.get_contents().get_data() for page in PdfReader(BytesIO(file("lighthouse", "pdf"))).pages)  # type: ignore[union-attr]
    for name in ("text", "heading", "accent", "muted", "rule", "tint", "link"):
        own, house = getattr(style().colours, name), getattr(Style().colours, name)
        assert own[1:].encode() in word, name
        assert house[1:].encode() not in word, name
        assert painted(own, pdf), name
        assert not painted(house, pdf), name


def painted(colour: str, content: bytes) -> bool:
    """Whether a page's operators set this colour, each part to three decimals at least."""
    wanted = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    for found in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", content):
        if all(abs(float(part) - value) < 0.002 for part, value in zip(found, wanted, strict=True)):
            return True
    return False


# No Python knows any subject


SUBJECTS = frozenset(
    re.findall(
        r"\w+",
        "azerbaijan azerbaijani baku nato caucasus caucasian shekerinska bayramov gafarova amirbayov armenia "
        "yerevan russia moscow iran tehran turkey ukraine afghanistan kosovo tbilisi itpp lighthouse orrel "
        "faros keeper keepers tidewatch brackfenn museum island municipality φάρος όρρελ ",
    )
)


class _Code(ast.NodeTransformer):
    """Leaves code: docstrings go, those of attributes too."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)


def code(path: Path) -> str:
    """A module's code without its documentation; comments are gone with parsing."""
    return "\n".join(ast.unparse(statement) for statement in _Code().visit(ast.parse(path.read_text("utf-8"))).body)


def test_no_python_of_memo_knows_a_subject() -> None:
    found = {
        f"{path.relative_to(ROOT.parent)}: {line.strip()}"
        for path in (ROOT.parent / "memo").rglob("*.py")
        for line in code(path).splitlines()
        if SUBJECTS & set(re.findall(r"[^\W\d_]+", line.casefold()))
    }
    assert found == set()


def test_the_test_for_that_would_find_one(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text('"""About NATO."""\n# NATO\nif title == "NATO and others":\n    pass\n', "utf-8")
    assert code(path).count("NATO") == 1
