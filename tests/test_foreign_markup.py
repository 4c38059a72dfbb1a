"""Markup of other Markdown tools is refused where it stands, with what to write instead; plain text is left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as with_claim

from tests.compose.harbour import DOSSIER, FACTS, attempt, composed, folder_with, pointed, problems
from tests.compose.telling import told

REFUSED = [
    # notes, references
    ("A remark.[^own] More.", ["[^own]"]),
    ("A remark.[^1]\n\n[^1]: Seen by the desk.", ["[^1]", "[^1]:"]),
    ("A remark.[^1]\n\n[^1]: Seen", ["[^1]", "[^1]: Seen"]),
    ("Another.^[Seen in passing.] More.", ["^[Seen in passing.]"]),
    ("# Risks[^2]", ["[^2]"]),
    ("As shown [@smith2020].", ["[@smith2020]"]),
    ("As shown [see @doe99, p. 3; also -@roe].", ["[see @doe99, p. 3; also -@roe]"]),
    ("See @fig-steps and @smith2020.", ["@fig-steps", "@smith2020"]),
    ("[TOC]", ["[TOC]"]),
    ("[[_TOC_]]", ["[[_TOC_]]"]),
    ("*[UN]: United Nations", ["*[UN]:"]),
    # links that are none
    ("See [[Risks]].", ["[[Risks]]"]),
    ("See [the plan][plan].", ["[the plan][plan]"]),
    ("See [the plan](the plan.pdf).", ["[the plan](the plan.pdf)"]),
    ("See [the plan] (https://x.example/a).", ["[the plan] (https://x.example/a)"]),
    ("See https://x.example/plan, page 2.", ["https://x.example/plan"]),
    ("See www.x.example.", ["www.x.example"]),
    ("[](https://x.example)", ["[](https://x.example)"]),
    ("[**\u200b**](https://x.example)", ["[**\u200b**](https://x.example)", "*"]),
    ("[{{ cite('trade') }}](https://x.example)", ["["]),
    # marks around words
    ("The ~~old~~ pier", ["~~old~~"]),
    ("The ~~old *stone*~~ pier", ["~~old *stone*~~"]),
    ("The ~old pier~ is gone", ["~old pier~"]),
    ("H~2~O and CO~2~", ["~2~", "~2~"]),
    ("The 2^nd^ pier, 5 m^2^", ["^nd^", "^2^"]),
    ("It is ==most of all== this", ["==most of all=="]),
    ("It is ++new++ here", ["++new++"]),
    ("It is ^^new^^ here", ["^^new^^"]),
    ("It is {++new++} and {--old--}", ["{++new++}", "{--old--}"]),
    ("It is ** bold ** here", ["** bold **"]),
    ("It is **bold here", ["**"]),
    ("Good :smile: work :+1:", [":smile:", ":+1:"]),
    ("# Risks {.unnumbered}", ["{.unnumbered}"]),
    ("[words]{.smallcaps} here", ["{.smallcaps}"]),
    ("A %%remark%% here", ["%%remark%%"]),
    # LaTeX
    ("\\newpage", ["\\newpage"]),
    ("See \\ref{tab} and \\textbf{this}", ["\\ref", "\\textbf"]),
    ("$E = m c$ and $$\\sum x$$", ["$E = m c$", "$$\\sum x$$"]),
    ("With $n$ ships and $\\alpha_1$, $a^2 + b^2$.", ["$n$", "$\\alpha_1$", "$a^2 + b^2$"]),
    # blocks
    ("- [ ] ask the pilots\n- [x] ask the tugs", ["[ ]", "[x]"]),
    ("-[ ] ask the pilots", ["-[ ]"]),
    ("::: {.callout-note}\nMind the tide.\n:::", ["::: {.callout-note}", ":::"]),
    ("!!! note\nMind the tide.", ["!!! note"]),
    ("Draught\n: Depth below water", [": Depth below water"]),
    ("Draught\n\n:   Depth below water", [":   Depth below water"]),
    ("+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+", ["+---+---+", "| a | b |"]),
    ("| A line\n| Another line", ["| A line"]),
    ("| a | b |\n|---|---|\n| c | d |\n\n| e | f |", ["| e | f |"]),
    ("a | b\n---|---\nc | d\n\ne | f", ["e | f"]),
    ("a | b\n---|---|---", ["---|---|---"]),
    ("Right   Left\n\n------- -------\n12      34", ["------- -------"]),
    ("##Risks", ["##Risks"]),
    ("#Summary", ["#Summary"]),
    ("Some text\n---", ["---"]),
    ("Some text\nof two lines\n===", ["==="]),
    ("• one\n• two", ["•", "•"]),
    ("#", ["#"]),
    ("# {{ cite('trade') }}", ["# "]),
    ("# \u200b", ["# \u200b"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_markup_that_memo_does_not_know_is_refused_where_it_stands(text: str, at: list[str]) -> None:
    assert pointed(text) == [("unsupported-markdown", words) for words in at]


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_each_says_what_to_write_instead(text: str, at: list[str]) -> None:
    assert all(problem.hint for problem in attempt(text)[1]), at


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6, or US$ 7 to A$8; between $5-$6, $5bn ($6bn), and 6 A$ each.",
        "From $5 a barrel to 6 A$ and the $/€ rate against the £/$ rate.",
        "At 10:30: the ships; 10:30:15; a ratio of 1:2:3 and note: this.",
        "As the report says [1], and another [2][3]; he said [sic] so [...].",
        "Write to desk@halvern.example or @NATO; [desk@halvern.example] too.",
        "About ~5 and ~6 ships, from ~5/~6, in ~/notes and ~/files.",
        "3*4 is 12, 2 * 3 * 4 is 24, C++ and C++, ^_^, 10^6 to 10^9.",
        "a = b, a == b, a != b and x >= y; 5 + 6 and + more.",
        "The path C:\\Users\\docs and the AND\\OR of it; \\\\server\\share.",
        "#1 of nine, no. #2, and the #energy debate.",
        "#MeToo changed the debate.",
        "A | B stand side by side; \\| and \\~\\~so\\~\\~ and \\[^1] and 2\\^nd\\^.",
        "5% and 6 %, 100 %; {braces} and {a, b}; <5 and >6; a_b_c and snake__case.",
        "He said -- and meant -- it... 1990--2000; a - b; + c.",
        "[https://x.example](https://x.example) and <https://x.example> and <desk@halvern.example>.",
        "GDP** grew 5%** in all. ** Estimate.",
        "[words](https://x.example/a_~b~_c?d=$e$#f)",
        "(a) and (b); a) b); §5; ¶; †; ‡; e.g. x/y/z; and/or; 24/7; w/o.",
        "Heading of one line\n===",
    ],
)
def test_the_same_signs_in_plain_text_pass(text: str) -> None:
    assert problems(text) == []


def test_words_of_facts_are_never_markup() -> None:
    claim = "See ~~this~~ [^1], $n$ and https://x.example {.a} [TOC]."
    facts = replace(DOSSIER, facts={**FACTS, "trade": with_claim(FACTS["trade"], claim=claim)})
    made = composed("{{ fact('trade') }}\n\n- {{ fact('trade').claim }}", facts=facts)
    assert [line for line in told(made.document) if claim in line]


def test_markup_is_found_in_loops_includes_macros_tables_items_boxes_and_captions(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"a.md": "A ~~b~~ c.", "_m.md": "{% macro m() %}d ==e== f{% endmacro %}"})
    text = (
        "{% for n in [1, 2] %}\n{{ n }} [^x]\n\n{% endfor %}\n{% include 'a.md' %}\n\n"
        "{% from '_m.md' import m %}{{ m() }}\n\n| a |\n|---|\n| H~2~O |\n\n- [TOC]\n\n> ++g++ h\n\n{{ '~~i~~' }}\n\n"
        "{{ figure('timeline', ['rail-link', 'berths-open'], alt='a', caption='b ~~c~~') }}\n"
    )
    assert [problem.split(" ")[0] for problem in problems(text, folder)] == [
        "templates/_m.md:1:18", "templates/a.md:1:3", "2:9", "11:4", "13:3", "15:3", "17:4", "19:4",
    ]  # fmt: skip


def test_a_row_that_a_loop_parts_from_its_table_is_told_once() -> None:
    text = "| a | b |\n|---|---|\n{% for n in [1, 2, 3] %}\n\n| {{ n }} | c |\n{% endfor %}\n"
    assert problems(text) == ["5:1 unsupported-markdown: this row belongs to no table"]


def test_a_row_in_a_loop_without_an_empty_line_is_one() -> None:
    text = "| a | b |\n|---|---|\n{% for n in [1, 2, 3] %}\n| {{ n }} | c |\n{% endfor %}\n"
    assert len(told(composed(text).document)) == 5
