"""Has LibreOffice accept or reject all changes of Word files, over UNO; run by the Python that has its ``uno`` module.

``python3 take_changes.py FOLDER``: every ``NAME.docx`` there is saved again, as ``NAME.saved.docx`` as it is, and as
``NAME.accepted.docx`` and ``NAME.rejected.docx`` where its name begins with ``redline``. Beside each stands what it
shows, as ``.txt``: a number that LibreOffice gives a paragraph need not be in what it saves.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

COMMANDS = {"accepted": ".uno:AcceptAllTrackedChanges", "rejected": ".uno:RejectAllTrackedChanges"}
SECONDS = 60


def main(folder: Path) -> None:
    pipe = f"memo{folder.stat().st_ino}"
    office = subprocess.Popen(
        [
            "soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )  # fmt: skip
    try:
        context = connected(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        for path in sorted(folder.glob("*.docx")):
            for name in ("saved", *(COMMANDS if path.name.startswith("redline") else ())):
                take(desktop, dispatcher, path, name)
        desktop.terminate()
        office.wait(SECONDS)
    finally:
        office.kill()


def connected(pipe: str):  # type: ignore[no-untyped-def]  # uno has no types
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def take(desktop, dispatcher, path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (value("Hidden", True),))
    if name in COMMANDS:
        frame = document.getCurrentController().getFrame()
        dispatcher.executeDispatch(frame, COMMANDS[name], "", 0, ())
    target = path.with_suffix(f".{name}.docx")
    document.storeToURL(target.as_uri(), (value("FilterName", "MS Word 2007 XML"),))
    target.with_suffix(".txt").write_text("\n".join(shown(document.Text)) + "\n", "utf-8")
    document.close(True)


def shown(text):  # type: ignore[no-untyped-def]
    """Each paragraph as LibreOffice shows it: its style, its number or bullet, its words; a table by its cells."""
    walk = text.createEnumeration()
    while walk.hasMoreElements():
        one = walk.nextElement()
        if one.supportsService("com.sun.star.text.TextTable"):
            for name in one.getCellNames():
                yield f"{name}: {one.getCellByName(name).getString()}"
        else:
            yield f"{one.ParaStyleName}: {one.ListLabelString} {one.getString()}"


def value(name: str, held: object):  # type: ignore[no-untyped-def]
    return PropertyValue(name, 0, held, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
