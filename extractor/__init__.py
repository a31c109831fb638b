"""Figures out of Vietnamese trade-union news: exact values, what they count, and whether they add up.

>>> from extractor import Extractor
>>> record = Extractor.default().extract_text("Ủng hộ 1 tỷ 200 triệu đồng.")
>>> int(record.figures[0].value)
1200000000
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.article import Article
    from extractor.model import Figure, Record
    from extractor.pipeline import Extractor
    from extractor.read import ReadOptions, read_articles

__all__ = ["Article", "Extractor", "Figure", "ReadOptions", "Record", "read_articles"]

# Public names and their modules: imported when first asked for, so that the command line answers at once.
_HOMES = {
    "Article": "extractor.article",
    "Extractor": "extractor.pipeline",
    "Figure": "extractor.model",
    "ReadOptions": "extractor.read",
    "Record": "extractor.model",
    "read_articles": "extractor.read",
}


def __getattr__(name: str) -> object:
    """Import a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
