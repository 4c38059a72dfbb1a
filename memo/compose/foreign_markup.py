r"""Markup of other Markdown tools, found in what Markdown took for plain words.

Pandoc, GitHub, Quarto, Obsidian, LaTeX and others have marks that CommonMark prints as they were typed. A memo has no
form for them, and nobody wants them printed. What is found here stands in text that is a writer's own and not escaped:
``\~`` is a tilde, whatever comes after it. A mark that plain text has as well (a price, a time, an address) is left
alone: each pattern asks for all that makes it markup, such as what closes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

HIDDEN = "\0"
"""Stands for each character that is no plain word: markup that Markdown knows, an escape, a link's address."""

CUT_OFF_ROW = (
    "this row belongs to no table",
    "the rows of a table follow its header and a line |---|---|, without an empty line between them: in a loop, "
    "{% for %} and {% endfor %} stand on the lines right above and below the row; a | that is meant as such is "
    "written \\|",
)
TASK = (
    "a memo has no form for a task's box",
    "say in words what is done and what is to do; a [ that is meant as such is written \\[",
)
OWN_NOTE = (
    "a memo has no form for a note of the writer's own",
    'a note cites facts: {{ cite("id") }}; a remark stands in the text, in round brackets',
)


class Found(NamedTuple):
    """Some markup: where it stands in the text, how long it is, what is wrong, and what to write instead."""

    offset: int
    length: int
    message: str
    hint: str


class _Kind(NamedTuple):
    pattern: re.Pattern[str]
    message: str
    hint: str
    confirmed: Callable[[re.Match[str]], bool] = lambda _: True
    once: bool = False
    """Told once a paragraph: its lines are one mistake."""


def foreign_markup(text: str) -> Iterator[Found]:
    """Yield what is markup elsewhere, in order; of marks within one another, the outermost."""
    if not _ANY.search(text):
        return
    found = [
        Found(match.start("it"), len(match["it"]), *_told(kind, match))
        for kind in _KINDS
        for match in _matches(kind, text)
    ]
    end = 0
    for one in sorted(found, key=lambda one: (one.offset, -one.length)):
        if one.offset >= end:
            yield one
            end = one.offset + one.length


def _matches(kind: _Kind, text: str) -> Iterator[re.Match[str]]:
    matches = (match for match in kind.pattern.finditer(text) if kind.confirmed(match))
    if not kind.once:
        yield from matches
    elif first := next(matches, None):
        yield first


def _told(kind: _Kind, match: re.Match[str]) -> tuple[str, str]:
    """Return message and hint, in which ``{it}`` stands for what was written."""
    written = " ".join(match["it"].replace(HIDDEN, "…").split())
    written = written if len(written) <= 40 else f"{written[:40]}…"
    return kind.message.replace("{it}", written), kind.hint.replace("{it}", written)


_ANY = re.compile(
    r"[\[\]^~{}\\$@|#•▪◦‣●%]|==|\+[+=:-]|\*\*|://|www\.|:[a-z0-9_+-]+:|^[ \t]*(?::|!!!|\?\?\?|///|\.\. )|"
    r"^[ \t]*:?-{2,}:?[ \t]*\|",
    re.MULTILINE,
)
"""What any of the patterns below begins with: most text has none of it, and is not looked at any further."""

_LATEX = (
    "newpage|pagebreak|clearpage|ref|autoref|pageref|cite[a-z]*|label|footnote|textbf|textit|emph|underline|begin|end"
)
_MATH_SIGN = re.compile(r"[\\^_=<>+*{}]")
_CURRENCY = re.compile(r"(?:^|[\s(/])[A-Z]{1,3}$")
_BOX = "a box is a quotation whose first line is its name: > [!note], > [!warning] or > [!bottom-line]"
_PLAIN = "write it in plain words"


def _is_formula(match: re.Match[str]) -> bool:
    """Tell a formula between dollars from two prices: by its signs, or as it is one word, ``$n$``."""
    inner = match["inner"]
    if inner[0].isdigit() and _CURRENCY.search(inner):  # $5 a barrel or 6 A$
        return False
    if not re.search(r"\s", inner):
        return inner[-1].isalnum() or inner[-1] in ")}'!" + HIDDEN
    return bool(_MATH_SIGN.search(inner))


def _is_heading(match: re.Match[str]) -> bool:
    """Tell ``#Summary`` from a sentence that begins with a word so marked, or a number: ``#1``."""
    hashes, rest = match["hashes"], match["rest"]
    if len(hashes) > 1:
        return True
    alone = match.start() == 0 and match.end() == len(match.string)
    return alone and rest[0].isalpha() and rest.rstrip()[-1] not in ".!?:;,"


def _kind(
    pattern: str, message: str, hint: str, confirmed: Callable[[re.Match[str]], bool] = lambda _: True,
    once: bool = False,
) -> _Kind:  # fmt: skip
    pattern = pattern if "(?P<it>" in pattern else f"(?P<it>{pattern})"
    return _Kind(re.compile(pattern, re.MULTILINE), message, hint, confirmed, once)


_KINDS = (
    # Notes, references, tables of contents
    _kind(r"\^\[[^\]]*\]?", *OWN_NOTE),
    _kind(r"\[\^[^\]\s]+\]:?", *OWN_NOTE),
    _kind(
        r"^[ \t]*(?P<it>\[\[?[\0_]*(?:TOC|toc|Toc)[\0_]*\]\]?)[ \t]*$",
        "a memo has no form for a table of contents",
        "leave it out: a PDF's outline and Word's navigation list the headings",
    ),
    _kind(
        r"\[(?:[^\[\]\n]*[\s;(])?-?@[A-Za-z0-9_][^\[\]\n]*\]",
        "a memo has no form for a citation key",
        'cite facts, and their sources come with them: {{ cite("id") }}',
    ),
    _kind(
        r"(?<![\w@.])@(?:(?:fig|tbl|tab|sec|eq|lst|thm)[-:]\w[\w-]*|[A-Za-z]+:?(?:19|20)\d\d[a-z]?\b)",
        "a memo has no form for the reference '{it}'",
        "a link to a heading is written [words](#heading); facts are cited with {{ cite(...) }}",
    ),
    _kind(
        r"^[ \t]*(?P<it>\*\[[^\]\n]+\]:)",
        "a memo has no form for a list of abbreviations",
        "spell it out where it first stands: United Nations (UN)",
    ),
    # Links that are none
    _kind(
        r"\[\[[^\[\]\n]+\]\]",
        "a memo has no form for the link '{it}'",
        "a link to a heading is written [words](#heading)",
    ),
    _kind(
        r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]",
        "this link has no definition",
        "write [words](https://...), or define its name: [name]: https://...",
        lambda match: re.search(r"[^\d\[\]]", match["it"]) is not None,
    ),
    _kind(
        r"\[[^\[\]\n]*\]\([^()\n]*\)?|\[[^\[\]\n]+\] +\((?:https?:|mailto:|#|www\.)[^()\n]*\)?",
        "this is not a link as Markdown reads them",
        "write [words](https://...), with no space between ] and (, none in the address, and ) at its end",
    ),
    _kind(
        r"(?<![\w@])(?P<it>(?:https?://|www\.)\w[^\s<>\0]*[^\s<>\0.,;:!?)'\"’”\]])",
        "an address alone does not become a link",
        "write <https://...>, or [words](https://...)",
    ),
    # Marks around words
    _kind(
        r"\{(?:\+\+|--|~~|>>|==)[^}\n]*\}?",
        "a memo has no form for marks of an edit",
        "write the text as it is to be: memo redline shows what changed",
    ),
    _kind(
        r"(?<!~)~~(?![\s~])[^\n~]*(?:\n[^\n~]+)*~~(?!~)",
        "a memo has no form for words struck out",
        "take them out: memo redline shows what changed; a ~ that is meant as such is written \\~",
    ),
    _kind(
        r"(?<![\w~/\0])~(?=[^\s~/])[^~\n]*[^\s~/]~(?![\w~])",
        "a memo has no form for words struck out",
        "take them out: memo redline shows what changed; a ~ that is meant as such is written \\~",
    ),
    _kind(
        r"(?<=[\w)\]\0])~[^~\s/\0]+~(?!~)",
        "a memo has no form for letters below the line",
        "write the character itself, as in H₂O, or plain words",
    ),
    _kind(
        r"(?<=[\w)\]\0])\^[\w+\-−*.,()\0]+\^(?![\d−-])",
        "a memo has no form for letters above the line",
        "write the character itself, as in m², or plain letters: 2nd",
    ),
    _kind(
        r"(?<!\^)\^\^(?=[^\s^])[^\n^]+\^\^(?!\^)",
        "a memo has no form for underlined words",
        "write **bold** or *italics*",
    ),
    _kind(
        r"(?<![\w=<>!])==(?=[^\s=])[^\n=]*[^\s=]==(?![\w=])|(?<=[^\W\d])==[^\W\d]+==(?=[^\W\d])",
        "a memo has no form for marked words",
        "write **bold**, or make a box: > [!note]; a = that is meant as such is written \\=",
    ),
    _kind(
        r"(?<![\w+])\+\+(?=[\w\"'“(*\0])[^\n+]*[^\s+]\+\+(?![\w+])",
        "a memo has no form for underlined words",
        "write **bold** or *italics*; a + that is meant as such is written \\+",
    ),
    _kind(
        r"(?<![^\s(])\*\*(?:[ \t]+[^*\n]+\*\*|[^\s*][^*\n]*[ \t]+\*\*)|(?<![\w*\0])\*\*(?=\w)",
        "these asterisks make nothing bold",
        "write **bold**, with no space within the asterisks; one that is meant as such is written \\*",
    ),
    _kind(r"%%(?=\S)[^%\n]+%%", "a memo has no form for a remark", "a remark for other writers is written {# ... #}"),
    _kind(
        r"(?<![\w:]):(?:(?=[a-z0-9_+-]*[a-z])[a-z0-9_+-]{2,}|[+-]1):(?![\w:])",
        "a memo has no form for '{it}'",
        "write the character itself, or say it in words",
    ),
    _kind(
        r"\{:?[ ]*[.#][A-Za-z][^{}\n]*\}|\{:[^{}\n]+\}|\{[A-Za-z-]+=[^{}\n]*\}",
        "a memo has no form for attributes",
        "leave them out: how memos look stands in templates/style.yaml",
    ),
    # LaTeX
    _kind(
        r"\$\$(?!\s*\$)[^$]+\$\$",
        "a memo has no form for a formula",
        f"{_PLAIN}; a dollar that is meant as such is written \\$",
    ),
    _kind(
        r"(?<![\w\\$])\$(?![\s$])(?P<inner>[^$]{1,200})(?<!\s)\$(?![\w$])",
        "a memo has no form for a formula",
        f"{_PLAIN}; a dollar that is meant as such is written \\$",
        _is_formula,
    ),
    _kind(
        r"\\(?:newpage|pagebreak|clearpage|cleardoublepage)\b",
        "a memo has no form for LaTeX",
        "a new page is {{ page_break() }}, alone in its paragraph",
    ),
    _kind(
        rf"\\(?:{_LATEX})\b|\\[A-Za-z]+(?=[{{\[])|(?<![\w\\:./])\\[A-Za-z]{{2,}}\b(?!\\)",
        "a memo has no form for LaTeX",
        "a link to a heading is written [words](#heading), facts are cited with {{ cite(...) }}; a backslash that is "
        "meant as such is written \\\\",
    ),
    # Blocks
    _kind(r"^[ \t]*(?P<it>:{3,}.*)$", "a memo has no form for a part fenced by colons", _BOX),
    _kind(r"^[ \t]*(?P<it>(?:!!!|\?\?\?\+?|/{3,})[ \t]*[a-z].*)$", "a memo has no form for this box", _BOX),
    _kind(r"^[ \t]*(?P<it>\.\. [\w-]+::.*)$", "a memo has no form for a directive", _BOX),
    _kind(r"^[ \t]*(?P<it>[-*+]\[[ xX]\]|\[ \])(?=\s|$)", *TASK),
    _kind(
        r"^[ \t]*(?P<it>:[ \t]+\S.*)$",
        "a memo has no form for a list of definitions",
        "write a list: - **Word**: what it means",
    ),
    _kind(
        r"^[ \t]*(?P<it>\+(?:[-=:]{2,}\+)+)[ \t]*$",
        "a memo has no form for a table drawn with + and -",
        "write its header as | one | two |, then a line |---|---|, then its rows",
        once=True,
    ),
    _kind(r"^[ \t]*(?P<it>\|[^|\n]*\|.*)$", *CUT_OFF_ROW, once=True),
    _kind(
        r"^[ \t]*(?P<it>\|[^|\n]*)$",
        "a memo has no form for lines that begin with a bar",
        "a new line is a backslash at the end of the line before; a | that is meant as such is written \\|",
        once=True,
    ),
    _kind(
        r"^[ \t]*(?P<it>:?-{2,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+)$",
        "this line makes no table",
        "it stands right below a table's header, and has as many parts as that",
    ),
    _kind(
        r"^[ \t]*(?P<it>(?P<hashes>#{1,7})(?P<rest>[^\s#].*))$",
        "this is not a heading as Markdown reads them",
        "write a space after the hashes; a # that is meant as such is written \\#",
        _is_heading,
    ),
    _kind(r"^[ \t]*(?P<it>={2,6}[ \t].*[ \t]={2,6})[ \t]*$", "a memo has no form for this heading", "write ## Heading"),
    _kind(r"^[ \t]*(?P<it>[•▪◦‣●])[ \t]", "this sign makes no list", "write - at the start of each item's line"),
)
