"""Whether the pages of a delivered file say what they should: what was issued, or what the document inside says.

The second of the three questions that `memo.handover.verification` asks. White space does not count, since another
program may break lines elsewhere; nor do pictures, which are only counted. Capitals do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice, zip_longest
from typing import NamedTuple

from msgspec.structs import replace

from memo.delivered import SHOWN_DIGEST, Delivered, compare_with, read_pages
from memo.delivered.contents import Comparison, Pages
from memo.document.furniture import DIGEST_SHOWN
from memo.document.tree import Document
from memo.facts.front_matter import Format
from memo.files import bytes_digest, text_digest
from memo.handover.carried_look import look_to_render, render_cost
from memo.handover.identity import Answer, Identity
from memo.project import Project
from memo.untrusted_files import UnreadableFile

MOST_RENDERED = 2 * 1024 * 1024
"""Bytes of JSON of a document that is rendered again to be compared: a memo of some five hundred pages."""


class Expected(NamedTuple):
    """The file that a delivered one should be: its bytes, what its pages say, and the answer's sentence if they agree.

    ``frozen`` tells whether it is the very file that was issued; else it was rendered again, in a look that may not be
    the delivered file's. ``known_look`` tells whether that look is not only what the delivered file says, and
    ``same_words`` whether its fixed words are not.
    """

    data: bytes
    pages: Pages
    same: str
    frozen: bool
    known_look: bool = True
    same_words: bool = True


UNTOLD = "whether its text was altered cannot be told"


def answer_unaltered(delivered: Delivered, identity: Identity, project: Project | None) -> Answer:
    """Answer whether the file's text is as it was; where it is not, show the first passage that differs.

    It is held against the frozen file of its edition, where that is at hand, else against the document that it carries,
    rendered again in the look that it carries; where it carries none, in the project's, outside of any in memo's own.
    """
    if identity.known_by == "bytes":
        return Answer("yes", "its text is as it was issued, since every byte is", delivered.pages.told)
    return judge_text(delivered, expected_file(delivered, identity, project), project)


def judge_text(delivered: Delivered, expected: Expected | str, project: Project | None) -> Answer:
    """Answer the same of a file that is not known by its bytes, given what `expected_file` returns for it."""
    if isinstance(expected, str):
        return Answer("unknown", f"{UNTOLD}: {expected}")
    answer = _compare(delivered, expected)
    if answer.verdict == "yes" and not expected.same_words:
        why = "its text is what it carries, but the fixed words in that are not this project's, as they are now"
        return replace(answer, verdict="unknown", text=f"{UNTOLD}: {why}")
    if project is None and delivered.look is None and answer.verdict == "no":
        hint = "compared with memo's own fixed words and look; asked in its project (-C), with those of its style"
        return replace(answer, details=(*answer.details, hint))
    return answer


def expected_file(delivered: Delivered, identity: Identity, project: Project | None) -> Expected | str:
    """Return the file that a delivered one should be; or say why there is none to be had."""
    if identity.document is None:
        return "it carries no document to compare with"
    return _frozen_file(delivered, identity) or _rendered_file(identity.document, delivered, project)


def _frozen_file(delivered: Delivered, identity: Identity) -> Expected | None:
    """Read the edition's own file of the same format; None where it is not as it was issued."""
    if identity.edition is None or identity.project is None:
        return None
    entry = identity.edition.entries[0]
    name = f"{entry.memo}.{delivered.format}"
    try:
        data = (identity.project / entry.folder / name).read_bytes()
    except OSError:
        return None
    if bytes_digest(data) != entry.files.get(name):
        return None
    return Expected(data, read_pages(data, delivered.format), "its text is as it was issued", True)


def _rendered_file(document: Document, delivered: Delivered, project: Project | None) -> Expected | str:
    """Render the document again and read that; or say why there is no such rendering."""
    from memo.renderers import render

    look = look_to_render(delivered, document, project)
    if isinstance(look, str):
        return look
    if render_cost(delivered, look.style) > MOST_RENDERED:
        return "it is too long to be rendered again"
    try:
        rendered, problems = render(document, look.style, delivered.format, house=look.house)
        if not rendered.data:
            return "; ".join(problem.message for problem in problems)
        pages = read_pages(rendered.data, delivered.format)
    except UnreadableFile as unfit:
        return f"rendered again, it {unfit}"
    except Exception:  # who wrote the document is not known: it may ask for what no renderer was made to bear
        return "what it carries cannot be rendered by this version of memo"
    same = "its text is what the document that it carries says"
    return Expected(rendered.data, pages, same, False, look.known, look.same_words)


def _compare(delivered: Delivered, expected: Expected) -> Answer:
    """Compare what a file says, leads to and looks like with what is expected of it."""
    pages, due = delivered.pages, expected.pages
    not_compared = tuple(f"not compared: {extra}" for extra in pages.not_compared)
    if not _same_text(delivered, expected):
        return _other_text(delivered, expected, not_compared)
    # A print has no links: who has it is led nowhere.
    other_links = bool(pages.links) and pages.links != due.links
    if other_links and (expected.frozen or _outward(pages.links) != _outward(due.links)):
        return Answer("no", "a link of it leads elsewhere", (*_describe_links(pages, due), *not_compared))
    try:
        witnessed = compare_with(delivered, expected.data)
    except UnreadableFile as unfit:
        return Answer("unknown", f"{UNTOLD}: its text reads as it should, but it {unfit}", not_compared)
    if witnessed.altered and expected.frozen:
        why = "its text reads as it should, but it does not look as it was issued"
        return Answer("no", why, (*witnessed.altered, *witnessed.doubtful, *not_compared))
    return _agreed(delivered, expected, witnessed, not_compared)


def _agreed(delivered: Delivered, expected: Expected, witnessed: Comparison, not_compared: tuple[str, ...]) -> Answer:
    """Answer for a file whose text and links are as they should be, by all else that is known of it."""
    pages, due = delivered.pages, expected.pages
    # A look that only the file itself speaks of could be made to hide words.
    usual = due.foreign if expected.known_look else ()
    foreign = tuple(thing for thing in dict.fromkeys(pages.foreign) if thing not in usual)
    told = (*pages.told, *witnessed.told, *not_compared)
    if due.links and not pages.links:
        told = ("its links are gone", *told)
    if pages.links and pages.links != due.links:
        foreign += ("links within it lead to other places, as in another look they would",)
    if foreign or witnessed.altered or witnessed.doubtful:
        why = "it holds what memo does not write" if foreign else "it may not show or tell all as it should"
        details = (*foreign, *witnessed.altered, *witnessed.doubtful, *told)
        return Answer("unknown", f"{UNTOLD}: its text reads as it should, but {why}", details)
    if _letters(pages.rejected) != _letters(due.rejected):
        tracked = "that is so with its tracked changes accepted; with them rejected, it says something else"
        return Answer("yes", expected.same, (tracked, *told))
    return Answer("yes", expected.same, told)


# Text


def _same_text(delivered: Delivered, expected: Expected) -> bool:
    here, there = delivered.pages.text, expected.pages.text
    if _said(here, delivered.format) == _said(there, delivered.format):
        return True
    # Who prints a file anew may break words elsewhere, and write the hyphens out.
    return not delivered.by_memo and _without_hyphens(here) == _without_hyphens(there)


def _other_text(delivered: Delivered, expected: Expected, not_compared: tuple[str, ...]) -> Answer:
    """Answer for a file whose text is not what it should be: altered, unless only the order of its words is another."""
    if _may_be_set_anew(delivered, expected):
        why = "its words are those that it should have, set in another order: it was laid out anew, or altered"
        return Answer("unknown", f"{UNTOLD}: {why}", (*_describe(delivered, expected.pages), *not_compared))
    return Answer("no", "its text was altered", (*_describe(delivered, expected.pages), *not_compared))


def _may_be_set_anew(delivered: Delivered, expected: Expected) -> bool:
    """Tell whether lines and pages may only end elsewhere: in a look that is not known, or in a conversion.

    Where pages end elsewhere, headers and footers stand more or less often, and notes at other places in the text.
    """
    known = expected.frozen or delivered.look is not None or delivered.format == "docx"
    if delivered.by_memo and known:
        return False
    texts = delivered.pages.text, expected.pages.text
    here, there = (Counter(_words(text)) for text in texts)
    one, other = (_footers(text) for text in texts)
    other_words = {word for word in here.keys() | there.keys() if here[word] != there[word]}
    around = {word for word in other_words if word.isdigit() or (here[word] >= one and there[word] >= other)}
    return one > 0 and not other_words - (around if one != other else set())


def _footers(text: str) -> int:
    """Count the pages of a text by the digest that the footer of each has."""
    found = SHOWN_DIGEST.findall(text)
    return found.count(found[-1]) if found else 0


def _words(text: str) -> list[str]:
    """Return the words of a text, without the hyphens at which lines end."""
    return re.sub(r"(?<=\w)[-\u00ad\u2010]\n", "", text).split()


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


def _outward(links: tuple[str, ...]) -> list[str]:
    """Return the links that lead out of a file, without the pages that they are on."""
    return [link.rpartition(" (")[0] for link in links if not link.startswith(("page ", "nowhere"))]


def _without_hyphens(text: str) -> str:
    return re.sub("[-\u00ad\u2010\u2011]", "", _letters(text))


def _said(text: str, format: Format) -> str:
    """Return the text as it is compared: a PDF's without white space, a Word file's with its words kept apart."""
    # In a PDF, whether words are apart is known from their places alone.
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
    return next(_differences(here.split(), there.split()))


MOST_PASSAGES = 20


def differences(here: str, there: str) -> tuple[TextDifference, ...]:
    """Find where two texts differ, place by place; the last of very many is all that is left."""
    if _letters(here) == _letters(there):
        return ()
    return tuple(islice(_differences(here.split(), there.split()), MOST_PASSAGES))


def _differences(ours: list[str], theirs: list[str]) -> Iterator[TextDifference]:
    mine = other = 0
    while ours[mine:] != theirs[other:]:
        same = _common_start(ours[mine:], theirs[other:])
        mine, other = mine + same, other + same
        to, other_to = _ends(ours[mine : mine + WINDOW], theirs[other : other + WINDOW])
        yield TextDifference(
            _passage(ours, max(0, mine - CONTEXT), mine + to + CONTEXT),
            _passage(theirs, max(0, other - CONTEXT), other + other_to + CONTEXT),
        )
        mine, other = mine + to, other + other_to


def _ends(one: list[str], other: list[str]) -> tuple[int, int]:
    """Return how many words of each differ, until both go on alike."""
    # With its default, difflib would pass over words that come often, such as "the".
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    # A word or two in common is chance; and a block at the very start would leave nothing to show.
    again = next((block for block in blocks if block.size >= CONTEXT // 2 and block.a + block.b), blocks[-1])
    return again.a, again.b


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
