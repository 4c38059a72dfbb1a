"""The command line: arguments, printing and exit codes, and nothing else.

Exit codes: 0 clean, 1 problems, 2 wrong usage.
"""

from __future__ import annotations

import os

import click

from memo import __version__
from memo.cli.build import build, check
from memo.cli.facts import facts
from memo.cli.issue import impact, issue, register, status
from memo.cli.project import FOLDER
from memo.cli.redline import diff, redline
from memo.cli.schema import completion, schema
from memo.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="memo")
@click.option("-C", "folder", metavar="DIR", type=FOLDER, help="The project folder, in place of this one.")
@click.pass_context
def main(ctx: click.Context, folder: str | None) -> None:
    """Build policy memos in Word and PDF from curated facts.

    A project is a folder with facts/ (fact sheets, a folder for each dossier) and templates/ (Markdown with Jinja2, a
    file for each memo). Every sentence of a memo can be traced to a fact, and every fact to a source.
    """
    ctx.obj = folder
    if "NO_COLOR" in os.environ:
        ctx.color = False


for command in (build, check, facts, status, issue, register, impact, diff, redline, verify, schema, completion):
    main.add_command(command)
