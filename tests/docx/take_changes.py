"""Has LibreOffice accept or reject all changes of Word files, over UNO; run by the Python that has its ``uno`` module.

``python3 take_changes.py FOLDER``: every ``NAME.docx`` there is saved again, as ``NAME.saved.docx`` as it is, and as
``NAME.accepted.docx`` and ``NAME.rejected.docx`` where its name begins with ``redline``.
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
    target = path.with_suffix(f".{name}.docx").as_uri()
    document.storeToURL(target, (value("FilterName", "MS Word 2007 XML"),))
    document.close(True)


def value(name: str, held: object):  # type: ignore[no-untyped-def]
    return PropertyValue(name, 0, held, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
