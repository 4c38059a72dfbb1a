"""Files of one build are written together or not at all, whatever keeps one of them from being written."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from memo.files import NotWrittenError, remove_leftovers, write_together

FAULTS = {
    errno.EACCES: "close it",
    errno.EPERM: "close it",
    errno.ETXTBSY: "close it",
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room",
    errno.EIO: "",
}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("number", FAULTS, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", ["replace", "write_bytes"])
@pytest.mark.parametrize("before", [{}, {"a.docx": b"old", "a.pdf": b"old"}], ids=["new", "old"])
def test_where_one_file_cannot_be_written_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, step: str, before: dict[str, bytes]
) -> None:
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    done = getattr(Path, step)
    calls: list[Path] = []

    def fail_at_the_second(path: Path, *arguments: Any) -> Any:
        calls.append(path)
        if len(calls) == 2:
            raise OSError(number, os.strerror(number))
        return done(path, *arguments)

    monkeypatch.setattr(Path, step, fail_at_the_second)
    with pytest.raises(NotWrittenError) as caught:
        write_together({tmp_path / "a.docx": b"new", tmp_path / "a.pdf": b"new"})
    assert caught.value.path == tmp_path / "a.pdf"
    why, hint = caught.value.explain()
    assert os.strerror(number) in why
    assert hint.startswith(FAULTS[number])
    assert files(tmp_path) == before


def test_an_interruption_between_two_files_takes_the_first_back(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"old")

    class Interrupting(dict[Path, bytes]):
        rounds = 0

        def __iter__(self) -> Any:
            self.rounds += 1
            for path in super().__iter__():
                yield path
                if self.rounds == 1:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_together(Interrupting({tmp_path / "a.docx": b"new", tmp_path / "b.docx": b"new"}))
    assert (tmp_path / "a.docx").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["x" * 250 + ".docx", "ü" * 120 + ".docx"], ids=["letters", "bytes"])
def test_a_name_as_long_as_names_can_be_is_written(tmp_path: Path, name: str) -> None:
    for data in (b"one", b"two"):
        write_together({tmp_path / name: data})
        assert files(tmp_path) == {name: data}


def test_what_a_kill_left_beside_is_taken_away(tmp_path: Path) -> None:
    process = os.fork()
    if not process:
        Path.replace = lambda *_: os._exit(0)  # type: ignore[method-assign, assignment]
        write_together({tmp_path / "a.docx": b"new"})
    os.waitpid(process, 0)
    assert files(tmp_path)
    remove_leftovers(tmp_path)
    assert files(tmp_path) == {}
