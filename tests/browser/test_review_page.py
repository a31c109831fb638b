"""The review desk in a real browser: verdicts, corrections, undo, two people at once, restarts, pasting, downloads."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from types import SimpleNamespace

import pytest
from looks import overflow, shoot, violations
from web_records import hostile_record, report_record, write_records

ARTICLE = "#a=suoi-bac-2014"
VIEWS = {
    "overview": "#v=overview",
    "findings": "#v=findings&verdict=alarm",
    "finding": f"{ARTICLE}&n=1",
    "figure": f"{ARTICLE}&f=f6",
    "paste": "#v=paste",
}


def named(tab, desk, name="Lan"):
    """A tab on the desk whose reviewer has given a name."""
    page = tab.go(desk.url)
    page.click("#reviewer")
    page.fill("#reviewer-name", name)
    page.click(".menu button.main")
    page.wait_for_function("name => document.querySelector('#reviewer strong').textContent === name", arg=name)
    return page


def figure(tab, number):
    return tab.hash(f"{ARTICLE}&f=f{number}", ".sheet")


def press(page, action, scope=".sheet"):
    page.click(f"{scope} .do-{action}")


def badge(page, scope=".sheet"):
    return page.locator(f"{scope} .badge.state").first.text_content()


def test_every_view_is_accessible_and_fits(open_tab, desk, axe, mode):
    name, width, scheme = mode
    tab = open_tab(width, scheme)
    page = named(tab, desk)
    figure(tab, 6)
    press(page, "confirm")
    page.wait_for_selector(".sheet .badge.state")
    wrong = {}
    for view, place in [*VIEWS.items(), ("correction", f"{ARTICLE}&f=f12")]:
        tab.hash(place)
        if view == "correction":
            page.click(".sheet button:has-text('Sửa')")
            page.fill("#correct-value", "8.5")
            page.click("form.correction button.main")
            page.wait_for_selector(".wrong")
        page.wait_for_timeout(50)
        shoot(page, f"review-{view}-{name}")
        wrong[view] = violations(page, axe) + ["too wide"] * (overflow(page) > 0)
        tab.faults.clear() if view == "correction" else None  # the refused form is logged by the browser
    assert {view: found for view, found in wrong.items() if found} == {}


def test_without_a_name_the_desk_asks_for_one(open_tab, desk):
    tab = open_tab()
    page = tab.go(desk.url + f"{ARTICLE}&f=f3", ".sheet")
    press(page, "confirm")
    page.wait_for_selector(".sheet .wrong")
    assert page.evaluate("document.activeElement.id") == "reviewer-name"
    page.keyboard.type("Trần Văn Đức")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#reviewer strong').textContent === 'Trần Văn Đức'")
    press(page, "confirm")
    page.wait_for_selector(".sheet .badge.state")
    assert "Trần Văn Đức" in page.locator(".sheet .decide").inner_text()


def test_a_figure_is_confirmed_rejected_and_restored(open_tab, desk):
    tab = open_tab()
    page = named(tab, desk)
    figure(tab, 3)
    mark = page.locator('.text .fig[data-figure="f3"]')
    press(page, "confirm")
    page.wait_for_selector(".fig.decided-confirm")
    assert mark.get_attribute("data-mark") == "✓"
    assert page.evaluate("document.activeElement.closest('[data-decide=figure]') !== null")
    press(page, "reject")
    page.wait_for_selector(".fig.decided-reject")
    page.reload()
    page.wait_for_selector(".fig.decided-reject")
    assert "1/16" in page.locator(".article-state").inner_text()
    press(page, "undo")
    page.wait_for_selector(".fig.decided-confirm")
    press(page, "undo")
    page.wait_for_selector('.text .fig[data-figure="f3"]:not(.decided-confirm)')
    assert [d.action for d in desk.store.all()] == ["confirm", "reject", "undo", "undo"]
    assert "(4)" in page.locator(".sheet details summary").inner_text()


SELECT = """([words]) => {
  const nodes = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const at = nodes.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(nodes.currentNode, at);
    range.setEnd(nodes.currentNode, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
}"""
MISSED = "năm 2013"  # the sample tells no figure there


def test_a_missed_figure_is_added_from_the_selection_changed_and_taken_back(open_tab, desk):
    tab = open_tab()
    page = named(tab, desk)
    tab.hash(ARTICLE, ".text")
    assert page.evaluate(SELECT, [MISSED])
    page.click(".do-add")
    page.wait_for_selector("form.correction")
    assert page.evaluate("document.activeElement.id") == "correct-value"
    assert page.locator("[data-decide=add] strong").first.text_content() == MISSED
    page.fill("#correct-value", "viele")
    page.click("form.correction button.main")
    page.wait_for_selector("#error-value")
    tab.faults.clear()  # the refused form is logged by the browser
    page.fill("#correct-value", "2.013")
    page.select_option("#correct-kind", "other_count")
    page.click("form.correction button.main")
    page.wait_for_selector(".text .fig.decided-add")
    mark = page.locator(".text .fig.decided-add")
    assert (mark.text_content(), mark.get_attribute("data-mark")) == (MISSED, "+")
    page.wait_for_selector(".sheet h2:focus")
    assert "người duyệt thêm" in page.locator(".sheet .decide").inner_text()
    page.reload()
    page.wait_for_selector(".text .fig.decided-add")
    page.click(".sheet [data-decide=figure] button:has-text('Sửa')")
    page.fill("#correct-value", "2.014")
    page.click("form.correction button.main")
    page.wait_for_function("() => document.querySelector('.sheet dl')?.innerText.includes('2.014')")
    press(page, "undo")
    page.wait_for_function("() => document.querySelector('.sheet dl')?.innerText.includes('2.013')")
    press(page, "undo")
    page.wait_for_selector(".text")
    page.wait_for_function("() => !document.querySelector('.decided-add')")
    assert [d.action for d in desk.store.all()] == ["add", "add", "undo", "undo"]


def test_a_missed_figure_is_added_with_the_keyboard_alone(open_tab, desk, axe, mode):
    name, width, scheme = mode
    tab = open_tab(width, scheme)
    page = named(tab, desk)
    tab.hash(ARTICLE, ".text")
    page.focus(".do-add")
    page.keyboard.press("Enter")
    page.wait_for_selector("#add-words:focus")
    page.keyboard.type("không có ở đây")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error-words")
    assert page.evaluate("document.activeElement.id") == "add-words"
    tab.faults.clear()
    shoot(page, f"review-add-words-{name}")
    found = violations(page, axe)
    page.fill("#add-words", "LĐLĐ huyện")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.correction")
    assert page.locator("#add-place option").count() == 3
    page.select_option("#add-place", "1")
    page.wait_for_selector("#add-place:focus")
    page.fill("#correct-value", "3")
    shoot(page, f"review-add-{name}")
    found += violations(page, axe) + ["too wide"] * (overflow(page) > 0)
    page.press("#correct-value", "Enter")
    page.wait_for_selector(".fig.decided-add")
    found += violations(page, axe)
    assert found == []
    page.focus(".do-add")
    page.keyboard.press("Enter")
    page.wait_for_selector("#add-words")
    page.click("[data-decide=add] button:has-text('Thôi')")
    page.wait_for_selector(".do-add:focus")


def test_a_figure_is_corrected_by_a_form_that_checks(open_tab, desk):
    tab = open_tab()
    page = named(tab, desk)
    figure(tab, 16)
    page.click(".sheet button:has-text('Sửa')")
    assert page.evaluate("document.activeElement.id") == "correct-value"
    assert page.input_value("#correct-value") == "1.234.000.000"
    page.fill("#correct-value", "1234.5")
    page.fill("#correct-entity", "không có chữ này")
    page.click("form.correction button.main")
    page.wait_for_selector("#error-value")
    assert page.get_attribute("#correct-value", "aria-invalid") == "true"
    assert "Không thấy những chữ này" in page.locator("#error-entity").inner_text()
    assert page.input_value("#correct-value") == "1234.5"
    page.fill("#correct-value", "1.234.000.000.000")
    page.fill("#correct-entity", "đoàn viên")
    page.select_option("#correct-modifier", "approximately")
    page.fill("#correct-note", "theo nghị quyết")
    page.click("form.correction button.main")
    page.wait_for_selector(".fig.decided-correct")
    shown = page.locator(".sheet .decide").inner_text()
    for word in ("1.234.000.000.000", "khoảng", "đoàn viên", "theo nghị quyết", "Lan"):
        assert word in shown
    (decision,) = desk.store.all()
    assert decision.correction.value == 1_234_000_000_000
    tab.faults.clear()  # the browser logs the refused form
    tab.hash("#v=figures&state=correct", ".list-figures")
    assert page.locator("tbody tr").count() == 1


def test_a_range_asks_for_two_ends(open_tab, desk):
    tab = open_tab()
    page = named(tab, desk)
    figure(tab, 6)
    page.click(".sheet button:has-text('Sửa')")
    page.select_option("#correct-modifier", "range")
    assert page.locator("#correct-value").is_hidden()
    page.fill("#correct-low", "1.600")
    page.fill("#correct-high", "1.700")
    page.click("form.correction button.main")
    page.wait_for_selector(".fig.decided-correct")
    assert "1.600 – 1.700" in page.locator(".sheet .decide").inner_text()


def test_a_finding_is_dismissed_with_a_note_and_accepted(open_tab, desk):
    tab = open_tab()
    page = named(tab, desk)
    tab.hash(f"{ARTICLE}&n=1", ".note.chosen")
    page.fill("#note-of-1", "còn lớp thứ 27 ở huyện bên")
    press(page, "dismiss", "#note-1")
    page.wait_for_selector("#note-1 .badge.state")
    assert "còn lớp thứ 27" in page.locator("#note-1").inner_text()
    tab.hash(f"{ARTICLE}&n=2", ".note.chosen")
    press(page, "accept", "#note-2")
    page.wait_for_selector("#note-2 .badge.state")
    tab.hash("#v=findings&state=dismiss", ".list-findings")
    assert page.locator("tbody tr").count() == 1
    assert badge(page, "tbody") == "bỏ qua"


def test_an_article_is_done(open_tab, desk):
    tab = open_tab()
    page = named(tab, desk)
    tab.hash(ARTICLE, ".text")
    press(page, "done", ".article-state")
    page.wait_for_selector(".article-state .badge.state")
    tab.hash("#v=overview", ".cards")
    assert "1 / 14" in page.locator(".overview").inner_text() or "1 / 2" in page.locator(".overview").inner_text()


def test_two_people_at_once_lose_nothing(open_tab, desk):
    one, two = open_tab(), open_tab()
    lan, minh = named(one, desk, "Lan"), named(two, desk, "Minh")
    for tab in (one, two):
        figure(tab, 3)
    press(lan, "confirm")
    lan.wait_for_selector(".sheet .badge.state")
    press(minh, "reject")
    minh.wait_for_selector(".clash")
    assert "Lan" in minh.locator(".clash").inner_text()
    assert [d.reviewer for d in desk.store.all()] == ["Lan"]
    press(minh, "reject")
    minh.wait_for_selector(".fig.decided-reject")
    assert [(d.reviewer, d.action) for d in desk.store.all()] == [("Lan", "confirm"), ("Minh", "reject")]
    lan.wait_for_selector(".fig.decided-reject", timeout=15_000)  # told without asking
    assert "Minh" in lan.locator(".sheet .decide").inner_text()
    two.faults.clear()  # the browser logs the refusal


def started(records, port):
    """The desk as its own command; gives the process and its address."""
    command = [sys.executable, "-m", "extractor", "review", str(records), "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    return process, process.stderr.readline().split()[0]


def test_the_desk_comes_back_after_a_kill(open_tab, tmp_path):
    records = write_records(tmp_path / "r.jsonl", [report_record()])
    process, address = started(records, 0)
    try:
        tab = open_tab()
        page = named(tab, SimpleNamespace(url=address))
        figure(tab, 3)
        press(page, "confirm")
        page.wait_for_selector(".sheet .badge.state")
        process.kill()
        process.wait()
        press(page, "reject")
        page.wait_for_selector(".sheet .wrong")
        process, _ = started(records, address.rstrip("/").rpartition(":")[2])
        press(page, "reject")
        page.wait_for_selector(".fig.decided-reject")
        assert "(2)" in page.locator(".sheet details summary").inner_text()
        tab.faults.clear()  # the browser logs the lost connection and the old token
    finally:
        process.kill()
        process.wait()


def test_a_hostile_article_is_text_on_the_desk_too(open_tab, desk):
    tab = open_tab()
    page = named(tab, desk, "<img src=x onerror=alert(1)>")
    page.evaluate("id => { location.hash = new URLSearchParams({a: id, f: 'f3'}); }", hostile_record().id)
    page.wait_for_selector(".sheet")
    press(page, "confirm")
    page.wait_for_selector(".sheet .badge.state")
    assert page.evaluate("document.querySelectorAll('#app script, #app img, #app i').length") == 0
    assert "<i>A&B</i>" in page.locator(".sheet").inner_text()
    assert page.locator("#reviewer strong").text_content() == "<img src=x onerror=alert(1)>"


def answered(page, sign):
    """Wait for the answer to a pasted article: the sign of success, or what went wrong."""
    page.wait_for_selector(f"{sign}, [role=status] .wrong", timeout=60_000)
    assert page.locator("[role=status] .wrong").all_text_contents() == []


def test_a_pasted_article_shows_its_figures_at_once(open_tab, desk):
    page = open_tab().go(desk.url + "#v=paste", "#paste-text")
    page.fill(
        "#paste-text",
        "Năm 2019, LĐLĐ huyện mở 12 lớp tập huấn cho hơn 1.500 lượt đoàn viên.\n\n<b>Chi 30 triệu đồng.</b>",
    )
    page.fill("#paste-date", "2019-12-31")
    page.click("form.paste button.main")
    answered(page, ".text .fig")
    assert page.locator(".text .fig").all_text_contents() == ["12 lớp", "hơn 1.500 lượt", "30 triệu đồng"]
    assert page.locator(".text b").count() == 0
    page.click(".text .fig >> nth=1")
    page.wait_for_selector(".sheet")
    assert page.locator(".sheet .do-confirm").count() == 0


def test_a_dropped_file_shows_its_articles(open_tab, desk):
    page = open_tab().go(desk.url + "#v=paste", "#paste-text")
    rows = "".join(json.dumps({"text": f"Công đoàn mở {n} lớp tập huấn.", "title": f"Bài {n}"}) + "\n" for n in (3, 4))
    page.set_input_files(
        "#paste-file", {"name": "hai bài.jsonl", "mimeType": "application/json", "buffer": rows.encode()}
    )
    answered(page, "[role=status] li")
    assert page.locator("[role=status] li").count() == 2
    page.click("[role=status] li a >> nth=1")
    page.wait_for_selector(".text .fig")
    assert "4 lớp" in page.locator(".text .fig").all_text_contents()


def test_a_file_that_cannot_be_read_is_told(open_tab, desk):
    tab = open_tab()
    page = tab.go(desk.url + "#v=paste", "#paste-text")
    page.set_input_files("#paste-file", {"name": "x.gz", "mimeType": "application/gzip", "buffer": b"\x1f\x8bbroken"})
    page.wait_for_selector("[role=status] .wrong", timeout=60_000)
    tab.faults.clear()  # the browser logs the refusal


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_on_screen_is_downloaded(open_tab, desk, tmp_path, form):
    page = open_tab().go(desk.url + "#v=findings&verdict=alarm", ".list-findings")
    with page.expect_download() as started:
        page.click(f".listing-head button:has-text('{form.upper()}')")
    started.value.save_as(tmp_path / "out")
    assert started.value.suggested_filename == f"findings.{form}"
    data = (tmp_path / "out").read_bytes()
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        assert len(rows) == page.locator("tbody tr").count()
        assert "consistent" not in {r["verdict"] for r in rows}
    else:
        assert data.startswith(b"PK")


def test_decisions_and_gold_are_downloaded(open_tab, desk, tmp_path):
    tab = open_tab()
    page = named(tab, desk)
    tab.hash(ARTICLE, ".text")
    press(page, "done", ".article-state")
    page.wait_for_selector(".article-state .badge.state")
    page.click("#reviewer")
    for name in ("decisions", "gold"):
        with page.expect_download() as started:
            page.click(f".downloads a[href$='{name}.jsonl']")
        started.value.save_as(tmp_path / name)
        (row,) = [json.loads(line) for line in (tmp_path / name).read_text(encoding="utf-8").splitlines()]
        assert row["id"] in {1, "suoi-bac-2014"}
