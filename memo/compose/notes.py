"""What a footnote says: which sources carry its facts, where in them, whom they relay, and how far to trust that.

``News report of 23 January 2026, para. 9 (relaying NATO press service; probably true); South Caucasus News, para. 11
(probably true).`` Grades stand in words, never as letters (ICD 206; the Admiralty system's credibility).
"""

from __future__ import annotations

from memo.document import Claim, Inline, Text
from memo.edtf import fill
from memo.facts import Fact, Facts, Support
from memo.style import Style, Words


def footnote_content(facts: Facts, ids: tuple[str, ...], style: Style, words: Words) -> tuple[Inline, ...]:
    """The note for some facts: each source once for all that it carries alike; a judgement with its judge and basis."""
    used = [facts.facts[id] for id in ids]
    entries: list[Inline] = [Text(entry) for entry in _citations(facts, used, style, words)]
    entries += [_judgement(fact, words) for fact in used if fact.judged_by and not fact.support]
    woven: list[Inline] = []
    for entry in entries or [Text(", ".join(ids))]:
        woven += [Text("; "), entry] if woven else [entry]
    return _merged([*woven, Text(".")])


def _citations(facts: Facts, used: list[Fact], style: Style, words: Words) -> list[str]:
    locators: dict[tuple[str, str], dict[str, None]] = {}
    for fact in used:
        for support in fact.support:
            key = (facts.sources[support.source].label, _remarks(facts, support, style, words))
            locators.setdefault(key, {})[support.locator] = None
    return [", ".join([label, *where]) + remarks for (label, remarks), where in locators.items()]


def _remarks(facts: Facts, support: Support, style: Style, words: Words) -> str:
    origin = facts.origin(support)
    remarks = []
    if origin != support.source:
        remarks.append(fill(words.relaying, origin=origin_in_words(origin, facts, style)))
    if support.credibility:
        remarks.append(words.credibility.get(support.credibility, support.credibility))
    return f" ({'; '.join(remarks)})" if remarks else ""


def origin_in_words(origin: str, facts: Facts, style: Style) -> str:
    """An origin as the style names it; else the name of the actor or source of that id; else the id, with spaces."""
    if origin in style.origins:
        return style.origins[origin]
    if origin in facts.actors:
        return facts.actors[origin].name
    return facts.sources[origin].label if origin in facts.sources else origin.replace("-", " ")


def _judgement(fact: Fact, words: Words) -> Claim:
    text = fill(words.judgement, by=fact.judged_by, basis=fact.basis)
    return Claim(text.rstrip(". "), (fact.id,), "judgement")


def _merged(content: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts as one."""
    found: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text) and found and isinstance(last := found[-1], Text):
            found[-1] = Text(last.text + inline.text)
        else:
            found.append(inline)
    return tuple(found)
