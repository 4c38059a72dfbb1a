"""Inlines in the making: words, notes and what is around them, which can still be moved and merged.

By house rule, a footnote follows what is before it without a space; where bold or italics end with it, it stands after
them; it never stands in a link, but after it; and footnotes side by side are one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from memo.compose.composition import Composition
from memo.compose.footnotes import footnote_content
from memo.document import tree, walk
from memo.document.composed import SourceSpan, cut_spans
from memo.document.tree import Inline
from memo.fonts import visible
from memo.problem import Place


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
    whole: bool = True
    """Whether nothing in it was refused."""
    inner: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class DraftInline:
    """An inline that stays as it is."""

    inline: Inline
    place: Place


Draft = DraftText | DraftNote | DraftContainer | DraftInline


def shows(draft: Draft, notes_count: bool) -> bool:
    """Tell whether anything of a draft can be seen: more than white space and characters of no width."""
    match draft:
        case DraftText(text=text):
            return bool(visible(text).strip())
        case DraftNote():
            return notes_count
        case DraftContainer(inner=inner):
            return any(shows(one, notes_count) for one in inner)
        case DraftInline(inline=inline):
            return not isinstance(inline, tree.LineBreak)


# House rules for footnotes and white space


_SPACES = " \t\n"


def finished(composition: Composition, drafts: list[Draft]) -> tuple[Inline, ...]:
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
