"""Markdown's inline tokens, and the facts among them, made into the inlines of a document.

Quotation marks stay as written: which ones a language uses, and where a quotation that a source printed begins, is the
writer's to say.

The tokens are first made into drafts (`memo.compose.drafts`), which can still be moved and merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token as MarkdownToken

from memo.compose.composition import Composition
from memo.compose.drafts import Draft, DraftContainer, DraftInline, DraftNote, DraftText, finished, shows
from memo.compose.foreign_markup import HIDDEN, OWN_NOTE, foreign_markup
from memo.compose.markdown_text import BlockText, is_token
from memo.document import tree
from memo.document.composed import SourceSpan
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

_ADDRESS = re.compile(r"://|www\.")
"""What shows an address; within a link, one may stand as its words."""

_HTML = {
    "<!": "a remark for other writers is written {# ... #}",
    "<b>": "bold is written **so**",
    "<strong>": "bold is written **so**",
    "<i>": "italics are written *so*",
    "<em>": "italics are written *so*",
    "<br": "a new line is a backslash at the end of the line before",
}
"""What to write instead of some tags, by how they begin."""


def inlines(
    composition: Composition, tokens: list[MarkdownToken], text: BlockText, start: int = 0
) -> tuple[Inline, ...]:
    """Make the inlines of a block from the tokens of its text; ``start`` leaves out the characters before it.

    Problems: ``unsupported-markdown``, ``misplaced-token``, ``bad-character``.
    """
    reader = _InlineReader(composition, text, start)
    drafts = reader.read(tokens)
    reader.refuse_foreign_markup()
    return finished(composition, drafts)


def caption_inlines(composition: Composition, printed: Rich) -> tuple[Inline, ...]:
    """Make inlines of a figure's caption, which is an argument of a call: nothing in it is read as Markdown."""
    drafts: list[Draft] = []
    for piece in printed.pieces:
        if isinstance(piece, WriterText):
            place = piece.source.place(piece.offset, piece.length)
            for found in foreign_markup(piece.text):
                composition.run.report("unsupported-markdown", found.message, place, found.hint)
            drafts.append(DraftText(" ".join(piece.text.split("\n")), [SourceSpan(0, place)]))
        else:
            drafts.extend(_token_drafts(composition, piece.value, piece.place))
    return finished(composition, drafts)


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
        self._plain = ["\n" if character == "\n" else HIDDEN for character in text.text]
        """The text with all hidden but a writer's plain words."""

    def refuse_foreign_markup(self) -> None:
        """Report what is markup to other tools and would be printed as it was typed."""
        for found in foreign_markup("".join(self._plain)):
            place = self.text.place(found.offset, found.length)
            self.composition.run.report("unsupported-markdown", found.message, place, found.hint)

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
                self._refuse_empty(container)
                around.extend(self._nested(container, len(opened)))
            else:
                around.extend(self._leaf(token, opened))
        return root

    def _refuse_empty(self, container: DraftContainer) -> None:
        """Report a link, bold or italics that would show nothing; a note alone stands after bold, as anywhere."""
        is_link = container.kind == "link"
        if container.whole and not any(shows(draft, not is_link) for draft in container.inner):
            what, hint = ("a link", "write [words](https://...)") if is_link else ("emphasis", "take the asterisks out")
            self.composition.run.report("unsupported-markdown", f"{what} without words", container.place, hint)

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
        if token.meta.get("label", "").startswith("^"):
            self.composition.run.report("unsupported-markdown", OWN_NOTE[0], place, OWN_NOTE[1])
            return ""
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

    def _leaf(self, token: MarkdownToken, around: list[DraftContainer]) -> list[Draft]:
        match token.type:
            case "text":
                return self._text(token.content, any(container.kind == "link" for container in around))
            case "text_special":
                return self._special(token)
            case "softbreak":
                return self._words(" ", self._pass("\n"))
            case "hardbreak":
                return [DraftInline(tree.LineBreak(), self.text.place(self._pass("\n")))]
            case _:
                for container in around:
                    container.whole = False
                return self._refuse(token)

    def _text(self, text: str, in_link: bool) -> list[Draft]:
        start = self.text.text.find(text, self.at)
        start = start if start >= 0 else self.at
        plain = _ADDRESS.sub(lambda found: HIDDEN * len(found[0]), text) if in_link else text
        self._plain[start : start + len(text)] = plain
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
        if text == token.markup:  # a backslash before a letter, which is one
            self._plain[start : start + len(text)] = text
        # An entity can spell what no template may have: &#xF0000; would be taken for a fact
        if UNWANTED.search(text) or text == "\ufffd":
            self.composition.run.report("bad-character", unwanted_words(text), place)
            text = UNWANTED.sub("\ufffd", text)
        return [DraftText(text, [SourceSpan(0, place)])]

    def _refuse(self, token: MarkdownToken) -> list[Draft]:
        what, hint = {
            "code_inline": ("code", "a backtick that is meant as such is written \\`"),
            "html_inline": ("HTML", _hint_for_html(token.content)),
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


def _hint_for_html(written: str) -> str:
    known = (hint for start, hint in _HTML.items() if written.lower().startswith(start))
    return next(known, "a < that is meant as such is written \\<")
