"""Whether the pages of a file say what they should: as the file that was issued does, or the document it carries.

White space does not count, since line ends move; nor do the pictures, which are only counted. Capitals do.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from msgspec.structs import replace

from memo.delivered import Delivered, pages_of
from memo.delivered.contents import Pages
from memo.document.furniture import DIGEST_SHOWN
from memo.document.tree import Document
from memo.facts.style import HouseFile, Style
from memo.files import bytes_digest, text_digest
from memo.handover.identity import Answer, Identity
from memo.project import Project
from memo.word_package import Unfit

AROUND = 6
"""How many words are shown on either side of a difference."""

WINDOW = 300
"""How many words from the first difference on are looked at to find where the two run together again."""


MOST_RENDERED = 1024 * 1024
"""Bytes of JSON of a document that is rendered again to be compared: a memo of some hundred pages."""


class Difference(NamedTuple):
    """The first passage in which two texts differ, each as it reads, with a few words around it."""

    here: str
    there: str


def unaltered(delivered: Delivered, identity: Identity, project: Project | None) -> Answer:
    """Whether the text is as it was, and if not, the first passage in which it is not."""
    if identity.by == "bytes":
        return Answer("yes", "its text is as it was issued, since every byte is")
    if identity.document is None:
        return Answer("unknown", "whether its text was altered cannot be told: it carries no document to compare with")
    if frozen := _frozen(delivered, identity):
        return _compared(delivered, frozen, "its text is as it was issued")
    rendered = _rendered(identity.document, delivered, project)
    if isinstance(rendered, str):
        return Answer("unknown", f"whether its text was altered cannot be told: {rendered}")
    answer = _compared(delivered, rendered, "its text is what the document that it carries says")
    if project is None and answer.told == "no":
        return replace(answer, details=(*answer.details, _OWN_WORDS))
    return answer


_OWN_WORDS = "compared with memo's own fixed words and look; asked in its project (-C), with those of its style"


def _frozen(delivered: Delivered, identity: Identity) -> Pages | None:
    """What the edition's own file of the same format says; None where it is not there as it was issued."""
    if identity.edition is None or identity.project is None:
        return None
    entry = identity.edition.entries[0]
    name = f"{entry.memo}.{delivered.format}"
    try:
        data = (identity.project / entry.folder / name).read_bytes()
    except OSError:
        return None
    return pages_of(data, delivered.format) if bytes_digest(data) == entry.files.get(name) else None


def _compared(delivered: Delivered, expected: Pages, agreed: str) -> Answer:
    """``agreed`` is what is said where the two say the same."""
    pages = delivered.pages
    besides = tuple(f"not compared: {what}" for what in pages.besides)
    if letters(pages.text) == letters(expected.text):
        tracked = letters(pages.rejected) != letters(expected.rejected)
        return Answer("yes", agreed, (*((_TRACKED,) if tracked else ()), *besides))
    return Answer("no", "its text was altered", (*_altered(delivered, expected), *besides))


_TRACKED = "that is so with its tracked changes accepted; with them rejected, it says something else"


def _altered(delivered: Delivered, expected: Pages) -> list[str]:
    """The first passage that differs, and what else explains it."""
    pages = delivered.pages
    found = first_difference(pages.text, expected.text)
    said = [f"it says      “{found.here}”", f"it should say “{found.there}”"]
    if pages.text != pages.rejected and letters(pages.rejected) == letters(expected.text):
        said.append("these are tracked changes: with them rejected, the text is as it was")
    if delivered.carried and _shown_digest(delivered) not in pages.text.split():
        said.append("its pages do not name the document that it carries: one of the two is another memo's")
    return said


def _shown_digest(delivered: Delivered) -> str:
    return text_digest(delivered.carried)[:DIGEST_SHOWN]


def _rendered(document: Document, delivered: Delivered, project: Project | None) -> Pages | str:
    """What a fresh rendering says; or why there is none."""
    from memo.renderers import render

    if len(delivered.carried) > MOST_RENDERED:
        return "it is too long to be rendered again"
    style, house = _look(project)
    try:
        rendered, problems = render(document, style, delivered.format, house=house)
        if not rendered.data:
            return "; ".join(problem.message for problem in problems)
        return pages_of(rendered.data, delivered.format)
    except Unfit as unfit:
        return f"rendered again, it {unfit}"
    except Exception:  # who wrote the document is not known: it may ask for what no renderer was made to bear
        return "what it carries cannot be rendered by this version of memo"


def _look(project: Project | None) -> tuple[Style, HouseFile | None]:
    if project is None:
        return Style(), None
    style = project.style[0]
    return style, project.house[0] if style.house_style else None


def letters(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def first_difference(here: str, there: str) -> Difference:
    """Where two texts that differ in a letter first do so."""
    ours, theirs = here.split(), there.split()
    start = _agreeing(ours, theirs)
    one, other = ours[start : start + WINDOW], theirs[start : start + WINDOW]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    again = next((block for block in blocks if block.size >= AROUND // 2 and block.a + block.b), blocks[-1])
    before = max(0, start - AROUND)
    ends = (start + again.a + AROUND, start + again.b + AROUND)
    return Difference(_passage(ours, before, ends[0]), _passage(theirs, before, ends[1]))


def _agreeing(ours: list[str], theirs: list[str]) -> int:
    """How many words at the start are the same, line ends within words aside."""
    same = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        same += 1
    return same


def _passage(words: list[str], start: int, end: int) -> str:
    """These words, with dots where the text goes on; the middle is left out where they are many."""
    chosen = words[start:end]
    if len(chosen) > 8 * AROUND:
        chosen = [*chosen[: 4 * AROUND], "…", *chosen[-4 * AROUND :]]
    return f"{'… ' if start else ''}{' '.join(chosen)}{' …' if end < len(words) else ''}"
