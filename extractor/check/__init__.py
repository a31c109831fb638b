"""Checks of an article's own arithmetic."""

from extractor.check.checker import Checker

__all__ = ["Checker"]
