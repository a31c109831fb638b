"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def lexicon(
    told: str = "A folder of data files that extend or override the program's own; may be repeated.",
) -> Callable[[F], F]:
    """``--lexicon FOLDER``, which may be repeated: the parameter `folders`, a tuple of paths. `told` is its help."""
    folder = click.Path(path_type=Path, exists=True, file_okay=False)
    return click.option("--lexicon", "folders", multiple=True, type=folder, help=told)
