"""extractor version: what is installed."""

from __future__ import annotations

import json

import click

from extractor.commands import faults


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def command(as_json: bool) -> None:
    """Print the versions of program, data and format, and of what the results depend on."""
    from extractor.versions import versions  # noqa: PLC0415 (--help must not load what the work needs)

    found = versions()
    lines = [json.dumps(found, indent=2)] if as_json else [f"{name} {version}" for name, version in found.items()]
    with faults.told():
        for line in lines:
            click.echo(line)
