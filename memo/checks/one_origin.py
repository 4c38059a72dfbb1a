"""No single origin stands behind more than half of what a section claims, unseen (CRAFT, rule 24; ICD 206).

Twenty notes to three articles look like broad support, and are one voice if all three relay it. A fact counts for an
origin if that is the only one behind it. Sections of fewer than four facts are too short for a share to say anything;
the summary says nothing that the body does not. Where the dossier has no more, a waiver says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.sections import sections, summary
from memo.problem import Problem

FEWEST = 4


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``one-origin`` at the heading of each section that has more than half of its facts from one origin."""
    for anchor, blocks in sections(memo).items():
        used = [memo.facts.facts[id] for id in memo.facts_of(blocks)]
        if not anchor or anchor == summary(memo) or len(used) < FEWEST:
            continue
        alone = Counter(next(iter(of)) for of in map(memo.facts.origins, used) if len(of) == 1)
        for origin, count in alone.most_common(1):
            if count * 2 > len(used):
                name = memo.facts.origin_in_words(origin, memo.style.origins)
                message = f"{count} of the {len(used)} facts of this section come from {name} alone"
                hint = "look for another origin, or say here how much rests on one"
                yield Problem("one-origin", message, memo.section_place(anchor), hint)
