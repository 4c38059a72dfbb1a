"""``memo schema``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from memo.facts.schema import Kind


KINDS: tuple[Kind, ...] = ("fact-sheet", "style", "front-matter")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option(
    "--write",
    "into",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write it, or all of them, as KIND.json into this folder, for editors.",
)
@click.option("--json", "as_json", is_flag=True, help="No difference: a schema is JSON either way.")
def schema(kind: Kind | None, into: Path | None, as_json: bool) -> None:  # noqa: ARG001 - see its help
    """Print the JSON Schema of a fact sheet (by default), of style.yaml, or of a template's front matter."""
    from memo.facts.schema import schema_json
    from memo.files import NotWrittenError, write_together

    if into is None:
        click.echo(schema_json(kind or "fact-sheet"), nl=False)
        return
    files = {into / f"{one}.json": schema_json(one).encode() for one in ((kind,) if kind else KINDS)}
    try:
        write_together(files)
    except NotWrittenError as error:
        raise click.ClickException(f"{error.path.as_posix()} {error.explain()[0]}") from None
    click.echo("\n".join(path.as_posix() for path in files))
