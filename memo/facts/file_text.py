"""Read a file that people write: opened within bounds, decoded, and rid of characters that no memo can carry."""

from __future__ import annotations

import re
import stat
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path
from unicodedata import bidirectional, normalize

from memo.files import bytes_digest
from memo.problem import Place, Problem

SUFFIXES = (".yaml", ".yml")
"""What the names of fact sheets end in, in whatever case."""

LARGEST = 2 * 1024 * 1024
"""Bytes that a file may have; no fact sheet or template needs more."""

MOST_REPORTED = 1000
"""Bad characters reported of one file; a file with more is no text."""

_NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF))
_BAD = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    f"{_NONCHARACTERS}\U000f0000-\U0010ffff"
)
BAD_CHARACTER = re.compile(f"[{_BAD}]")
"""Controls but tab and newline, separators of lines, overrides of direction, lone surrogates, private use,
noncharacters."""

TURNING = re.compile("[\u061c\u200f\u2066-\u2069]")
"""Marks and isolates of direction: text from right to left needs them, any other they only turn round."""

_LONGEST_LINE = 10_000
"""Characters of a line in which letters from right to left are looked for: it is done for each mark anew."""

MERGE_MARKER = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)
"""What git leaves in a file where two versions could not be merged. A line of ``=`` alone may be Markdown."""

_ENDS_OF_LINES = re.compile(r"\r\n?")


class FileText:
    """The text of a file, with every line end as a newline. ``path`` is relative to the project.

    ``digest`` is that of the bytes read (SHA-256, in hexadecimal): who records what a build read must not look again,
    for the file may have changed meanwhile.
    """

    def __init__(self, path: str, text: str, digest: str = "") -> None:
        self.path = path
        self.text = text
        self.digest = digest
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        self._end = len(text.rstrip("\n"))

    def place(self, index: int, width: int = 1) -> Place:
        """Return the place of ``width`` characters from ``index`` on, kept within their line and the file."""
        index = min(index, self._end)
        line = bisect_right(self._starts, index)
        room = self._starts[line] - 1 - index
        return Place(self.path, line, index - self._starts[line - 1] + 1, max(1, min(width, room)))


def shown_path(file: Path, project: Path | None) -> str:
    """Return how problems name a file: relative to the project with forward slashes, else as the caller named it."""
    if project is None:
        return file.as_posix()
    for inner, outer in ((file, project), (file.absolute(), project.absolute())):
        if inner.is_relative_to(outer):
            return inner.relative_to(outer).as_posix()
    return file.as_posix()


def is_utf_8(name: str) -> bool:
    """Tell whether the name of a file can be written in UTF-8: names that others wrote may be any bytes."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def unreadable_folder(shown: str) -> Problem:
    """Return the problem of a folder that may not be read."""
    hint = "give yourself the right to read it, and all that is in it"
    return Problem("unreadable", "the folder may not be read: permission denied", Place(shown), hint)


def read_text(file: Path, project: Path | None = None) -> tuple[FileText | None, list[Problem]]:
    """Read a UTF-8 file; None where that cannot be done (unreadable, too-large, not-utf-8, merge-marker).

    A byte order mark is dropped. Every bad-character is reported and replaced by a harmless one, one for one, so that
    the rest can still be read.
    """
    path = shown_path(file, project)
    data = _read_bytes(file, path)
    if isinstance(data, Problem):
        return None, [data]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf_8(data, error.start, path)]
    digest = bytes_digest(data)
    read = FileText(path, composed(_ENDS_OF_LINES.sub("\n", text.removeprefix("\ufeff"))), digest)
    if marker := MERGE_MARKER.search(read.text):
        return None, [merge_marker(read.place(marker.start(), len(marker[0])))]
    # No bad character is printable, and to ask for that takes a tenth of the time of a search for each of them. What is
    # not printable may still be good, such as a no-break space.
    if read.text.replace("\n", "").isprintable():
        return read, []
    problems = list(islice(_bad_characters(read), MOST_REPORTED))
    return (FileText(path, BAD_CHARACTER.sub(_harmless, read.text), digest) if problems else read), problems


def composed(text: str) -> str:
    """Return a text with each letter and its accents as one character where there is one (NFC).

    Files from a Mac and some web pages have them apart, and then no font sets the accents over their letters.
    """
    return text if text.isascii() else normalize("NFC", text)


def lossy_text(file: Path) -> str:
    """Return what can be made out of a file that `read_text` could not read; empty if nothing."""
    data = _read_bytes(file, "")
    return "" if isinstance(data, Problem) else data.decode("utf-8", errors="replace")


_DIRECTIONS = {
    "\u202a": "an embedding of direction",
    "\u202b": "an embedding of direction",
    "\u202c": "the end of an override of direction",
    "\u202d": "an override of direction",
    "\u202e": "an override of direction",
}


def describe(character: str) -> str:
    """Name a bad character by its code point and what it is: ``U+0007, a control character``."""
    code = ord(character)
    if code < 0x20 or 0x7F <= code <= 0x9F:
        kind = "a tab" if character == "\t" else "a control character"
    elif 0xD800 <= code <= 0xDFFF:
        kind = "half of a surrogate pair"
    elif 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        kind = "a noncharacter"
    elif code in (0x2028, 0x2029):
        kind = "a separator of lines"
    elif character in _DIRECTIONS or TURNING.match(character):
        kind = _DIRECTIONS.get(character, "a mark that turns the direction of writing")
    else:
        kind = "a byte order mark" if code == 0xFEFF else "a private-use character"
    return f"U+{code:04X}, {kind}"


def bad_character(character: str, place: Place) -> Problem:
    """Make the problem of one character that no memo can carry."""
    hint = "use a space" if character == "\t" else "take it out, or write the character that is meant"
    if character in _DIRECTIONS or TURNING.match(character):
        hint = "take it out: with it, readers see another order of letters and digits than is written"
    return Problem("bad-character", f"{describe(character)}, stands in the text", place, hint)


def _read_bytes(file: Path, path: str) -> bytes | Problem:
    """Read a plain file that is not too large; else return the problem: unreadable, too-large."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # to open a named pipe would wait for somebody to write to it
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a file"
            return Problem("unreadable", f"this is {kind}; a file of text is needed", Place(path))
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)  # whatever size the file said: it may be growing
    except FileNotFoundError:
        link = "the link leads to no file" if file.is_symlink() else "there is no such file"
        return Problem("unreadable", link, Place(path))
    except PermissionError:
        return Problem("unreadable", "the file may not be read: permission denied", Place(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return Problem("unreadable", f"the file cannot be opened: {reason}", Place(path))
    if len(data) > LARGEST:
        return Problem("too-large", f"the file is larger than {LARGEST // 1024 // 1024} MiB", Place(path))
    return data


def _not_utf_8(data: bytes, start: int, path: str) -> Problem:
    """Make the problem of the first byte that is not UTF-8, at its line and column."""
    before = _ENDS_OF_LINES.sub("\n", data[:start].decode("utf-8").removeprefix("\ufeff"))
    place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what Windows writes where "Unicode" is chosen
        return Problem("not-utf-8", "the file is UTF-16", place, "save the file as UTF-8")
    return Problem("not-utf-8", f"byte 0x{data[start]:02X} is not UTF-8", place, "save the file as UTF-8")


def merge_marker(place: Place) -> Problem:
    """Make the problem of a line that an unresolved merge has left."""
    message = "the file holds the markers of a merge that was not resolved"
    hint = "keep one of the two versions, and take out the lines of <<<<<<<, ======= and >>>>>>>"
    return Problem("merge-marker", message, place, hint)


def _bad_characters(read: FileText) -> Iterator[Problem]:
    """Yield a problem for every run of one bad character. What ends an override is no second mistake."""
    overridden = 0
    for match in re.finditer(f"([{_BAD}])\\1*", read.text):
        place = read.place(match.start(), len(match[0]))
        if match[1] != "\u202c" or place.line != overridden:
            yield bad_character(match[1], place)
        overridden = place.line if match[1] in _DIRECTIONS else overridden
    for start, character in turning_for_nothing(read.text):
        yield bad_character(character, read.place(start))


def show_directions(text: str) -> str:
    """Put a sign in place of every character that would turn the direction of writing where the text is shown."""
    return text if text.isascii() else re.sub(f"[\u200e\u202a-\u202e]|{TURNING.pattern}", "\ufffd", text)


def turning_for_nothing(text: str) -> Iterator[tuple[int, str]]:
    """Yield each mark or isolate of direction, with its offset, on lines where nothing runs from right to left."""
    isolated = -1
    for match in TURNING.finditer(text):
        end = text.find("\n", match.start())
        line = text[text.rfind("\n", 0, match.start()) + 1 : end if end >= 0 else len(text)]
        if runs_right_to_left(line[:_LONGEST_LINE]) or (match[0] == "\u2069" and end == isolated):
            continue  # what ends an isolate is no second mistake
        isolated = end
        yield match.start(), match[0]


def runs_right_to_left(text: str) -> bool:
    """Tell whether a text has letters of Arabic, Hebrew or another script that runs from right to left."""
    return any(bidirectional(character) in ("R", "AL") and character.isalpha() for character in text)


def _harmless(match: re.Match[str]) -> str:
    """Return a character to put in place of a bad one: a letter where a letter may be meant, else a space."""
    return "x" if "\ue000" <= match[0] <= "\uf8ff" or match[0] >= "\U000f0000" else " "
