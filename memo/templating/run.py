"""One run of a memo's template: what it has found and read, how much it may do, where it is.

`Run` lasts until the memo is composed. The parsed templates belong to a `Loader`, which is let go when all is printed;
a `Context` says where in them the interpreter is, a `Site` which node it has before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import nodes
from msgspec import Struct
from msgspec.structs import replace

from memo.facts.dossier import Facts
from memo.facts.file_text import MERGE_MARKER, bad_character, composed, merge_marker, turning_for_nothing
from memo.facts.style import Words as StyleWords
from memo.files import bytes_digest, read_plain
from memo.problem import Place, Problem, Related
from memo.suggest import Suggester
from memo.templating.parser import Parsed, Span, parse_template, whole
from memo.templating.source import UNWANTED, LexerToken, TemplateSource, clean, unwanted_words
from memo.templating.values import Absent, Broken, Macro, Names, Rich, Token, WriterText

# How much a template may do. Counted, never timed: the same template fails at the same place everywhere.

A_TICK = 100
"""What a turn of a loop, a call or a filter costs; a character or an item that is touched costs one."""

A_STEP = 5
"""What each statement and expression costs."""

MOST_WORK = 10_000_000
"""All together: a hundred thousand turns, calls and filters, where they touch little."""

MOST_OUTPUT = 1 << 20
"""Characters printed."""

MOST_TOKENS = 50_000
"""Facts and blocks printed."""

MOST_DEPTH = 40
"""Includes within includes, imports within imports, macros within macros."""

MOST_ITEMS = 10_000
"""Items of one list."""

MOST_NUMBER = 10**15
"""Numbers, up or down."""

MOST_BYTES = 1 << 20
"""Size of one included file."""

_LONGEST_MESSAGE = 300
_LONGEST_NAME = 400
_LOOKED_FOR = "it is looked for in the templates folder only, by its path from there: sections/risks.md"
_NEVER_IN_NAMES = re.compile("[\\\\:\0\n\ufffd]")
"""A backslash and a colon lead elsewhere on Windows."""


class Endless(Exception):
    """The template does more than any memo needs; its problem is reported."""


class TemplateRun:
    """What one memo is composed from, what was read for it, and what is wrong with it."""

    def __init__(self, facts: Facts, words: StyleWords, folder: Path, project: Path) -> None:
        self.facts = facts
        self.words = words
        self.folder = folder
        self.project = project
        self.problems: dict[Problem, None] = {}
        self.sources: dict[str, TemplateSource] = {}
        self.digests: dict[str, str] = {}
        """Of the bytes of each file included or imported; empty of one that was looked for and is not there."""
        self.comments: list[tuple[TemplateSource, LexerToken]] = []
        """Every comment of the templates, file by file."""
        self.at: tuple[TemplateSource, int] | None = None
        """The template and the offset of the statement that is being executed."""
        self._work = self._output = self._tokens = self._depth = 0
        self._suggester = Suggester()
        self._unknown: set[Place] = set()
        """Where names were reported that are not there."""

    # Problems

    def report(self, code: str, message: str, place: Place, hint: str = "", related: tuple[Related, ...] = ()) -> None:
        """Report a problem; the same one, met in every turn of a loop, once."""
        self.add(Problem(code, message, place, hint, related))

    def add(self, problem: Problem) -> None:
        """Report a problem that was made elsewhere."""
        if problem.code == "unknown-name":  # of every fact that a loop goes through, it is the one mistake
            if problem.place in self._unknown:
                return
            self._unknown.add(problem.place)
        problem = replace(problem, message=_on_one_line(problem.message), hint=_on_one_line(problem.hint))
        self.problems[problem] = None

    def reported(self) -> list[Problem]:
        """Return the problems found, by file, line and column."""
        return sorted(self.problems, key=lambda problem: problem.place)

    def settle(self, value: Any) -> Any:
        """Return a value that is about to be used; one that is absent is reported now."""
        if isinstance(value, Absent):
            self.add(value.problem)
            return Broken()
        return value

    def truth(self, value: Any) -> bool:
        """Tell whether a value counts as true; one that is absent is reported."""
        return bool(self.settle(value))

    def suggest(self, name: str, options: Collection[str]) -> str:
        """Return the closest option as a hint; empty if none is near, or after very many mistakes."""
        return self._suggester.suggest(name, options)

    def suggest_from(self, name: str, options: Collection[str], what: str) -> str:
        """Return the closest option, and all there are of ``what``, as a hint."""
        listed = f"the {what} are {', '.join(sorted(options))}" if options else f"there are no {what}"
        return f"{self.suggest(name, options)} {listed}".strip()

    # Limits

    def limit(self, amount: float, most: float, site: Site) -> None:
        """Stop a template that goes beyond what any memo needs. Raises `Endless`."""
        if amount > most:
            message = "the template does more than any memo needs, and was stopped here"
            self.report("endless-template", message, site.place, "does it loop, or include itself?")
            raise Endless

    def tick(self, site: Site) -> None:
        """Count a turn of a loop, a call, a filter."""
        self.work(A_TICK, site)

    def work(self, amount: int, site: Site) -> None:
        """Count what an operation touches: characters of texts, items of lists."""
        self._work += amount
        self.limit(self._work, MOST_WORK, site)

    def step(self, node: nodes.Node, context: Context) -> None:
        """Count a statement or an expression."""
        self._work += A_STEP
        if self._work > MOST_WORK:
            self.limit(self._work, MOST_WORK, context.site(node))

    def count(self, characters: int, tokens: int, site: Site) -> None:
        """Count what is printed."""
        self._output += characters
        self._tokens += tokens
        self.limit(self._output, MOST_OUTPUT, site)
        self.limit(self._tokens, MOST_TOKENS, site)

    @contextmanager
    def deeper(self, site: Site) -> Iterator[None]:
        """Count an include, an import or a macro for as long as it lasts."""
        self.tick(site)
        self._depth += 1
        self.limit(self._depth, MOST_DEPTH, site)
        yield
        self._depth -= 1


def _on_one_line(message: str) -> str:
    """Make what a template says of itself fit for a terminal: no control characters, and not without end.

    It is cut within a word, other than texts elsewhere: the word may be what is without end.
    """
    shown = UNWANTED.sub("\ufffd", " ".join(message.split()))
    return shown if len(shown) <= _LONGEST_MESSAGE else shown[:_LONGEST_MESSAGE] + "..."


# Where the interpreter is


class Site(Struct, frozen=True):
    """A node of a template, for problems with it to point at, and for what it prints to have a place.

    ``span`` says which part of the node is meant. It is asked when it is needed: most sites have no problem.
    """

    run: TemplateRun
    template: Parsed
    node: nodes.Node
    span: Span = whole

    @property
    def reach(self) -> tuple[int, int]:
        """Return its offset and its length."""
        return self.span(self.template.tokens, self.node)

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return self.template.source.place(*self.reach)

    def argument(self, which: int | str) -> Place:
        """Return where an argument of a call stands, by its ordinal or its name; the whole call if it has none such."""
        if isinstance(which, str):
            argument = self.named().get(which)
        else:
            given = getattr(self.node, "args", [])
            argument = given[which] if which < len(given) else None
        if argument is None:
            return self.place
        return self.template.source.place(*whole(self.template.tokens, argument))

    def named(self) -> Mapping[str, nodes.Node]:
        """Return the arguments of a call that are given by name."""
        return {keyword.key: keyword.value for keyword in getattr(self.node, "kwargs", ())}

    def report(self, code: str, message: str, hint: str = "", related: tuple[Related, ...] = ()) -> Broken:
        """Report a problem here, and return something harmless to go on with."""
        self.run.report(code, message, self.place, hint, related)
        return Broken()

    def absent(self, code: str, message: str, hint: str = "", related: tuple[Related, ...] = ()) -> Absent:
        """Return something that is not there; reported once it is used."""
        return Absent(Problem(code, message, self.place, hint, related))


class Context(Struct, frozen=True):
    """Where the interpreter is: in which template, among which names, and where what it prints goes to."""

    run: TemplateRun
    loader: Loader
    template: Parsed
    names: Names
    printed: list[WriterText | Token]

    def inner(self, **names: Any) -> Context:
        """Return the context of a loop's turn or a block, with names of its own."""
        return Context(self.run, self.loader, self.template, self.names.new_child(names), self.printed)

    def capturing(self) -> Context:
        """Return the context of a block whose text is kept and not printed."""
        return Context(self.run, self.loader, self.template, self.names.new_child({}), [])

    def site(self, node: nodes.Node, span: Span = whole) -> Site:
        """Return the site of a node of this template."""
        return Site(self.run, self.template, node, span)


# Files


MacroBody = Callable[[Context, Site, Macro, list[Any], Mapping[str, Any], Macro | None], Rich]
"""What runs a macro: it takes the context and the site of the call, the macro, its arguments, and its caller."""


class Loader:
    """The templates of one run, found in the templates folder and nowhere else, each parsed once; and their macros."""

    def __init__(self, run: TemplateRun, filters: Mapping[str, object], tests: Mapping[str, object]) -> None:
        self._run = run
        self._filters = filters
        self._tests = tests
        self._resolved = run.folder.resolve()
        self._templates: dict[str, Parsed | None] = {}
        self.macros: dict[tuple[str, int], MacroBody] = {}
        """By path and offset, as `Macro` says them."""
        self.takes: dict[tuple[str, int], frozenset[str]] = {}
        """What the body of each speaks of, likewise."""

    def source(self, path: str, text: str) -> TemplateSource:
        """Enter a template's text, rid of characters that it may not have."""
        cleaned, unwanted = clean(composed(text))
        self._run.sources[path] = source = TemplateSource(path, cleaned)
        for offset, character in unwanted:
            place = source.place(offset)
            problem = Problem("bad-character", unwanted_words(character), place)
            self._run.add(bad_character(character, place) if "\u202a" <= character <= "\u202e" else problem)
        for offset, character in turning_for_nothing(cleaned):
            self._run.add(bad_character(character, source.place(offset)))
        if marker := MERGE_MARKER.search(cleaned):
            self._run.add(merge_marker(source.place(marker.start(), len(marker[0]))))
        return source

    def parsed(self, source: TemplateSource) -> Parsed | None:
        """Return the template that a source is; None if it is no Jinja."""
        if source.path not in self._templates:
            template = parse_template(source, self._filters, self._tests, self._run.report)
            self._templates[source.path] = template
            self._run.comments += [(source, comment) for comment in template.tokens.comments()] if template else []
        return self._templates[source.path]

    def find(self, names: list[Any], site: Site, optional: bool = False) -> Parsed | None:
        """Return the first of these templates that is there; a problem if none is, unless it is optional."""
        for name in names:
            self._run.tick(site)
            path = self._inside(name)
            if path is not None and path.is_file():  # to open a named pipe would wait for somebody to write to it
                return self.parsed(self._read(path, str(name), site))
            if path is not None:
                self._run.digests[self._shown(path, name)] = ""
                if path.exists():
                    kind = "a folder" if path.is_dir() else "not a file of text"
                    site.report("missing-include", f"'{name}' is {kind}", _LOOKED_FOR)
                    return None
        if not optional and not any(isinstance(name, Broken) for name in names):
            shown = ", ".join(name for name in names if isinstance(name, str))
            hint = self._run.suggest(shown, self._names) or _LOOKED_FOR
            site.report("missing-include", f"there is no template '{shown}'", hint)
        return None

    def _inside(self, name: Any) -> Path | None:
        """Return the path of a template whose name leads only into the folder: not up, not away, not by a link."""
        if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME or _NEVER_IN_NAMES.search(name):
            return None
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            return None
        path = self._run.folder / name
        try:
            return path if path.resolve().is_relative_to(self._resolved) else None
        except (OSError, RuntimeError, ValueError):  # a circle of links, or a name that the system cannot take
            return None

    def _read(self, path: Path, name: str, site: Site) -> TemplateSource:
        shown = self._shown(path, name)
        if shown not in self._run.sources:
            text, digest, fault = _text_of(path)
            if fault is not None:
                self._run.report(*fault, Place(shown), related=(Related(site.place, "is included here"),))
            self._run.digests[shown] = digest
            self.source(shown, text)
        return self._run.sources[shown]

    def _shown(self, path: Path, name: str) -> str:
        project = self._run.project
        return path.relative_to(project).as_posix() if path.is_relative_to(project) else name

    @cached_property
    def _names(self) -> list[str]:
        folder = self._run.folder
        return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]


def _text_of(path: Path) -> tuple[str, str, tuple[str, str] | None]:
    """Return a file's text, the digest of its bytes, and what is wrong with it: a problem code with its message."""
    try:
        data = read_plain(path, MOST_BYTES)
        if len(data) > MOST_BYTES:
            return "", "", ("too-large", "the file is larger than any template needs to be")
        return data.decode("utf-8-sig"), bytes_digest(data), None
    except UnicodeDecodeError:
        return "", "", ("not-utf-8", "the file is not UTF-8 text")
    except OSError as error:
        return "", "", ("unreadable", f"the file cannot be read: {error.strerror or error}")
