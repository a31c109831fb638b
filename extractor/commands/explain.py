"""extractor explain: the readings tried at one place of a text, which was kept, and why the others were not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.commands import faults
from extractor.commands.options import lexicon

if TYPE_CHECKING:
    from extractor.article import Article


@click.command("explain")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--at", "offset", type=int, required=True, help="Offset into the text, in code points.")
@click.option("--title", "in_title", is_flag=True, help="The offset is into the title that came apart from the text.")
@click.option("--article", "number", type=int, default=1, show_default=True, help="Which article of the file.")
@lexicon("A folder laid out as extractor/data that adds to it.")
def command(file: Path, offset: int, in_title: bool, number: int, folders: tuple[Path, ...]) -> None:
    """Show every reading tried at one place of FILE, which won, and why the others lost."""
    from extractor.explain import explain  # noqa: PLC0415 - only when called
    from extractor.pipeline import Extractor  # noqa: PLC0415

    with faults.told():
        article = _article(file, number)
        field, content = ("title", article.title or "") if in_title else ("text", article.text)
        if not content:
            raise click.UsageError(f"the article has no {field} of its own.")
        if not 0 <= offset < len(content):
            raise click.UsageError(f"--at {offset} lies outside the {field} (0 to {len(content) - 1}).")
        for line in explain(Extractor.default(folders), article, offset, in_title=in_title):
            click.echo(line)


def _article(file: Path, number: int) -> Article:
    """The article with that number in the file, the first being 1. Raises what cannot be read."""
    from extractor.read import ReadOptions, read  # noqa: PLC0415

    for index, article in enumerate(read([str(file)], ReadOptions()), 1):
        if isinstance(article, Exception):
            raise article
        if index == number:
            return article
    raise click.UsageError(f"{file} has no article number {number}.")
