"""extractor rules: what the data files hold, rule by rule, with examples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.commands import faults
from extractor.commands.options import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.rulebook import Rule


@click.command("rules")
@click.argument("rule_id", required=False)
@lexicon("A folder laid out as extractor/data that adds to it.")
def command(rule_id: str | None, folders: tuple[Path, ...]) -> None:
    """List all rules, those whose id begins with RULE_ID, or show one whole."""
    from extractor.rulebook import rules  # noqa: PLC0415 - only when called

    with faults.told():
        found = [rule for rule in rules(folders) if rule_id is None or rule.id.startswith(rule_id)]
        if not found:
            raise click.UsageError(f"no rule's id begins with {rule_id!r}; `extractor rules` lists them all.")
        exact = [rule for rule in found if rule.id == rule_id]
        for line in (line for rule in exact for line in _whole(rule)) if exact else map(_line, found):
            click.echo(line)


def _whole(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}    ({rule.file})"
    for key, value in rule.table.items():
        if key != "id":
            yield f"  {key}: {', '.join(_shown(value)) if isinstance(value, list | dict) else value}"


def _line(rule: Rule) -> str:
    """Id, file and first example, tabs between."""
    examples = rule.table.get("examples") or rule.table.get("example") or rule.table.get("text") or []
    first = examples if isinstance(examples, str) else next(iter(_shown(examples)), "")
    return f"{rule.id}\t{rule.file.name}\t{first}".replace("\n", "⏎")


def _shown(entries: list[Any] | dict[str, Any]) -> list[str]:
    """Examples and words as text: "text", "text → what it gives"."""
    if isinstance(entries, dict):
        return [f"{text} → {given}" for text, given in entries.items()]
    return [" → ".join(map(str, entry)) if isinstance(entry, list) else str(entry) for entry in entries]
