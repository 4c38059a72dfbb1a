"""Whether the pages of a delivered file say what they should: what was issued, or what the document inside says.

The second of the three questions that `memo.handover.verification` asks. How much white space there is does not
count, since another program may break lines elsewhere. Capitals do.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from msgspec.structs import replace

from memo.delivered import Delivered, read_pages
from memo.delivered.contents import Pages
from memo.document.furniture import DIGEST_SHOWN
from memo.document.tree import Document
from memo.facts.front_matter import Format
from memo.facts.style import Style
from memo.files import bytes_digest, text_digest
from memo.handover.identity import Answer, Identity
from memo.project import Project
from memo.untrusted_files import UnreadableFile

MOST_RENDERED = 1024 * 1024
"""Bytes of JSON of a document that is rendered again to be compared: a memo of some hundred pages."""


def answer_unaltered(delivered: Delivered, identity: Identity, project: Project | None) -> Answer:
    """Answer whether the file's text is as it was; where it is not, show the first passage that differs.

    It is held against the frozen file of its edition, where that is at hand, else against the document that it carries,
    rendered again with the project's style, or with memo's own outside of any.
    """
    if identity.known_by == "bytes":
        return Answer("yes", "its text is as it was issued, since every byte is")
    if identity.document is None:
        return Answer("unknown", "whether its text was altered cannot be told: it carries no document to compare with")
    if frozen := _frozen_pages(delivered, identity):
        return _compare(delivered, frozen, "its text is as it was issued")
    rendered = _rendered_pages(identity.document, delivered, project)
    if isinstance(rendered, str):
        return Answer("unknown", f"whether its text was altered cannot be told: {rendered}")
    answer = _compare(delivered, rendered, "its text is what the document that it carries says")
    if project is None and answer.verdict == "no":
        hint = "compared with memo's own fixed words and look; asked in its project (-C), with those of its style"
        return replace(answer, details=(*answer.details, hint))
    return answer


def _frozen_pages(delivered: Delivered, identity: Identity) -> Pages | None:
    """Read the edition's own file of the same format; None where it is not as it was issued."""
    if identity.edition is None or identity.project is None:
        return None
    entry = identity.edition.entries[0]
    name = f"{entry.memo}.{delivered.format}"
    try:
        data = (identity.project / entry.folder / name).read_bytes()
    except OSError:
        return None
    return read_pages(data, delivered.format) if bytes_digest(data) == entry.files.get(name) else None


def _rendered_pages(document: Document, delivered: Delivered, project: Project | None) -> Pages | str:
    """Render the document again and read that; or say why there is no such rendering."""
    from memo.renderers import render

    if len(delivered.embedded_json) > MOST_RENDERED:
        return "it is too long to be rendered again"
    style = project.style[0] if project else Style()
    house = project.house[0] if project and style.house_style else None
    try:
        rendered, problems = render(document, style, delivered.format, house=house)
        if not rendered.data:
            return "; ".join(problem.message for problem in problems)
        return read_pages(rendered.data, delivered.format)
    except UnreadableFile as unfit:
        return f"rendered again, it {unfit}"
    except Exception:  # who wrote the document is not known: it may ask for what no renderer was made to bear
        return "what it carries cannot be rendered by this version of memo"


def _compare(delivered: Delivered, expected: Pages, same: str) -> Answer:
    """Compare the text of the file with what is expected; ``same`` is the answer's sentence where they agree."""
    pages = delivered.pages
    not_compared = tuple(f"not compared: {extra}" for extra in pages.not_compared)
    if _said(pages.text, delivered.format) != _said(expected.text, delivered.format):
        return Answer("no", "its text was altered", (*_describe(delivered, expected), *not_compared))
    if pages.tables != expected.tables:
        return Answer("no", "words of a table stand in other cells", not_compared)
    if pages.links != expected.links:
        return Answer("no", "a link of it leads elsewhere", (*_describe_links(pages, expected), *not_compared))
    if unlike := _unlike_picture(pages, expected):
        why = f"whether it was altered cannot be told: its text reads as it should, but {unlike}"
        return Answer("unknown", why, not_compared)
    if foreign := [thing for thing in pages.foreign if thing not in expected.foreign]:
        why = "its text reads as it should, but it holds what memo does not write"
        return Answer("unknown", f"whether its text was altered cannot be told: {why}", (*foreign, *not_compared))
    if _letters(pages.rejected) != _letters(expected.rejected):
        tracked = "that is so with its tracked changes accepted; with them rejected, it says something else"
        return Answer("yes", same, (tracked, *not_compared))
    return Answer("yes", same, not_compared)


def _describe(delivered: Delivered, expected: Pages) -> list[str]:
    """Show the first passage that differs, and tell what may explain it."""
    pages = delivered.pages
    difference = first_difference(pages.text, expected.text)
    lines = [f"it says      “{difference.here}”", f"it should say “{difference.there}”"]
    if pages.text != pages.rejected and _letters(pages.rejected) == _letters(expected.text):
        lines.append("these are tracked changes: with them rejected, the text is as it was")
    digest = text_digest(delivered.embedded_json)[:DIGEST_SHOWN]
    if delivered.embedded_json and digest not in pages.text.split():
        lines.append("its pages do not name the document that it carries: one of the two is another memo's")
    return lines


def _describe_links(pages: Pages, expected: Pages) -> list[str]:
    """Show the first link that differs: where it leads, and where it should."""
    pairs = zip_longest(pages.links, expected.links, fillvalue="nowhere: there is none")
    here, there = next((here, there) for here, there in pairs if here != there)
    return [f"it leads to      {here}", f"it should lead to {there}"]


def _unlike_picture(pages: Pages, expected: Pages) -> str:
    """Name the first picture that is not as expected; empty where all are."""
    # A program may leave out some of a picture's images.
    for number, (here, there) in enumerate(zip(pages.pictures, expected.pictures, strict=False), 1):
        if here.alt != there.alt:
            return f"picture {number} is described in other words"
        if not here.images or not here.images <= there.images:
            return f"picture {number} is another, or was saved in another way"
    return ""


def _said(text: str, format: Format) -> str:
    """Return the text as it is compared: a PDF's without white space, a Word file's with its words kept apart."""
    # Where lines of a PDF end, whether words are apart is known from their places alone.
    return " ".join(text.split()) if format == "docx" else _letters(text)


def _letters(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


# How a difference is shown

CONTEXT = 6
"""How many words are shown on either side of a difference."""

WINDOW = 300
"""How many words from the first difference on are searched for where the two texts run together again."""


class TextDifference(NamedTuple):
    """The first passage in which two texts differ, as it reads in each, with a few words around it."""

    here: str
    there: str


def first_difference(here: str, there: str) -> TextDifference:
    """Find where two texts first differ that do not have the same letters."""
    ours, theirs = here.split(), there.split()
    start = _common_start(ours, theirs)
    one, other = ours[start : start + WINDOW], theirs[start : start + WINDOW]
    # With its default, difflib would pass over words that come often, such as "the".
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    # A word or two in common is chance; and a block at the very start would leave nothing to show.
    again = next((block for block in blocks if block.size >= CONTEXT // 2 and block.a + block.b), blocks[-1])
    before = max(0, start - CONTEXT)
    return TextDifference(
        _passage(ours, before, start + again.a + CONTEXT), _passage(theirs, before, start + again.b + CONTEXT)
    )


def _common_start(ours: list[str], theirs: list[str]) -> int:
    """Count the words at the start that are the same."""
    return next(
        (index for index, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]),
        min(len(ours), len(theirs)),
    )


def _passage(words: list[str], start: int, end: int) -> str:
    """Join these words, with dots where the text goes on; of a long passage, the middle is left out."""
    chosen = words[start:end]
    if len(chosen) > 8 * CONTEXT:
        chosen = [*chosen[: 4 * CONTEXT], "…", *chosen[-4 * CONTEXT :]]
    return f"{'… ' if start else ''}{' '.join(chosen)}{' …' if end < len(words) else ''}"
