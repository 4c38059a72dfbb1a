"""Every word of a document knows its file, line and column, whatever Jinja and Markdown did on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memo.document.composed import Composed
from memo.document.tree import Claim, Footnote, Inline, Strong, Text
from memo.document.walk import block_nodes, inlines, text_runs
from memo.problem import Place
from memo.templating.filters import FILTERS, TESTS
from memo.templating.parser import ENVIRONMENT, offset_of, parse_template
from memo.templating.source import TemplateSource, lexed
from tests.compose.harbour import composed, document, folder_with


def every_inline(found: Composed) -> list[Inline]:
    """Every inline of a document, in reading order."""
    return [inline for run in text_runs(found.document) for inline in inlines(run)]


def in_notes(found: Composed) -> set[int]:
    """The inlines that stand in footnotes: memo's own words."""
    notes = [inline for inline in every_inline(found) if isinstance(inline, Footnote)]
    return {id(inline) for note in notes for inline in inlines(note.content)}


def written(found: Composed, files: dict[str, str]) -> None:
    """Check that each letter of each Text stands in the file, line and column that the places say."""
    for inline in every_inline(found):
        if isinstance(inline, Text) and id(inline) not in in_notes(found):
            for offset, letter in enumerate(inline.text):
                if letter.isalnum():
                    place = found.places.of(inline, offset)
                    assert place is not None
                    assert files[place.path].split("\n")[place.line - 1][place.column - 1] == letter, (inline, offset)


TEXTS = [
    "One two\n   three **four *five* six** seven\\*eight &amp; nine.\n\nTen\n",
    "- a b\n- c\n  d\n\n  - e\n\n    f\n\n1. g\n   h\n",
    "> a\n> b **c**\n>\n> - d\n>   e\nlazy f\n",
    "> [!note]\n> a b\n> c\n\n> [!warning]\n>\n> d\n",
    "# A b ##\n\nC d\n===\n\n####   E  #\n",
    "| ab | c |\n|:--|---|\n|  d \\| e | *f* g |\n|h|i\n",
    "> | ab | ab |\n> |---|---|\n> | ab | ab |\n",
    "Table: cap *tion* x\n\n| a |\n|---|\n",
    'see [a a](http://a.a/a "") a [b](<http://b.b/b b> ) b <http://x.y> c [d] e\n\n[d]: http://z\n',
    "a {{ fact('trade') }} b {{ cite('trade') }}, c {{ fact('trade').value }} d\n",
    "a  \nb\\\nc   d\te\n",
    "{% if true %}\n  a b\n{% endif %}\n{%- set x %} c **d** {% endset -%}\n  e {{ x }} f {{ x }}\n",
    "{% for x in [1, 2] %}\n- a {{ fact('trade') }} b\n{% endfor %}\n\nc\n",
    "{% macro m(a) %}x {{ a }} y{{ caller() }}{% endmacro %}p {% call m('') %} q {% endcall %} r\n",
    "{# z #}a{# y\n #} b {% raw %}{{ c }}{% endraw %} d\n",
    "  {%+ if true %} a {%- endif %}   b{{ '' -}}   c\n",
    "ə*ğ*ı — “ü” 𝔸 {{ fact('trade') }} é\n",
    "a *b{{ fact('trade').value }}c* d**{{ fact('trade').value }}**e\n",
    "![not an image]\\(a) \\[b] 2 \\* 3\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_letter_of_the_writers_is_found_where_its_place_says(text: str) -> None:
    written(composed(text), {"templates/note.md": text})
    windows = text.replace("\n", "\r\n")
    assert document(windows) == document(text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_letter_has_its_place_in_an_included_file_too(tmp_path: Path, text: str) -> None:
    folder = folder_with(tmp_path, {"sections/a.md": text})
    memo = "\n\nzero {% set q = 1 %}\n\n{% include 'sections/a.md' %}\n\nlast\n"
    written(composed(memo, folder), {"templates/note.md": memo, "templates/sections/a.md": text})


_WORDS = st.sampled_from(
    [
        "a",
        "bc",
        " ",
        "\n",
        "\n\n",
        "- ",
        "> ",
        "# ",
        "*",
        "**",
        "_",
        "| a | b |\n|---|---|\n| c | d |\n",
        "\\*",
        "&lt;",
        "  ",
    ]
)
_JINJA = st.sampled_from(
    [
        "{{ fact('trade').value }}",
        "{{ cite('trade') }}",
        "{% if true %}x{% endif %}",
        "{%- if true -%} y {%- endif -%}",
        "{% for i in [1, 2] %}\n- z {{ fact('trade').value }}\n{% endfor %}\n",
        "{% set s %} v *w* {% endset %}{{ s }}",
        "{# r #}",
    ]
)


@given(st.lists(_WORDS | _JINJA, max_size=30).map("".join))
def test_every_letter_of_any_template_is_found_where_its_place_says(text: str) -> None:
    from tests.compose.harbour import attempt

    found, _ = attempt(text)
    assert found is not None
    written(found, {"templates/note.md": text})


@given(
    st.lists(_WORDS | _JINJA | st.sampled_from(["{{", "}}", "{%", "%}", "'", "é", "{% raw %}", "-%}", "\t"])).map(
        "".join
    )
)
def test_the_lexers_tokens_are_found_again_in_the_text_each_at_its_offset(text: str) -> None:
    from jinja2 import TemplateSyntaxError

    lexer = ENVIRONMENT.lexer
    at = 0
    try:
        for offset, _, token in lexed(lexer, text):
            assert text[offset : offset + len(token)] == token
            assert text[at:offset].strip() == ""
            at = offset + len(token)
    except TemplateSyntaxError:
        pass


def test_a_claim_and_its_note_have_the_place_of_the_expression_that_printed_them() -> None:
    found = composed("a {{ fact('trade') }} b\n  {% for f in facts('benefits') %} {{ f }} {% endfor %}")
    claims = [inline for inline in every_inline(found) if isinstance(inline, Claim | Footnote)]
    assert [str(found.places.of(claim)) + f"+{found.places.of(claim).length}" for claim in claims] == [  # type: ignore[union-attr]
        "templates/note.md:1:6+13",
        "templates/note.md:1:6+13",
        "templates/note.md:2:39+1",
        "templates/note.md:2:39+1",
        "templates/note.md:2:39+1",
        "templates/note.md:2:39+1",
    ]


def test_a_claim_that_a_macro_or_a_set_block_prints_has_its_place_there(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"m.md": "{% macro m(id) %}\n{{ fact(id).value }}{% endmacro %}"})
    text = "{% from 'm.md' import m %}\n{% set s %}{{ fact('trade').value }}{% endset %}\n{{ s }} {{ m('trade') }}"
    found = composed(text, folder)
    claims = [inline for inline in every_inline(found) if isinstance(inline, Claim)]
    assert [str(found.places.of(claim)) for claim in claims] == ["templates/note.md:2:15", "templates/m.md:2:4"]


def test_a_name_that_stands_among_the_writers_words_has_the_place_of_its_expression() -> None:
    found = composed("At the {{ actor('port') }} now")
    (text,) = every_inline(found)
    assert isinstance(text, Text)
    at = [found.places.of(text, text.text.index(word)) for word in ("At", "Halvern", "now")]
    assert [place and (place.column, place.length) for place in at] == [(1, 7), (11, 13), (28, 3)]


def test_a_place_within_a_text_says_how_far_its_line_goes() -> None:
    found = composed("one two\nthree")
    (text,) = every_inline(found)
    assert [found.places.of(text, offset) for offset in (0, 4, 8, 10)] == [
        Place("templates/note.md", 1, 1, 7),
        Place("templates/note.md", 1, 5, 3),
        Place("templates/note.md", 2, 1, 5),
        Place("templates/note.md", 2, 3, 3),
    ]


def test_every_block_row_and_item_has_a_place_and_so_has_every_inline() -> None:
    text = (
        "# H\n\npara\n\n- a\n- b\n\n| c |\n|---|\n| d |\n\n> e\n\n> [!note]\n> f\n\n---\n\n{{ page_break() }}\n\n"
        "{{ figure('timeline', section='summary', caption='cap') }}\n\n{{ sources() }}\n\n{{ source_summary() }}\n"
    )
    found = composed(text)
    lines = {
        type(node).__name__: place.line
        for node in block_nodes(found.document.blocks)
        if (place := found.places.of(node)) is not None
    }
    assert lines == {
        "Heading": 1, "Paragraph": 25, "List": 23, "ListItem": 23, "Table": 8, "Row": 10, "Quotation": 12,
        "Callout": 14, "Rule": 17, "PageBreak": 19, "Figure": 21,
    }  # fmt: skip
    assert all(found.places.of(inline) for inline in every_inline(found))


def test_two_equal_sentences_have_each_their_own_place() -> None:
    found = composed("same\n\nsame\n\n**same**")
    places = [found.places.of(inline) for inline in every_inline(found)]
    assert [place and place.line for place in places] == [1, 3, 5, 5]
    assert found.places.of(Text("same")) is None
    assert found.places.of(Strong((Text("same"),))) is None


@given(st.text(alphabet="ab\n", max_size=30), st.integers(0, 30), st.integers(1, 9))
def test_a_place_never_reaches_beyond_its_line(text: str, offset: int, length: int) -> None:
    offset = min(offset, len(text))
    place = TemplateSource("x", text).place(offset, length)
    lines = text.split("\n")
    assert place.line == text[:offset].count("\n") + 1
    assert place.column == offset - (text.rfind("\n", 0, offset) + 1) + 1
    assert place.length == 1 or place.column - 1 + place.length <= len(lines[place.line - 1])


def test_what_a_note_says_has_the_place_of_its_own_note_where_the_same_is_cited_again() -> None:
    found = composed("a {{ cite('trade') }} b\n\nc {{ cite('trade') }}")
    notes = [inline for inline in every_inline(found) if isinstance(inline, Footnote)]
    places = [found.places.of(inline) for note in notes for inline in note.content]
    assert [place and (place.line, place.column) for place in places] == [(1, 6), (3, 6)]


@pytest.mark.parametrize(
    "call",
    ["fact('a')", 'fact("a-b").phrase', "cite('a', 'b',\n 'c')", "actor( 'a' ).name", "source('a').label", "fact('ə')"],
)
def test_a_call_with_nothing_but_ids_is_read_as_jinja_reads_it(call: str) -> None:
    def nodes(text: str) -> list[tuple[object, ...]]:
        from jinja2.nodes import Node

        parsed = parse_template(TemplateSource("note.md", text), FILTERS, TESTS, lambda *_: None)
        assert parsed is not None
        found = [parsed.tree, *parsed.tree.find_all(Node)]
        return [(type(node), offset_of(node), *(held for _, held in node.iter_fields())) for node in found]

    assert nodes(f"{{{{  {call} }}}}") == nodes(f"{{{{ ({call})}}}}")  # Jinja's own way goes through brackets
