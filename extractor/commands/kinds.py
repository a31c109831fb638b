"""extractor kinds: the kinds of figures, with what they count and the units that tell them."""

from __future__ import annotations

import json
from pathlib import Path

import click

from extractor.commands import faults
from extractor.commands.options import lexicon

# How many words of a unit are shown; `--json` has them all.
SHOWN = 8


@click.command("kinds")
@lexicon("A folder laid out as extractor/data that adds to it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a kind.")
def command(folders: tuple[Path, ...], as_json: bool) -> None:
    """List the kinds of figures with their units and examples."""
    from extractor.figures.kinds import load_kinds  # noqa: PLC0415 - only when called

    with faults.told():
        for kind in load_kinds(folders):
            if as_json:
                click.echo(json.dumps(kind.model_dump(), ensure_ascii=False))
                continue
            click.echo(f"{kind.kind}{' (core)' if kind.core else ''}: {kind.title.vi}. {kind.about}")
            for unit in kind.unit:
                words = [word.replace("|", " ") for word in unit.words]
                more = f" … ({len(words)} in all)" if len(words) > SHOWN else ""
                click.echo(f"  {unit.code}: {', '.join(words[:SHOWN])}{more}")
                for example in unit.examples:
                    click.echo(f"    e.g. {example}")
