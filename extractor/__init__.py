"""Figures out of Vietnamese trade-union news."""
