"""A project folder: ``facts/`` (a folder for each dossier) and ``templates/`` (``*.md``: a memo each; ``style.yaml``).

What is in it is loaded, composed and checked here, and nothing is written. The steps are imported where they are taken:
a build with nothing to do takes none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from memo.digests import file_digest
from memo.problem import Place, Problem

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.edtf import Date
    from memo.facts import Facts
    from memo.style import HouseFile, Style
    from memo.template import Format, Template

STYLE = "templates/style.yaml"
_UNREAD = frozenset(("no-dossier", "unreadable", "not-utf-8", "too-large", "yaml-syntax"))
_UNKNOWN = frozenset(("unknown-fact", "unknown-actor", "unknown-source", "unknown-section"))


@dataclass
class Project:
    """A project folder. Its style and each dossier are read once, when first asked for."""

    folder: Path
    _dossiers: dict[str, tuple[Facts, list[Problem]]] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)

    def lacking(self) -> list[Problem]:
        """A ``no-project`` for each folder that a project has and this one lacks."""
        hint = "run memo in a folder that has facts/ and templates/, or name it with -C"
        return [
            Problem("no-project", f"there is no {name}/ folder here", Place(name), hint)
            for name in ("facts", "templates")
            if not (self.folder / name).is_dir()
        ]

    def memos(self) -> list[str]:
        """The names of all memos: the stems of ``templates/*.md``, sorted."""
        return sorted(path.stem for path in (self.folder / "templates").glob("*.md"))

    def dossiers(self) -> list[str]:
        """The names of all dossiers: the folders in ``facts/``, sorted."""
        return sorted(path.name for path in (self.folder / "facts").iterdir() if path.is_dir())

    def digest(self, path: str) -> str:
        """The digest of a file as it was before it was read, so that a change since then is not taken for read."""
        return self._digests.get(path) or file_digest(self.folder / path)

    def _take_digest(self, path: str) -> None:
        self._digests[path] = file_digest(self.folder / path)

    def dossier(self, name: str) -> tuple[Facts, list[Problem]]:
        """The dossier ``facts/<name>/`` and what is wrong with it."""
        from memo.load import load

        if name not in self._dossiers:
            for path in sorted((self.folder / "facts" / name).glob("*.y*ml")):
                self._take_digest(path.relative_to(self.folder).as_posix())
            self._dossiers[name] = load(self.folder / "facts" / name, self.folder)
        return self._dossiers[name]

    @cached_property
    def style(self) -> tuple[Style, list[Problem]]:
        """The look of all memos and what is wrong with it."""
        from memo.load import load_style

        self._take_digest(STYLE)
        style, problems = load_style(self.folder / STYLE, self.folder)
        return style, problems + (self.house[1] if style.house_style else [])

    @cached_property
    def house(self) -> tuple[HouseFile | None, list[Problem]]:
        """The Word file that the style names, if it names one, and what is wrong with it."""
        from memo.load import load_house

        return load_house(self.folder / STYLE, self.folder)

    def template(self, name: str) -> tuple[Template | None, list[Problem]]:
        """The template ``templates/<name>.md``, or ``unknown-memo``."""
        from memo.load import load_template

        if name in (names := self.memos()):
            self._take_digest(f"templates/{name}.md")
            return load_template(self.folder / "templates" / f"{name}.md", self.folder)
        close = get_close_matches(name, names, 1)
        hint = f"did you mean '{close[0]}'?" if close else f"the memos here: {', '.join(names) or 'none'}"
        return None, [Problem("unknown-memo", f"there is no memo '{name}'", Place(f"templates/{name}.md"), hint)]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A memo before it is rendered: None where it did not come that far; and every problem on the way."""

    memo: Memo | None
    problems: list[Problem]


def prepare(project: Project, name: str, formats: Sequence[Format] = (), date: Date | None = None) -> Prepared:
    """One memo loaded, composed and checked. ``formats`` and ``date``, where given, stand in for its front matter's."""
    from memo.checks import CHECKS, Memo
    from memo.compose import compose

    style, problems = project.style
    template, found = project.template(name)
    problems = problems + found
    if template is None:
        return Prepared(None, problems)
    if date is not None:
        template = replace(template, front_matter=replace(template.front_matter, date=date))
    facts, found = project.dossier(template.front_matter.dossier)
    composed, more = compose(template, facts, style, project.folder / "templates", project.folder)
    if any(problem.code in _UNREAD for problem in found):  # what is unknown may stand in what could not be read
        more = [problem for problem in more if problem.code not in _UNKNOWN]
    problems += found + more
    if composed is None:
        return Prepared(None, problems)
    memo = Memo(template, facts, composed, style, tuple(formats) or template.front_matter.formats)
    return Prepared(memo, problems + [problem for check in CHECKS for problem in check(memo)])
