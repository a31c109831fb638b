"""Make the README's picture of the report: python docs/screenshot.py (needs Playwright and chromium).

The articles of samples/ go through the program; the picture shows one of them with an alarm.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from extractor import Extractor, read_articles
from extractor.report import write_report

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "report.png"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    """Write the picture."""
    os.chdir(ROOT)  # so that the picture shows no one's folders
    paths = sorted(p for p in Path("samples").iterdir() if ".expected" not in p.name)
    records = list(Extractor.default().extract_many(read_articles(paths)))
    shown = max(records, key=lambda r: (sum(f.alarm for f in r.findings), len(r.findings)))
    alarm = next((n for n, finding in enumerate(shown.findings) if finding.alarm), 0)
    chromium = shutil.which("chromium") or sys.exit("no chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page_file = Path(folder) / "report.html"
        write_report(records, page_file)
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport=SIZE, device_scale_factor=1, locale="vi-VN")
        page.goto(f"{page_file.as_uri()}#{urlencode({'a': shown.id, 'n': alarm})}")
        page.wait_for_selector(".note.chosen")
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=PICTURE)
        browser.close()
    sys.stdout.write(f"{PICTURE}\n")


if __name__ == "__main__":
    main()
