"""What spoils a project: a small good one as bytes, and ways in which people and programs break its files."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import strategies as st

GOOD: dict[str, bytes] = {
    path: text.encode("utf-8")
    for path, text in {
        "facts/harbour/harbour.yaml": """\
subjects: [port]
sources:
  gazette:
    type: article-newspaper
    label: Halvern Gazette
    title: Due ormeggi
    language: it
    issued: "2031-03-02"
    accessed: 2031-03-05
    URL: https://gazette.example/a?b=1
    origin: port-office
    reliability: B
    descriptor: Local newspaper; reports what the port office says.
    text: gazette.txt
    text-digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
actors:
  port: {name: Port of Halvern, short: Port, also: [the harbour]}
facts:
  berths-open:
    kind: event
    status: done
    claim: The Port of Halvern opened two berths in 2030, the Halvern Gazette reports.
    brief: Two berths opened.
    phrase: two berths
    label: Two berths open
    date: "2030"
    actors: [port]
    support:
      - {source: gazette, locator: para. 2, quote: "two new berths", credibility: 2}
    as_of: "2031-03-02"
    review_by: "2031-09"
    sections: [summary]
    allow: {uncarried-figure: It is looked at next week.}
""",
        "facts/harbour/more.yaml": """\
facts:
  rail-link:
    kind: commitment
    status: announced
    claim: >-
      The port office says that it intends
      to build a rail link.
    label: Rail link intended
    date: "2031-03"
    due: 2033/..
    support:
      - {source: gazette, locator: paras. 3-4, quote: intends to build, prefix: office, credibility: 3}
    as_of: "2031-03-02"
    sections: [summary]
  strain:
    kind: assessment
    claim: The desk judges that the rail link is likely to crowd the quay.
    judged_by: the desk
    basis: the plans of the quay.
    rests_on: [rail-link]
    likelihood: {scale: icd203, term: likely, by: the desk}
    as_of: "2031-03-02"
  trade:
    kind: quantity
    claim: The port handles 12 per cent more.
    value: {amount: "12", unit: per cent}
    support: [{source: gazette, locator: headline, quote: 12 per cent}]
    as_of: "2031-03-02"
""",
        "templates/note.md": """\
---
title: Work at the Port of Halvern
to: Harbour committee
from: Port desk
date: 2031-03-14
dossier: harbour
severities: {uncarried-figure: note}
---
{% include "sections/summary.md" %}

# More

> **Box.** {{ fact("strain").claim }} {# memo: allow early-date: it is said #}

| a | b |
|---|---|
| {{ fact("rail-link").label }} | {{ fact("trade").value }} |

{{ figure("timeline", section="summary", alt="Two steps", caption="Steps") }}

{{ source_summary() }}

{{ sources() }}
""",
        "templates/sections/summary.md": """\
# Summary

{% for f in facts(section="summary") %}
- {{ f }} *{{ f.date }}*
{% endfor %}

By {{ fact("berths-open").date }} it had **two new berths**, see [more](#more).{{ cite("berths-open") }}
""",
        "templates/style.yaml": """\
page: {size: Letter, margin-top-mm: 22}
colours: {heading: "#123456"}
banner: OFFICIAL
origins: {port-office: the port office}
words:
  en: {to: To whom, days: "{first} to {last} {month} {year}"}
""",
        "articles/gazette.txt": """\
Halvern grows by 12 per cent

The port has two new berths since 2030.

The office intends to build a rail link.
""",
    }.items()
}

_YAML = [
    b"&a [*a, *a]", b"&a {b: *a}", b"*nope", b"!!python/object/apply:os.system [x]", b"!!binary aGk=", b"!!set {a, b}",
    b"!x y", b"<<: {a: 1}", b"{<<: *x}", b"1e999", b"0x1F", b".inf", b"-.nan", b"9" * 5000, b"-0", b"2026-99-99",
    b"2026-02-30", b"2026-01-01T00:00:00Z", b"2031/2030", b"Y999999999", b"-9999", b"XXXX", b"null", b"~", b"true",
    b"no", b"{}", b"[]", b"[[]]", b"{a: {b: c}}", b"''", b'""', b'"\\ud800"', b'"\\x00"', b'"\\U0010ffff"', b'"\\q"',
    b"|\n  x", b">2\n", b"- - - -", b"? a", b": :", b"%YAML 9.9", b"---", b"...", b"\tx", b"@", b"`", b"a: b: c",
    b"{", b"}", b"[", b"[" * 3000, b"{a: " * 3000, b"- " * 3000, b"x" * 70000, b"#", b"gazette", b"berths-open",
    b"rail-link", b"strain", b"port", b"sha256:x", b"../../secret", b"/etc/passwd", b"A", b"1", b"event", b"en",
]  # fmt: skip
_TEMPLATE = [
    b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b"{% if %}", b"{% for x in y %}", b"{% endfor %}", b"{{ fact( }}",
    b"{{ fact('berths-open' }}", b"{{ fact(1) }}", b"{{ fact(none).x.y }}", b"{{ fact('nope') }}", b"{{ facts }}",
    b"{{ fact('trade').value.amount }}", b"{{ 9**9**9 }}", b"{{ 'a' * 10**9 }}", b"{{ range(10**9) }}",
    b"{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
    b"{% include 'sections/summary.md' %}", b"{% include '../note.md' %}", b"{% include '/etc/passwd' %}",
    b"{% include ['a', 'b'] %}", b"{% extends 'note.md' %}", b"{% import 'note.md' as n %}", b"{% block a %}",
    b"{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", b"{{ ''.__class__.__mro__ }}", b"{{ self }}", b"{{ cite() }}",
    b"{{ fact('trade')|upper }}", b"{{ fact('trade')|nope }}", b"{{ sources }}", b"{{ sources() }} x", b"{{ 1/0 }}",
    b"{{ figure('pie') }}", b"{{ figure('bars', facts=[1, none]) }}", b"{{ figure() }}", b"{% raw %}", b"{{ -}}",
    b"{% set a = fact('trade') %}{{ a }}", b"{{ '%s %d' % 'a' }}", b"{{ 'x'.format(1) }}", b"{{ [1][5] }}", b"{{ {} }}",
    b">" * 400, b"- " * 300, b"1. " * 300, b"[a](" * 300, b"[" * 3000, b"*" * 3000, b"**" * 500, b"|a|b|\n|-|", b"|-|",
    b"<script>", b"<!-- x", b"![x](y)", b"[^1]: x", b"```", b"~~~", b"    code", b"#" * 9, b"# \n", b"***", b"===",
    b"[x](#nope)", b"[x](javascript:1)", b"[x]: http://[", b"&#xD800;", b"&#0;", b"&nbsp;", b"\\", b"  \n", b"---",
    b"{# memo: allow #}", b"{# memo: allow early-date #}", b"{# memo: allow nope: x #}", b"{# memo: x", b"{#memo:#}",
]  # fmt: skip
_ANY = [
    b"\x00", b"\x07", b"\x1b[31m", b"\x7f", b"\x85", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\r",
    b"\r\n", b"\n", b"\n\n", b"\t", b" ", "\u2028".encode(), "\ufeff".encode(), "\ufffe".encode(), "\ue000".encode(),
    "\U000f0000".encode(), "\u202e".encode(), "\u200b".encode(), "e\u0301".encode(), "𝔘".encode(), "漢字".encode(),
    "שלום".encode(), "…—“”".encode(), b"",
]  # fmt: skip

Spoil = Callable[[bytes], bytes]


def _at(share: float, size: int) -> int:
    return min(size, int(share * (size + 1)))


def put(share: float, what: bytes) -> Spoil:
    """Put something in."""
    return lambda data: data[: (at := _at(share, len(data)))] + what + data[at:]


def cut(share: float, length: int) -> Spoil:
    """Take so many bytes out; all the rest, where there are fewer."""
    return lambda data: data[: (at := _at(share, len(data)))] + data[at + length :]


def flip(share: float, by: int) -> Spoil:
    """Change one byte."""

    def spoil(data: bytes) -> bytes:
        at = _at(share, len(data) - 1) if data else 0
        return data[:at] + bytes((data[at] ^ by,)) + data[at + 1 :] if at < len(data) else data

    return spoil


def value(share: float, what: bytes) -> Spoil:
    """Replace what follows a key, a comma or a bracket."""

    def spoil(data: bytes) -> bytes:
        found = list(re.finditer(rb"(?<=: )[^\n,}\]]+|(?<=- )[^\n]+|(?<=\[)[^\]\n]+", data))
        if not found:
            return data
        match = found[_at(share, len(found) - 1)]
        return data[: match.start()] + what + data[match.end() :]

    return spoil


def lines(first: float, second: float, how: str) -> Spoil:
    """Delete, double, swap, indent, unindent or join lines."""

    def spoil(data: bytes) -> bytes:
        all_lines = data.split(b"\n")
        a, b = _at(first, len(all_lines) - 1), _at(second, len(all_lines) - 1)
        match how:
            case "delete":
                del all_lines[min(a, b) : max(a, b) + 1]
            case "double":
                all_lines.insert(b, all_lines[a])
            case "swap":
                all_lines[a], all_lines[b] = all_lines[b], all_lines[a]
            case "in":
                all_lines[a] = b"   " + all_lines[a]
            case "out":
                all_lines[a] = all_lines[a].lstrip()
            case _:
                all_lines[a : a + 2] = [b"".join(all_lines[a : a + 2])]
        return b"\n".join(all_lines)

    return spoil


def whole(how: str) -> Spoil:
    """Write the whole file in another form."""

    def spoil(data: bytes) -> bytes:
        text = data.decode("utf-8", "replace")
        match how:
            case "mark":
                return b"\xef\xbb\xbf" + data
            case "crlf":
                return data.replace(b"\n", b"\r\n")
            case "cr":
                return data.replace(b"\n", b"\r")
            case "empty":
                return b""
            case "twice":
                return data + data
            case "large":
                return data + b"# filler\n" * 300_000
            case _:
                return text.encode(how, "replace")

    return spoil


def spoils(path: str) -> st.SearchStrategy[Spoil]:
    """Return ways to spoil a file of this name."""
    share = st.floats(0, 1, exclude_max=True)
    pool = _TEMPLATE + _ANY if path.endswith(".md") else _YAML + _ANY
    return st.one_of(
        st.builds(put, share, st.sampled_from(pool)),
        st.builds(value, share, st.sampled_from(_YAML + _ANY)),
        st.builds(lines, share, share, st.sampled_from(["delete", "double", "swap", "in", "out", "join"])),
        st.builds(cut, share, st.sampled_from([1, 2, 7, 40, 10**6])),
        st.builds(flip, share, st.integers(1, 255)),
        st.builds(
            whole, st.sampled_from(["mark", "crlf", "cr", "empty", "twice", "large", "utf-16", "latin-1", "utf-7"])
        ),
    )
