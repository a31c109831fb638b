"""The report in a real browser: opened from disk, at both widths, in light and dark."""

from __future__ import annotations

import re
import time

import pytest
from looks import overflow, shoot, violations
from web_records import HOSTILE, hostile_record, many_records, report_record, sample_records

from extractor.report import write_report

ARTICLE = "#a=suoi-bac-2014"
MARKS = """
() => Object.fromEntries([...document.querySelectorAll('.reading .text .fig, .reading h1 .fig')]
    .map(mark => mark.dataset.figure).map(id => [id,
        [...document.querySelectorAll(`.reading .fig[data-figure="${id}"]`)].map(m => m.textContent).join('')]))
"""
VIEWS = {
    "overview": "#v=overview",
    "findings": "#v=findings&verdict=alarm",
    "figures": "#v=figures&kind=item_count",
    "articles": "#v=articles",
    "finding": f"{ARTICLE}&n=1",
    "figure": f"{ARTICLE}&f=f16",
}


def test_every_view_is_accessible_and_fits(open_tab, report, axe, mode):
    name, width, scheme = mode
    tab = open_tab(width, scheme)
    page = tab.go(report)
    wrong = {}
    for view, place in VIEWS.items():
        tab.hash(place)
        page.wait_for_timeout(50)
        shoot(page, f"report-{view}-{name}")
        wrong[view] = violations(page, axe) + ["too wide"] * (overflow(page) > 0)
    assert {view: found for view, found in wrong.items() if found} == {}
    assert [r for r in tab.requests if not r.startswith(("file:", "data:"))] == []


def test_overview_counts_and_leads_on(open_tab, report):
    page = open_tab().go(report)
    cards = page.locator(".card strong").all_text_contents()
    records = sample_records()
    counts = [len(records), sum(len(r.figures) for r in records), sum(len(r.findings) for r in records)]
    assert [int(c.replace(".", "")) for c in cards[:3]] == counts
    assert page.locator(".chart svg[role=img]").count() == 1
    page.click(".card.alarm")
    page.wait_for_selector(".list-findings")
    assert page.locator(".verdict.v-consistent").count() == 0


def test_findings_stand_alarms_first(open_tab, report):
    page = open_tab().go(report + "#v=findings")
    verdicts = page.locator("tbody .verdict").evaluate_all("all => all.map(v => v.className.replace('verdict v-', ''))")
    alarms = [v not in {"consistent", "incomplete"} for v in verdicts]
    assert alarms == sorted(alarms, reverse=True)
    assert verdicts[0] == "impossible"


@pytest.mark.parametrize(("control", "value", "view", "check"), [
    ("kind", "money", "figures", lambda rows: all("Tiền" in r for r in rows)),
    ("verdict", "does_not_add_up", "findings", lambda rows: all("Không khớp" in r for r in rows)),
    ("verdict", "alarm", "findings", lambda rows: not any("Khớp" in r.split("\n")[0] for r in rows)),
    ("org", "lien doan lao dong huyen suoi", "figures", lambda rows: all("Suối Bạc" in r for r in rows)),
    ("place", "Suối Bạc", "figures", lambda rows: all("Suối Bạc" in r for r in rows)),
    ("from", "2024", "figures", lambda rows: all("2024" in r for r in rows)),
    ("to", "2010", "figures", lambda rows: all(re.search("20(0\\d|10)", r) for r in rows)),
    ("q", "tổng kết công tác đào tạo", "articles", lambda rows: len(rows) == 1),
    ("q", "dao nguoc", "articles", lambda rows: len(rows) == 1),
])  # fmt: skip
def test_filters_leave_what_they_say(open_tab, report, control, value, view, check):
    page = open_tab().go(f"{report}#v={view}")
    before = page.locator("#count").text_content()
    field = page.locator(f"#filter-{control}")
    if field.evaluate("e => e.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
    page.wait_for_function("before => document.querySelector('#count')?.textContent !== before", arg=before)
    rows = page.locator("tbody tr").evaluate_all("all => all.map(r => r.innerText)")
    assert rows
    assert check(rows)
    assert page.evaluate("document.activeElement.id") == f"filter-{control}"
    page.reload()
    page.wait_for_selector("#count")
    assert page.locator("tbody tr").count() == len(rows)
    page.click(".filters a.button")
    page.wait_for_function("before => document.querySelector('#count')?.textContent === before", arg=before)


def test_a_filter_without_matches_says_so(open_tab, report):
    page = open_tab().go(report + "#v=findings&q=zzzz")
    assert "Không có gì khớp" in page.locator("#main").inner_text()


def test_every_figure_is_marked_on_its_own_letters(open_tab, report):
    page = open_tab().go(report)
    for record in sample_records():
        page.evaluate(
            "id => { document.querySelector('#main').replaceChildren(); location.hash = new URLSearchParams({a: id}); }",
            record.id,
        )
        page.wait_for_selector(".text")
        assert page.evaluate(MARKS) == {f.id: f.text for f in record.figures}
        shown = page.evaluate("document.querySelector('.text').textContent")
        assert "".join(shown.split()) == "".join(record.text.split())


def test_a_hostile_article_is_text_and_nothing_else(open_tab, report):
    page = open_tab().go(report)
    page.evaluate("id => { location.hash = new URLSearchParams({a: id, n: 0}); }", hostile_record().id)
    page.wait_for_selector(".text")
    assert page.evaluate("document.querySelectorAll('#main script, #main img, #main b, #main iframe').length") == 0
    assert page.evaluate("document.querySelector('h1').textContent") == hostile_record().title
    assert "<script>alert('xss')</script> & <b>Công đoàn</b>" in page.evaluate(
        "document.querySelector('.text').textContent"
    )
    assert "\u202e" in page.evaluate("document.querySelector('.text').textContent")
    codes = page.locator(".text .unseen").evaluate_all("all => all.map(e => e.dataset.code)")
    assert codes == ["U+202E", "U+202C", "U+200F"]
    turned = page.evaluate("""() => {  // the letters behind the override still run from left to right
        const text = [...document.querySelectorAll('.text p')].flatMap(p => [...p.childNodes]).find(n => n.textContent.startsWith('đảo'));
        const range = document.createRange();
        const left = i => { range.setStart(text, i); range.setEnd(text, i + 1); return range.getBoundingClientRect().left; };
        return left(0) < left(4);
    }""")
    assert turned
    assert HOSTILE.count("\U0001f468") == 1


def test_hedge_number_unit_and_entity_are_told_apart(open_tab, report):
    page = open_tab().go(report + ARTICLE)
    part = lambda figure, what: page.locator(f'.text .fig[data-figure="{figure}"] .p-{what}').all_text_contents()  # noqa: E731
    assert [part("f6", x) for x in ("hedge", "number", "unit")] == [["hơn "], ["1.640"], ["lượt"]]
    assert [part("f15", x) for x in ("hedge", "number", "unit")] == [["ít nhất "], ["120"], ["đoàn viên"]]
    styles = {
        page.locator(f".text .p-{x}").first.evaluate(
            "e => getComputedStyle(e).textDecorationStyle + getComputedStyle(e).fontWeight"
        )
        for x in ("hedge", "number", "unit")
    }
    assert len(styles) == 3
    entity = page.locator(".text .ent").all_text_contents()
    assert " lý luận chính trị" in entity


def test_abbreviations_tell_their_long_form_on_hover_and_focus(open_tab, report):
    page = open_tab().go(report + ARTICLE)
    tip = page.locator("#tip")
    page.hover(".text p abbr >> nth=0")
    assert "Liên đoàn Lao động" in tip.text_content()
    page.hover("h1")
    tip.wait_for(state="hidden")
    page.locator(".text abbr", has_text="CBCĐ").first.focus()
    assert "cán bộ công đoàn; cán bộ cộng đồng" in tip.text_content()
    assert page.locator(".text abbr[aria-describedby=tip]").count() == 1
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_a_finding_is_drawn_between_its_figures(open_tab, report):
    page = open_tab().go(report + ARTICLE)
    page.click("#note-1 .note-head")
    page.wait_for_selector(".links path", state="attached")
    assert page.locator(".links path").count() == 5  # the rail and a line to each of four figures
    assert page.locator(".text .fig.hit").evaluate_all("all => all.map(e => e.dataset.figure)") == [
        "f2",
        "f3",
        "f4",
        "f5",
    ]
    assert "11 + 9 + 6 = 26" in page.locator("#note-1").inner_text()
    assert "Tính ra: 26" in page.locator("#note-1").inner_text()


def test_links_follow_when_the_window_changes(open_tab, report):
    page = open_tab().go(report + ARTICLE + "&n=1")
    page.wait_for_selector(".links path", state="attached")
    before = page.locator(".links path").last.get_attribute("d")
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function(
        "before => [...document.querySelectorAll('.links path')].at(-1)?.getAttribute('d') !== before", arg=before
    )


def test_keys_walk_through_the_findings(open_tab, report):
    page = open_tab().go(report + "#v=findings&verdict=alarm")
    seen = []
    for _ in range(4):
        page.keyboard.press("n")
        page.wait_for_function("seen => location.hash !== seen", arg=seen[-1] if seen else "#v=findings&verdict=alarm")
        page.wait_for_selector(".note.chosen.chosen")
        page.wait_for_function("() => document.querySelector('.stepper span')?.textContent.startsWith('–') === false")
        seen.append(page.evaluate("location.hash"))
    assert len(set(seen)) == 4
    page.keyboard.press("p")
    page.wait_for_function("back => location.hash === back", arg=seen[-2])


def test_keys_can_be_switched_off_and_leave_fields_alone(open_tab, report):
    page = open_tab().go(report + "#v=findings")
    page.focus("#filter-q")
    page.keyboard.press("n")
    assert page.evaluate("location.hash") == "#v=findings"
    page.uncheck(".tools input[type=checkbox]")
    page.locator("h1").focus()
    page.keyboard.press("n")
    page.wait_for_timeout(100)
    assert page.evaluate("location.hash").startswith("#v=findings")


def test_a_deep_link_opens_a_figure_and_escape_closes_it(open_tab, report):
    page = open_tab().go(report + ARTICLE + "&f=f16", ".sheet")
    sheet = page.locator(".sheet").inner_text()
    for word in (
        "1.234.000.000",
        "1.234.000.000.000",
        "a comma before three digits",
        "kế hoạch",
        "1/1/2014",
        "money.sample",
    ):
        assert word in sheet
    assert page.locator(".text .fig[aria-current]").get_attribute("data-figure") == "f16"
    page.keyboard.press("Escape")
    page.locator(".sheet").wait_for(state="detached")


def test_doubts_and_warnings_are_shown(open_tab, report):
    page = open_tab().go(report + ARTICLE)
    assert "two dates in the header" in page.locator(".warned").inner_text()
    assert page.locator(".text .fig.open").evaluate_all("all => all.map(e => e.dataset.figure)") == ["f16"]
    assert page.locator(".text abbr.open").count() == 2
    page.goto(report + "#v=figures&doubt=1")
    page.wait_for_selector(".badge.doubt")
    assert page.locator("tbody tr").count() == 1


def test_a_figure_that_does_not_stand_in_its_place_is_listed(open_tab, tmp_path):
    record = report_record()
    lost = record.figures[2].model_copy(update={"text": "gone"})
    write_report(
        [record.model_copy(update={"figures": (*record.figures[:2], lost, *record.figures[3:])})], tmp_path / "r.html"
    )
    page = open_tab().go((tmp_path / "r.html").as_uri() + ARTICLE)
    assert page.locator('.text .fig[data-figure="f3"]').count() == 0
    page.click(".panel summary >> nth=0")
    row = page.locator("details.panel tr", has_text="gone")
    assert "không khớp vị trí" in row.inner_text()


def test_the_language_is_switched(open_tab, report):
    page = open_tab().go(report + ARTICLE + "&n=1")
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.click("#language")
    page.wait_for_selector("text=Does not add up")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "the article says 27: 1 missing" in page.locator("#note-1").inner_text()
    assert page.locator(".text").get_attribute("lang") == "vi"
    page.goto(report + "#v=figures")
    page.wait_for_selector("tbody")
    assert "1,640" in page.locator("tbody").inner_text()


def test_the_theme_is_switched_and_kept(open_tab, report):
    page = open_tab().go(report)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.click("#theme")
    assert page.evaluate(ground) != light
    page.reload()
    page.wait_for_selector(".cards")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_first_tab_stop_skips_to_the_content(open_tab, report):
    page = open_tab().go(report + "#v=articles")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_an_unknown_article_is_told(open_tab, report):
    page = open_tab().go(report + "#a=nobody")
    assert "Không tìm thấy bài" in page.locator("#main").inner_text()


def test_five_thousand_articles_stay_quick(open_tab, tmp_path, capsys):
    write_report(many_records(5000), tmp_path / "big.html")
    size = (tmp_path / "big.html").stat().st_size
    tab = open_tab()

    def timed(act):
        start = time.perf_counter()
        act()
        return time.perf_counter() - start

    times = {"open": timed(lambda: tab.go((tmp_path / "big.html").as_uri(), ".cards"))}
    for view in ("findings", "figures", "articles"):
        times[view] = timed(lambda view=view: tab.hash(f"#v={view}", f".list-{view}"))
        assert tab.page.locator("tbody tr").count() == 50
        assert tab.page.locator("#app *").count() < 2500
    times["article"] = timed(lambda: tab.hash("#a=bai-04000&n=0", ".text"))
    times["text search"] = timed(lambda: tab.hash("#v=articles&q=Suối Bạc", ".list-articles"))
    assert (
        tab.page.locator("#count").text_content().startswith("385 ")
        or int(tab.page.locator("#count").text_content().split()[0].replace(".", "")) > 100
    )
    with capsys.disabled():
        told = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in times.items())
        print(f"\n5,000 articles, {size / 1e6:.0f} MB: {told}")
    assert times["open"] < 10
    assert max(times[v] for v in ("findings", "figures", "articles", "article")) < 2
    assert times["text search"] < 10
