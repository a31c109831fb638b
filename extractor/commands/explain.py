"""extractor explain: the readings tried at one place of a text, which was kept, and why the others were not."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("explain")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--at", "offset", type=int, required=True, help="Offset into the text, in code points.")
@click.option("--article", "number", type=int, default=1, show_default=True, help="Which article of the file.")
@click.option("--lexicon", "folders", multiple=True, type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder laid out as extractor/data that adds to it.")  # fmt: skip
def command(file: Path, offset: int, number: int, folders: tuple[Path, ...]) -> None:
    """Show every reading tried at one place of FILE, which won, and why the others lost."""
    from extractor.explain import explain  # noqa: PLC0415 - only when called
    from extractor.pipeline import Extractor  # noqa: PLC0415
    from extractor.read import ReadOptions, read  # noqa: PLC0415

    for index, article in enumerate(read([str(file)], ReadOptions()), 1):
        if isinstance(article, Exception):
            raise click.ClickException(str(article))
        if index == number:
            if not 0 <= offset < len(article.text):
                raise click.UsageError(f"--at {offset} lies outside the text (0 to {len(article.text) - 1}).")
            for line in explain(Extractor.default(folders), article, offset):
                click.echo(line)
            return
    raise click.UsageError(f"{file} has no article number {number}.")
