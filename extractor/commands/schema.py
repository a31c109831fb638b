"""extractor schema: the JSON Schema of a record."""

from __future__ import annotations

import json

import click

from extractor.commands import faults


@click.command()
def command() -> None:
    """Print the JSON Schema of a record, as it is written."""
    from extractor.model import Record  # noqa: PLC0415 (--help must not load what the work needs)

    schema = Record.model_json_schema(by_alias=True, mode="serialization")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    with faults.told():
        click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
