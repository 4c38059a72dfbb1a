"""Fact sheets, style and front matter are read with every problem at its place."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from memo.facts import yaml_nodes
from memo.facts.dossier import Facts
from memo.facts.edtf import parse
from memo.facts.file_text import BAD_CHARACTER, LARGEST, FileText
from memo.facts.sheets import load_dossier
from memo.facts.style import Style, StyleFile
from memo.facts.style_file import load_style_file
from memo.facts.template_file import load_template
from memo.facts.yaml_nodes import syntax_problem, too_deep
from memo.problem import Place, Problem
from memo.templating.source import UNWANTED

GOOD = """\
subjects: [nato]
sources:
  report: {type: report, label: Report, origin: office, reliability: B, descriptor: A report.}
actors:
  nato: {name: NATO}
facts:
  talks:
    kind: position
    claim: Talks go on.
    support:
      - {source: report, locator: para. 1, quote: "Talks", credibility: 2}
    as_of: 2026-01-23
"""


def write(folder: Path, **sheets: str) -> Path:
    """Write a dossier named `d` with these sheets; return its folder."""
    dossier = folder / "facts" / "d"
    dossier.mkdir(parents=True, exist_ok=True)
    for name, text in sheets.items():
        (dossier / f"{name}.yaml").write_text(text, encoding="utf-8", newline="")
    return dossier


def load_sheets(folder: Path, **sheets: str) -> tuple[Facts, list[Problem]]:
    return load_dossier(write(folder, **sheets), folder)


def codes_at_places(problems: list[Problem]) -> list[str]:
    """Return problems as ``line:column+length code``, in order."""
    return [f"{p.place.line}:{p.place.column}+{p.place.length} {p.code}" for p in problems]


def test_a_good_sheet_is_read_as_written(tmp_path: Path) -> None:
    facts, problems = load_sheets(tmp_path, a=GOOD)
    assert problems == []
    talks = facts.facts["talks"]
    assert (facts.dossier, facts.subjects, facts.files) == ("d", ("nato",), ("facts/d/a.yaml",))
    assert (talks.id, talks.kind, talks.claim, talks.as_of) == (
        "talks",
        "position",
        "Talks go on.",
        parse("2026-01-23"),
    )
    assert (talks.support[0].quote, talks.support[0].credibility, talks.date) == ("Talks", "2", None)
    assert facts.sources["report"].origin == "office"
    assert facts.actors["nato"].name == "NATO"


@pytest.mark.parametrize(
    ("key_path", "place"),
    [
        (("subjects",), (1, 11, 1)),
        (("subjects", "0"), (1, 12, 4)),
        (("source", "report"), (3, 3, 6)),
        (("source", "report", "origin"), (3, 49, 6)),
        (("actor", "nato", "name"), (5, 16, 4)),
        (("fact", "talks"), (7, 3, 5)),
        (("fact", "talks", "claim"), (9, 12, 12)),
        (("fact", "talks", "support"), (11, 7, 1)),
        (("fact", "talks", "support", "0", "quote"), (11, 52, 5)),
    ],
)
def test_everything_has_its_place(tmp_path: Path, key_path: tuple[str, ...], place: tuple[int, int, int]) -> None:
    facts, _ = load_sheets(tmp_path, a=GOOD)
    assert facts.places[key_path] == Place("facts/d/a.yaml", *place)


MISTAKES = [
    # what stands in GOOD, what stands there instead, the problems, a part of the first one's hint
    ("    claim: Talks go on.\n", "    clam: Talks go on.\n", ["9:5+4 unknown-key"], "did you mean 'claim'?"),
    ("    as_of", "    x: 1\n    as_of", ["12:5+1 unknown-key"], "known are: kind, status, claim"),
    ("    claim: Talks go on.\n", "", ["7:3+5 missing-key"], "one sentence"),
    ("    claim: Talks go on.\n", "    claim: ~\n", ["9:5+5 missing-key"], ""),
    ("    kind: position\n", "", ["7:3+5 missing-key"], ""),
    ("label: Report, ", "", ["3:3+6 missing-key"], "footnotes"),
    ("label: Report", "label: ''", ["3:34+1 bad-value"], ""),
    ("claim: Talks go on.", "claim: [Talks]", ["9:12+1 wrong-type"], ""),
    ("claim: Talks go on.", "claim: {a: b}", ["9:12+1 wrong-type"], ""),
    ("claim: Talks go on.", "claim: '... –'", ["9:13+5 empty-claim"], ""),
    ("subjects: [nato]", "subjects: nato", ["1:11+4 wrong-type"], "write a list: [nato]"),
    ("subjects: [nato]", "subjects: [nato, ]\nactors: {}", ["5:1+6 duplicate-key"], ""),
    ("subjects: [nato]", "subjects: [nato, ~]", ["1:18+1 wrong-type"], ""),
    ("subjects: [nato]", "subjects: [nato, nato]", ["1:18+4 bad-value"], ""),
    ("subjects: [nato]", "subjects: [natto]", ["1:12+5 unknown-actor"], "did you mean 'nato'?"),
    ("kind: position", "kind: Position", ["8:11+8 bad-value"], "did you mean 'position'?"),
    ("kind: position", "kind: guess", ["8:11+5 bad-value"], ""),
    ("kind: position", "kind: event", ["7:3+5 missing-key"], ""),
    ("kind: position", "kind: event\n    status: done", [], ""),
    ("kind: position", "kind: position\n    status: done", ["9:5+6 wrong-kind"], ""),
    ("kind: position", "kind: quantity", ["7:3+5 missing-key"], ""),
    ("kind: position", "kind: quantity\n    value: {amount: 600, unit: MW}", [], ""),
    ("kind: position", "kind: quantity\n    value: {amount: some}", ["9:21+4 bad-value"], ""),
    ("kind: position", "kind: quantity\n    value: {unit: MW}", ["9:5+5 missing-key"], "How many"),
    ("as_of: 2026-01-23", "as_of: 23.01.2026", ["12:12+10 bad-date"], "2026-01-21/2026-01-22"),
    ("as_of: 2026-01-23", "as_of: 2026-02-30", ["12:12+10 bad-date"], ""),
    ("as_of: 2026-01-23", "as_of: 2025", [], ""),
    ("source: report", "source: reprot", ["11:18+6 unknown-source"], "did you mean 'report'?"),
    ("{source: report, ", "{", ["11:9+1 missing-key"], ""),
    ("credibility: 2", "credibility: 7", ["11:73+1 bad-value"], ""),
    ("    as_of", "    rests_on: [tolks]\n    as_of", ["12:16+5 unknown-fact"], ""),
    ("    as_of", "    contradicts: [other]\n    as_of", ["12:19+5 unknown-fact"], ""),
    ("    as_of", "    supersedes: other\n    as_of", ["12:17+5 unknown-fact"], ""),
    ("    as_of", "    supersedes: talks\n    as_of", ["12:17+5 bad-value"], ""),
    ("    as_of", "    sections: [Risks]\n    as_of", ["12:16+5 bad-value"], ""),
    ("  talks:", "  Talks:", ["7:3+5 bad-value"], ""),
    ("  talks:", "  <<: {}\n  talks:", ["7:3+2 unknown-key"], "merge keys are not read"),
    ("    kind:", "    <<: *x\n    kind:", ["8:9+2 yaml-syntax"], ""),
    ("claim: Talks", "claim: !!python/object/apply:os.system Talks", ["9:12+31 bad-value"], "take it out"),
    ("{name: NATO}", "!!map {name: NATO}", ["5:9+5 bad-value"], ""),
    ("{name: NATO}", "[]", ["5:9+1 wrong-type"], ""),
    ("{name: NATO}", "", ["5:3+4 wrong-type"], ""),
    ("{name: NATO}", "{[a]: b, name: NATO}", ["5:10+1 wrong-type"], ""),
    ("    as_of", "    claim: Again.\n    as_of", ["12:5+5 duplicate-key"], ""),
    ("\n  nato: {name: NATO}", "\n  nato: {name: NATO}\n  nato: {name: N.}", ["6:3+4 duplicate-key"], ""),
    ("claim: Talks go on.", "claim: Talks: on.", ["9:17+1 yaml-syntax"], "quotes"),
    ("claim: Talks go on.", "claim: @talks", ["9:12+1 yaml-syntax"], "begins with '@' must stand in quotes"),
    ("claim: Talks go on.", "claim: 'Talks", ["9:12+1 yaml-syntax"], "the quote is not closed"),
    ("    kind: position", "\tkind: position", ["8:1+1 yaml-syntax"], "indent with spaces, not tabs"),
    ("    kind: position", "    - kind\n    kind: x", ["9:5+1 yaml-syntax"], "indentation"),
    ("Talks go on.", '"Talks \\q"', ["9:19+1 yaml-syntax"], "double quotes"),
    ("2026-01-23\n", "2026-01-23\n---\nfacts: {}\n", ["13:1+3 yaml-syntax"], ""),
    ("Talks go on.", "Talks\x07 go on.", ["9:17+1 bad-character"], ""),
    ("Talks go on.", "Talks\ue000\ue000\ue001 go on.", ["9:17+2 bad-character", "9:19+1 bad-character"], ""),
    ("Talks go on.", "Talks\ufdd0 go on. \U0001fffe", ["9:17+1 bad-character", "9:26+1 bad-character"], ""),
    ("Talks go on.", "Talks\u2028 \x85go on.", ["9:17+1 bad-character", "9:19+1 bad-character"], ""),
    ("Talks go on.", "Talks\tgo on.", ["9:17+1 bad-character"], "use a space"),
    ("Talks go on.", '"Talks \\\\ \\x07 \\e on."', ["9:22+4 bad-character", "9:27+2 bad-character"], ""),
    ("Talks go on.", '"Talks \\ud800"', ["9:19+6 bad-character"], ""),
    ("Talks go on.", '"Talks \\ue000"', ["9:19+6 bad-character"], ""),
    ("Talks go on.", "'Talks \\x07'", [], ""),
    ("    support:\n", "    support: []\n    x:\n", ["7:3+5 no-support", "11:5+1 unknown-key"], "judged_by"),
    ("    support:\n", "    suport:\n", ["10:5+6 unknown-key"], "did you mean 'support'?"),
    ("    as_of", "    suport: []\n    as_of", ["12:5+6 unknown-key"], "'support' is there already"),
    ("    as_of", "    judged_by: A. Curator\n    as_of", ["12:5+9 no-support"], "add 'basis'"),
    ("    as_of", "    judged_by: A. Curator\n    basis: reading\n    as_of", [], ""),
    ("{type: report,", "{type: raport, URL: 'ftp://x',", ["3:18+6 bad-value", "3:32+7 bad-value"], "'report'"),
]


@pytest.mark.parametrize(("instead_of", "mistake", "expected", "hint"), MISTAKES)
def test_each_mistake_is_told_once_at_its_place(
    tmp_path: Path, instead_of: str, mistake: str, expected: list[str], hint: str
) -> None:
    assert instead_of in GOOD
    _, problems = load_sheets(tmp_path, a=GOOD.replace(instead_of, mistake, 1))
    assert codes_at_places(problems) == expected
    assert hint in "".join(problem.hint for problem in problems[:1])
    assert all(problem.place.path == "facts/d/a.yaml" for problem in problems)


def test_all_mistakes_of_all_sheets_come_in_one_run_in_order(tmp_path: Path) -> None:
    """A syntax error ends its own file only."""
    _, problems = load_sheets(
        tmp_path,
        b=GOOD.replace("position", "guess").replace("2026-01-23", "soon").replace("NATO", "''"),
        a="facts: [",
        c="facts:\n  more: {kind: event, status: did, claim: x, support: [{source: reprt}], as_of: 2026, x: y}\n",
    )
    assert [f"{p.place} {p.code}" for p in problems] == [
        "facts/d/a.yaml:1:9 yaml-syntax",
        "facts/d/b.yaml:5:17 bad-value",
        "facts/d/b.yaml:8:11 bad-value",
        "facts/d/b.yaml:12:12 bad-date",
        "facts/d/c.yaml:2:31 bad-value",
        "facts/d/c.yaml:2:56 missing-key",
        "facts/d/c.yaml:2:56 missing-key",
        "facts/d/c.yaml:2:65 unknown-source",
        "facts/d/c.yaml:2:87 unknown-key",
    ]


def test_a_mistake_drops_only_what_must_be_dropped(tmp_path: Path) -> None:
    more = GOOD + "  other:\n    kind: guess\n    claim: x\n    support: [{source: report, locator: a, quote: b}]\n"
    facts, problems = load_sheets(tmp_path, a=more.replace("credibility: 2", "credibility: 9"))
    assert codes_at_places(problems) == ["11:73+1 bad-value", "13:3+5 missing-key", "14:11+5 bad-value"]
    assert list(facts.facts) == ["talks"]
    assert facts.facts["talks"].support[0].credibility is None


def test_what_comes_back_refers_only_to_what_is_there(tmp_path: Path) -> None:
    """Later steps may follow every reference, whatever was wrong."""
    bad = GOOD.replace("reliability: B", "reliability: Z").replace("[nato]", "[nato, eu]")
    bad += "    actors: [nato, eu]\n    rests_on: [gone]\n    contradicts: [talks]\n    supersedes: gone\n"
    facts, problems = load_sheets(tmp_path, a=bad)
    talks = facts.facts["talks"]
    assert "unknown-source" not in {problem.code for problem in problems}
    assert (talks.support, talks.actors, talks.rests_on, talks.contradicts, talks.supersedes) == (
        (),
        ("nato",),
        (),
        (),
        "",
    )
    assert (facts.subjects, facts.sources) == (("nato",), {})


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        ("sources:\n  report: {label: 1}\n", "missing-key"),
        ("sources:\n  report: {\n", "yaml-syntax"),
        ("sorces:\n  report: {type: report}\n", "unknown-key"),
        ("sources:\n  report: {label: \udce9}\n", "not-utf-8"),
        ("sources: [report: x]\n", "wrong-type"),
    ],
)
def test_references_to_an_entry_that_could_not_be_read_are_not_told_as_unknown(
    tmp_path: Path, sources: str, code: str
) -> None:
    without_sources = GOOD[: GOOD.index("sources:")] + GOOD[GOOD.index("actors:") :]
    dossier = write(tmp_path, a=without_sources, c="facts:\n  x: {supersedes: gone}\n")
    (dossier / "b.yaml").write_bytes(sources.encode("utf-8", errors="surrogateescape"))
    _, problems = load_dossier(dossier, tmp_path)
    codes = [problem.code for problem in problems]
    assert code in codes
    assert "unknown-source" not in codes
    assert "unknown-fact" in codes


def test_an_id_in_two_sheets_is_told_with_both_places_and_the_first_stands(tmp_path: Path) -> None:
    facts, problems = load_sheets(tmp_path, a=GOOD, b=GOOD.replace("go on", "end"))
    assert [(p.code, str(p.place), str(p.related[0].place)) for p in problems] == [
        ("duplicate-id", "facts/d/b.yaml:3:3", "facts/d/a.yaml:3:3"),
        ("duplicate-id", "facts/d/b.yaml:5:3", "facts/d/a.yaml:5:3"),
        ("duplicate-id", "facts/d/b.yaml:7:3", "facts/d/a.yaml:7:3"),
    ]
    assert facts.facts["talks"].claim == "Talks go on."


@pytest.mark.parametrize(("field", "verb"), [("rests_on: [{}]", "rests on"), ("supersedes: {}", "supersedes")])
def test_facts_in_a_circle_are_told(tmp_path: Path, field: str, verb: str) -> None:
    entry = "  {}: {{kind: position, claim: x, judged_by: me, basis: b, as_of: 2026, {}}}\n"
    links = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]
    text = "facts:\n" + "".join(entry.format(name, field.format(other)) for name, other in links)
    _, problems = load_sheets(tmp_path, s=text)
    assert [problem.code for problem in problems] == ["bad-value"]
    assert problems[0].message.count(f" {verb} ") == 3
    assert f"'a' {verb} 'b'" in problems[0].message
    assert len(problems[0].related) == 2


# Files


def test_a_folder_that_is_not_there_is_told_with_one_like_it(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD)
    facts, problems = load_dossier(tmp_path / "facts" / "dd", tmp_path)
    assert facts.facts == {}
    assert [(p.code, str(p.place)) for p in problems] == [("no-dossier", "facts/dd")]
    (tmp_path / "facts" / "azerbaijan").mkdir()
    _, problems = load_dossier(tmp_path / "facts" / "azerbeijan", tmp_path)
    assert problems[0].hint == "did you mean 'azerbaijan'?"


def test_a_folder_without_sheets_is_no_dossier(tmp_path: Path) -> None:
    dossier = write(tmp_path)
    (dossier / "notes.txt").write_text("facts: {}")
    (dossier / ".#a.yaml").write_text("[")
    (dossier / "inner").mkdir()
    (dossier / "inner" / "a.yaml").write_text("[")
    assert [problem.code for problem in load_dossier(dossier, tmp_path)[1]] == ["no-dossier"]


def test_a_file_is_no_dossier(tmp_path: Path) -> None:
    dossier = write(tmp_path, a=GOOD)
    assert [problem.code for problem in load_dossier(dossier / "a.yaml", tmp_path)[1]] == ["no-dossier"]


def test_both_suffixes_are_read_by_name(tmp_path: Path) -> None:
    dossier = write(tmp_path, b=GOOD)
    (dossier / "a.yml").write_text("actors: {eu: {name: EU}}")
    (dossier / "c.YAML").write_text("actors: {un: {name: UN}}")
    facts, problems = load_dossier(dossier, tmp_path)
    assert problems == []
    assert facts.files == ("facts/d/a.yml", "facts/d/b.yaml", "facts/d/c.YAML")
    assert list(facts.actors) == ["eu", "nato", "un"]


def test_a_folder_named_like_a_sheet_is_told(tmp_path: Path) -> None:
    dossier = write(tmp_path, a=GOOD)
    (dossier / "b.yaml").mkdir()
    _, problems = load_dossier(dossier, tmp_path)
    assert [(p.code, p.place) for p in problems] == [("unreadable", Place("facts/d/b.yaml"))]
    assert "a folder" in problems[0].message


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    dossier = write(tmp_path, a=GOOD)
    try:
        (dossier / "b.yaml").symlink_to(dossier / "gone.yaml")
    except OSError:
        pytest.skip("this system allows no links")
    _, problems = load_dossier(dossier, tmp_path)
    assert [(p.code, p.message) for p in problems] == [("unreadable", "the link leads to no file")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    dossier = write(tmp_path, a=GOOD)
    os.mkfifo(dossier / "b.yaml")
    assert [problem.code for problem in load_dossier(dossier, tmp_path)[1]] == ["unreadable"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is readable to this user")
def test_a_sheet_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    dossier = write(tmp_path, a=GOOD)
    (dossier / "a.yaml").chmod(0)
    assert [problem.code for problem in load_dossier(dossier, tmp_path)[1]] == ["unreadable"]


@pytest.mark.parametrize(
    ("data", "place", "hint"),
    [
        (b"# ok\r\n\xc3\xa9 caf\xe9: 1\r\n", (2, 6), "save the file as UTF-8"),
        (b"\xef\xbb\xbfa: \xff", (1, 4), "save the file as UTF-8"),
        ("facts: {}".encode("utf-16"), (1, 1), "save the file as UTF-8"),
        (b"a: \xed\xa0\x80", (1, 4), "save the file as UTF-8"),
    ],
)
def test_bytes_that_are_not_utf_8_are_told_at_the_first(
    tmp_path: Path, data: bytes, place: tuple[int, int], hint: str
) -> None:
    dossier = write(tmp_path)
    (dossier / "a.yaml").write_bytes(data)
    _, problems = load_dossier(dossier, tmp_path)
    assert [(p.code, p.place.line, p.place.column, p.hint) for p in problems] == [("not-utf-8", *place, hint)]


def test_line_ends_and_byte_order_marks_of_any_system_read_alike(tmp_path: Path) -> None:
    plain, _ = load_sheets(tmp_path, a=GOOD)
    for ends in ("\r\n", "\r"):
        facts, problems = load_sheets(tmp_path, a="\ufeff" + GOOD.replace("\n", ends))
        assert problems == []
        assert facts == plain


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    _, problems = load_sheets(tmp_path, a=GOOD + "#" * LARGEST)
    assert [(p.code, p.place.line) for p in problems] == [("too-large", 0)]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_nest_a_hundred_thousand_deep_is_refused_at_once(tmp_path: Path, opening: str) -> None:
    started = time.process_time()
    _, problems = load_sheets(tmp_path, a="facts: 1\nactors:\n  " + opening * 100_000)
    assert [problem.code for problem in problems] == ["too-large"]
    assert problems[0].place.line == 3
    assert time.process_time() - started < 2


def test_a_depth_at_which_the_parser_itself_stops_is_told_as_ours() -> None:
    """A parser that looks ahead may give up (libyaml 0.2.6, at a thousand) before it has given us forty."""
    source = FileText("facts/d/a.yaml", "facts:\n  " + "[" * 2000)
    mark = yaml.Mark("a", 1009, 1, 1002, None, None)
    stopped = yaml.scanner.ScannerError(None, None, "exceeded maximum nesting depth", mark)
    assert syntax_problem(stopped, source) == too_deep(Place("facts/d/a.yaml", 2, 1003, 1))


def test_a_bomb_of_aliases_is_refused_before_it_grows(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 20))
    started = time.process_time()
    _, problems = load_sheets(tmp_path, a=bomb)
    assert [(p.code, p.place.line) for p in problems] == [("too-large", 6)]
    assert time.process_time() - started < 1


def test_aliases_within_measure_repeat_what_they_name(tmp_path: Path) -> None:
    text = GOOD.replace("support:\n      -", "support: &s\n      -")
    text += "  again:\n    kind: position\n    claim: &c Again.\n    brief: *c\n    support: *s\n    as_of: 2026\n"
    facts, problems = load_sheets(tmp_path, a=text)
    assert problems == []
    assert facts.facts["again"].support == facts.facts["talks"].support
    assert facts.places["fact", "again", "claim"] == Place("facts/d/a.yaml", 15, 15, 6)


@pytest.mark.parametrize(
    ("text", "place"), [("facts: &a [*a]", "1:12"), ("facts: &a {b: {c: *a}}", "1:19"), ("facts: *a", "1:8")]
)
def test_an_alias_of_itself_or_of_nothing_is_told(tmp_path: Path, text: str, place: str) -> None:
    _, problems = load_sheets(tmp_path, a=text)
    assert [(p.code, f"{p.place.line}:{p.place.column}") for p in problems] == [("yaml-syntax", place)]


def test_aliases_that_nest_too_deep_are_told(tmp_path: Path) -> None:
    text = "a: &a " + "[" * 30 + "]" * 30 + "\nb: " + "[" * 20 + "*a" + "]" * 20 + "\n"
    assert [p.code for p in load_sheets(tmp_path, a=text)[1]] == ["too-large"]


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "~", "facts:\nsources: ~\nactors: null\n"])
def test_a_sheet_that_says_nothing_yet_is_fine(tmp_path: Path, text: str) -> None:
    assert load_sheets(tmp_path, a=text)[1] == []


@pytest.mark.parametrize("text", ["[]", "facts", "- a", "'x'"])
def test_a_sheet_must_be_a_mapping(tmp_path: Path, text: str) -> None:
    assert [(p.code, p.place.line) for p in load_sheets(tmp_path, a=text)[1]] == [("wrong-type", 1)]


def test_a_file_of_bytes_without_sense_is_told_shortly(tmp_path: Path) -> None:
    _, problems = load_sheets(tmp_path, a="\x00\x01" * 50_000)
    assert len(problems) <= 1001
    assert {problem.code for problem in problems} <= {"bad-character", "wrong-type", "yaml-syntax"}


# Texts


@pytest.mark.parametrize(
    ("written", "read", "place"),
    [
        ("no", "no", (9, 12, 2)),
        ("1.10", "1.10", (9, 12, 4)),
        ("2026-01-21", "2026-01-21", (9, 12, 10)),
        ("0x1F", "0x1F", (9, 12, 4)),
        ("'~ a'", "~ a", (9, 13, 3)),
        ("Talks go\n      on", "Talks go on", (9, 12, 8)),
        ("'Talks go\n\n      on'", "Talks go on", (9, 13, 8)),
        (">-\n      Talks\n      go on", "Talks go on", (10, 7, 5)),
        ("|\n\n      Talks  \n      go on\n\n", "Talks go on", (11, 7, 7)),
        ("&x # why\n      Talks", "Talks", (10, 7, 5)),
        ('&x "Talks"', "Talks", (9, 16, 5)),
        ('"\\u2019n \\U0001F600"', "’n 😀", (9, 13, 18)),
        ("Bakı – Şuşa, Երևան, თბილისი 😀", "Bakı – Şuşa, Երևան, თბილისი 😀", (9, 12, 29)),
    ],
)
def test_texts_are_read_as_written_on_one_line(
    tmp_path: Path, written: str, read: str, place: tuple[int, int, int]
) -> None:
    facts, problems = load_sheets(tmp_path, a=GOOD.replace("Talks go on.", written))
    assert problems == []
    assert facts.facts["talks"].claim == read
    assert facts.places["fact", "talks", "claim"] == Place("facts/d/a.yaml", *place)


def test_a_note_keeps_its_lines(tmp_path: Path) -> None:
    facts, _ = load_sheets(tmp_path, a=GOOD + "    note: |\n      one\n\n      two\n")
    assert facts.facts["talks"].note == "one\n\ntwo"


words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"))


@given(words, st.sampled_from(['"', "'", None]))
def test_any_text_in_a_claim_comes_back_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, text: str, style: str | None
) -> None:
    claim = f"a{text}z"
    sheet = yaml.load(GOOD, Loader=yaml.BaseLoader)
    sheet["facts"]["talks"]["claim"] = claim
    written = yaml.safe_dump(sheet, allow_unicode=True, default_style=style)
    facts, problems = load_sheets(tmp_path_factory.mktemp("p"), a=written)
    assert problems == []
    assert facts.facts["talks"].claim == claim


# Whatever is written


def check_within(problems: list[Problem], text: str) -> None:
    """Check that every place of every problem is within the file, at most one column past a line's end."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for place in [p.place for p in problems] + [r.place for p in problems for r in p.related]:
        assert 0 <= place.line <= len(lines)
        if place.line:
            width = len(lines[place.line - 1])
            assert 1 <= place.column <= width + 1
            assert place.column - 1 + place.length <= max(width, place.column)


@given(st.binary(max_size=200))
@example(b"a: |\n\t")
def test_no_bytes_at_all_make_it_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    dossier = write(tmp_path_factory.mktemp("p"))
    (dossier / "a.yaml").write_bytes(data)
    check_within(load_dossier(dossier)[1], data.decode("utf-8", errors="replace"))


pieces = st.sampled_from(
    ["\n", "  ", "\t", ": ", "- ", "[", "]", "{", "}", "'", '"', "|", ">", "&a ", "*a", "!x ", "# ", "~", "? ",
     "<<: *a", "---\n", "\\u0007", "\\ud800", "\ufeff", "\x07", "\ue000", "\u2028", "\r", "nato", "claim",
     "facts", "é😀", "%"]
)  # fmt: skip
edits = st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), pieces), min_size=1, max_size=5)


@settings(max_examples=300, deadline=None)
@given(edits)
def test_no_edit_of_a_good_sheet_makes_it_fail(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]
) -> None:
    text = GOOD
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    facts, problems = load_sheets(tmp_path_factory.mktemp("p"), a=text)
    check_within(problems, text)
    assert all(support.source in facts.sources for fact in facts.facts.values() for support in fact.support)
    assert not problems or problems == sorted(problems, key=lambda problem: problem.place[:3])
    claims = "".join(fact.claim for fact in facts.facts.values())
    assert problems or not BAD_CHARACTER.search(claims)


@settings(max_examples=100, deadline=None)
@given(edits)
def test_without_the_fast_parser_the_same_is_read(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]
) -> None:
    """PyYAML without libyaml reads the same values; only its words on syntax errors differ."""
    text = GOOD
    for start, length, piece in edits[:2]:
        text = text[:start] + piece + text[start + length :]
    folder = tmp_path_factory.mktemp("p")
    fast, fast_problems = load_sheets(folder, a=text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
        slow, slow_problems = load_sheets(folder, a=text)
    check_within(slow_problems, text)
    if "yaml-syntax" not in {problem.code for problem in [*fast_problems, *slow_problems]}:
        assert slow.facts == fast.facts


def test_a_dossier_of_a_thousand_facts_loads_in_a_moment(tmp_path: Path) -> None:
    """Time grows with the number of facts, not faster: 10,000 facts over 100 sheets take 2.6 s of one core."""
    entry = GOOD[GOOD.index("  talks:") :]
    sheets = {
        f"s{number}": "facts:\n" + "".join(entry.replace("talks", f"talks-{number}-{k}") for k in range(100))
        for number in range(10)
    }
    started = time.process_time()
    facts, problems = load_sheets(tmp_path, a=GOOD, **sheets)
    assert (len(facts.facts), problems) == (1001, [])
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "text",
    [
        "facts: " + "a" * 1_000_000,
        "facts: {a: {claim: " + "a-" * 500_000 + "}",
        'facts:\n  a:\n    claim: "' + "a\t" * 500_000 + '"',
        "facts:\n  a:\n" + "".join(f"    k{number}: 1\n" for number in range(50_000)),
    ],
    ids=["one-word", "broken", "tabs", "unknown-keys"],
)
def test_no_large_sheet_takes_long_to_refuse(tmp_path: Path, text: str) -> None:
    started = time.process_time()
    assert load_sheets(tmp_path, a=text)[1] != []
    assert time.process_time() - started < 3


def test_ten_thousand_unknown_references_are_told_without_delay(tmp_path: Path) -> None:
    names = ", ".join(f"gone-{number}" for number in range(10_000))
    started = time.process_time()
    _, problems = load_sheets(tmp_path, a=GOOD + f"    rests_on: [{names}]\n")
    assert len(problems) == 10_000
    assert time.process_time() - started < 5


# Style


def test_without_a_style_file_the_style_is_the_built_in_one(tmp_path: Path) -> None:
    assert load_style_file(tmp_path / "style.yaml") == (StyleFile(Style()), [])


def test_a_style_file_says_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_text(
        "page: {size: Letter, margin-left-mm: 30}\ntables: {banded: true}\norigins: {nato-hq: NATO HQ}\n"
        "words:\n  de: {from: Von, page: 'Seite {page} von {pages}', bottom-line: '; '}\n",
        encoding="utf-8",
    )
    file, problems = load_style_file(path, tmp_path)
    style = file.style
    assert problems == []
    assert (style.page.size, style.page.margin_left_mm, style.page.margin_top_mm) == ("Letter", 30.0, 25.0)
    assert (style.tables.banded, style.origins, style.sizes) == (True, {"nato-hq": "NATO HQ"}, Style().sizes)
    words = style.words["de"]
    assert (words.sender, words.bottom_line, words.to, words.months[0]) == ("Von", "; ", "An", "Januar")


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ("page: {size: A5}", ["1:14+2 bad-value"], ""),
        ("page: {size: a4}", ["1:14+2 bad-value"], "did you mean 'A4'?"),
        ("page: {margin-left-mm: 150}", ["1:24+3 bad-value"], ""),
        ("page: {margin-left-mm: '30'}", ["1:25+2 wrong-type"], ""),
        ("page: {margin-left-mm: wide}", ["1:24+4 wrong-type"], ""),
        ("page: {margin-left-mm: .nan}", ["1:24+4 wrong-type"], ""),
        ("page: {margin_left_mm: 30}", ["1:8+14 unknown-key"], "did you mean 'margin-left-mm'?"),
        ("sizes: {body: 0}", ["1:15+1 bad-value"], ""),
        ("colours: {text: red}", ["1:17+3 bad-value"], ""),
        ("tables: {banded: yes}", ["1:18+3 wrong-type"], ""),
        ("words: {en: {months: [a, b]}}", ["1:22+1 bad-value"], ""),
        ("words: {en: {page: 'Page {pgae}'}}", ["1:21+11 bad-value"], "did you mean 'page'?"),
        ("words: {en: {reliability: {A: good}}}", ["1:14+11 missing-key"] * 5, ""),
        ("words: {English: {}}", ["1:9+7 bad-value"], ""),
        ("words: {de: {}, de: {}}", ["1:17+2 duplicate-key"], ""),
        ("- a", ["1:1+1 wrong-type"], ""),
        ("{", ["1:2+1 yaml-syntax"], ""),
    ],
)
def test_a_mistake_in_the_style_is_told_at_its_place(tmp_path: Path, text: str, expected: list[str], hint: str) -> None:
    path = tmp_path / "style.yaml"
    path.write_text(text, encoding="utf-8")
    file, problems = load_style_file(path, tmp_path)
    style = file.style
    assert codes_at_places(problems) == expected
    assert hint in problems[0].hint
    assert style.page == Style().page
    assert {problem.place.path for problem in problems} == {"style.yaml"}


# Templates

MEMO = """\
---
title: Talks
to: Director
from: Desk
date: 2026-01-30
dossier: d
sections: [risks]
---

# Risks
{{ fact("talks") }}
"""


def load_memo(folder: Path, text: str) -> tuple[object, list[Problem]]:
    path = folder / "memo.md"
    path.write_text(text, encoding="utf-8", newline="")
    return load_template(path, folder)


def test_a_template_keeps_its_lines_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "memo.md"
    for text in (MEMO, "\ufeff" + MEMO.replace("\n", "\r\n")):
        path.write_text(text, encoding="utf-8", newline="")
        template, problems = load_template(path, tmp_path)
        assert problems == []
        assert template is not None
        assert (template.name, template.path) == ("memo", "memo.md")
        assert template.text.split("\n") == [""] * 9 + ["# Risks", '{{ fact("talks") }}', ""]
        assert (template.front_matter.sender, template.front_matter.formats) == ("Desk", ("docx", "pdf"))
        assert template.places["date",] == Place("memo.md", 5, 7, 10)
        assert template.places["sections", "0"] == Place("memo.md", 7, 12, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Risks\n", ["1:1+7 front-matter"]),
        ("", ["1:1+1 front-matter"]),
        ("---\ntitle: x\n", ["1:1+3 front-matter"]),
        ("---\n---\n", ["1:1+1 missing-key"] * 5),
        (MEMO.replace("to: Director\n", ""), ["1:1+1 missing-key"]),
        (MEMO.replace("title", "titel"), ["2:1+5 unknown-key"]),
        (MEMO.replace("2026-01-30", "2026-01"), ["5:7+7 bad-date"]),
        (MEMO.replace("2026-01-30", "2026-01-30?"), ["5:7+11 bad-date"]),
        (MEMO.replace("dossier: d", "dossier: ../d"), ["6:10+4 bad-value"]),
        (MEMO.replace("[risks]", "[risks"), ["7:17+1 yaml-syntax"]),
        (MEMO.replace("[risks]", "risks"), ["7:11+5 wrong-type"]),
        (MEMO.replace("dossier: d", "dossier: d\nformats: []"), ["7:10+1 bad-value"]),
        (MEMO.replace("dossier: d", "dossier: d\nformats: [pdf, odt]"), ["7:16+3 bad-value"]),
        (MEMO.replace("# Risks", "# Ri\ue000sks\x0c"), ["10:5+1 bad-character", "10:9+1 bad-character"]),
    ],
)
def test_a_mistake_in_a_template_is_told_at_its_place(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert codes_at_places(load_memo(tmp_path, text)[1]) == expected


def test_a_template_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    template, problems = load_template(tmp_path / "gone.md", tmp_path)
    assert (template, [p.code for p in problems]) == (None, ["unreadable"])


def test_no_character_that_a_memo_cannot_carry_is_printable() -> None:
    """So a text that is printable but for its line ends need not be looked through for each of them."""
    everything = map(chr, range(sys.maxunicode + 1))
    bad = [char for char in everything if BAD_CHARACTER.match(char) or UNWANTED.match(char)]
    assert len(bad) > 100_000
    assert not [hex(ord(char)) for char in bad if char.isprintable()]


def test_no_private_use_character_gets_into_a_template(tmp_path: Path) -> None:
    """Compose uses them as tokens: nothing that anybody writes may look like one."""
    template, problems = load_template(_written(tmp_path / "m.md", MEMO + "\ue000\U0010fffd\n"), tmp_path)
    assert [problem.code for problem in problems] == ["bad-character"] * 2
    assert template is not None
    assert not BAD_CHARACTER.search(template.text)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_project_paths_are_as_given(tmp_path: Path) -> None:
    _, problems = load_style_file(_written(tmp_path / "style.yaml", "x: 1"))
    assert problems[0].place.path == (tmp_path / "style.yaml").as_posix()
