"""Encodings are found out by evidence, accidents turned back and told, and clean text is never touched."""

from __future__ import annotations

import time
import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.article import Article
from extractor.read import ReadOptions, read
from extractor.read.decode import shown
from extractor.read.legacy import DATA, tables
from extractor.read.repair import judge
from extractor.read.syllables import marked_syllables

TEXT = (
    "Chiều 14/6, Ban Thường vụ Công đoàn ngành Giáo dục tỉnh sơ kết phong trào thi đua sáu tháng đầu năm.\n"
    "Toàn ngành có 312 công đoàn cơ sở với hơn 9.800 đoàn viên; 87,5% đã ký giao ước, đạt kế hoạch đề ra.\n"
    "Nhiều đơn vị tổ chức được những lớp bồi dưỡng bổ ích, kịp thời thăm hỏi người gặp khó khăn, bệnh tật."
)
MIXED = "Hội thảo “Better Work Vietnam” có 45 đại biểu của ILO, FES và CTCP Giày Thành Phát dự, kinh phí 2.500 USD."
ENGLISH = "The union's 3rd congress drew 120 delegates – “a record”, said Mr Brown. The café's budget: £450 (±5%)."


def letters(name):
    return tomllib.loads((DATA / name).read_text("utf-8"))["letters"]


def to_tcvn3(text):
    table = {letter: chr(int(byte, 16)) for byte, letter in letters("tcvn3.toml").items()}
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in text)


def to_vni(text):
    table = {letter: key for key, letter in letters("vni.toml").items()}
    table |= {letter.upper(): key.upper() for letter, key in table.items()}
    return "".join(table.get(letter, letter) for letter in text)


def to_cp1258(text):
    out = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        whole = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(mark for mark in whole if mark not in tones))
        out += (base + "".join(tones)).encode("cp1258")
    return bytes(out)


def nfc(text):
    return unicodedata.normalize("NFC", text)


ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with a mark": TEXT.encode("utf-8-sig"),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16-le": TEXT.encode("utf-16-le"),
    "utf-16-be": TEXT.encode("utf-16-be"),
    "utf-32": TEXT.encode("utf-32"),
    "utf-32-be": TEXT.encode("utf-32-be"),
    "windows-1258": to_cp1258(TEXT),
    "tcvn3": to_tcvn3(TEXT).encode("latin-1"),
    "vni": to_vni(TEXT).encode("latin-1"),
    "utf-8 as latin-1": TEXT.encode().decode("latin-1").encode(),
    "utf-8 as windows-1252": shown(TEXT.encode()).encode(),
    "utf-8 as windows-1252, spaces folded": shown(TEXT.encode()).replace("\xa0", " ").encode(),
    "tcvn3 as latin-1": to_tcvn3(TEXT).encode(),
    "vni as latin-1": to_vni(TEXT).encode(),
    "windows-1258 as windows-1252": to_cp1258(TEXT).decode("cp1252").encode(),
    "tcvn3 as latin-1, twice": to_tcvn3(TEXT).encode().decode("latin-1").encode(),
}


def read_bytes(path, data, **options):
    path.write_bytes(data)
    (article,) = read([path], ReadOptions(**options))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding(tmp_path, name):
    article = read_bytes(tmp_path / "a.txt", ENCODED[name])
    assert nfc(article.text) == TEXT
    assert (article.warnings == ()) == (name == "utf-8")
    if "1258" not in name:
        assert article.text == TEXT


@pytest.mark.parametrize(
    ("broken", "right"),
    [  # as such pages stand in the web, written by hand and not by our tables
        ("Tæng Liªn ®oµn Lao ®éng ViÖt Nam cã 63 ®¬n vÞ", "Tổng Liên đoàn Lao động Việt Nam có 63 đơn vị"),
        ("Toång Lieân ñoaøn Lao ñoäng Vieät Nam coù 63 ñôn vò", "Tổng Liên đoàn Lao động Việt Nam có 63 đơn vị"),
        ("COÂNG ÑOAØN TÆNH QUAÛNG NGAÕI", "CÔNG ĐOÀN TỈNH QUẢNG NGÃI"),
        ("C¤NG §OµN TØNH QU¶NG NG·I", "CÔNG ĐOÀN TỈNH QUẢNG NGÃI"),
        ("TÃ´ng sá»‘ cÃ³ 120 Ä‘oÃ n viÃªn", "Tông số có 120 đoàn viên"),
        ("LiÃªn Ä‘oÃ n Lao Ä‘á»™ng tá»‰nh", "Liên đoàn Lao động tỉnh"),
        ("donâ€™t", "don’t"),
        ("Ngýời lao ðộng ðýợc hỗ trợ, có ý kiến", "Người lao động được hỗ trợ, có ý kiến"),
        ("Công đoàn có 12 người.\nCoâng ñoaøn coù 12 ngöôøi.", "Công đoàn có 12 người.\nCông đoàn có 12 người."),
        ("Công đoàn có 12 người.\nCÃ´ng Ä‘oÃ n cÃ³ 12 ngÆ°á»\x9di.", "Công đoàn có 12 người.\nCông đoàn có 12 người."),
    ],
)
def test_accidents_are_turned_back(tmp_path, broken, right):
    article = read_bytes(tmp_path / "a.txt", broken.encode())
    assert article.text == right
    assert "repaired" in article.warnings[0]
    assert article.source.encoding == "utf-8"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        MIXED,
        ENGLISH,
        nfc(TEXT.upper()),
        unicodedata.normalize("NFD", TEXT),
        "«Công đoàn» © Báo ® 2010 — 15 m² đất, ½ suất, 30°C, 3×4, µ",
        "Ông Jürgen Müller, bà Françoise Noël, anh Søren Ångström và chị Eiður Guðjohnsen thăm 3 công ty.",
        "Où est l'été ? Ça va, garçon, déjà vu : 12 châteaux, naïve.",
        "El niño de São Paulo comió 3 ñoquis; el corazón, el año, la educación.",
        "Überall größere Möbel für 25 € – schön!",
        "HĐLĐ, TƯLĐTT, CNVCLĐ: 12; ĐVCĐ 15; ÔNG, Ý, Ở",
        "Cầu Ðuống: Ðoàn có 12 người",
        "caù aø oâ",
        "日本語のテキスト 12 人。 Привет, 3 мира.",
        "🙂 12 👩‍👩‍👧 người",
        "",
    ],
)
def test_clean_text_is_never_touched(text):
    assert judge(text).steps == ()
    for line in text.split("\n"):
        assert judge(line).steps == ()


@given(st.lists(st.sampled_from(sorted(marked_syllables())), max_size=30), st.sampled_from(["NFC", "NFD"]))
def test_text_of_syllables_is_never_touched(words, form):
    assert judge(unicodedata.normalize(form, " ".join(words))).steps == ()


@given(st.text())
def test_no_text_breaks_the_judge(text):
    repair = judge(text)
    repair.apply(text)


def test_tables_are_whole():
    vowels = [nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")]
    needed = {letter for letter in [*vowels, "đ"] if not letter.isascii()}
    for name in ("tcvn3.toml", "vni.toml"):
        table = letters(name)
        assert needed <= set(table.values())
        assert len(set(table.values())) == len(table)
    for name, encode in (("TCVN3 (ABC)", to_tcvn3), ("VNI (VNI-Win)", to_vni)):
        assert tables()[name](encode("".join(sorted(needed)))) == "".join(sorted(needed))


def test_a_few_bad_bytes_in_utf8_are_told(tmp_path):
    article = read_bytes(tmp_path / "a.txt", TEXT.encode() + b" \xff 12 ng\xc6")
    assert article.text == TEXT + " \ufffd 12 ng\ufffd"
    assert "2 bytes" in article.warnings[0]


def test_what_nobody_knows_is_called_uncertain(tmp_path):
    article = read_bytes(tmp_path / "a.txt", "Où est l'été ? Déjà vu, garçon.".encode("latin-1"))
    assert article.text == "Où est l'été ? Déjà vu, garçon."
    assert "uncertain" in article.warnings[0]


@pytest.mark.parametrize(
    ("encoding", "name"), [("tcvn3", "TCVN3 (ABC)"), ("vni", "VNI (VNI-Win)"), ("cp1258", "cp1258")]
)
def test_the_user_may_say_it(tmp_path, encoding, name):
    data = {"tcvn3": b"\xae\xb5", "vni": b"\xf1a\xf8", "cp1258": b"\xf0a\xcc"}[encoding]
    article = read_bytes(tmp_path / "a.txt", data, encoding=encoding)
    assert (nfc(article.text), article.source.encoding) == ("đà", name)


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "x-user-defined", "gb2312", "windows-1258"])
@pytest.mark.parametrize("encoding", ["utf-8", "tcvn3", "vni", "windows-1258"])
def test_pages_that_lie(tmp_path, declared, encoding):
    page = f'<html><head><meta charset="{declared}"></head><body>' + "".join(
        f"<p>{line}</p>" for line in TEXT.split("\n")
    )
    encode = {
        "utf-8": str.encode,
        "tcvn3": lambda text: to_tcvn3(text).encode("latin-1"),
        "vni": lambda text: to_vni(text).encode("latin-1"),
        "windows-1258": to_cp1258,
    }[encoding]
    assert nfc(read_bytes(tmp_path / "a.html", encode(page)).text) == TEXT


def test_a_declaration_is_heard_where_the_bytes_leave_a_choice(tmp_path):
    text = "労働組合は百二十人の組合員が参加する研修会を開きました。とても良い会でした。"
    page = f'<html><head><meta charset="shift_jis"></head><body><p>a b c d e {text}</p></body></html>'
    article = read_bytes(tmp_path / "a.html", page.encode("shift_jis"))
    assert text in article.text
    assert article.source.encoding == "shift_jis"


@pytest.mark.parametrize("encode", [to_tcvn3, to_vni])
def test_pages_of_entities(tmp_path, encode):
    lines = [encode(line).encode("ascii", "xmlcharrefreplace").decode() for line in TEXT.split("\n")]
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    article = read_bytes(tmp_path / "a.html", page.encode())
    assert article.text == TEXT
    assert sum("repaired" in warning for warning in article.warnings) == 1


def test_capitals_of_tcvn3_fonts(tmp_path):
    page = '<html><body><p><font face=".VnTimeH">C«ng ®oµn tØnh më héi nghÞ</font></p><p>'
    page += f'<font face=".VnTime">{to_tcvn3(TEXT)}</font></p></body></html>'
    assert read_bytes(tmp_path / "a.html", page.encode("latin-1")).text.startswith("CÔNG ĐOÀN TỈNH MỞ HỘI NGHỊ\n")


def test_title_and_text_are_judged_together(tmp_path):
    row = f'{{"title": "{to_tcvn3("Đại hội")}", "text": "{to_tcvn3(TEXT.splitlines()[0])}"}}'
    article = read_bytes(tmp_path / "a.jsonl", row.encode())
    assert (article.title, article.text) == ("đại hội", TEXT.splitlines()[0]) or article.title == "Đại hội"
    assert len(article.warnings) == 1


def test_repair_is_linear():
    def seconds(count):
        start = time.perf_counter()
        judge("Toång coâng ñoaøn 1.234,5 «®» " * count)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(20_000) < 15 * seconds(2_000) + 0.3
