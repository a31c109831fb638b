"""Putting data and code into a page: JSON that cannot leave its script element, and modules joined into one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parent / "static"
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.-]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def script_json(value: Any) -> str:
    r"""JSON for a ``<script type="application/json">``: no ``<`` in it, so that nothing can close the element.

    >>> script_json({"a": "</script>"})
    '{"a":"\\u003c/script>"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def join_modules(entry: str, folder: Path = STATIC) -> str:
    """The module `entry` and all that it imports as one script, each module once, those needed first.

    Modules here import by plain names only, ``import { a } from "./b.js";``, and top-level names are unique over all
    of them (the browser refuses a second declaration), so joining is leaving out imports and the word export.
    """
    order: dict[str, str] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ValueError(f"modules import each other: {' -> '.join((*path, name))}")
        if name in order:
            return
        source = (folder / name).read_text(encoding="utf-8")
        for needed in IMPORT.findall(source):
            visit(needed, (*path, name))
        order[name] = EXPORT.sub("", IMPORT.sub("", source))

    visit(entry, ())
    return "\n".join(f"// {name}\n{source}" for name, source in order.items())
