"""extractor series: one figure over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.commands import faults
from extractor.commands.options import lexicon

if TYPE_CHECKING:
    from extractor.store.series import Point


@click.command()
@click.option("--in", "source", required=True, metavar="RECORDS|STORE", type=click.Path(path_type=Path),
              help="Where to look: records, a folder of them, or a store.")  # fmt: skip
@click.option("--entity", required=True, help="What is counted: 'đoàn viên', 'CĐCS', 'lớp tập huấn'.")
@click.option("--organization", help="Whose figure: 'LĐLĐ tỉnh Long An'.")
@click.option("--place", help="Where, if no organization is given: 'tỉnh Long An'.")
@click.option("--kind", help="Only figures of this kind (`extractor kinds` lists them).")
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), help="Draw the series into this SVG file.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
@lexicon()
def command(
    *,
    source: Path,
    entity: str,
    organization: str | None,
    place: str | None,
    kind: str | None,
    chart: Path | None,
    form: str,
    folders: tuple[Path, ...],
) -> None:
    """List what the articles tell of one figure, period by period, and draw it.

    Numbers of a hedge have the bounds that it leaves (low, high); numbers told alike for one period are one row.
    """
    from extractor.errors import UsageError  # noqa: PLC0415 (--help must not load what the work needs)
    from extractor.store.inputs import opened  # noqa: PLC0415
    from extractor.store.listing import series_csv, series_table  # noqa: PLC0415
    from extractor.store.series import Query, SeriesFinder  # noqa: PLC0415
    from extractor.write.lines import to_line  # noqa: PLC0415
    from extractor.write.target import refuse_overlap  # noqa: PLC0415

    with faults.told():
        if organization is None and place is None:
            raise UsageError("say whose figure: --organization, --place, or both")
        if not entity.strip():
            raise UsageError("say what is counted: --entity 'đoàn viên'")
        with opened(source, folders) as store:
            points = SeriesFinder(store).find(Query(entity, organization, place, kind))
        if form == "jsonl":
            for point in points:
                click.echo(to_line(point.as_json()))
        else:
            for line in series_csv(points) if form == "csv" else series_table(points):
                click.echo(line)
        if not points:
            click.echo("no figure of that with a period in the articles", err=True)
        if chart is not None:
            refuse_overlap([source], chart)
            _draw(chart, points, " – ".join(word for word in (entity, organization, place) if word))


def _draw(path: Path, points: list[Point], title: str) -> None:
    from extractor.errors import UsageError  # noqa: PLC0415
    from extractor.store.chart import draw  # noqa: PLC0415
    from extractor.write.target import replacing  # noqa: PLC0415

    if not points:
        raise UsageError(f"{path}: there is nothing to draw")
    with replacing(path) as part:
        part.write_text(draw(points, title), encoding="utf-8")
