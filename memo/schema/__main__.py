"""``python -m memo.schema`` writes the schemas that ship with memo anew, beside this file."""

from __future__ import annotations

from pathlib import Path

from memo.schema import KINDS, schema_json


def write() -> None:
    """Write one ``.json`` file for each kind of YAML that people write."""
    for kind in KINDS:
        Path(__file__).with_name(f"{kind}.json").write_text(schema_json(kind), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
