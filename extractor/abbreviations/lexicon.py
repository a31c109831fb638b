"""The lexicon: reviewed short forms with their senses, read from TOML files and checked when they are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from extractor import datafile
from extractor.abbreviations.letters import fold, key_of
from extractor.errors import DataError

FOLDER = "abbreviations"
RULES = datafile.DATA / "abbreviation_rules.toml"

Domain = Literal[
    "union", "party", "state", "labour", "education", "health", "army", "economy", "media", "sport", "place", "common"
]


class Entry(datafile.Table):
    """One sense of one short form.

    `split` is the short form with a hyphen (or a space) wherever writers may put a mark (or a space as well), and
    `variants` are spellings with other letters. `left` and `right` are phrases beside the short form that speak for
    this sense, `article` words anywhere in the text that do; `<name>` is a capitalised word, `<names>` up to four,
    `<number>` digits, `<roman>` a Roman numeral. `usual` is the sense taken when nothing speaks for another;
    `needs_cue` forbids the sense without a phrase beside it, `unless_left` and `unless_right` forbid it beside
    theirs. `only` limits it to a newspaper's mark at the head of a line (``dateline``) or there and in credits
    (``credit``); `exact` allows only the spellings listed; `numbered` allows digits glued to it.
    """

    short: str = Field(min_length=1)
    long: str = Field(min_length=1)
    example: str = Field(min_length=1)
    id: str | None = None
    domain: Domain | None = None
    variants: tuple[str, ...] = ()
    split: str | None = None
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    unless_left: tuple[str, ...] = ()
    unless_right: tuple[str, ...] = ()
    usual: bool = False
    needs_cue: bool = False
    only: Literal["dateline", "credit"] | None = None
    exact: bool = False
    numbered: bool = False


class EntryFile(datafile.Table):
    """A file of entries; `domain` holds for all of them that name none."""

    domain: Domain = "common"
    entry: tuple[Entry, ...] = ()


class Mechanism(datafile.Table):
    """How a long form may be known otherwise than by an entry; the example's `text` gives `short` as `long`."""

    id: str
    about: str
    text: str
    short: str
    long: str


class Newspapers(datafile.Table):
    """How provincial newspapers sign: templates over the initials and the name of each province."""

    provinces: tuple[str, ...]
    templates: dict[str, str]


class Rules(datafile.Table):
    """The words that the mechanisms of definitions, codes and credits work with."""

    skipped: tuple[str, ...]
    phrases: tuple[str, ...]
    phrases_after: tuple[str, ...]
    heads: tuple[str, ...]
    bare_heads: tuple[str, ...]
    document_types: tuple[str, ...]
    issuers: tuple[str, ...]
    read_out_types: dict[str, str]
    read_out_issuers: dict[str, str]
    credits: tuple[str, ...]
    prefixes: dict[str, str]
    suffixes: dict[str, str]
    names: tuple[str, ...]
    units: tuple[str, ...]
    codes: tuple[str, ...]
    newspapers: Newspapers
    mechanism: tuple[Mechanism, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """One sense as the finder uses it. `joints` maps offsets in a key to ``-`` or a space: the marks allowed there."""

    id: str
    entry: Entry
    domain: str
    joints: dict[str, dict[int, str]]
    article: tuple[str, ...]

    @property
    def long(self) -> str:
        """The long form."""
        return self.entry.long


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All senses by key (the short form without inner marks), and the rules."""

    senses: dict[str, tuple[Sense, ...]]
    rules: Rules

    def of(self, key: str) -> tuple[Sense, ...]:
        """The senses of a key, none if it is unknown."""
        return self.senses.get(key, ())


def load_lexicon(folders: Sequence[Path] = ()) -> Lexicon:
    """The project's lexicon with a user's own files (or folders of them) laid over it.

    A short form in an own file replaces every built-in sense of that short form. Raises DataError.
    """
    rules = datafile.load(RULES, Rules)
    senses: dict[str, list[Sense]] = {}
    for path in datafile.files(FOLDER):
        _add(senses, _senses(datafile.load(path, EntryFile), path))
    _add(senses, _newspaper_senses(rules.newspapers))
    for path in _own_files(folders):
        own = _senses(datafile.load(path, EntryFile), path)
        for key in [key for sense in own for key in sense.joints]:
            senses.pop(key, None)
        _add(senses, own)
    return Lexicon({key: tuple(found) for key, found in senses.items()}, rules)


def _own_files(folders: Sequence[Path]) -> list[Path]:
    """A file as it is; of a folder, laid out as the project's data, its part for abbreviations."""
    found: list[Path] = []
    for folder in folders:
        part = folder / FOLDER
        found += [folder] if folder.is_file() else sorted(part.glob("*.toml"))
    return found


def _add(senses: dict[str, list[Sense]], new: Iterable[Sense]) -> None:
    for sense in new:
        for key in sense.joints:
            senses.setdefault(key, []).append(sense)


def _senses(file: EntryFile, path: Path) -> list[Sense]:
    """The senses of a file, each under an id of its own."""
    senses: dict[str, Sense] = {}
    for entry in file.entry:
        domain = entry.domain or file.domain
        identity = entry.id or f"abbreviations.{path.stem}.{entry.short}"
        if identity in senses:
            message = f"{path}: two entries have the id {identity}: give one of them an id of its own"
            raise DataError(message)
        senses[identity] = Sense(
            id=identity,
            entry=entry,
            domain=domain,
            joints=_joints(entry),
            article=tuple(word.lower() for word in entry.article),
        )
    return list(senses.values())


def _joints(entry: Entry) -> dict[str, dict[int, str]]:
    """For each key of an entry, where a mark may stand in it, and which."""
    joints: dict[str, dict[int, str]] = {}
    forms = (entry.short, *entry.variants, *((entry.split,) if entry.split else ()))
    for form in forms:
        found = joints.setdefault(key_of(form), {})
        offset = 0
        for char in form:
            if key_of(char):
                offset += 1
            else:
                found[offset] = " " if char == " " or found.get(offset) == " " else "-"
    return joints


def _newspaper_senses(papers: Newspapers) -> list[Sense]:
    """The marks of provincial newspapers: the same letters may be several provinces, which the article tells."""
    senses = []
    for template, long in papers.templates.items():
        for province in papers.provinces:
            initials = "".join(fold(word[0]) for word in province.replace("-", " ").split())
            short = template.format(initials=initials)
            entry = Entry(
                short=short,
                long=long.format(name=province),
                example=f"{short} - {province}.",
                only="dateline",
            )
            senses.append(
                Sense(
                    id=f"abbreviations.newspapers.{short}.{province}",
                    entry=entry,
                    domain="media",
                    joints={short: {}},
                    article=(province.lower(), f"tỉnh {province.lower()}"),
                )
            )
    return senses
