"""Markdown's inline tokens, and the facts among them, made into the inlines of a document.

Quotation marks stay as written: which ones a language uses, and where a quotation that a source printed begins, is the
writer's to say.

The tokens are first made into drafts, which can still be moved and merged. By house rule, a footnote follows what is
before it without a space; where bold or italics end with it, it stands after them; it never stands in a link, but after
it; and footnotes side by side are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token as MarkdownToken

from memo.compose.composition import Composition
from memo.compose.footnotes import footnote_content
from memo.compose.markdown_text import BlockText, is_token
from memo.document import tree, walk
from memo.document.composed import SourceSpan, cut_spans
from memo.document.tree import Inline
from memo.problem import Place
from memo.templating.source import UNWANTED, unwanted_words
from memo.templating.values import Broken, Cite, Leaf, Part, Rich, WriterText

_PARTS = re.compile("[\U000f0000-\U000ffffd]|[ \t]{2,}|\t|(?:[^ \t\U000f0000-\U000ffffd]+| (?![ \t]))+")
"""One token; white space that shows as one space; words."""

MOST_NESTED = 20
"""How deep bold, italics and links may nest."""

_WEB = re.compile(r"(https?://[^/]|mailto:.)", re.IGNORECASE)
"""The addresses outside the memo that a link may lead to."""


def inlines(
    composition: Composition, tokens: list[MarkdownToken], text: BlockText, start: int = 0
) -> tuple[Inline, ...]:
    """Make the inlines of a block from the tokens of its text; ``start`` leaves out the characters before it.

    Problems: ``unsupported-markdown``, ``misplaced-token``, ``bad-character``.
    """
    return _finished(composition, _InlineReader(composition, text, start).read(tokens))


def caption_inlines(composition: Composition, printed: Rich) -> tuple[Inline, ...]:
    """Make inlines of a figure's caption, which is an argument of a call: nothing in it is read as Markdown."""
    drafts: list[Draft] = []
    for piece in printed.pieces:
        if isinstance(piece, WriterText):
            place = piece.source.place(piece.offset, piece.length)
            drafts.append(DraftText(" ".join(piece.text.split("\n")), [SourceSpan(0, place)]))
        else:
            drafts.extend(_token_drafts(composition, piece.value, piece.place))
    return _finished(composition, drafts)


# Inlines in the making


@dataclass(slots=True)
class DraftText:
    """Words, and where each part of them was written."""

    text: str
    spans: list[SourceSpan]


@dataclass(slots=True)
class DraftNote:
    """A footnote that cites the support of facts."""

    facts: tuple[str, ...]
    place: Place


@dataclass(slots=True)
class DraftContainer:
    """Bold (``strong``), italics (``em``) or a ``link`` around others; a link without a target is dissolved."""

    kind: str
    place: Place
    target: str = ""
    inner: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class DraftInline:
    """An inline that stays as it is."""

    inline: Inline
    place: Place


Draft = DraftText | DraftNote | DraftContainer | DraftInline


def _token_drafts(composition: Composition, value: Leaf, place: Place) -> list[Draft]:
    """Make a draft of a fact, a name or a note; a block has no place among inlines."""
    match value:
        case Part(text=text, facts=(), language=""):
            return [DraftText(text, [SourceSpan(0, place)])] if text else []
        case Part(text=text, facts=(), language=language):
            return [DraftInline(tree.Text(text, language), place)]
        case Part(text=text, facts=facts, part=name, language=language):
            return [DraftInline(tree.Claim(text, facts, name, language), place)]
        case Cite(facts=facts):
            return [DraftNote(facts, place)]
        case Broken(shown=shown):
            return [DraftText(shown, [SourceSpan(0, place)])]
        case _:
            message = "this block stands alone in its paragraph, at no list's or box's"
            composition.run.report("misplaced-token", message, place, "leave an empty line before it and after it")
            return []


class _InlineReader:
    """Goes through a block's inline tokens, and through its text along with them, so that each has its place.

    Markdown-it gives inline tokens no position; but each stands in the text after the one before it.
    """

    def __init__(self, composition: Composition, text: BlockText, start: int) -> None:
        self.composition = composition
        self.text = text
        self.at = start

    def read(self, tokens: Iterable[MarkdownToken]) -> list[Draft]:
        root: list[Draft] = []
        opened: list[DraftContainer] = []
        for token in tokens:
            around = opened[-1].inner if opened else root
            if token.nesting > 0:
                opened.append(self._open(token))
            elif token.nesting < 0 and opened:
                container = opened.pop()
                self._close(token)
                around = opened[-1].inner if opened else root
                around.extend(self._nested(container, len(opened)))
            else:
                around.extend(self._leaf(token))
        return root

    def _nested(self, container: DraftContainer, depth: int) -> list[Draft]:
        if depth < MOST_NESTED:
            return [container]
        self.composition.run.report("unsupported-markdown", "bold and italics are nested too deep", container.place)
        return container.inner

    def _open(self, token: MarkdownToken) -> DraftContainer:
        kind = token.type.removesuffix("_open")
        if kind != "link":
            return DraftContainer(kind, self.text.place(self._pass(token.markup)))
        start = self._pass("<" if token.markup == "autolink" else "[")
        place = self.text.place(start, token.meta.get("end", start + 1) - start)
        return DraftContainer(kind, place, self._target(token, place))

    def _close(self, token: MarkdownToken) -> None:
        if "end" in token.meta:  # of a link: its destination, too, is behind us then
            self.at = token.meta["end"]
        else:
            self._pass(">" if token.type == "link_close" else token.markup)

    def _pass(self, markup: str) -> int:
        """Go past the next occurrence of some markup, and return where it starts."""
        found = self.text.text.find(markup, self.at) if markup else -1
        if found < 0:
            return self.at
        self.at = found + len(markup)
        return found

    def _target(self, token: MarkdownToken, place: Place) -> str:
        """Return a link's target, empty if it is not one that a memo can have."""
        # In an address, a fact's words would be encoded, and its id lost
        written, title = str(token.attrGet("href") or ""), str(token.attrGet("title") or "")
        if any(map(is_token, written + title)):
            self.composition.refuse_tokens(written + title, "a link's destination")
            return ""
        if title:
            self.composition.run.report("unsupported-markdown", "a link has no title in a memo", place)
        if written.startswith("#"):
            return written
        target = normalizeLink(written)
        if not _WEB.match(target):
            hint = "it leads to https://..., http://..., mailto:... or #a-heading"
            message = f"a link cannot lead to '{written[:80]}'"
            self.composition.run.report("unsupported-markdown", message, place, hint)
            return ""
        return target

    def _leaf(self, token: MarkdownToken) -> list[Draft]:
        match token.type:
            case "text":
                return self._text(token.content)
            case "text_special":
                return self._special(token)
            case "softbreak":
                return self._words(" ", self._pass("\n"))
            case "hardbreak":
                return [DraftInline(tree.LineBreak(), self.text.place(self._pass("\n")))]
            case _:
                return self._refuse(token)

    def _text(self, text: str) -> list[Draft]:
        start = self.text.text.find(text, self.at)
        start = start if start >= 0 else self.at
        drafts: list[Draft] = []
        for found in _PARTS.finditer(text):
            part = found[0]
            token = self.composition.take(part) if is_token(part[0]) else None
            if token is not None:
                drafts += _token_drafts(self.composition, token.value, token.place)
            else:
                drafts += self._words(part if part.strip(" \t") else " ", start + found.start())
        self.at = start + len(text)
        return drafts

    def _words(self, text: str, start: int) -> list[Draft]:
        return [DraftText(text, self.text.spans(start, len(text)))]

    def _special(self, token: MarkdownToken) -> list[Draft]:
        """Make a draft of ``\\*`` or ``&amp;``: one character, written as several."""
        start = self._pass(token.markup)
        place = self.text.place(start, len(token.markup))
        text = token.content
        # An entity can spell what no template may have: &#xF0000; would be taken for a fact
        if UNWANTED.search(text) or text == "\ufffd":
            self.composition.run.report("bad-character", unwanted_words(text), place)
            text = UNWANTED.sub("\ufffd", text)
        return [DraftText(text, [SourceSpan(0, place)])]

    def _refuse(self, token: MarkdownToken) -> list[Draft]:
        what, hint = {
            "code_inline": ("code", "a backtick that is meant as such is written \\`"),
            "html_inline": ("HTML", "a < that is meant as such is written \\<"),
            "image": ("an image", "a memo's figures are drawn from facts: {{ figure(...) }}"),
        }.get(token.type, (f"Markdown's {token.type}", ""))
        mark = {"code_inline": token.markup, "image": "!["}.get(token.type, token.content)
        place = self.text.place(self._pass(mark), len(mark))
        inside = token.content + "".join(str(value) for value in token.attrs.values())
        inside += "".join(child.content for child in token.children or ())
        self.composition.refuse_tokens(inside, what)
        self.composition.run.report("unsupported-markdown", f"a memo has no form for {what}", place, hint)
        if token.type == "code_inline":
            self._pass(token.markup)
        return []


# House rules for footnotes and white space


_SPACES = " \t\n"


def _finished(composition: Composition, drafts: list[Draft]) -> tuple[Inline, ...]:
    """Make the inlines of one block: no white space at the ends, footnotes where they belong, all places entered."""
    # Lifted first: notes that come to stand side by side, out of a link and after it, become one
    drafts = _merge(_lift_notes(drafts, from_anywhere=False))
    _strip_start(drafts)
    _strip_end(drafts)
    return _made(composition, drafts)


def _lift_notes(drafts: list[Draft], from_anywhere: bool) -> list[Draft]:
    """Take notes out of links, from anywhere in them, and from the ends of bold and italics, and put them after."""
    lifted: list[Draft] = []
    for draft in drafts:
        if not isinstance(draft, DraftContainer):
            lifted.append(draft)
            continue
        every = from_anywhere or draft.kind == "link"
        inner, notes = _split_off_notes(_lift_notes(draft.inner, every), every)
        if notes:
            _strip_end(inner)
        if draft.kind == "link" and not draft.target:
            lifted.extend(inner)
        elif inner:
            draft.inner = inner
            lifted.append(draft)
        lifted.extend(notes)
    return lifted


def _split_off_notes(drafts: list[Draft], every: bool) -> tuple[list[Draft], list[Draft]]:
    """Return what is left, and the notes: every one of them, or those at the end."""
    end = 0 if every else len(drafts)
    while end and (isinstance(drafts[end - 1], DraftNote) or _is_space(drafts[end - 1])):
        end -= 1
    notes: list[Draft] = [draft for draft in drafts[end:] if isinstance(draft, DraftNote)]
    if not notes:
        return drafts, []
    left = [draft for draft in drafts[end:] if every and not isinstance(draft, DraftNote)]
    return [*drafts[:end], *left], notes


def _is_space(draft: Draft) -> bool:
    return isinstance(draft, DraftText) and not draft.text.strip(_SPACES)


def _merge(drafts: list[Draft]) -> list[Draft]:
    """Make words side by side one text, and notes side by side one note, with no space before it."""
    merged: list[Draft] = []
    for draft in drafts:
        if isinstance(draft, DraftNote):
            _strip_end(merged)
        last = merged[-1] if merged else None
        match last, draft:
            case _, DraftContainer():
                draft.inner = _merge(draft.inner)
                merged.append(draft)
            case DraftNote(), DraftNote():
                merged[-1] = DraftNote(tuple(dict.fromkeys((*last.facts, *draft.facts))), last.place)
            case DraftText(), DraftText():
                merged[-1] = _joined(last, draft)
            case _:
                merged.append(draft)
    return merged


def _joined(one: DraftText, other: DraftText) -> DraftText:
    if one.text.endswith(" ") and other.text.startswith(" "):
        other = _without_start(other)
    more = [span.later(len(one.text)) for span in other.spans]
    return DraftText(one.text + other.text, [*one.spans, *more])


def _without_start(words: DraftText) -> DraftText:
    text = words.text.lstrip(_SPACES)
    return DraftText(text, cut_spans(words.spans, len(words.text) - len(text)))


def _strip_start(drafts: list[Draft]) -> None:
    """Take away the white space at the start, and with it the text that has nothing else."""
    if drafts and isinstance(words := drafts[0], DraftText):
        drafts[:1] = [left] if (left := _without_start(words)).text else []


def _strip_end(drafts: list[Draft]) -> None:
    """Take away the white space at the end, and with it the text that has nothing else."""
    if drafts and isinstance(words := drafts[-1], DraftText):
        text = words.text.rstrip(_SPACES)
        drafts[-1:] = [DraftText(text, words.spans)] if text else []


# Inlines of drafts


def _made(composition: Composition, drafts: list[Draft]) -> tuple[Inline, ...]:
    return tuple(inline for draft in drafts if (inline := _inline(composition, draft)) is not None)


def _inline(composition: Composition, draft: Draft) -> Inline | None:
    """Make an inline of a draft, with its place entered; None of one with nothing in it."""
    places = composition.places
    match draft:
        case DraftText(text=text, spans=spans):
            words = tree.Text(text)
            places.enter(words, *spans)
            return words if text else None
        case DraftInline(inline=inline, place=place):
            places.enter(inline, SourceSpan(0, place))
            return inline
        case DraftNote(facts=facts, place=place):
            content = footnote_content(composition.facts, facts, composition.style, composition.words)
            note = tree.Footnote(content, facts)
            for inline in walk.inlines((note,)):
                places.enter(inline, SourceSpan(0, place))
            return note
        case DraftContainer():
            return _container(composition, draft)


def _container(composition: Composition, draft: DraftContainer) -> Inline | None:
    content = _made(composition, draft.inner)
    if not content:
        return None
    made: Inline
    match draft.kind:
        case "strong":
            made = tree.Strong(content)
        case "em":
            made = tree.Emphasis(content)
        case _:
            made = tree.Link(content, draft.target)
    composition.places.enter(made, SourceSpan(0, draft.place))
    return made
