"""A real browser for the tests: Debian's chromium, driven by Playwright. Where either is missing, the tests say so and skip."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # for web_records, which stands beside this folder

from web_records import sample_records  # noqa: E402

from extractor.report import write_report  # noqa: E402
from extractor.review.database import DecisionStore  # noqa: E402

AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MODES = {f"{width}-{scheme}": (width, scheme) for width in (1280, 390) for scheme in ("light", "dark")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@dataclass
class Tab:
    """A page in a context of its own, with all that went wrong in it."""

    page: Any
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, address: str, ready: str = "#main *") -> Any:
        """Open an address and wait until the page has drawn."""
        self.page.goto(address)
        self.page.wait_for_selector(ready)
        return self.page

    def hash(self, target: str, ready: str = "#main *") -> Any:
        """Go to a place in the page."""
        self.page.evaluate("to => { document.querySelector('#main').replaceChildren(); location.hash = to; }", target)
        self.page.wait_for_selector(ready)
        return self.page


@pytest.fixture
def open_tab(browser: Any) -> Iterator[Callable[..., Tab]]:
    """Makes tabs; at the end none may have logged an error, asked a question or broken the policy."""
    tabs: list[Tab] = []

    def make(width: int = 1280, scheme: str = "light", **options: Any) -> Tab:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, locale="vi-VN", **options
        )
        tab = Tab(context.new_page())
        tab.page.set_default_timeout(10_000)
        tab.page.on("console", lambda m: tab.faults.append(m.text) if m.type == "error" else None)
        tab.page.on("pageerror", lambda e: tab.faults.append(str(e)))
        tab.page.on("dialog", lambda d: (tab.faults.append(f"dialog {d.message}"), d.dismiss()))
        tab.page.on("request", lambda r: tab.requests.append(r.url))
        tabs.append(tab)
        return tab

    yield make
    for tab in tabs:
        tab.page.context.close()
    assert [tab.faults for tab in tabs] == [[] for _ in tabs]


@pytest.fixture(params=MODES)
def mode(request: Any) -> tuple[str, int, str]:
    """Laptop and phone, light and dark: (name, width, scheme)."""
    return (request.param, *MODES[request.param])


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's source."""
    if not AXE.exists():
        pytest.skip("no axe-core: npm install --prefix tests/browser")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def report(tmp_path_factory: Any) -> str:
    """The address of a report of the sample records, opened from disk."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(sample_records(), path)
    return path.as_uri()


@dataclass
class Served:
    """A desk over the sample records, run in a thread."""

    folder: Path
    port: int = 0
    server: Any = None

    def start(self) -> None:
        """Serve in a thread."""
        import waitress  # noqa: PLC0415 (an extra, that the report's tests do without)

        from extractor.review.app import create_app  # noqa: PLC0415

        self.store = DecisionStore(self.folder / "desk.sqlite3")
        self.app = create_app(sample_records(), self.store)
        self.server = waitress.create_server(self.app, host="127.0.0.1", port=self.port, threads=4)
        self.port = self.server.effective_port
        threading.Thread(target=self.server.run, daemon=True).start()

    def stop(self) -> None:
        """Take no more requests; the thread ends with the tests."""
        self.server.close()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    """A desk over the sample records with an empty database."""
    pytest.importorskip("flask", reason="the review desk needs the extra: pip install 'extractor-vi[review]'")
    served = Served(tmp_path)
    served.start()
    yield served
    served.stop()
