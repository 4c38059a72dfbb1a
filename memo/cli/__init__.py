"""The command line: arguments, printing and exit codes, and nothing else. One file a command.

Exit codes: 0 clean, 1 problems, 2 wrong usage.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from typing import Any

import click

from memo import __version__
from memo.cli.command_build import build
from memo.cli.command_check import check
from memo.cli.command_completion import completion
from memo.cli.command_diff import diff
from memo.cli.command_facts import facts
from memo.cli.command_impact import impact
from memo.cli.command_issue import issue
from memo.cli.command_join import join
from memo.cli.command_redline import redline
from memo.cli.command_register import register
from memo.cli.command_schema import schema
from memo.cli.command_status import status
from memo.cli.command_verify import verify
from memo.cli.command_why import why
from memo.cli.command_withdraw import withdraw
from memo.cli.options import FOLDER, Group


class Program(Group):
    """The commands together, run as a process or, with arguments given, within one."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:
        """Run the command that the arguments name; by default, those of the process."""
        if args is not None:
            return super().main(args, *more, **named)
        from memo.cli.process import guarded_process

        with guarded_process():
            return super().main(None, *more, **named)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="memo")
@click.option("-C", "folder", metavar="DIR", type=FOLDER, help="The project folder, in place of this one.")
@click.pass_context
def main(ctx: click.Context, folder: str | None) -> None:
    """Build policy memos in Word and PDF from curated facts.

    A project is a folder with facts/ (fact sheets, a folder for each dossier) and templates/ (Markdown with Jinja2, a
    file for each memo). Every sentence of a memo can be traced to a fact, and every fact to a source.
    """
    gc.set_threshold(20_000)  # next to nothing that memo makes refers back to itself: look for that more rarely
    ctx.obj = folder
    if "NO_COLOR" in os.environ:
        ctx.color = False


COMMANDS = (
    build, check, why, facts, status, issue, withdraw, register, join, impact, diff, redline, verify, schema,
    completion,
)  # fmt: skip

for command in COMMANDS:
    main.add_command(command)
