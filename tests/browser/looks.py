"""What the tests look at: accessibility, width, and pictures for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SHOTS = Path(__file__).parent / "shots"


def violations(page: Any, source: str) -> list[str]:
    """What axe finds wrong by WCAG 2.2 AA, in words."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(source)
    rules = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        "rules": {"skip-link": {"enabled": False}},  # takes every in-page address below the fold for one
    }
    found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    return [f"{v['id']}: {v['help']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found]


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    width: int = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return width


def shoot(page: Any, name: str) -> None:
    """Keep a picture to look at."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")
