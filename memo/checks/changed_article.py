"""An article is still the one that its facts were curated from (ICS 206-01 has web pages kept as they were read).

An article that was corrected or taken back may no longer carry what a memo says of it.

A source's ``text-digest`` says which text it was; ``memo check --articles DIR --digests`` prints those of today.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Dossier
from memo.problem import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """Report a ``changed-article`` for each source whose text has another digest than the source gives."""
    resting = dossier.facts_by_source()
    for id, article in (dossier.articles or {}).items():
        source = dossier.facts.sources[id]
        if article is None or not source.text_digest or source.text_digest == f"sha256:{article.digest}":
            continue
        facts = resting[id]
        message = f"{article.name} is not the text that {_counted(len(facts))} of this source {_were(facts)} drawn from"
        hint = f"go through them; then write: text-digest: sha256:{article.digest}"
        yield Problem("changed-article", message, dossier.place("source", id, "text_digest"), hint, facts=facts)


def _counted(count: int) -> str:
    return f"the {count} facts" if count > 1 else "the fact" if count else "facts"


def _were(facts: tuple[str, ...]) -> str:
    return "was" if len(facts) == 1 else "were"
