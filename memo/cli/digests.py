"""``memo check --articles DIR --digests``: what curators paste into sources, so that a changed article is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from memo.cli.project import report

if TYPE_CHECKING:
    from pathlib import Path

    from memo.problem import Problem
    from memo.project import Project


def print_digests(project: Project, folder: Path, as_json: bool) -> None:
    """Each source whose text is in the folder, with the digest of that text, and whether the source gives it."""
    from memo.load import load_articles

    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for name in project.dossiers():
        facts, _ = project.dossier(name)
        articles, found = load_articles(folder, facts)
        problems += found
        for id, article in articles.items():
            if article is not None:
                digest = f"sha256:{article.digest}"
                given = facts.sources[id].text_digest
                place = facts.places["source", id]
                rows.append({"source": id, "place": place._asdict(), "text-digest": digest, "given": given})
                if not as_json:
                    click.echo("\n".join(_lines(f"{place}: {id}", digest, given)))
    if not rows and not as_json:
        click.echo("no source names a text in that folder", err=True)
    report(problems, project, as_json, digests=rows)


def _lines(head: str, digest: str, given: str) -> Iterator[str]:
    same = "as given" if given == digest else "not as given: the article has changed" if given else "not given yet"
    yield f"{head}, {same}"
    yield f"    text-digest: {digest}"
