"""Writing the page: articles stream through, so a report of any size needs the memory of one article and the index."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extractor.errors import UsageError
from extractor.model import Record
from extractor.web.embed import STATIC, join_modules, script_json
from extractor.web.index import Index, browser_row
from extractor.write.target import replacing

TEMPLATE = Path(__file__).parent / "page.html"
DATA = '<script type="application/json" {name}>{json}</script>\n'


def write_report(records: Iterable[Record], path: Path) -> int:
    """Write the page at `path` and give the number of its articles.

    The page is written under another name first and renamed when whole. Raises UsageError for a record without text.
    """
    index = Index()
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as out:
        for piece in _pieces(records, index):
            out.write(piece)
    return len(index.articles["key"])


def _pieces(records: Iterable[Record], index: Index) -> Iterator[str]:
    style = (STATIC / "style.css").read_text(encoding="utf-8")
    script = join_modules("report.js")
    before, after = TEMPLATE.read_text(encoding="utf-8").split("{data}")
    head = {"{policy}": _policy(style, script), "{version}": _version(), "{style}": style}
    for name, value in head.items():
        before = before.replace(name, value)
    yield before
    for n, record in enumerate(records):
        if record.text is None:
            raise UsageError(f"{record.id}: the record has no text; run 'extractor extract' again without --no-text")
        index.add(record)
        yield DATA.format(name=f'data-article="{n}"', json=script_json(browser_row(record)))
    yield DATA.format(name='id="index"', json=script_json(index.as_json()))
    yield after.replace("{script}", script)


def _policy(style: str, script: str) -> str:
    """A policy under which nothing runs, loads or is sent but the page's own style and script, named by their hashes."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _version() -> str:
    try:
        return version("extractor-vi")
    except PackageNotFoundError:
        return ""
