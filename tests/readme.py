"""Writes the parts of README.md that come from the data: the table of kinds."""

from __future__ import annotations

from pathlib import Path

from extractor.figures.kinds import load_kinds

README = Path(__file__).parent.parent / "README.md"
START, END = "<!-- kinds table: written by `python -m tests.readme` -->", "<!-- end of kinds table -->"


def kinds_table() -> str:
    """The kinds as a Markdown table, core kinds first."""
    rows = ["| kind | | counts or measures | some units |", "| --- | --- | --- | --- |"]
    for kind in sorted(load_kinds(), key=lambda kind: (not kind.core, kind.kind)):
        words = [word.replace("|", " ") for unit in kind.unit for word in unit.words][:5]
        rows.append(f"| `{kind.kind}` | {kind.title.vi} | {kind.about} | {', '.join(words)} |")
    return "\n".join(rows)


def with_tables(text: str) -> str:
    """The README with its tables as the data has them now."""
    head, rest = text.split(START)
    return f"{head}{START}\n{kinds_table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text("utf-8")), "utf-8")
