"""HTML pages: main text, title, day and author, on layouts of the 2000s and of today, broken ones included."""

from __future__ import annotations

import json
import time
import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Article
from extractor.errors import ReadError
from extractor.read import read
from extractor.read.dates import PATTERNS, find_day
from extractor.read.markup import bare_text
from extractor.read.reader import Raw, _page

TITLE = "Hà Thanh: Công đoàn ngành Xây dựng chăm lo cho 320 đoàn viên"
BODY = [
    "Ngày 14/6, Công đoàn ngành Xây dựng Hà Thanh sơ kết công tác sáu tháng đầu năm, dự hội nghị có 95 đại biểu.",
    "Trong kỳ, các cấp công đoàn mở 7 lớp tập huấn cho hơn 320 đoàn viên, đạt 104,5% chỉ tiêu được giao.",
    "Tổng kinh phí chăm lo là 1,2 tỷ đồng, trong đó quỹ xã hội chi 450 triệu đồng cho 18 mái ấm.",
]
CLOCK = "Thứ tư, 28/09/2022"


def read_page(tmp_path, source):
    path = tmp_path / "a.html"
    path.write_text(source, encoding="utf-8")
    (result,) = read([path])
    return result


def paragraphs(*more):
    return "".join(f"<p>{line}</p>" for line in [*BODY, *more])


def modern(head="", above="", below="", body=None):
    return (
        f"<!doctype html><html lang=vi><head><title>{TITLE} | Công đoàn Hà Thanh</title>{head}</head><body>"
        f"<header>{above}<nav><ul><li><a href=1>Trang chủ</a><li><a href=2>Tin tức</a></ul></nav></header>"
        f"<main><article><h1>{TITLE}</h1>{below}{body or paragraphs()}</article></main>"
        "<aside><h3>Tin liên quan</h3><ul><li><a href=3>Trao 45 suất quà</a></ul></aside><footer>© 2022</footer>"
    )


TABLES = f"""<html><head><title>Cong doan Ha Thanh</title></head><body><table width=780>
<tr><td colspan=3 align=right><font size=1>{CLOCK} - 10:15 GMT+7</font></td></tr>
<tr><td width=150><table><tr><td><a href=1>Trang chủ</a></td></tr><tr><td><a href=2>Văn bản</a></td></tr></table></td>
<td><table><tr><td><font color=red size=4><b>{TITLE}</b></font></td></tr><tr><td><i>Cập nhật 15/06/2010 08:30</i></td></tr>
<tr><td>{"<br><br>".join(BODY)}<br><div align=right><b>Phong Lan</b></div></td></tr></table>
<table border=1><tr><th>Khối</th><th>Đoàn viên</th></tr><tr><td>Doanh nghiệp</td><td>215</td></tr>
<tr><td>Hành chính</td><td>105</td></tr></table></td>
<td width=150><table><tr><td>Lượt truy cập: 1.234.567</td></tr></table></td></tr>
<tr><td colspan=3>Bản quyền 2005. Điện thoại: 0205.3888888</td></tr></table></body></html>"""


def test_main_text_of_a_page_of_today(tmp_path):
    article = read_page(tmp_path, modern())
    lines = article.text.split("\n")
    assert lines[-3:] == BODY
    assert "Trao 45" not in article.text
    assert "Trang chủ" not in article.text
    assert article.title == (None if lines[0] == TITLE else TITLE)
    assert article.source.media_type == "text/html"


def test_a_page_made_of_tables(tmp_path):
    article = read_page(tmp_path, TABLES)
    lines = article.text.split("\n")
    assert [line for line in lines if line in BODY] == BODY
    assert lines[0] == TITLE
    assert article.published == date(2010, 6, 15)
    assert "| Doanh nghiệp | 215 |" in lines
    assert "1.234.567" not in article.text
    assert any(CLOCK in warning for warning in article.warnings)


LINKED = {"@type": "NewsArticle", "datePublished": "2010-06-15T08:30:00+07:00", "author": [{"name": "Phong Lan"}]}


@pytest.mark.parametrize(
    ("head", "above", "below", "published", "clock"),
    [
        ("", CLOCK, "", None, True),
        ("", CLOCK, "<div class=date>15/06/2010 08:30</div>", date(2010, 6, 15), True),
        ("", "", "<div><i>Thứ ba, ngày 15 tháng 6 năm 2010</i></div>", date(2010, 6, 15), False),
        ("", CLOCK, "<time datetime='2010-06-15'>hôm nay</time>", date(2010, 6, 15), True),
        ("<meta property='article:published_time' content='2010-06-15T01:00:00Z'>", CLOCK, "", date(2010, 6, 15), True),
        ("<meta itemprop=datePublished content='15/06/2010'>", "", "", date(2010, 6, 15), False),
        (f"<script type='application/ld+json'>{json.dumps(LINKED)}</script>", CLOCK, "", date(2010, 6, 15), True),
        (
            f"<script type='application/ld+json'>{json.dumps({'@graph': [{'@type': 'WebSite'}, LINKED]})}</script>",
            "",
            "",
            date(2010, 6, 15),
            False,
        ),
        ("<script type='application/ld+json'>{broken</script>", "", "", None, False),
        ("<script>document.write(new Date())</script>", "", "", None, False),
        ("", "15/06/2010", "<p>15/06/2010</p>", date(2010, 6, 15), False),
        ("", "", "", None, False),
    ],
)
def test_day_of_publication(tmp_path, head, above, below, published, clock):
    article = read_page(tmp_path, modern(head, f"<div>{above}</div>", below))
    assert article.published == published
    assert any("day of the visit" in warning for warning in article.warnings) == clock


def test_author_and_address(tmp_path):
    head = (
        f"<script type='application/ld+json'>{json.dumps(LINKED)}</script><link rel=canonical href='https://x.vn/a1'>"
    )
    article = read_page(tmp_path, modern(head))
    assert (article.byline, article.url) == ("Phong Lan", "https://x.vn/a1")
    named = read_page(tmp_path, modern("<meta name=author content='Minh Anh'>"))
    assert named.byline == "Minh Anh"
    link = read_page(tmp_path, modern("<meta property='article:author' content='https://facebook.com/x'>"))
    assert link.byline is None


CAPTION = "Lãnh đạo ngành trao quà cho 45 công nhân."


@pytest.mark.parametrize("count", [1, 15])
@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=x alt='999 người'><figcaption class=photo-credit>{}</figcaption></figure>",
        "<table class=picture><tr><td><img src=x></td></tr><tr><td class=caption>{}</td></tr></table>",
        "<div class=wp-caption><img src=x><p class=wp-caption-text>{}</p></div>",
        "<div>{}</div>",
        "<div><b>{}</b></div>",
        "<center>{}</center>",
        "<section class=sapo>{}</section>",
        "<div class=VCSortableInPreviewMode><div class=PhotoCMS_Caption>{}</div></div>",
        "<blockquote>{}</blockquote>",
        "<ul><li>{}</li></ul>",
        "<em>{}</em>",
        "{}",
    ],
)
def test_no_text_of_the_article_is_lost(tmp_path, markup, count):
    article = read_page(tmp_path, modern(body=paragraphs() * count + markup.format(CAPTION) + paragraphs()))
    assert CAPTION in article.text
    assert "999" not in article.text
    assert article.text.count(BODY[0]) == count + 1


def test_comments_are_left_out(tmp_path):
    comments = "<div id=comments class=comments><h3>Bình luận</h3><p>Bài viết rất hay, tôi cho 5 sao và chia sẻ ngay.</p></div>"
    page = modern().replace("</main>", f"</main>{comments}")
    assert "5 sao" not in read_page(tmp_path, page).text


def test_small_digits_stay_small(tmp_path):
    line = "Công đoàn sửa 30 m<sup>2</sup> nhà cho 120<sup>1</sup> hộ, giảm 5 tấn CO<sub>2</sub> trong năm qua."
    assert (
        "30 m² nhà cho 120¹ hộ, giảm 5 tấn CO₂"
        in read_page(tmp_path, modern(body=paragraphs() + f"<p>{line}</p>")).text
    )


def test_templates_of_servers(tmp_path):
    code = "<?php $a = array('n' => 5, 'text' => 'không phải bài, có 77 người'); ?>"
    article = read_page(tmp_path, code + modern(below=code))
    assert "77" not in article.text
    assert any("2 pieces of server code" in warning for warning in article.warnings)


def test_what_a_page_states_gives_way_to_what_the_object_states(tmp_path):
    path = tmp_path / "a.jsonl"
    page = modern("<meta property='article:published_time' content='2010-06-15'>")
    rows = [
        {"html": page},
        {"html": page, "title": "Tin khác", "published": "01/02/2011", "url": "https://x.vn", "id": "7"},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    first, second = read([path])
    assert first.published == date(2010, 6, 15)
    assert (second.title, second.published, second.url, second.id) == (
        "Tin khác",
        date(2011, 2, 1),
        "https://x.vn",
        "7",
    )
    assert first.text == second.text


def test_same_page_same_result(tmp_path):
    pages = [modern(), TABLES, modern(body=paragraphs() * 4), modern(below=f"<div>{CAPTION}</div>")]
    first = [read_page(tmp_path, page) for page in pages]
    for _ in range(4):
        assert [read_page(tmp_path, page) for page in reversed(pages)] == first[::-1]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<html></html>",
        "<html><head><title>Chỉ có đầu đề của trang</title></head><body></body></html>",
        "<html><body><nav><a href=1>Trang chủ</a><a href=2>Tin</a></nav></body></html>",
        "<html><frameset><frame src=x></frameset></html>",
        "<html><body><script>var a = 'một hai ba bốn năm sáu bảy';</script></body></html>",
        "<html><body><!-- một hai ba bốn năm sáu bảy tám --></body></html>",
    ],
)
def test_pages_without_an_article(tmp_path, source):
    error = read_page(tmp_path, source)
    assert isinstance(error, ReadError)
    assert error.stage in ("html", "open")


HOSTILE = {
    "deep": "<div>" * 50_000 + paragraphs(),
    "deep and closed": "<b>" * 3000 + paragraphs() + "</b>" * 3000 + paragraphs(),
    "nested tables": "<table><tr><td>" * 200 + paragraphs(),
    "tables": f"<table><tr><td>a</td><td>{paragraphs()}</td></tr></table>" * 400,
    "links": "<a href=x>Trang chủ mới</a> " * 10_000 + paragraphs(),
    "inline": "<p>" + "<b>Công</b> đoàn <i>12</i> người. " * 10_000 + paragraphs(),
    "breaks": "Công đoàn có 120 người dự.<br>" * 8_000 + paragraphs(),
    "unclosed": "<p><b><font>Công đoàn có 12 người " * 3000 + paragraphs(),
    "brackets": "<" * 300_000 + paragraphs(),
    "long attribute": f"<p title='{'a' * 2_000_000}'>" + paragraphs(),
    "long style": f"<p style='{'.vn' * 300_000}'>" + paragraphs(),
    "long script": f"<script>{'var a = 1;' * 300_000}</script>" + paragraphs(),
    "scripts": "<script>" * 50_000 + "</script>" + paragraphs(),
    "code": paragraphs() + "<?php " * 100_000,
    "entities": "&amp;" * 100_000 + paragraphs(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_bounded_time_and_lose_nothing(tmp_path, name):
    start = time.perf_counter()
    article = read_page(tmp_path, f"<html><body>{HOSTILE[name]}</body></html>")
    seconds = time.perf_counter() - start
    assert isinstance(article, Article)
    for line in BODY:
        assert line in article.text
    assert seconds < 6  # each of them takes under one second on an idle core


def test_bare_text():
    assert bare_text("<p>một<b> hai</b><br>ba &lt;4&gt;<script>x</script><div>năm") == "một hai\nba <4>\nnăm"


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="<>/!-=\"' abpdivtr&;\n1á", max_size=300))
def test_no_markup_breaks_the_reader(source):
    try:
        content = _page(f"<html>{source}", Raw(b"", "a", "text/html"))
    except ReadError as error:
        told = error.message
    else:
        told = content.text
    assert told
    assert "breaks the parser" not in told


def test_patterns_of_dates_find_their_examples():
    for entry in tomllib.loads(PATTERNS.read_text("utf-8"))["pattern"]:
        for example in entry["examples"]:
            assert find_day(example) == date(2010, 4, 12), entry["id"]
    for text in ("12/4", "tháng 4 năm 2010", "31/02/2010", "0205.3888888", "112/4/2010", "2010"):
        assert find_day(text) is None
