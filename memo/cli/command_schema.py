"""``memo schema`` and ``memo completion``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from memo.facts.schema import Kind


KINDS = ("fact-sheet", "style", "front-matter")
SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), default="fact-sheet")
@click.option("--json", "as_json", is_flag=True, help="No difference: a schema is JSON either way.")
def schema(kind: Kind, as_json: bool) -> None:  # noqa: ARG001 - see its help
    """Print the JSON Schema of a fact sheet, of style.yaml, or of a template's front matter."""
    from memo.facts.schema import schema_json

    click.echo(schema_json(kind), nl=False)


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the shell's completion script: eval "$(memo completion bash)"."""
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None, f"click has no completion for {shell}"
    click.echo(complete(ctx.find_root().command, {}, "memo", "_MEMO_COMPLETE").source())
