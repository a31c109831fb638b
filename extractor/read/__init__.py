"""Stage 1: files, folders, globs, URLs and stdin → articles.

>>> from extractor.read import read_articles
>>> for article in read_articles(["articles/", "more.jsonl.gz"]):  # doctest: +SKIP
...     print(article.id, article.title)
"""

from extractor.read.inputs import inputs
from extractor.read.options import InputUnit, ReadOptions
from extractor.read.reader import Repeats, read, read_articles, read_input, read_stream

__all__ = ["InputUnit", "ReadOptions", "Repeats", "inputs", "read", "read_articles", "read_input", "read_stream"]
