"""Markdown's inline tokens, with the facts among them, made the inlines of a document.

Quotation marks stay as written: which ones a language uses, and where a quotation
that a source printed begins, is the writer's to say.

Inlines in the making, and the house rules for footnotes among them.

A footnote follows what is before it without a space; where bold or italics end with it, it stands after them; it never
stands in a link, but after it; and footnotes side by side are one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token as MarkdownToken

from memo.compose.layout import Work, is_token
from memo.compose.markdown import Span
from memo.compose.sources import footnote_content
from memo.document.composed import SourceSpan, cut
from memo.document.tree import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Strong, Text
from memo.document.walk import inlines as inlines_in
from memo.problem import Place
from memo.templating.source import UNWANTED
from memo.templating.values import Broken, Cite, Leaf, Part, Rich, WriterText

_PARTS = re.compile("[\U000f0000-\U000ffffd]|[ \t]{2,}|\t|(?:[^ \t\U000f0000-\U000ffffd]+| (?![ \t]))+")
"""One token; white space that shows as one space; words."""

MOST_NESTED = 20
"""Lists within lists, emphasis within emphasis."""

_WEB = re.compile(r"(https?://[^/]|mailto:.)", re.IGNORECASE)


def inlines(work: Work, tokens: list[MarkdownToken], content: str, span: Span, start: int = 0) -> tuple[Inline, ...]:
    """The inlines of a block. ``content`` is its text, ``span`` where that stands; ``start`` leaves out what is before.

    Problems: ``unsupported-markdown``, ``misplaced-token``, ``bad-character``.
    """
    return finished(work, _Reader(work, content, span, start).read(tokens))


def printed_inlines(work: Work, printed: Rich) -> tuple[Inline, ...]:
    """Printed text as inlines, without Markdown: a caption that is given as an argument."""
    items: list[Draft] = []
    for piece in printed.pieces:
        if isinstance(piece, WriterText):
            place = piece.source.place(piece.offset, piece.length)
            items.append(DraftWords(" ".join(piece.text.split("\n")), [SourceSpan(0, place)]))
        else:
            items.extend(_token_items(work, piece.value, piece.place))
    return finished(work, items)


def _token_items(work: Work, value: Leaf, place: Place) -> list[Draft]:
    """What a fact, a name or a note is among inlines; a block is nothing there."""
    match value:
        case Part(text=text, facts=()) as part:
            if part.language:
                return [Done(Text(text, part.language), place)]
            return [DraftWords(text, [SourceSpan(0, place)])] if text else []
        case Part(text=text, facts=facts, part=name, language=language):
            return [Done(Claim(text, facts, name, language), place)]
        case Cite(facts=facts):
            return [DraftNote(facts, place)]
        case Broken(shown=shown):
            return [DraftWords(shown, [SourceSpan(0, place)])]
        case _:
            hint = "leave an empty line before it and after it"
            work.report(
                "misplaced-token", "this block stands alone in its paragraph, at no list's or box's", place, hint
            )
            return []


class _Reader:
    """Goes through a block's inline tokens, and through its text along with them, so that each has its place.

    Markdown-it gives inline tokens no position; but each stands in the text after the one before it.
    """

    def __init__(self, work: Work, content: str, span: Span, start: int) -> None:
        self.work = work
        self.content = content
        self.span = span
        self.at = start

    def read(self, tokens: Iterable[MarkdownToken]) -> list[Draft]:
        root: list[Draft] = []
        open_wraps: list[Wrap] = []
        for token in tokens:
            items = open_wraps[-1].inner if open_wraps else root
            if token.nesting > 0:
                open_wraps.append(self._opened(token))
            elif token.nesting < 0 and open_wraps:
                wrap = open_wraps.pop()
                self._closed(token)
                outer = open_wraps[-1].inner if open_wraps else root
                outer.extend(self._nested(wrap, len(open_wraps)))
            else:
                items.extend(self._leaf(token))
        return root

    def _nested(self, wrap: Wrap, depth: int) -> list[Draft]:
        if depth < MOST_NESTED:
            return [wrap]
        self.work.report("unsupported-markdown", "bold and italics are nested too deep", wrap.place)
        return wrap.inner

    def _opened(self, token: MarkdownToken) -> Wrap:
        kind = token.type.removesuffix("_open")
        if kind != "link":
            place = self.span.place(self._past(token.markup))
            return Wrap(kind, place)
        start = self._past("<" if token.markup == "autolink" else "[")
        place = self.span.place(start, token.meta.get("end", start + 1) - start)
        return Wrap(kind, place, self._target(token, place))

    def _closed(self, token: MarkdownToken) -> None:
        if "end" in token.meta:
            self.at = token.meta["end"]
        else:
            self._past(">" if token.type == "link_close" else token.markup)

    def _past(self, markup: str) -> int:
        """Go past the next occurrence of this; where it starts."""
        found = self.content.find(markup, self.at) if markup else -1
        if found < 0:
            return self.at
        self.at = found + len(markup)
        return found

    def _target(self, token: MarkdownToken, place: Place) -> str:
        """A link's target, if it is one that a memo can have."""
        written, title = str(token.attrGet("href") or ""), str(token.attrGet("title") or "")
        if any(map(is_token, written + title)):
            self.work.misplace(written + title, "a link's destination")
            return ""
        if title:
            self.work.report("unsupported-markdown", "a link has no title in a memo", place)
        if written.startswith("#"):
            return written
        target = normalizeLink(written)
        if not _WEB.match(target):
            hint = "it leads to https://..., http://..., mailto:... or #a-heading"
            self.work.report("unsupported-markdown", f"a link cannot lead to '{written[:80]}'", place, hint)
            return ""
        return target

    def _leaf(self, token: MarkdownToken) -> list[Draft]:
        match token.type:
            case "text":
                return self._text(token.content)
            case "text_special":
                return self._special(token)
            case "softbreak":
                return self._words(" ", self._past("\n"))
            case "hardbreak":
                return [Done(LineBreak(), self.span.place(self._past("\n")))]
            case _:
                return self._refused(token)

    def _text(self, text: str) -> list[Draft]:
        start = self.content.find(text, self.at)
        start = start if start >= 0 else self.at
        items: list[Draft] = []
        for found in _PARTS.finditer(text):
            part = found[0]
            token = self.work.token(part) if is_token(part[0]) else None
            if token is not None:
                items += _token_items(self.work, token.value, token.place)
            else:
                items += self._words(part if part.strip(" \t") else " ", start + found.start())
        self.at = start + len(text)
        return items

    def _words(self, text: str, start: int) -> list[Draft]:
        return [DraftWords(text, self.span.stretches(start, len(text)))]

    def _special(self, token: MarkdownToken) -> list[Draft]:
        """``\\*`` and ``&amp;``: one character, written as several."""
        start = self._past(token.markup)
        place = self.span.place(start, len(token.markup))
        text = token.content
        if UNWANTED.search(text) or text == "\ufffd":
            self.work.report("bad-character", "a control or private-use character", place)
            text = UNWANTED.sub("\ufffd", text)
        return [DraftWords(text, [SourceSpan(0, place)])]

    def _refused(self, token: MarkdownToken) -> list[Draft]:
        what, hint = {
            "code_inline": ("code", "a backtick that is meant as such is written \\`"),
            "html_inline": ("HTML", "a < that is meant as such is written \\<"),
            "image": ("an image", "a memo's figures are drawn from facts: {{ figure(...) }}"),
        }.get(token.type, (f"Markdown's {token.type}", ""))
        mark = {"code_inline": token.markup, "image": "!["}.get(token.type, token.content)
        place = self.span.place(self._past(mark), len(mark))
        inside = token.content + "".join(str(value) for value in token.attrs.values())
        self.work.misplace(inside + "".join(child.content for child in token.children or ()), what)
        self.work.report("unsupported-markdown", f"a memo has no form for {what}", place, hint)
        if token.type == "code_inline":
            self._past(token.markup)
        return []


_SPACES = " \t\n"


@dataclass(slots=True)
class DraftWords:
    """Text, and where its stretches were written."""

    text: str
    stretches: list[SourceSpan]


@dataclass(slots=True)
class DraftNote:
    """A footnote that cites the support of facts."""

    facts: tuple[str, ...]
    place: Place


@dataclass(slots=True)
class Wrap:
    """What stands around others: ``strong``, ``em`` or ``link``; a link without a target is none."""

    kind: str
    place: Place
    target: str = ""
    inner: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class Done:
    """An inline that is made."""

    inline: Inline
    place: Place


Draft = DraftWords | DraftNote | Wrap | Done


def finished(work: Work, drafts: list[Draft]) -> tuple[Inline, ...]:
    """The inlines of one block, their places entered, no white space at the ends."""
    tidy = _spaced(_lifted(drafts, False))
    _strip(tidy, 0, _lstripped)
    _strip(tidy, -1, _rstripped)
    return _inlines(work, tidy)


def _lifted(drafts: list[Draft], from_anywhere: bool) -> list[Draft]:
    """Notes taken out of links, from anywhere in them, and from the ends of bold and italics."""
    found: list[Draft] = []
    for draft in drafts:
        if not isinstance(draft, Wrap):
            found.append(draft)
            continue
        every = from_anywhere or draft.kind == "link"
        inner, notes = _without_notes(_lifted(draft.inner, every), every)
        if notes:
            _strip(inner, -1, _rstripped)
        if draft.kind == "link" and not draft.target:
            found.extend(inner)
        elif inner:
            draft.inner = inner
            found.append(draft)
        found.extend(notes)
    return found


def _without_notes(drafts: list[Draft], every: bool) -> tuple[list[Draft], list[Draft]]:
    """What is left, and the notes: every one of them, or those at the end."""
    end = 0 if every else len(drafts)
    while end and (isinstance(drafts[end - 1], DraftNote) or _is_space(drafts[end - 1])):
        end -= 1
    notes: list[Draft] = [draft for draft in drafts[end:] if isinstance(draft, DraftNote)]
    if not notes:
        return drafts, []
    left = [draft for draft in drafts[end:] if every and not isinstance(draft, DraftNote)]
    return [*drafts[:end], *left], notes


def _is_space(draft: Draft) -> bool:
    return isinstance(draft, DraftWords) and not draft.text.strip(_SPACES)


def _spaced(drafts: list[Draft]) -> list[Draft]:
    """No space before a note; notes side by side as one; words side by side as one."""
    found: list[Draft] = []
    for draft in drafts:
        if isinstance(draft, Wrap):
            draft.inner = _spaced(draft.inner)
            found.append(draft)
        elif isinstance(draft, DraftNote):
            _strip(found, -1, _rstripped)
            _add_note(found, draft)
        elif isinstance(draft, DraftWords) and found and isinstance(found[-1], DraftWords):
            found[-1] = _joined(found[-1], draft)
        else:
            found.append(draft)
    return found


def _add_note(found: list[Draft], note: DraftNote) -> None:
    last = found[-1] if found else None
    if isinstance(last, DraftNote):
        found[-1] = DraftNote(tuple(dict.fromkeys((*last.facts, *note.facts))), last.place)
    else:
        found.append(note)


def _joined(one: DraftWords, other: DraftWords) -> DraftWords:
    if one.text.endswith(" ") and other.text.startswith(" "):
        other = _lstripped(other)
    more = [stretch.later(len(one.text)) for stretch in other.stretches]
    return DraftWords(one.text + other.text, [*one.stretches, *more])


def _strip(drafts: list[Draft], end: int, stripped: Callable[[DraftWords], DraftWords]) -> None:
    """Strip the words at one end, and take them away if none are left."""
    if drafts and isinstance(words := drafts[end], DraftWords):
        drafts[end] = left = stripped(words)
        if not left.text:
            del drafts[end]


def _rstripped(words: DraftWords) -> DraftWords:
    return DraftWords(words.text.rstrip(_SPACES), words.stretches)


def _lstripped(words: DraftWords) -> DraftWords:
    text = words.text.lstrip(_SPACES)
    return DraftWords(text, cut(words.stretches, len(words.text) - len(text)))


def _inlines(work: Work, drafts: list[Draft]) -> tuple[Inline, ...]:
    return tuple(inline for draft in drafts for inline in _inline(work, draft))


def _inline(work: Work, draft: Draft) -> tuple[Inline, ...]:
    match draft:
        case DraftWords(text=text, stretches=stretches):
            words = Text(text)
            work.places.enter(words, *stretches)
            return (words,) if text else ()
        case Done(inline=inline, place=place):
            work.places.enter(inline, SourceSpan(0, place))
            return (inline,)
        case DraftNote(facts=facts, place=place):
            note = Footnote(footnote_content(work.facts, facts, work.style, work.words), facts)
            for inline in inlines_in((note,)):
                work.places.enter(inline, SourceSpan(0, place))
            return (note,)
        case Wrap():
            return _wrapped(work, draft)


def _wrapped(work: Work, draft: Wrap) -> tuple[Inline, ...]:
    content = _inlines(work, draft.inner)
    if not content:
        return ()
    match draft.kind:
        case "strong":
            made: Strong | Emphasis | Link = Strong(content)
        case "em":
            made = Emphasis(content)
        case _:
            made = Link(content, draft.target)
            work.links.append(made)
    work.places.enter(made, SourceSpan(0, draft.place))
    return (made,)
