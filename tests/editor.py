"""A YAML editor as people have one: Red Hat's yaml-language-server, which VS Code and others use, by its protocol.

Language Server Protocol 3.17: JSON-RPC messages over standard input and output, each after a header with its length.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest


class Editor:
    """One running server."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in: IO[bytes] = process.stdin
        self._out: IO[bytes] = process.stdout
        self._number = 0
        self.ask("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": {}})
        self.tell("initialized", {})

    def completions(self, path: Path, marked: str) -> dict[str, str]:
        """What is offered at the ``|`` in a text: each label, and what is told of it."""
        before, _, after = marked.partition("|")
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}
        self.tell("textDocument/didOpen", {"textDocument": document})
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": position})
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return {item["label"]: _text(item.get("documentation", "")) for item in found["items"]}

    def ask(self, method: str, parameters: Any) -> Any:
        """Send a request and wait for its answer, answering what the server asks in between."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            if "method" in message and "id" in message:
                items = message.get("params", {}).get("items", [])
                self._send({"id": message["id"], "result": [None for _ in items] or None})

    def tell(self, method: str, parameters: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._in.flush()

    def _receive(self) -> Any:
        length = 0
        while (line := self._out.readline().strip()) or not length:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self._out.read(length))


def _text(documentation: Any) -> str:
    return documentation["value"] if isinstance(documentation, dict) else documentation


@contextmanager
def editor() -> Iterator[Editor]:
    """A server, for as long as it is needed. ``MEMO_YAML_SERVER`` names its program."""
    program = os.environ.get("MEMO_YAML_SERVER", "")
    if not program:
        pytest.skip("MEMO_YAML_SERVER names no yaml-language-server")
    process = subprocess.Popen([program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield Editor(process)
    finally:
        process.kill()
        process.communicate()
