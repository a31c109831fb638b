"""Texts that look like Vietnamese news to the scanners, and are not: what fuzzing feeds to the pipeline."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

NUMBERS = (
    "5", "12", "1.250", "3,5", "50%", "10 000", "1/5", "2020", "15/5/2020", "ba", "hai mươi", "trăm", "nghìn", "triệu",
    "tỷ", "rưỡi", "nửa", "một nửa", "phần trăm", "phần ba", "hàng", "chục", "vài", "mấy", "không", "âm", "1tr2", "5k",
    "½", "²", "①", "Ⅳ", "٣", "３", "𝟓", "1.000+", "~5", "≥5", "<5", "0", "0%", "9" * 20, "1/0", "0/5", "gấp đôi",
)  # fmt: skip
NAMES = (
    "đồng", "tỷ đồng", "người", "đoàn viên", "nữ", "lớp", "CNVCLĐ", "LĐLĐ", "CĐCS", "Liên đoàn Lao động", "(LĐLĐ)",
    "tỉnh Hà Nam", "huyện A", "TP.HCM", "năm 2020", "quý I", "tháng 5", "%", "m2", "km", "suất quà", "lần", "$5", "5°C",
    "Nghị quyết 20", "số 5/KH-LĐLĐ", "lúc 8h30", "ngày 1/5", "Điều 5", "Covid-19", "(Ảnh: A)", "Bình Dương", "g̣", "m̀",
)  # fmt: skip
LINKS = (
    "hơn", "gần", "khoảng", "trên", "dưới", "ít nhất", "từ", "đến", "và", "hoặc", "trong đó", "gồm", "chiếm", "đạt",
    "bằng", "so với", "tăng", "giảm", "lên", "trị giá", "mỗi", "bình quân", "tổng số", "tổng cộng", "Theo", "Ảnh:",
)  # fmt: skip
GAPS = (
    " ", " ", " ", " ", ", ", ". ", "; ", ": ", "\n", "\n\n", "", "-", " – ", "/", "(", ") ", '"', "“", "”", "…", "...",
    "\t", "\xa0", "\u200b", "\u00ad", "\u0301", "\u0323", "\u202e", "\0", "\ufeff", "\r\n", "\r", "\u2028", "\ud83d",
    "\U0001f600", "?", "•", "+", "*", "_", "\u20dd",
)  # fmt: skip
FORMS = ("NFC", "NFD", "NFKC", "NFKD")


def texts(size: int = 40) -> st.SearchStrategy[str]:
    """Up to `size` words and signs in a row, in any form of Unicode, some of them twice."""
    word = st.one_of(st.sampled_from(NUMBERS), st.sampled_from(NAMES), st.sampled_from(LINKS))
    row = st.lists(st.builds(str.__add__, word, st.sampled_from(GAPS)), max_size=size).map("".join)
    twice = st.builds(lambda text, cut: text + "\n" + text[: len(text) * cut // 100], row, st.integers(0, 100))
    plain = st.one_of(row, row, twice, st.text(max_size=size))
    return st.one_of(plain, st.builds(unicodedata.normalize, st.sampled_from(FORMS), plain))
