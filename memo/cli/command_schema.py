"""``memo schema``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from memo.facts.schema import Kind


KINDS = ("fact-sheet", "style", "front-matter")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), default="fact-sheet")
@click.option("--json", "as_json", is_flag=True, help="No difference: a schema is JSON either way.")
def schema(kind: Kind, as_json: bool) -> None:  # noqa: ARG001 - see its help
    """Print the JSON Schema of a fact sheet, of style.yaml, or of a template's front matter."""
    from memo.facts.schema import schema_json

    click.echo(schema_json(kind), nl=False)
