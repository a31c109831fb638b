"""Figures of many articles in one database: what agrees across articles, what contradicts, what a claim is worth.

>>> from extractor.store import Store
>>> with Store.open() as store:
...     store.add([]), list(store.compare())
(Added(added=0, replaced=0, unchanged=0, repeated=()), [])
"""

from extractor.store.compare import Comparison
from extractor.store.database import Added, Store

__all__ = ["Added", "Comparison", "Store"]
