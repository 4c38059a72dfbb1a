"""One run of text against another: sentence by sentence, and within each sentence word by word.

A sentence is known by the facts behind it, even where all its words change; else by its words. Each changed sentence is
one change in the list of changes. A note that came, went or changed is one of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import chain
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from memo.changes.alignment import HALF, Features, align, count_words, similarity, word_edits
from memo.changes.tokens import DiffToken, Inlines, to_inlines, tokenize, visible_run
from memo.document.sentences import sentences
from memo.document.tree import Footnote, Inline, Mark
from memo.document.walk import inline_text

AddChange = Callable[[str, str, Sequence[str]], int]
"""Takes what stood there, what stands there now, and the facts behind it; returns the change's number, 0 for none."""


def compare_runs(old: Sequence[Inline], new: Sequence[Inline], language: str, add_change: AddChange) -> Inlines:
    """Return the new run with what came and went since the old one marked."""
    if visible_run(old) == visible_run(new):
        return tuple(new)
    writer = _RedlineWriter(add_change)
    old_sentences, new_sentences = (split_sentences(run, language) for run in (old, new))
    for before, after in align(old_sentences, new_sentences, _visible, _features, _score):
        writer.write_sentence(before, after)
    return to_inlines(writer.tokens)


# Sentences, and which of them stand for each other


class TokenSentence(Struct, frozen=True):
    """A sentence of a run as tokens, with the white space before it.

    The notes that stand at it are part of its ``body``; ``cited`` are the facts of those that answer for it, which may
    stand at a later sentence.
    """

    space: tuple[DiffToken, ...]
    body: tuple[DiffToken, ...]
    cited: tuple[str, ...] = ()

    def text(self) -> str:
        """Return its words on one line, without notes."""
        return " ".join(inline_text(to_inlines([replace(token, mark=None) for token in self.body])).split())

    def facts(self) -> tuple[str, ...]:
        """Return the ids of the facts that it shows or that answer for it, each once."""
        return tuple(dict.fromkeys((*chain.from_iterable(token.facts for token in self.body), *self.cited)))


def split_sentences(content: Sequence[Inline], language: str) -> list[TokenSentence]:
    """Split a run into its sentences, so that every token is in one; a run that has none is returned as one."""
    found = sentences(tuple(content), language)
    text, at, starts = inline_text(tuple(content)).replace("\n", " "), 0, []
    for sentence in found:
        starts.append(text.index(sentence.text, at))
        at = starts[-1] + len(sentence.text)
    cited = [sentence.cited for sentence in found] or [()]
    parts = _split_at(list(tokenize(content)), starts)
    return [_sentence(part, facts) for part, facts in zip(parts, cited, strict=True)]


def _split_at(tokens: Sequence[DiffToken], starts: Sequence[int]) -> list[list[DiffToken]]:
    """Split tokens where sentences start, given as offsets in the run's text.

    White space goes with what follows it, a note with what it stands after.
    """
    parts: list[list[DiffToken]] = [[]]
    at, spaces = 0, list[DiffToken]()
    for token in tokens:
        if not token.note and len(parts) < len(starts) and at >= starts[len(parts)]:
            parts.append([])
        if token.is_space and len(parts) < len(starts):
            spaces.append(token)
        else:
            parts[-1] += [*spaces, token]
            spaces = []
        # A note has no words in the text; a line break has no words in its token, but is one character of the text.
        at += 0 if token.note else max(1, len(token.text))
    parts[-1] += spaces
    return parts + [[] for _ in starts[len(parts) :]]


def _sentence(tokens: Sequence[DiffToken], cited: tuple[str, ...]) -> TokenSentence:
    start = next((at for at, token in enumerate(tokens) if not token.is_space), len(tokens))
    return TokenSentence(tuple(tokens[:start]), tuple(tokens[start:]), cited)


def _visible(sentence: TokenSentence) -> Hashable:
    return tuple(token.visible for token in sentence.body)


def _features(sentence: TokenSentence) -> Features:
    return Features(count_words(sentence.body), frozenset(sentence.facts()))


def _score(one: Features, other: Features) -> float:
    """Score two sentences above 0 where the same facts stand behind them, or enough of their words are the same.

    Enough is half of the words, or a quarter where they have some facts in common.
    """
    share = similarity(one.words, other.words)
    common = one.facts & other.facts
    if common and one.facts == other.facts:
        return 1 + share
    return share if share >= (HALF / 2 if common else HALF) else 0.0


# Writing the redline of a run

_MarkKind = Literal["inserted", "deleted"]


class _RedlineWriter:
    """Writes a run as marked tokens.

    ``change`` is the number of the change that is being written. White space between sentences, which is no change by
    itself, goes with the last one.
    """

    def __init__(self, add_change: AddChange, change: int = 0) -> None:
        self.add_change = add_change
        self.change = change
        self.tokens: list[DiffToken] = []

    def write_sentence(self, old: TokenSentence | None, new: TokenSentence | None) -> None:
        """Write a sentence that stayed, perhaps in other words; or one that came, or went."""
        if old and new:
            self._write_changed(old, new)
        elif old:
            self.change = self.add_change(old.text(), "", old.facts())
            self._mark("deleted", (*old.space, *old.body), self.change)
        elif new:
            self.change = self.add_change("", new.text(), new.facts())
            self._mark("inserted", (*new.space, *new.body), self.change)

    def _write_changed(self, old: TokenSentence, new: TokenSentence) -> None:
        # Two that only their blanks or hyphens keep apart are cut into other tokens, and look the same.
        if visible_run(to_inlines(old.body)) == visible_run(to_inlines(new.body)):
            self._write_space(old.space, new.space)
            self.tokens += new.body
            return
        edits = word_edits(old.body, new.body)
        touched = [token for edit in edits if not edit.equal for token in edit.old + edit.new]
        # A note is a change of its own, and a space that came or went is none: by these the sentence is no other.
        if any(not token.is_space and not token.note for token in touched):
            facts = tuple(fact for token in touched for fact in token.facts)
            self.change = self.add_change(old.text(), new.text(), facts or (*new.facts(), *old.facts()))
        self._write_space(old.space, new.space)
        for edit in edits:
            if edit.equal:
                self._write_unchanged(edit.old, edit.new)
            else:
                self.write_replaced(edit.old, edit.new)

    def _write_space(self, old: Sequence[DiffToken], new: Sequence[DiffToken]) -> None:
        # The same space looks different where it stands in a link, or in bold, in only one of the two.
        if [token.visible for token in old] == [token.visible for token in new]:
            self.tokens += new
        else:
            self._mark("deleted", old, self.change)
            self._mark("inserted", new, self.change)

    def _write_unchanged(self, old: Sequence[DiffToken], new: Sequence[DiffToken]) -> None:
        """Write words that stayed; a note among them may say something else than before."""
        for before, after in zip(old, new, strict=True):
            if before.visible == after.visible:
                self.tokens.append(after)
                continue
            assert before.note
            assert after.note
            self.tokens.append(replace(after, leaf=self._changed_note(before.note, after.note)))

    def _changed_note(self, old: Footnote, new: Footnote) -> Footnote:
        """Return the new note with what changed within it marked; all of that is one change."""
        number = self.add_change(_note_text(old), _note_text(new), (*new.facts, *old.facts))
        writer = _RedlineWriter(lambda *_: number, number)
        for edit in word_edits(list(tokenize(old.content)), list(tokenize(new.content))):
            if edit.equal:
                writer.tokens += edit.new
            else:
                writer.write_replaced(edit.old, edit.new)
        return replace(new, content=to_inlines(writer.tokens))

    def write_replaced(self, old: Sequence[DiffToken], new: Sequence[DiffToken]) -> None:
        """Write the words that went, then those that came; a note among them is a change of its own."""
        for token in old:
            note = token.note
            self._mark("deleted", (token,), self.add_change(_note_text(note), "", note.facts) if note else self.change)
        for token in new:
            note = token.note
            self._mark("inserted", (token,), self.add_change("", _note_text(note), note.facts) if note else self.change)

    def _mark(self, kind: _MarkKind, tokens: Sequence[DiffToken], change: int) -> None:
        self.tokens += [replace(token, mark=Mark(kind, change)) for token in tokens]


def _note_text(note: Footnote) -> str:
    return " ".join(inline_text(note.content).split())
