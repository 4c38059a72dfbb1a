"""An acronym is spelt out where a memo first uses it (CRAFT, rule 23; plain-language guidance; WCAG 2.2, 3.1.4).

A reader who has to guess what letters stand for stops there, or guesses wrong. An acronym is a word of two to six
letters, all capitals. It is spelt out by its full name beside it, one of the two in brackets: ``Customs Union of Ports
(CUP)``; or, if an actor has it as a ``short`` or another name, by the actor's ``name`` in what was read before.

Left out are the names of actors, sources and origins as such, and parts of longer ones; Roman numerals; designations
(``SC-2026-01``); the short list FAMILIAR_ACRONYMS in memo/checks/reading/english.py; and words set in capitals.
Headings, captions and column heads are not checked: there is no room in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, get_args

from memo.checks.memo import Memo
from memo.checks.reading.english import FAMILIAR_ACRONYMS, REFERENCE_WORDS
from memo.checks.reading.traceable import actor_names
from memo.checks.reading.words import plain
from memo.document.sentences import Sentence
from memo.facts.dossier import Actor, Facts, Status
from memo.facts.style import Style
from memo.problem import Problem

_ACRONYM = re.compile(r"(?![a-z])(?<![\w&])(?<!\w[-‑/.])([^\W\d_](?:&?[^\W\d_]){1,5}?)(?:s|’s|'s)?(?![\w&])(?![-‑/]\d)")
_CAPITALS = re.compile(r"[^\W\d_a-z]&?[^\W\d_a-z]")
_ROMAN = re.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_STATUSES = frozenset(status.upper() for status in get_args(Status))


class _Acronym(NamedTuple):
    """An acronym in a sentence, from ``start`` on."""

    letters: str
    start: int


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``unspelt-acronym`` at the first use of each acronym that is not spelt out by then."""
    known = memo.facts.once(_KnownNames, memo.style)
    text = " ".join([sentence.text for sentence in memo.sentences()])
    done: set[str] = set()
    read = ""
    for passage in memo.writer_passages:
        for sentence in passage.sentences:
            for acronym in _acronyms(sentence) if passage.role in ("paragraph", "item", "cell") else ():
                if acronym.letters not in done and not known.is_name(acronym.letters, sentence.text, acronym.start):
                    done.add(acronym.letters)
                    spelt_out = known.spells(acronym, sentence.text, read)
                    if not spelt_out and not _is_word(acronym.letters, sentence.text, text):
                        yield _problem(memo, sentence, acronym)
            read += f"{sentence.text} "


def _problem(memo: Memo, sentence: Sentence, acronym: _Acronym) -> Problem:
    place, related = memo.words_at(sentence, acronym.start, len(acronym.letters))
    hint = f"write its full name here, and ({acronym.letters}) after it"
    message = f"‘{acronym.letters}’ is used before it is spelt out"
    leaf, _ = sentence.at(acronym.start)
    return Problem("unspelt-acronym", message, place, hint, related, facts=getattr(leaf, "facts", ()))


def _acronyms(sentence: Sentence) -> Iterator[_Acronym]:
    for found in _ACRONYM.finditer(sentence.text) if _CAPITALS.search(sentence.text) else ():
        letters = found[1]
        capitals = all(letter.isupper() for letter in letters if letter != "&")
        if capitals and letters not in FAMILIAR_ACRONYMS and not _ROMAN.fullmatch(letters):
            yield _Acronym(letters, found.start())


def _is_word(letters: str, sentence: str, text: str) -> bool:
    """Tell whether letters are a word set in capitals, as its sentence is, or the memo has it in small letters too."""
    if (
        letters in _STATUSES
        or letters.casefold() in REFERENCE_WORDS
        or (sentence == sentence.upper() and re.search(r"\w\W+\w", sentence))
    ):
        return True
    # Three letters or fewer may be a small word of their own: IT and it, US and us.
    return len(letters) > 3 and re.search(rf"(?<!\w){re.escape(letters.lower())}(?!\w)", text) is not None


class _KnownNames:
    """The names of a dossier, as far as acronyms stand in them or stand for them."""

    def __init__(self, facts: Facts, style: Style) -> None:
        labels = (source.label for source in facts.sources.values())
        names = (actor.name for actor in facts.actors.values())
        self.names = [plain(name) for name in (*names, *labels, *style.origins.values())]
        self.actors: dict[str, list[Actor]] = {}
        for actor in facts.actors.values():
            for name in actor_names(actor)[1:]:
                self.actors.setdefault(name, []).append(actor)

    def is_name(self, letters: str, sentence: str, start: int) -> bool:
        """Tell whether an acronym is a name as such, or stands in a longer name."""
        if letters in self.names:
            return True
        within = (re.escape(name) for name in self.names if letters in name)
        spans = (found.span() for name in within for found in re.finditer(name, plain(sentence)))
        return any(first <= start < last for first, last in spans)

    def spells(self, acronym: _Acronym, sentence: str, read: str) -> bool:
        """Tell whether an acronym is spelt out by now; ``read`` is all that was read before its sentence."""
        before = read + sentence[: acronym.start]
        after = re.match(r"\s\(([^()]*)\)", sentence[acronym.start + len(acronym.letters) :])
        if after and _stands_for(after[1], acronym.letters):
            return True
        if before.endswith("(") and _stands_for(before[:-1], acronym.letters):
            return True
        return any(plain(actor.name) in plain(before) for actor in self.actors.get(acronym.letters, ()))


def _stands_for(name: str, letters: str) -> bool:
    """Tell whether a name spells an acronym out: it has two words or more, and one of the last begins as it does.

    More is not asked: what stands beside an acronym in brackets spells it out, in whatever language it was made.
    """
    words = re.findall(r"[^\W\d_]+", name)[-3 * len(letters) :]
    return any(word[0].upper() == letters[0] for word in words[:-1])
