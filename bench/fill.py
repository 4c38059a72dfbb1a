"""Fills templates by YAML and Jinja2 alone: what a peer needs before it has a finished text, in its shortest form.

The same sheets are read (by the C loader) and the same templates filled with the facts' words, for every memo of the
project folder given; the text goes into its folder ``filled``. Nothing is validated, cited or traced.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import jinja2
import yaml


class Fact(dict[str, Any]):
    """A fact that prints as its claim, and whose other parts are there or empty."""

    def __str__(self) -> str:
        return str(self["claim"])

    def __getattr__(self, name: str) -> Any:
        return self.get(name, "")


def main(project: Path) -> None:
    sheets = [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in sorted(project.glob("facts/*/*.yaml"))]
    known = {name: Fact(fact) for sheet in sheets for name, fact in (sheet.get("facts") or {}).items()}
    actors = {name: Fact(actor) for sheet in sheets for name, actor in (sheet.get("actors") or {}).items()}

    def facts(section: str = "", kind: str = "") -> list[Fact]:
        found = [fact for fact in known.values() if not section or section in fact.get("sections", ())]
        return [fact for fact in found if not kind or fact["kind"] == kind]

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(project / "templates"), keep_trailing_newline=True)
    environment.globals.update(fact=known.__getitem__, facts=facts, actor=actors.__getitem__)
    for name in ("cite", "figure", "sources", "source_summary", "likelihood_table", "changes"):
        environment.globals[name] = lambda *_, **__: ""
    filled = project / "filled"
    filled.mkdir(exist_ok=True)
    for path in sorted((project / "templates").glob("*.md")):
        (filled / path.name).write_text(environment.get_template(path.name).render(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
