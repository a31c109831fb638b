"""The report: records in, one self-contained HTML page out.

>>> from extractor.report import write_report  # doctest: +SKIP
>>> write_report(read_records(Path("out.jsonl")), Path("report.html"))  # doctest: +SKIP
"""

from extractor.report.page import write_report

__all__ = ["write_report"]
