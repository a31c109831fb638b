"""Numbers that are no figures: dates, clock times, periods, document numbers, labels, phone numbers, names.

They are masked before numerals are read. Every rule is data; this module finds the numbers of a text, tries the
rules that may begin at one of the few words before each, and keeps what matches and covers the number.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import DataError
from extractor.numerals.lexicon import words_pattern
from extractor.span import Span

DATA = Path(__file__).parent / "data" / "lookalikes.toml"
REACH, WORDS, CHUNK = 60, 7, 120

_WORD = re.compile(r"[^\W_]+")
_BEFORE = re.compile(r"([^\W_]+|[^\w\s])[ ]{0,2}$")
_LAST_MEMBER = re.compile(r"(?: ?[,;] ?(?:và )?| và )[0-9]{1,4}$")
_NAME = re.compile(r"\{([a-z][a-z_]*[0-9]?)\}")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A number that is no figure: where it stands with the words that show it, its kind, and the rule.

    `fields` holds what a date says: day, month, year, end_day, end_month, end_year, quarter, count and unit of a
    period, hour and minute; only what is written, in the order of the rule.
    """

    span: Span
    kind: str
    rule: str
    fields: tuple[tuple[str, int | str], ...] = ()


class Rule(BaseModel):
    """One way to recognise a number that is no figure; the head of the data file explains the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    pattern: str
    lead: tuple[str, ...] = ()
    cased: bool = False
    chunk: bool = False
    line_start: bool = False
    improper: bool = False
    follows: str | None = None
    not_follows: str | None = None
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


class LookalikeData(BaseModel):
    """The schema of lookalikes.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lists: dict[str, tuple[str, ...]]
    parts: dict[str, str]
    figure: str
    chain: str
    rule: tuple[Rule, ...] = Field(min_length=1)

    @classmethod
    def load(cls, path: Path | None = None) -> LookalikeData:
        """Read and check the data file.

        Raises:
            DataError: if the file cannot be read or does not fit the schema; the message names rule and key.
        """
        source = path or DATA
        try:
            return cls.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
        except ValidationError as error:
            first = error.errors()[0]
            raise DataError(f"{source}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
        except (OSError, ValueError) as error:
            raise DataError(f"{source}: {error}") from error

    def words(self, entries: Iterable[str]) -> tuple[str, ...]:
        """The entries with each ``@name`` replaced by the words of that list."""
        found: list[str] = []
        for entry in entries:
            found.extend(self._list(entry[1:]) if entry.startswith("@") else (entry,))
        return tuple(dict.fromkeys(found))

    def _list(self, name: str) -> tuple[str, ...]:
        if name not in self.lists:
            raise DataError(f"{DATA.name}: no list named {name!r}; there are {', '.join(sorted(self.lists))}")
        return self.lists[name]

    def expanded(self, pattern: str) -> str:
        """The pattern with each ``{name}`` replaced by the part or the list of that name."""

        def piece(found: re.Match[str]) -> str:
            name = found.group(1)
            return self.parts[name] if name in self.parts else alternatives(self._list(name))

        return _NAME.sub(piece, pattern)


def alternatives(phrases: Iterable[str]) -> str:
    """The phrases as one regular expression, the longest first, grouped by their first letter."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)):
        by_letter[phrase[0]].append(re.escape(phrase[1:]))
    return "(?:" + "|".join(f"{re.escape(a)}(?:{'|'.join(rest)})" for a, rest in sorted(by_letter.items())) + ")"


def _follower(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"[ ]{{0,2}}{alternatives(phrases)}(?!\w)")


class CompiledRule:
    """A rule ready to be tried at a position."""

    def __init__(self, rule: Rule, data: LookalikeData) -> None:
        self.rule = rule
        self.leads = data.words(rule.lead)
        numbers = data.lists["number"]
        self.takes_words = any(word in rule.pattern for word in ("{number}", "{magnitude}", *numbers[1:]))
        self.takes_words = self.takes_words or any(lead in numbers for lead in self.leads)
        body = data.expanded(rule.pattern)
        cased = any(lead != lead.lower() for lead in self.leads)
        lead = f"(?{'' if cased else 'i'}:{alternatives(self.leads)})" if self.leads else ""
        start = r"(?<![^\s(\[\"“‘'])" if rule.chunk else r"(?<!\w)(?<![0-9][.,])"
        end = "" if rule.kind in ("numbering", "web") else r"(?:(?!\w)|(?<=20[0-9]{2})(?![0-9]))(?![.,][0-9])"
        if rule.kind in ("label", "clause", "ordinal"):  # mức 4-5 triệu is an amount
            end += r"(?! ?[-–~] ?[0-9])"
        self.source = rf"{start}{lead}(?:{body}){end}"
        self._pattern = re.compile(self.source)
        self._counted = _follower(data.words(("@counted", "@measure", "@magnitude", "ngày", "giờ", "tuần")))
        self._uncounted = _follower(data.words(("@uncounted",)))
        self._follows = re.compile(data.expanded(rule.follows)) if rule.follows else None
        self._not_follows = re.compile(data.expanded(rule.not_follows)) if rule.not_follows else None
        self._after = frozenset(data.words(rule.after))
        self._not_after = frozenset(data.words(rule.not_after))
        unless = data.words(rule.unless)
        self._unless = _follower(unless) if unless else None

    def match(self, text: str, lower: str, start: int, anchor: Span, done: int = 0) -> Lookalike | None:
        """What the rule finds at `start`, if it covers the number at `anchor`; `done` ends the look-alike before."""
        rule = self.rule
        found = self._pattern.match(text if rule.cased else lower, start)
        if found is not None and found.end() > anchor.end and (stop := self._list_end(lower, found)):
            found = self._pattern.match(text if rule.cased else lower, start, stop)
        if found is None or found.end() <= anchor.start:
            return None
        if rule.line_start and text[max(0, text.rfind("\n", 0, start) + 1) : start].strip(" -•*+"):
            return None
        if self._follows and self._follows.search(text, max(0, start - REACH), start) is None:
            return None
        if self._not_follows and self._not_follows.search(lower, max(0, start - REACH), start):
            return None
        if self._unless is not None and self._unless.match(lower, found.end()):
            return None
        if (self._after or self._not_after) and not self._fits_before(lower, start, done):
            return None
        fields = _fields(found)
        if rule.improper and dict(fields)["day"] <= dict(fields)["month"]:  # type: ignore[operator]
            return None
        return Lookalike(Span(start, found.end()), rule.kind, f"lookalikes.{rule.id}", fields)

    def _list_end(self, lower: str, found: re.Match[str]) -> int | None:
        """Where a list of labels or days ends before its last member, if that is counted: mục 4, 6 tiêu chí."""
        member = _LAST_MEMBER.search(lower, found.start(), found.end())
        if member is None or self._uncounted.match(lower, found.end()) or not self._counted.match(lower, found.end()):
            return None
        return member.start()

    def _fits_before(self, lower: str, start: int, done: int) -> bool:
        found = _BEFORE.search(lower, max(done, start - 20), start)
        word = found.group(1) if found else ""
        if self._after and word not in self._after:
            return False
        return word not in self._not_after and not ("#" in self._not_after and word.isdigit())


def _fields(found: re.Match[str]) -> tuple[tuple[str, int | str], ...]:
    groups = found.groupdict()  # a name cannot be used twice in one pattern: month_b is another place for month
    return tuple((name.removesuffix("_b"), int(v) if v.isdigit() else v) for name, v in groups.items() if v is not None)


class LookalikeFinder:
    """Finds the numbers of a text that are no figures; made once from its data, then free of state."""

    def __init__(self, data: LookalikeData) -> None:
        self.data = data
        self.rules = tuple(CompiledRule(rule, data) for rule in data.rule)
        at_number = tuple(rule for rule in self.rules if not rule.leads and not rule.rule.chunk)
        self._at_digits = _Sieve(at_number)
        self._at_word = _Sieve(tuple(rule for rule in at_number if rule.takes_words))
        self._in_chunk = _Sieve(tuple(rule for rule in self.rules if rule.rule.chunk))
        by_word: dict[str, list[CompiledRule]] = defaultdict(list)
        for rule in self.rules:
            for first in dict.fromkeys(_first_word(lead.lower()) for lead in rule.leads):
                by_word[first].append(rule)
        self._before_digits = {word: tuple(rules) for word, rules in by_word.items()}
        in_words = {word: tuple(rule for rule in rules if rule.takes_words) for word, rules in by_word.items()}
        self._before_word = {word: rules for word, rules in in_words.items() if rules}
        words = words_pattern((*data.lists["number"], *data.lists["anchor"]), before=r"\w")
        self._chain = re.compile(data.chain)
        self._anchor = re.compile(rf"[0-9](?<![0-9].)[0-9]*(?:[.,][0-9]+)*|{words}")
        self._figure = re.compile(rf"(?:{data.figure})(?!\w)(?![.,][0-9])")

    @classmethod
    def load(cls, path: Path | None = None) -> LookalikeFinder:
        """The finder of a data file, the one of the package by default.

        Raises:
            DataError: if the file does not fit the schema.
        """
        return cls(LookalikeData.load(path))

    def find(self, text: str, lower: str) -> list[Lookalike]:
        """The look-alikes of a view in order, none overlapping; `lower` is `text` in lower case, same offsets."""
        found: list[Lookalike] = []
        done = 0
        for number in self._anchor.finditer(lower):
            anchor = Span(*number.span())
            if anchor.start < done or self._figure.match(lower, anchor.start):
                continue
            chain = self._chain.match(lower, anchor.start)
            if chain is not None:
                lookalike: Lookalike | None = Lookalike(Span(*chain.span()), "code", "lookalikes.chain")
            else:
                lookalike = self._at(text, lower, anchor, done)
            if lookalike is not None:
                found.append(lookalike)
                done = lookalike.span.end
        return found

    def _at(self, text: str, lower: str, anchor: Span, done: int) -> Lookalike | None:
        """The rule that reaches farthest; of several, the one that begins first, then the first of the file."""
        best: Lookalike | None = None
        for start, rules in self._starts(text, lower, anchor, done):
            for rule in rules:
                lookalike = rule.match(text, lower, start, anchor, done)
                if lookalike is not None and (best is None or lookalike.span.end > best.span.end):
                    best = lookalike
        return best

    def _starts(
        self, text: str, lower: str, anchor: Span, done: int
    ) -> Iterator[tuple[int, tuple[CompiledRule, ...]]]:
        """Where a match may begin, and the rules that may begin so."""
        floor = max(done, lower.rfind("\n", max(done, anchor.start - CHUNK), anchor.start) + 1)
        is_digit = lower[anchor.start].isdigit()
        if is_digit and lower[anchor.start - 1 : anchor.start] not in ("", " ", "\n"):
            chunk = max(floor, anchor.start - CHUNK, lower.rfind(" ", max(0, anchor.start - CHUNK), anchor.start) + 1)
            while chunk < anchor.start and lower[chunk] in "([\"“‘'":
                chunk += 1
            yield chunk, self._in_chunk.rules_at(text, lower, chunk)
        elif is_digit:
            yield anchor.start, self._in_chunk.rules_at(text, lower, anchor.start)
        window = max(floor, anchor.start - REACH)
        before = self._before_digits if is_digit else self._before_word
        for start, word in _words_before(lower, window, anchor.start):
            rules = before.get(word)
            if rules and not (start == window > floor):
                yield start, rules
        if not is_digit:
            rules = before.get(_first_word(lower[anchor.start : anchor.end]))
            if rules:
                yield anchor.start, rules
        sieve = self._at_digits if is_digit else self._at_word
        yield anchor.start, sieve.rules_at(text, lower, anchor.start)
        if is_digit and lower[anchor.start - 1 : anchor.start] == "(":
            yield anchor.start - 1, sieve.rules_at(text, lower, anchor.start - 1)


class _Sieve:
    """Rules that begin at a number, behind one expression that tells whether any of them can match there."""

    def __init__(self, rules: tuple[CompiledRule, ...]) -> None:
        sieved = tuple(rule for rule in rules if not rule.rule.follows)
        self._lower = _either(tuple(rule for rule in sieved if not rule.rule.cased))
        self._cased = _either(tuple(rule for rule in sieved if rule.rule.cased))
        self._rules = rules
        self._loose = tuple(rule for rule in rules if rule.rule.follows)  # nearly any number fits their patterns

    def rules_at(self, text: str, lower: str, start: int) -> tuple[CompiledRule, ...]:
        """All the rules if one of them may match at `start`, else only those that the text before decides."""
        return self._rules if self._lower.match(lower, start) or self._cased.match(text, start) else self._loose


def _either(rules: tuple[CompiledRule, ...]) -> re.Pattern[str]:
    """One expression that matches where any rule's own does."""
    return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", rule.source) for rule in rules) or "(?!)")


def _words_before(lower: str, window: int, end: int) -> list[tuple[int, str]]:
    """The last words of a window with their places."""
    return [(word.start(), word.group()) for word in _WORD.finditer(lower, window, end)][-WORDS:]


def _first_word(phrase: str) -> str:
    found = _WORD.match(phrase)
    return found.group() if found else phrase
