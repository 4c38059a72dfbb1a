"""A style file -> `memo.facts.style.Style`, and the Word file that it names as house style.

What is opened later has been looked through here first: how large the Word file is and would become, that it is the
kind of file that it should be, and that its XML is plain. So `memo check` says what is wrong without python-docx.
"""

from __future__ import annotations

import os
from pathlib import Path

from memo.facts.decode import UNREADABLE, Decoder
from memo.facts.file_text import read_text, shown_path
from memo.facts.style import HouseFile, Style, StyleFile
from memo.files import read_plain
from memo.problem import Place, Problem, by_place
from memo.suggest import Suggester


def load_style_file(path: Path, project: Path | None = None) -> tuple[StyleFile, list[Problem]]:
    """Read a style file and the Word file that it names.

    Where there is no style file, or it says nothing, the style is the built-in one. A value that is badly written keeps
    its default, and has a problem: any of files and shapes in `memo.problem`. A Word file that cannot serve is None,
    and has a problem (bad-house-style) at the place that names it.
    """
    if not os.path.lexists(path):  # a link that leads nowhere is no missing file, but a mistake: `read_text` says so
        return StyleFile(Style()), []
    source, problems = read_text(path, project)
    if source is None:
        return StyleFile(Style()), problems
    decoder = Decoder(source.path, Suggester(), problems)
    read, _ = decoder.decode(source, Style, "the style")
    style: Style = Style() if read is UNREADABLE else read
    house, house_problems = None, list[Problem]()
    if style.house_style:
        place = decoder.places()["house_style",]
        house, house_problems = _read_house_file(path.with_name(style.house_style), place, project)
    return StyleFile(style, house, source.digest), by_place(decoder.problems) + house_problems


_SAVE = "open it in Word and save it as Word Document (.docx)"


def _read_house_file(file: Path, place: Place, project: Path | None) -> tuple[HouseFile | None, list[Problem]]:
    """Read the Word file's bytes; None where it cannot serve as house style. ``place`` names it."""
    from memo import untrusted_files  # what unpacks zips and reads XML is loaded only where there is a Word file

    path = shown_path(file, project)
    try:
        if file.stat().st_size > untrusted_files.LARGEST:
            fault = f"is larger than {untrusted_files.LARGEST >> 20} MB"
            hint = "leave out pictures that its header does not need"
        else:
            data = read_plain(file)
            fault, hint = _fault_of_kind(*_look_through(data))
    except OSError as error:
        fault, hint = f"cannot be read: {error.strerror or error}", "name a file beside style.yaml"
    except untrusted_files.Encrypted as locked:
        fault, hint = str(locked), f"{_SAVE}, without a password"
    except untrusted_files.UnreadableFile as unfit:
        fault, hint = str(unfit), _SAVE
    if fault:
        return None, [Problem("bad-house-style", f"{path} {fault}", place, hint)]
    return HouseFile(path, data, place), []


def _look_through(data: bytes) -> tuple[bytes, bytes]:
    """Read every part once, and return the content types and the package's relationships. Raises `UnreadableFile`.

    Here a part is refused that is not well-formed or has a DOCTYPE, before anything trusts the file.
    """
    from memo.untrusted_files import parse_part, parts_of, xml_parser

    content_types = relationships = b""
    for name, part in parts_of(data):
        if name == "[Content_Types].xml":
            content_types = part
        elif name == "_rels/.rels":
            relationships = part
        if name.lower().endswith((".xml", ".rels")):
            parse_part(xml_parser(), name, part)
    return content_types, relationships


_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml."
_STRICT = b"http://purl.oclc.org/ooxml/"


def _fault_of_kind(content_types: bytes, relationships: bytes) -> tuple[str, str]:
    """Return what is wrong with this kind of file, and a hint; empty where it is a Word document or template.

    The kind shows in the main part's content type (ECMA-376-1, 11.3.10) and its relationship's namespace.
    """
    if b"macroEnabled" in content_types or b"vbaProject" in content_types:
        return "has macros", f"{_SAVE}, which has none"
    if _STRICT in relationships:
        return "is a Strict Open XML document", _SAVE
    if _MAIN + b"document.main+xml" not in content_types and _MAIN + b"template.main+xml" not in content_types:
        return "is not a Word document or template", _SAVE
    return "", ""
