"""Inlines in the making, and the house rules for footnotes among them.

A footnote follows what is before it without a space; where bold or italics end with it, it stands after them; it never
stands in a link, but after it; and footnotes side by side are one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from memo.compose.notes import footnote_content
from memo.compose.work import Work
from memo.document import Emphasis, Footnote, Inline, Link, Strong, Text, inlines
from memo.places import Stretch, cut
from memo.problem import Place

_SPACES = " \t\n"


@dataclass(slots=True)
class DraftWords:
    """Text, and where its stretches were written."""

    text: str
    stretches: list[Stretch]


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
            work.places.enter(inline, Stretch(0, place))
            return (inline,)
        case DraftNote(facts=facts, place=place):
            note = Footnote(footnote_content(work.facts, facts, work.style, work.words), facts)
            for inline in inlines((note,)):
                work.places.enter(inline, Stretch(0, place))
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
    work.places.enter(made, Stretch(0, draft.place))
    return (made,)
