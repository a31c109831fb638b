"""The command line: names the commands; each lives in a module of `extractor.commands`, loaded when it is called.

Data goes to stdout, everything else to stderr. Exit status: 0 all done, 1 some failed, 2 wrong usage, 3 an alarm
under ``--fail-on alarm``.
"""

from __future__ import annotations

import importlib

import click

# name → one line for --help. The module is extractor.commands.<name>, the function in it is `command`.
COMMANDS = {
    "extract": "Articles in, one JSON record per article out.",
    "explain": "Show the readings tried at one place of a text, and why one won.",
    "abbreviations": "List the abbreviations of articles: long form, how known, how often, where.",
    "kinds": "List the kinds of figures with their units.",
    "rules": "List the rules of the data files, or one rule with its examples.",
    "schema": "Print the JSON Schema of a record.",
    "convert": "Turn records into JSON Lines, Parquet, CSV, XLSX or DuckDB.",
    "check": "Compare figures across articles: conflicts and agreements.",
    "verify": "Hold a sentence with a figure against what the articles say.",
    "series": "One figure over time, as a table and a plot.",
    "report": "Write one HTML page to look through figures and findings.",
    "review": "Start the review desk: confirm, correct or reject figures in the browser.",
    "version": "Print the versions of program, data and format.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when one of them is called, so that --help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of their importance."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module and give its command, None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"extractor.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List names and lines without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="extractor-vi", prog_name="extractor", message="%(prog)s %(version)s")
def main() -> None:
    """Figures out of Vietnamese trade-union news: exact values, what they count, and whether they add up."""
