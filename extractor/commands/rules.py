"""extractor rules: what the data files hold, rule by rule, with examples."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("rules")
@click.argument("rule_id", required=False)
@click.option("--lexicon", "folders", multiple=True, type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder laid out as extractor/data that adds to it.")  # fmt: skip
def command(rule_id: str | None, folders: tuple[Path, ...]) -> None:
    """List all rules, those whose id begins with RULE_ID, or show one whole."""
    from extractor.rulebook import rules  # noqa: PLC0415 - only when called

    found = [rule for rule in rules(folders) if rule_id is None or rule.id.startswith(rule_id)]
    if not found:
        raise click.UsageError(f"no rule's id begins with {rule_id!r}; `extractor rules` lists them all.")
    exact = [rule for rule in found if rule.id == rule_id]
    for rule in exact:
        click.echo(f"{rule.id}    ({rule.file})")
        for key, value in rule.table.items():
            if key != "id":
                shown = ", ".join(map(str, value)) if isinstance(value, list) else value
                click.echo(f"  {key}: {shown}")
    if not exact:
        for rule in found:
            examples = rule.table.get("examples") or rule.table.get("example") or []
            first = examples if isinstance(examples, str) else (examples[0] if examples else "")
            click.echo(f"{rule.id}\t{rule.file.name}\t{first}")
