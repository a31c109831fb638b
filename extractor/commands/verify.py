"""extractor verify: a sentence with a figure held against what the articles say."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from extractor.commands import faults
from extractor.commands.options import lexicon

ALARM = 3


@click.command()
@click.argument("claim")
@click.option("--in", "source", required=True, metavar="RECORDS|STORE", type=click.Path(path_type=Path),
              help="What to hold it against: records, a folder of them, or a store.")  # fmt: skip
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day that 'hiện nay' or 'năm nay' is counted from."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="The language of the text."
)
@click.option("--fail-on", type=click.Choice(["alarm"]), help="End with status 3 if the claim is refuted.")
@lexicon()
def command(
    *,
    claim: str,
    source: Path,
    day: datetime | None,
    form: str,
    lang: str,
    fail_on: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Say whether the articles support or refute CLAIM, a sentence with a figure, with the sentences that say so."""
    from extractor.store.claims import Verifier, overall  # noqa: PLC0415 (--help must not load what the work needs)
    from extractor.store.inputs import opened  # noqa: PLC0415
    from extractor.store.listing import told  # noqa: PLC0415
    from extractor.write.lines import to_line  # noqa: PLC0415

    with faults.told():
        with opened(source, folders) as store:
            answers = Verifier(store).verify(claim, day.date() if day else None)
            nothing, words = store.rules.messages.nothing, store.rules.words
        if form == "json":
            row: dict[str, Any] = {
                "claim": claim,
                "verdict": overall(answers),
                "figures": [answer.as_json() for answer in answers],
            }
            if not answers:
                row["message"] = nothing.model_dump()
            click.echo(to_line(row))
        else:
            for line in told(answers, words, lang):
                click.echo(line)
            if not answers:
                click.echo(getattr(nothing, lang))
        if fail_on and overall(answers) == "refuted":
            sys.exit(ALARM)
