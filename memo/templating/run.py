"""One run of a memo's template: its problems, its limits, its files, and what it prints.

Included files: found in the templates folder, and nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from memo.facts.dossier import Facts
from memo.facts.style import Words as StyleWords
from memo.problem import Place, Problem, Related
from memo.suggest import suggest
from memo.templating import limits
from memo.templating.parser import Reader
from memo.templating.source import UNWANTED, Parsed, TemplateSource, clean
from memo.templating.statements import Printed, call_macro, play
from memo.templating.step import Step
from memo.templating.values import Broken, Macro, Rich, Scope, Site

_LONGEST = 300
"""The most characters of a message that are shown."""


class Endless(Exception):
    """The template does more than any memo needs; its problem is reported."""


class Run:
    """Renders a memo's template, and reports what is wrong with it."""

    def __init__(self, facts: Facts, words: StyleWords, folder: Path, project: Path) -> None:
        self.folder = folder
        self.project = project
        self.problems: dict[Problem, None] = {}
        self.functions: Mapping[str, Any] = {}
        self.sources: dict[str, TemplateSource] = {}
        self.digests: dict[str, str] = {}
        """Of the bytes of each file that was included; empty of one that was looked for and is not there."""
        self.templates: dict[str, Parsed | None] = {}
        self.reader = Reader()
        self.step = Step(self, facts, words)
        self.at: tuple[Parsed, int] | None = None
        """The template and the offset of the statement that is being carried out."""
        self.ticks = self.output = self.tokens = self.depth = 0

    def close(self) -> None:
        """Nothing will be rendered any more: let go of templates, which take up more than what they print.

        What refers back to the run would else keep all of it in memory.
        """
        self.templates, self.at = {}, None
        self.functions = {}
        self.step.takings.clear()
        del self.step

    # Problems

    def report(self, code: str, message: str, place: Place, hint: str = "", related: tuple[Related, ...] = ()) -> None:
        """Report a problem; the same one, met in every turn of a loop, once."""
        self.problems[Problem(code, _on_one_line(message), place, _on_one_line(hint), related)] = None

    def reported(self) -> list[Problem]:
        """The problems found, by file, line and column."""
        return sorted(self.problems, key=lambda problem: problem.place)

    # Limits

    def limit(self, amount: float, most: float, site: Site) -> None:
        """Stop a template that goes beyond what any memo needs."""
        if amount > most:
            message = "the template does more than any memo needs, and was stopped here"
            self.report("endless-template", message, site.place, "does it loop, or include itself?")
            raise Endless

    def tick(self, site: Site) -> None:
        """Count a turn of a loop, a call, a filter."""
        self.ticks += 1
        self.limit(self.ticks, limits.MOST_TICKS, site)

    def count(self, characters: int, tokens: int, site: Site) -> None:
        """Count what is printed."""
        self.output += characters
        self.tokens += tokens
        self.limit(self.output, limits.MOST_OUTPUT, site)
        self.limit(self.tokens, limits.MOST_TOKENS, site)

    def enter(self, site: Site) -> None:
        """An include or a macro begins."""
        self.tick(site)
        self.depth += 1
        self.limit(self.depth, limits.MOST_DEPTH, site)

    def leave(self) -> None:
        """It ends."""
        self.depth -= 1

    # Files

    def include(self, names: list[Any], site: Site, optional: bool) -> Parsed | None:
        """The first of these templates that is there; with a problem if none is, unless it is optional."""
        for name in names:
            path = inside(self.folder, name)
            if path is not None and path.is_file():
                return self.parsed(self._included(path, str(name), site))
            if path is not None:
                self.digests[self._shown(path, name)] = ""
        if not optional and not any(isinstance(name, Broken) for name in names):
            shown = ", ".join(name for name in names if isinstance(name, str))
            hint = suggest(shown, template_names(self.folder)) or "it is looked for in the templates folder only"
            self.report("missing-include", f"there is no template '{shown}'", site.place, hint)
        return None

    def _included(self, path: Path, name: str, site: Site) -> TemplateSource:
        shown = self._shown(path, name)
        if shown not in self.sources:
            included = read_text(path)
            if included.fault is not None:
                code, message = included.fault
                self.report(code, message, Place(shown), related=(Related(site.place, "is included here"),))
            self.digests[shown] = included.digest
            self.source(shown, included.text)
        return self.sources[shown]

    def _shown(self, path: Path, name: str) -> str:
        return path.relative_to(self.project).as_posix() if path.is_relative_to(self.project) else name

    def source(self, path: str, text: str) -> TemplateSource:
        """A template's text, rid of characters that it may not have."""
        cleaned, unwanted = clean(text)
        self.sources[path] = source = TemplateSource(path, cleaned)
        for offset in unwanted:
            self.report("bad-character", "a control or private-use character", source.place(offset))
        return source

    def parsed(self, source: TemplateSource) -> Parsed | None:
        """The template that a source is; None if it is no Jinja."""
        if source.path not in self.templates:
            self.templates[source.path] = self.reader.read(source, self.report)
        return self.templates[source.path]

    # Rendering

    def call_macro(
        self, site: Site, macro: Macro, arguments: list[Any], named: Mapping[str, Any], caller: Macro | None
    ) -> Rich:
        """What a macro prints."""
        return call_macro(self.step, site, macro, arguments, named, caller)

    def render(self, template: Parsed) -> Rich:
        """What a template prints. One that is stopped has printed what it printed until then."""
        printed: Printed = []
        scope = Scope(template)
        try:
            play(self.step, template.tree.body, scope, printed)
        except Endless:
            pass
        except RecursionError:
            at, offset = self.at or (template, 0)
            self.report("endless-template", "this is nested too deep", at.source.place(offset))
        scope.held.clear()  # a macro holds the scope that it stands in, and with it the template
        return Rich(tuple(printed))


def _on_one_line(message: str) -> str:
    """What a template says of itself, fit for a terminal: no control characters, and not without end."""
    shown = UNWANTED.sub("\ufffd", " ".join(message.split()))
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "..."


def inside(folder: Path, name: Any) -> Path | None:
    """The path of a template, if its name leads nowhere but into the folder: not up, not away, not by a link."""
    if not isinstance(name, str) or not name or len(name) > 400 or any(mark in name for mark in "\\:\0\n\ufffd"):
        return None
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        return None
    path = folder / name
    try:
        return path if path.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError, ValueError):
        return None


class Included(NamedTuple):
    """A file's text, and the digest of the bytes read (SHA-256); ``fault``: a problem code with its message."""

    text: str = ""
    digest: str = ""
    fault: tuple[str, str] | None = None


def read_text(path: Path) -> Included:
    """A file's text; or nothing, and why."""
    try:
        held = path.read_bytes()
        if len(held) > limits.MOST_BYTES:
            return Included(fault=("too-large", "the file is larger than any template needs to be"))
        return Included(held.decode("utf-8-sig"), hashlib.sha256(held).hexdigest())
    except UnicodeDecodeError:
        return Included(fault=("not-utf-8", "the file is not UTF-8 text"))
    except OSError as error:
        return Included(fault=("unreadable", f"the file cannot be read: {error.strerror}"))


def template_names(folder: Path) -> list[str]:
    """What could be included."""
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]
