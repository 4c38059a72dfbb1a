"""Draw docs/pictures/rooms.svg from the code: ``python docs/rooms.py`` (``--table`` prints what imports what).

Layers come from the contract that import-linter holds (pyproject.toml), arrows from the imports in ``memo/``, and what
a room is for from the first line of its docstring; so the picture cannot drift. A test holds the file to this script.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
WIDTH, MARGIN, GAP, BAND, BOX = 1120, 16, 14, 86, 52
INK, QUIET, TINT, LINE = "#1f3a5f", "#5b6770", "#eef3f8", "#9fb3c8"


def layers() -> list[list[str]]:
    """Read the layers from the top floor down, each with the names of its rooms."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip().removeprefix("memo.") for name in floor.split("|")] for floor in floors]


def files(room: str) -> list[Path]:
    """Find the files of a room: those of its folder, or the one of its name."""
    folder = ROOT / "memo" / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def purpose(room: str) -> str:
    """Return the first sentence of a room's docstring."""
    face = ROOT / "memo" / room / "__init__.py"
    text = (face if face.exists() else ROOT / "memo" / f"{room}.py").read_text("utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0].replace("\n", " ")


def imports(room: str, rooms: set[str]) -> list[str]:
    """List the other rooms that a room imports, for types or at run time, at the top of a file or within a function."""
    found: set[str] = set()
    for path in files(room):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "memo":
                inner = node.module.split(".")[1:2] or [alias.name for alias in node.names]
                found.update(inner)
    return sorted(found & rooms - {room})


def table() -> str:
    """Return the rooms as a table: what each is for, and what it imports."""
    floors = layers()
    rooms = {room for floor in floors for room in floor}
    rows = [f"| `{room}` | {purpose(room)} | {_listed(imports(room, rooms))} |" for floor in floors for room in floor]
    return "\n".join(("| room | what it is for | imports |", "|---|---|---|", *rows))


def _listed(rooms: list[str]) -> str:
    return ", ".join(f"`{room}`" for room in rooms) or "nothing of memo"


def picture() -> str:
    """Draw every floor as a band of boxes, with a line from each room down to every room that it imports."""
    floors = layers()
    boxes = {room: box for level, floor in enumerate(floors) for room, box in _boxes(level, floor)}
    lower = set(boxes).difference(floors[-1])  # all stand on the lowest floor: lines to it would hide the others
    lines = [_line(boxes[room], boxes[other]) for room in boxes for other in imports(room, lower)]
    drawn = [_box(room, *box) for room, box in boxes.items()]
    height = len(floors) * BAND + MARGIN
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="Carlito, Calibri,'
            ' Arial, sans-serif" role="img" aria-label="The rooms of the package, from the top floor down">',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *lines,
            *drawn,
            "</svg>\n",
        )
    )


def _boxes(level: int, floor: list[str]) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Place the boxes of a floor side by side: x, y, width."""
    width = min(300.0, (WIDTH - 2 * MARGIN - GAP * (len(floor) - 1)) / len(floor))
    start = (WIDTH - width * len(floor) - GAP * (len(floor) - 1)) / 2
    for at, room in enumerate(floor):
        yield room, (start + at * (width + GAP), MARGIN + level * BAND, width)


def _line(upper: tuple[float, float, float], lower: tuple[float, float, float]) -> str:
    (x, y, width), (to_x, to_y, to_width) = upper, lower
    start, end = x + width / 2, to_x + to_width / 2
    top = y + BOX
    return (
        f'<path d="M{start:.0f} {top:.0f}C{start:.0f} {top + 40:.0f} {end:.0f} {to_y - 40:.0f} {end:.0f} {to_y:.0f}"'
        f' fill="none" stroke="{LINE}" stroke-width="0.8" opacity="0.7"/>'
    )


def _box(room: str, x: float, y: float, width: float) -> str:
    words = _cut(purpose(room).rstrip("."), int(width / 5.2))
    lines = "".join(
        f'<text x="{x + 8:.0f}" y="{y + 30 + 13 * at:.0f}" font-size="11" fill="{QUIET}">{escape(line)}</text>'
        for at, line in enumerate(words)
    )
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX}" rx="4" fill="{TINT}" stroke="{INK}"/>'
        f'<text x="{x + 8:.0f}" y="{y + 16:.0f}" font-size="14" font-weight="bold" fill="{INK}">{room}</text>{lines}'
    )


def _cut(text: str, most: int) -> list[str]:
    """Set a text in two lines of so many characters; what does not fit is left out after an ellipsis."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) < most:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = lines[-1].rstrip(",;:") + " …"
            break
    return lines


if __name__ == "__main__":
    if "--table" in sys.argv:
        print(table())
    else:
        PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
