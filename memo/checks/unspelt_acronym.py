"""An acronym is spelt out where a memo first uses it (CRAFT, rule 23; plain-language guidance; WCAG 2.2, 3.1.4).

A reader who has to guess what letters stand for stops there, or guesses wrong. An acronym is a word of two to six
letters, all capitals. It is spelt out by its full name beside it, one of the two in brackets: ``Customs Union of Ports
(CUP)``; or if an actor has it as a ``short`` or another name, by the actor's ``name`` in what was read before. Free are
what is the name of an actor, a source or an origin as such, or part of a longer one, Roman numerals, designations
(``SC-2026-01``), the short list FAMILIAR in memo/checks/reading/english_prose.py, and words set in capitals. Headings,
captions and column heads are not looked at: there is no room in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, get_args

from memo.checks.memo import Memo
from memo.checks.reading.carriers import actor_names, plain
from memo.checks.reading.english_prose import FAMILIAR, REFERENCES
from memo.checks.reading.prose import told
from memo.document.sentences import Sentence
from memo.facts.dossier import Actor, Facts, Status
from memo.facts.style import Style
from memo.problem import Problem

_ACRONYM = re.compile(r"(?![a-z])(?<![\w&])(?<!\w[-‑/.])([^\W\d_](?:&?[^\W\d_]){1,5}?)(?:s|’s|'s)?(?![\w&])(?![-‑/]\d)")
_CAPITALS = re.compile(r"[^\W\d_a-z]&?[^\W\d_a-z]")
_ROMAN = re.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_STATUSES = frozenset(status.upper() for status in get_args(Status))


class _Use(NamedTuple):
    """An acronym in a sentence, from ``start`` on."""

    letters: str
    start: int


def check(memo: Memo) -> Iterator[Problem]:
    """An ``unspelt-acronym`` at the first use of each acronym that is not spelt out by then."""
    known = memo.facts.once(_Known, memo.style)
    text = " ".join([sentence.text for sentence in memo.sentences()])
    done: set[str] = set()
    read = ""
    for passage in told(memo):
        for sentence in passage.sentences:
            for use in _uses(sentence) if passage.role in ("paragraph", "item", "cell") else ():
                if use.letters not in done and not known.frees(use.letters, sentence.text, use.start):
                    done.add(use.letters)
                    if not known.spells(use, sentence.text, read) and not _is_word(use.letters, sentence.text, text):
                        yield _problem(memo, sentence, use)
            read += f"{sentence.text} "


def _problem(memo: Memo, sentence: Sentence, use: _Use) -> Problem:
    place, related = memo.words_at(sentence, use.start, len(use.letters))
    hint = f"write its full name here, and ({use.letters}) after it"
    message = f"‘{use.letters}’ is used before it is spelt out"
    leaf, _ = sentence.at(use.start)
    return Problem("unspelt-acronym", message, place, hint, related, facts=getattr(leaf, "facts", ()))


def _uses(sentence: Sentence) -> Iterator[_Use]:
    for found in _ACRONYM.finditer(sentence.text) if _CAPITALS.search(sentence.text) else ():
        letters = found[1]
        capitals = all(letter.isupper() for letter in letters if letter != "&")
        if capitals and letters not in FAMILIAR and not _ROMAN.fullmatch(letters):
            yield _Use(letters, found.start())


def _is_word(letters: str, sentence: str, text: str) -> bool:
    """Whether these are a word set in capitals: all around it is, or the memo has it in small letters, too."""
    if (
        letters in _STATUSES
        or letters.casefold() in REFERENCES
        or (sentence == sentence.upper() and re.search(r"\w\W+\w", sentence))
    ):
        return True
    return len(letters) > 3 and re.search(rf"(?<!\w){re.escape(letters.lower())}(?!\w)", text) is not None


class _Known:
    """What a dossier says of acronyms."""

    def __init__(self, facts: Facts, style: Style) -> None:
        labels = (source.label for source in facts.sources.values())
        names = (actor.name for actor in facts.actors.values())
        self.names = [plain(name) for name in (*names, *labels, *style.origins.values())]
        self.actors: dict[str, list[Actor]] = {}
        for actor in facts.actors.values():
            for name in actor_names(actor)[1:]:
                self.actors.setdefault(name, []).append(actor)

    def frees(self, letters: str, sentence: str, start: int) -> bool:
        """Whether it is an actor's name as such, or stands in a longer name."""
        if letters in self.names:
            return True
        within = (re.escape(name) for name in self.names if letters in name)
        found = (each.span() for name in within for each in re.finditer(name, plain(sentence)))
        return any(first <= start < last for first, last in found)

    def spells(self, use: _Use, sentence: str, read: str) -> bool:
        """Whether it is spelt out by now; ``read`` is all that was read before its sentence."""
        before = read + sentence[: use.start]
        after = re.match(r"\s\(([^()]*)\)", sentence[use.start + len(use.letters) :])
        if after and _stands_for(after[1], use.letters):
            return True
        if before.endswith("(") and _stands_for(before[:-1], use.letters):
            return True
        return any(plain(actor.name) in plain(before) for actor in self.actors.get(use.letters, ()))


def _stands_for(name: str, letters: str) -> bool:
    """Whether one of some last words of a name, two at the least, begins with the first letter.

    More is not asked: what stands beside an acronym in brackets spells it out, in whatever language it was made.
    """
    words = re.findall(r"[^\W\d_]+", name)[-3 * len(letters) :]
    return any(word[0].upper() == letters[0] for word in words[:-1])
