"""Finding figures: the number, its unit, its hedge, its kind and what it counts."""

from extractor.figures.finder import FigureFinder

__all__ = ["FigureFinder"]
