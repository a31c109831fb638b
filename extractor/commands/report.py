"""``extractor report``: one HTML page to look through figures and findings."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.commands import faults


@click.command()
@click.argument("records", type=click.Path(path_type=Path))
@click.option("-o", "--out", "--output", "out", type=click.Path(path_type=Path, dir_okay=False), default=Path("report.html"),
              show_default=True, help="The page to write.")  # fmt: skip
def command(records: Path, out: Path) -> None:
    """Write one HTML page of RECORDS, a file or folder that 'extractor extract' wrote.

    The page opens from disk in any browser, with no network.
    """
    from extractor.batch.tally import counted  # noqa: PLC0415
    from extractor.report import write_report  # noqa: PLC0415 (--help must not load the models)
    from extractor.web.records import read_records  # noqa: PLC0415
    from extractor.write.target import refuse_overlap  # noqa: PLC0415

    with faults.told():
        refuse_overlap([records], out)
        count = write_report(read_records(records), out)
        click.echo(f"{out}: {counted(count, 'articles')}", err=True)
