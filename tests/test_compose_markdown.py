"""What Markdown becomes in a memo, and which Markdown a memo has no form for."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from memo.document.tree import Paragraph, Text
from tests.compose.harbour import attempt, document, folder_with, pointed, problems
from tests.compose.telling import told

BRIEF = "{berths-open.brief: Two berths opened.}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One\ntwo.\n\nThree.", ["p One two.", "p Three."]),
        ("a  \nb\\\nc", ["p a/b/c"]),
        ("**b** __b__ *i* _i_ ***bi***", ["p **b** **b** *i* *i* ***bi***"]),
        ("a   b\tc", ["p a b c"]),
        ("5 < 6 & AT&T > 3, snake_case, 2 * 3", ["p 5 < 6 & AT&T > 3, snake_case, 2 * 3"]),
        ("\\*a\\* &amp; &lt;b&gt; \\[x\\] &#8211; &copy;", ["p *a* & <b> [x] – ©"]),
        ("\"quoted\" 'quoted' -- ... (c)", ["p \"quoted\" 'quoted' -- ... (c)"]),
        ("# One\n\n## Two\n\nThree\n=====\n\n### Four ###",
         ["h1 #one One", "h2 #two Two", "h1 #three Three", "h3 #four Four"]),
        ("- a\n- b\n", ["ul", "- ", "  p a", "- ", "  p b"]),
        ("- a\n\n- b\n", ["ul loose", "- ", "  p a", "- ", "  p b"]),
        ("3. a\n4. b\n", ["ol from 3", "- ", "  p a", "- ", "  p b"]),
        ("0. a\n", ["ol from 0", "- ", "  p a"]),
        ("- a\n  1. b\n     - c\n\n     d\n", [
            "ul", "- ", "  p a", "  ol from 1 loose", "  - ", "    p b", "    ul", "    - ", "      p c", "    p d"]),
        ("-\n- a", ["ul", "- ", "- ", "  p a"]),
        ("> a\n> b\n>\n> c", ["quotation", "  p a b", "  p c"]),
        ("a\n\n---\n\nb", ["p a", "rule", "p b"]),
        ("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 |\n| x \\| y | **z** | |",
         ["table left center right", "  a | b | c", "  1 | 2 | ", "  x | y | **z** | "]),
        ("Table: A *caption* here\n\n| a |\n|---|\n| b |", ["table left A *caption* here", "  a", "  b"]),
        ("Table: A caption\n| a |\n|---|\n| b |", ["table left A caption", "  a", "  b"]),
        ("Table: no table follows", ["p Table: no table follows"]),
        ("Table: no\n\nx\n\n| a |\n|---|", ["p Table: no", "p x", "table left", "  a"]),
        ("> [!bottom-line]\n> One.\n> Two.\n>\n> - a",
         ["bottom-line Bottom line", "  p One. Two.", "  ul", "  - ", "    p a"]),
        ("> [!NOTE]\n> x", ["note Note", "  p x"]),
        ("> [!warning]\n>\n> x", ["warning Caution", "  p x"]),
        ("> [!note]", ["note Note"]),
        ("- > [!note]\n  > x", ["ul", "- ", "  note Note", "    p x"]),
        ("[a](https://x.y/z?a=1&b=2 ) <https://x.y> <a@b.c> [m](mailto:a@b.c)", [
            "p [a](https://x.y/z?a=1&b=2) [https://x.y](https://x.y) [a@b.c](mailto:a@b.c) [m](mailto:a@b.c)"]),
        ("[a][r] and [R]\n\n[r]: https://x.y/ə\n", ["p [a](https://x.y/%C9%99) and [R](https://x.y/%C9%99)"]),
        ("# A b\n\n[up](#a-b) [*down*](#c)\n\n# C", ["h1 #a-b A b", "p [up](#a-b) [*down*](#c)", "h1 #c C"]),
        ("{{ fact('berths-open').brief }}", [f"p {BRIEF}"]),
        ("**{{ fact('berths-open').brief }}**", [f"p **{BRIEF}**"]),
        ("a*{{ fact('berths-open').brief }}*b", [f"p a*{BRIEF}*b"]),
        ("[{{ fact('berths-open').brief }}](https://x.y)", [f"p [{BRIEF}](https://x.y)"]),
        ("# {{ fact('berths-open').brief }}", [f"h1 #two-berths-opened {BRIEF}"]),
        ("| {{ fact('berths-open').brief }} |\n|---|\n| {{ fact('berths-open').brief }} |",
         ["table left", f"  {BRIEF}", f"  {BRIEF}"]),
        ("{% for x in [1, 2] %}\n- {{ x }}\n{% endfor %}\nend", ["ul", "- ", "  p 1", "- ", "  p 2 end"]),
        ("{% if true %}\n# H\n{% endif %}\n\nx", ["h1 #h H", "p x"]),
        ("{{ '' }}\n\nx", ["p x"]),
        ("", []),
    ],
)  # fmt: skip
def test_markdown_becomes_blocks(text: str, lines: list[str]) -> None:
    assert told(document(text)) == lines


CITED = "^[Customs ledger]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A. {{ n }} B", "A.^ B"),
        ("A.\n{{ n }}\nB", "A.^ B"),
        ("**A. {{ n }}** B", "**A.**^ B"),
        ("***A.* {{ n }}** B", "***A.***^ B"),
        ("**A {{ n }} B**", "**A^ B**"),
        ("[A {{ n }} b](https://x.y) c", "[A b](https://x.y)^ c"),
        ("[*A {{ n }} b*](https://x.y) {{ n }} c", "[*A b*](https://x.y)^ c"),
        ("**{{ n }}** x", "^ x"),
        ("{{ n }}{{ n }} {{ n }} x", "^ x"),
        ("x  \n{{ n }} y", "x/^ y"),
        ("x {{ n }}", "x^"),
        ("x {{ n }}, y", "x^, y"),
    ],
)
def test_a_note_follows_what_is_before_it_and_stands_outside_links_and_what_it_ends(text: str, shown: str) -> None:
    made = document("{% set n = cite('trade') %}" + text)
    note = told(document("{{ cite('trade') }}"))[0].removeprefix("p ")
    assert told(made)[0].removeprefix("p ").replace(note, "^") == shown


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("a <b>bold</b>", "unsupported-markdown", ["<b>", "</b>"]),
        ("a <!-- remark --> b", "unsupported-markdown", ["<!-- remark -->"]),
        ("<div>\nx\n</div>", "unsupported-markdown", ["<div>"]),
        ("<!-- x -->", "unsupported-markdown", ["<!-- x -->"]),
        ("a ![b](c.png)", "unsupported-markdown", ["!["]),
        ("a `b` c `d`", "unsupported-markdown", ["`", "`"]),
        ("```\nx\n```", "unsupported-markdown", ["```"]),
        ("x\n\n    indented", "unsupported-markdown", ["indented"]),
        ("- # H", "unsupported-markdown", ["- # H"]),
        ("> # H", "unsupported-markdown", ["> # H"]),
        ("[a](b.html)", "unsupported-markdown", ["[a](b.html)"]),
        ("[a](javascript:alert)", "unsupported-markdown", ["[a](javascript:alert)"]),
        ("[a](file:///etc/passwd)", "unsupported-markdown", ["[a](file:///etc/passwd)"]),
        ("[a]()", "unsupported-markdown", ["[a]()"]),
        ("[a](https://x.y \"t\")", "unsupported-markdown", ["[a](https://x.y \"t\")"]),
        ("[word]: https://x.y", "unsupported-markdown", ["[word]: https://x.y"]),
        ("[a]\n\n[a]: https://x.y\n[A]: https://z.y", "unsupported-markdown", ["[A]: https://z.y"]),
        ("| a |\n|---|\n| b | lost |", "unsupported-markdown", ["| b | lost |"]),
        ("> [!tip]\n> x", "unsupported-markdown", ["[!tip]"]),
        ("x &#1; y", "bad-character", ["&#1;"]),
        ("x &#xE000; y", "bad-character", ["&#xE000;"]),
        ("# Risks\n\n[x](#risk)", "unknown-anchor", ["[x](#risk)"]),
        ("`{{ fact('trade') }}`", "misplaced-token", None),
        ("<b title={{ fact('trade') }}>", "misplaced-token", None),
        ("<div>\n{{ fact('trade') }}\n</div>", "misplaced-token", None),
        ("![{{ fact('trade') }}](x)", "misplaced-token", None),
        ("![x]({{ fact('trade').value }})", "misplaced-token", None),
        ("x\n\n    {{ fact('trade') }}", "misplaced-token", None),
        ("```{{ fact('trade') }}\n```", "misplaced-token", None),
        ("[a](https://x.y/{{ fact('trade').value }})", "misplaced-token", None),
        ("[a](https://x.y '{{ fact('trade').value }}')", "misplaced-token", None),
        ("<https://x.y/{{ fact('trade').value }}>", "misplaced-token", None),
        ("[a]\n\n[a]: https://x.y/{{ fact('trade').value }}", "misplaced-token", None),
        ("[{{ fact('trade').value }}]: https://x.y/", "misplaced-token", None),
        ("| a |\n|---|\n| b | {{ fact('trade').value }} |", "misplaced-token", None),
        ("x {{ sources() }}", "misplaced-token", ["sources()"]),
        ("{{ sources() }}\n{{ page_break() }}", "misplaced-token", ["sources()", "page_break()"]),
        ("- {{ sources() }}", "misplaced-token", ["sources()"]),
        ("> {{ page_break() }}", "misplaced-token", ["page_break()"]),
        ("| {{ sources() }} |\n|---|", "misplaced-token", ["sources()"]),
        ("# {{ sources() }}", "misplaced-token", ["sources()"]),
    ],
)  # fmt: skip
def test_what_a_memo_has_no_form_for_is_a_problem_at_its_place(text: str, code: str, at: list[str] | None) -> None:
    found = [words for found_code, words in pointed(text) if found_code == code]
    assert found
    if at is None:
        assert all(words.startswith("fact('trade')") for words in found)
    else:
        assert found == at
    assert {found_code for found_code, _ in pointed(text)} <= {code, "unsupported-markdown"}


def test_a_definition_counts_as_used_also_where_its_link_stands_in_what_is_refused() -> None:
    text = "- # A [link][a]\n\n[a]: https://x.y/\n"
    assert problems(text) == ["1:1 unsupported-markdown: a heading in a list or a box"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("x\n\n    y", "text indented by four spaces or more is code: indent it by less"),
        ("<!-- x -->", "a remark for other writers is written {# ... #}"),
        ("> [!nota]\n> x", "did you mean 'note'?"),
        ("> [!xyz]\n> x", "it is one of 'bottom-line', 'note', 'warning'"),
        ("# Risks\n\n[x](#risk)", "did you mean 'risks'?"),
        ("x {{ sources() }}", "leave an empty line before it and after it"),
    ],
)
def test_a_problem_with_markdown_says_what_to_write_instead(text: str, hint: str) -> None:
    assert attempt(text)[1][0].hint == hint


def test_lists_and_emphasis_nested_beyond_reason_are_a_problem_and_no_crash() -> None:
    for text in (
        "> " * 200 + "x",
        "".join("  " * depth + "- x\n" for depth in range(100)),
        "*a **b " * 200 + "** *" * 200,
    ):
        found, faults = attempt(text)
        assert found is not None
        assert {problem.code for problem in faults} <= {"unsupported-markdown"}
    assert problems("> " * 200 + "x") != []


def test_a_fact_that_markdown_would_swallow_is_never_lost_in_silence() -> None:
    """Each of these was found to make Markdown drop text; whatever else does, is found by the count of facts."""
    for text in (
        "[a]: /x\n'{{ fact('trade').value }}'",
        "| a |\n|--|\n| b | {{ fact('trade').value }} |",
        "> " * 99 + "{{ fact('trade') }}",
    ):
        assert "misplaced-token" in {code for code, _ in pointed(text)}


def test_fact_text_is_never_read_as_markdown_or_jinja() -> None:
    from msgspec.structs import replace

    from tests.compose.harbour import DOSSIER, FACTS

    claim = "# *Not* **bold** [x](y) `c` {{ nope }} {% if %} <b> &amp; | \\ \n\n- item"
    facts = dataclasses.replace(DOSSIER, facts={"trade": replace(FACTS["trade"], claim=claim)})
    (paragraph,) = document("{{ fact('trade').claim }}", facts=facts).blocks
    assert isinstance(paragraph, Paragraph)
    assert [inline.text for inline in paragraph.content if hasattr(inline, "text")] == [claim]


# Anchors and keys


def test_anchors_are_plain_unique_and_a_sections_is_the_name_of_its_file(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"sections/risks.md": "# What could go wrong\n\n# Another\n\n## Detail\n"})
    text = "# Risks\n\n## Şəki, Größe & Łódź\n\n# Risks\n\n{% include 'sections/risks.md' %}\n\n# Риски\n\n# Риски\n"
    assert [line.split(" ")[1] for line in told(document(text, folder))] == [
        "#risks-2", "#seki-grosse-lodz", "#risks-3", "#risks", "#another", "#detail", "#section", "#section-2",
    ]  # fmt: skip


def test_keys_name_the_section_the_type_the_facts_and_the_ordinal_and_no_line() -> None:
    value = "{{ fact('trade').value }}"
    text = (
        f"Before.\n\n# Risks\n\nOne.\n\nTwo {value} {{{{ cite('strain') }}}}\n\n"
        f"- {value}\n- x\n\n| a |\n|---|\n| {value} |\n| {value} |\n"
    )
    found = document(text)
    assert [block.key for block in found.blocks] == [
        "/paragraph//1", "risks/heading//1", "risks/paragraph//1", "risks/paragraph/strain,trade/1",
        "risks/list/trade/1", "risks/table/trade/1",
    ]  # fmt: skip
    (table,) = (block for block in found.blocks if hasattr(block, "header"))
    assert [row.key for row in (table.header, *table.rows)] == [
        "risks/row//1",
        "risks/row/trade/1",
        "risks/row/trade/2",
    ]
    assert document("\n\n" + text).blocks == found.blocks


def test_a_run_of_words_is_one_text_however_many_tokens_it_was_written_in() -> None:
    (paragraph,) = document("{{ actor('port') }} is \\*here\\* &amp;\nthere{{ '!' }}").blocks
    assert paragraph == Paragraph((Text("Port of Halvern is *here* & there!"),), paragraph.key)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("{% if true %}One.{% endif %}\n\nTwo.", ["p One.", "p Two."]),
        ("{# aside #}One. {# aside #}\n\nTwo.", ["p One.", "p Two."]),
        ("{% if true %}\nOne.\n{% endif %}\n\nTwo.", ["p One.", "p Two."]),
        ("{% if true %}{% if true %}\nOne.\n{% endif %}{% endif %}\n\nTwo.", ["p One.", "p Two."]),
        ("One.\n{% set a = 1 %}\n\nTwo {{ a }}.", ["p One.", "p Two 1."]),
    ],
)
def test_a_line_of_text_that_ends_in_a_tag_still_ends(text: str, blocks: list[str]) -> None:
    assert told(document(text)) == blocks


def test_a_line_of_nothing_but_tags_leaves_no_gap_in_a_list() -> None:
    assert told(document("{% for n in [1, 2] %}\n- item {{ n }}\n{% endfor %}")) == told(document("- item 1\n- item 2"))
    assert told(document("- a {% if true %}b{% endif %}\n- c")) == told(document("- a b\n- c"))
