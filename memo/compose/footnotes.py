"""What a footnote says: which sources its facts rest on, where in them, whom they relay, and how far to trust that.

``Harbour report, para. 9; Harbour Gazette, para. 11 (each relaying the port office; probably true).`` Grades stand in
words, never as letters (ICD 206; the Admiralty system's credibility). Where a footnote may stand is the business of
`memo.compose.inlines`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from msgspec.structs import replace

from memo.document.tree import Claim, Inline, Text
from memo.facts.dossier import Fact, Facts, Support
from memo.facts.style import LOCATORS, Style, Words, fill


def footnote_content(facts: Facts, ids: tuple[str, ...], style: Style, words: Words) -> tuple[Inline, ...]:
    """Word the footnote for some facts: the passages they rest on, then what curators judged."""
    # Copies, because nodes go by identity: the same facts may be cited again, and each footnote has a place of its own
    return tuple(map(replace, facts.once(_Footnotes, style, words).content(ids)))


_LOCATOR = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(LOCATORS, key=len, reverse=True)))})(?!\w)")


class _Footnotes:
    """The footnotes of a dossier: the same facts are cited together again and again, in one memo and the next.

    So many are kept as a large dossier is cited in; where that is not enough, they are only worded anew.
    """

    def __init__(self, facts: Facts, style: Style, words: Words) -> None:
        self._facts = facts
        self._style = style
        self._words = words
        self.content = lru_cache(2000)(self._content)

    def _content(self, ids: tuple[str, ...]) -> tuple[Inline, ...]:
        used = [self._facts.facts[id] for id in ids]
        sentences: list[Inline] = [Text(sentence) for sentence in self._citations(used)]
        sentences += _judgements(used, self._words)
        content: list[Inline] = []
        for sentence in sentences or [Text(", ".join(ids))]:
            content += [*([Text(" ")] if content else []), sentence, Text(".")]
        return merged(content)

    def _citations(self, used: list[Fact]) -> list[str]:
        """Word a sentence for all passages with the same remarks: ``A, para. 1, 3; B, para. 2 (both ...)``."""
        # By remarks, then by label, the locators; dicts in place of sets, which have no order
        groups: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
        for fact in used:
            for support in fact.support:
                passages = groups.setdefault(self._remarks(support), {})
                passages.setdefault(self._facts.sources[support.source].label, {})[support.locator] = None
        return [_citation(passages, *remarks, self._words) for remarks, passages in groups.items()]

    def _remarks(self, support: Support) -> tuple[str, str]:
        """Return whom a passage relays, where that is not who brought out its source; and its grade; both in words."""
        named, relayed = self._style.origins, ""
        if self._facts.relays(support, named):
            relayed = self._facts.origin_in_words(self._facts.origin(support), named)
        return relayed, self._words.credibility.get(support.credibility or "", "")


def _citation(passages: dict[str, dict[str, None]], origin: str, grade: str, words: Words) -> str:
    pattern = words.relaying if len(passages) == 1 else words.relaying_each
    remarks = [fill(pattern, origin=origin)] if origin else []
    remarks += [grade] if grade else []
    named = words.semicolon.join(
        f"{label}, {located([_in_language(locator, words) for locator in locators])}"
        for label, locators in passages.items()
    )
    return f"{named} ({words.semicolon.join(remarks)})" if remarks else named


def _in_language(locator: str, words: Words) -> str:
    """Put the words of a locator that memo knows into the memo's language: ``Abs. 9`` for ``para. 9``."""
    return _LOCATOR.sub(lambda word: words.locators[word[0]], locator)


def located(locators: list[str]) -> str:
    """List locators; a word that all begin with is said once, with numbers in order: ``para. 3, 28, 30``."""
    first = locators[0].split(" ")[0] + " "
    if len(locators) == 1 or not all(locator.startswith(first) and locator != first for locator in locators):
        return ", ".join(locators)
    rest = [locator.removeprefix(first) for locator in locators]
    return first + ", ".join(sorted(rest, key=int) if all(one.isdecimal() for one in rest) else rest)


def _judgements(used: list[Fact], words: Words) -> list[Claim]:
    """Word what curators judged without support, each curator named once with the basis of all that they judged."""
    judged: dict[str, dict[str, list[str]]] = {}
    for fact in used:
        if fact.judged_by and not fact.support:
            judged.setdefault(fact.judged_by, {}).setdefault(fact.basis.rstrip(". "), []).append(fact.id)
    return [
        Claim(fill(words.judgement, by=by, basis=". ".join(bases)), tuple(chain(*bases.values())), "judgement")
        for by, bases in judged.items()
    ]


def merged(content: list[Inline]) -> tuple[Inline, ...]:
    """Return the inlines with neighbouring texts merged into one, as everywhere in a document."""
    found: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text) and found and isinstance(last := found[-1], Text):
            found[-1] = Text(last.text + inline.text)
        else:
            found.append(inline)
    return tuple(found)
