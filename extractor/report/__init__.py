"""The report: records in, one self-contained HTML page out.

``write_report(read_records(Path("out.jsonl")), Path("report.html"))`` writes it and tells how many articles it holds.
"""

from extractor.report.page import write_report

__all__ = ["write_report"]
