"""Document codes: ``705/QĐ-TTg`` and ``12/2012/QH13`` name documents and hold no abbreviations to expand.

The party's resolutions are the exception that readers do read out: in ``Nghị quyết số 20-NQ/TW`` the type and the
issuer are expanded.
"""

from __future__ import annotations

import re

from extractor.abbreviations.chains import Chain
from extractor.abbreviations.lexicon import Rules
from extractor.document import Abbreviation

_NUMBERED = re.compile(r"\d\w?(?: ?/ ?| ?- ?)$")


class CodeReader:
    """Tells document codes from short forms."""

    def __init__(self, rules: Rules) -> None:
        self._types = frozenset(rules.document_types)
        self._issuers = frozenset(rules.issuers)
        self._read_out: dict[tuple[str, ...], tuple[str, str]] = {
            (kind, issuer): (long, rules.read_out_issuers[issuer])
            for kind, long in rules.read_out_types.items()
            for issuer in rules.read_out_issuers
        }

    def read(self, text: str, chain: Chain) -> tuple[int, list[Abbreviation]]:
        """How many atoms at the head of a chain are a document's code, and what of it is expanded."""
        start = chain.start
        near = text[max(0, start - 2) : start]
        before = _NUMBERED.search(text, max(0, start - 6), start) if "/" in near or "-" in near else None
        typed = chain.atoms[0].text in self._types
        first = chain.marks[0] if chain.marks else ""
        if before:
            # A dash alone says little ("năm 2020 - LĐLĐ tỉnh"): a type must follow it, or a slash the first letters.
            if "/" not in before.group() and first != "/" and not (typed and first == "-"):
                return 0, []
        elif not (typed and first and first in "-/" and chain.atoms[1].text in self._issuers):
            return 0, []
        spaced = before is not None and "/" in before.group()
        size = 1
        while size < len(chain.atoms) and (
            chain.marks[size - 1] in "-/" or (spaced and chain.marks[size - 1] == " - ")
        ):
            size += 1
        return size, self._expanded(chain, size)

    def _expanded(self, chain: Chain, size: int) -> list[Abbreviation]:
        longs = self._read_out.get(tuple(atom.text for atom in chain.atoms[:size]), ())
        return [
            Abbreviation(atom.start, atom.end, atom.text, long, "lexicon", found_by=("abbreviations.party-code",))
            for atom, long in zip(chain.atoms, longs, strict=False)
        ]
