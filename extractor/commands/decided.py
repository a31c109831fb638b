"""Reviewers' decisions as a batch takes them: a value that travels to the workers and is loaded there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.versions import hash_of_files

if TYPE_CHECKING:
    from extractor.model import Record
    from extractor.review.decisions import Decisions


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions in a file that the review desk exported."""

    path: Path

    def __call__(self) -> Applying:
        """Load them, in a worker."""
        from extractor.review.decisions import load_decisions  # noqa: PLC0415 (only for who reviews)

        return Applying(load_decisions(self.path))

    def identity(self) -> str:
        """The hash of the file."""
        return hash_of_files(self.path.parent, [self.path])


@dataclass(frozen=True, slots=True)
class Applying:
    """Applies decisions to records."""

    decisions: Decisions

    def __call__(self, record: Record) -> Record:
        """The record after what was decided on its article."""
        from extractor.review.applying import apply  # noqa: PLC0415 (only for who reviews)

        return apply(record, self.decisions)
