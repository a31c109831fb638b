"""What an input is: told by its first bytes where they leave no doubt, else by its name, else by how it begins."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

MEDIA_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "warc": "application/warc",
    "zip": "application/zip",
}
_MAGIC = {b"PAR1": "parquet", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"WARC/": "warc"}
_ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".zip": "zip",
}
_PACKED = (".gz", ".zst", ".zstd")
_PAGE = re.compile(rb"(?i)^(?:\s|<!--.*?-->|<\?xml.*?\?>)*<(?:!doctype\s+html|html|head|body)\b", re.DOTALL)
_TAG = re.compile(rb"(?i)^\s*<(?:div|p|article|section|table|title|meta|center|font|h[1-6])\b")


def tell_format(head: bytes, uri: str) -> str:
    """The format of an input that begins with `head` (unpacked) and is called `uri`; one of `FORMATS`."""
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return name
    start = _plain(head)
    by_name = _ENDINGS.get(_ending(uri))
    if by_name == "json":
        return _json_shape(start)
    if by_name is not None and not (by_name == "text" and _PAGE.match(start)):
        return by_name
    if _PAGE.match(start) or _TAG.match(start):
        return "html"
    stripped = start.lstrip()
    if stripped.startswith(b"{") or re.match(rb"\[\s*(?:\{|\])", stripped):
        return _json_shape(start)
    return "text"


def _ending(uri: str) -> str:
    path = urlsplit(uri).path if "://" in uri else uri
    endings = [ending.lower() for ending in PurePosixPath(path.replace("\\", "/")).suffixes]
    while endings and endings[-1] in _PACKED:
        endings.pop()
    return endings[-1] if endings else ""


def _plain(head: bytes) -> bytes:
    """The beginning as ASCII-like bytes: without a byte order mark, without the NULs of UTF-16."""
    for bom in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(bom)
    return head.replace(b"\0", b"")


def _json_shape(start: bytes) -> str:
    """``jsonl`` where the first line is an object by itself or another object begins the second line, else ``json``."""
    rows = [row for row in start.splitlines() if row.strip()]
    if not rows or not rows[0].lstrip().startswith(b"{"):
        return "json"
    if len(rows) > 1 and rows[1].startswith(b"{"):
        return "jsonl"
    try:
        json.loads(rows[0])
    except (ValueError, RecursionError):
        return "json"
    return "jsonl" if len(rows) > 1 else "json"
