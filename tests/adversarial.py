"""Texts made to hurt the scanners: one piece over and over, for the tests and for the benchmark."""

from __future__ import annotations

PROSE = "Công đoàn tỉnh mở 12 lớp tập huấn cho 300 đoàn viên, chi 5,5 tỷ đồng. "
"""The measure: figures as thick as they come in a real article."""

WITHOUT_FIGURES = (
    ".", "1", "1.", "(", "()", "a", "a ", ",", "1,", "- ", "1-", "%", "\n", '"', "A", "/", "1/", "\u0301", "ư\u0301",
    "trong đó ", "tỉnh ", "lớp ", "\0", " ", "“", "ngày ", "0", "\u200b", "1.2.3,", "TP.HCM ", "/5", "[", "mỗi ",
)  # fmt: skip

WITH_FIGURES = (
    PROSE.replace(". ", " "), "5 người, ", "5% nữ, ", "LĐLĐ (", "5/6 người ", "5 người\n", "ngày 1/5, ",
    "từ 5 đến 6 người ", "5-6 người và ", "năm 2020, ", "một trăm ", "hai ba ", "1 ", "(LĐLĐ) ", "5.000 ", "tỷ ",
    "gấp đôi ", "1\n", "gồm 5 lớp và ", "trong đó 5 lớp, ", "hai mươi ", "5% ", "100 suất quà, mỗi suất 5 đồng, ",
    "tăng 5 người so với 4 người, ", "tỉnh A có 5 người, ",
)  # fmt: skip


def text(piece: str, size: int) -> str:
    """Exactly `size` code points of a piece repeated."""
    return (piece * (size // len(piece) + 1))[:size]
