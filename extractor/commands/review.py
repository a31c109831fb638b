"""``extractor review``: the review desk in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from extractor.commands import faults


@click.command()
@click.argument("records", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; this machine only by default.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any free port.")
@click.option("--allow-host", "names", multiple=True, help="A host name that the desk answers to; may be repeated.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option("--db", type=click.Path(path_type=Path, dir_okay=False), help="Where decisions are kept; beside RECORDS.")
def command(records: Path, db: Path | None, *, no_browser: bool, **address: Any) -> None:
    """Confirm, correct or reject the figures and findings of RECORDS in the browser.

    RECORDS is a file or folder that 'extractor extract' wrote, or a store of 'extractor check'. Decisions are kept
    beside it, and applied to a new run of the same articles by 'extractor extract --decisions'.
    """
    from extractor.review.server import Address, serve  # noqa: PLC0415 (--help must not load the server)

    with faults.told():
        serve(records, Address(**address), db, browse=not no_browser, say=lambda text: click.echo(text, err=True))
