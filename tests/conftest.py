"""Fixtures that several test files share."""

from __future__ import annotations

import pytest

from extractor import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """One extractor with the package's own data."""
    return Extractor.default()
