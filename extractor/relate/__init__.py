"""Relations between the figures of one article."""

from extractor.relate.relater import Relater

__all__ = ["Relater"]
