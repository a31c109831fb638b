"""Stage 7: whose figure it is, where, when, and whether achieved, planned or required.

Mentions of time, place and body are found in one scan each over the article; a walk through its sentences then gives each figure
what its sentence tells, or what still holds from before.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.datafile import merged
from extractor.document import Document, Scope, Sentence
from extractor.lookup import Leads, Sorter
from extractor.scope.assign import Choosers
from extractor.scope.bodies import BodyNamer
from extractor.scope.cues import StatusTable
from extractor.scope.gazetteer import Gazetteer
from extractor.scope.mention import TimeMention
from extractor.scope.organizations import OrganizationFinder, OrganizationMention, OrganizationTable
from extractor.scope.passages import PassageReader
from extractor.scope.periods import PeriodGrammar, PeriodTable
from extractor.scope.places import PlaceFinder
from extractor.scope.runs import PlaceTable
from extractor.scope.sentence import CarryTable
from extractor.scope.shapes import Clock
from extractor.scope.sites import SiteChooser
from extractor.scope.statuses import StatusFinder
from extractor.scope.walk import Walk
from extractor.words import Vocabulary

__all__ = ["ScopeFinder"]

DIGITS = 24
"""Letters of a long number that are compared with expressions of time."""


class ScopeFinder:
    """Finds the scope of every quantity. Built once; `find` keeps no state."""

    def __init__(
        self,
        periods: PeriodGrammar,
        places: PlaceFinder,
        organizations: OrganizationFinder,
        reader: PassageReader,
        choosers: Choosers,
    ) -> None:
        self._periods, self._places, self._organizations = periods, places, organizations
        self._reader, self._choosers = reader, choosers
        self._sorter = Sorter(
            (periods.openings, places.openings, organizations.openings, reader.openings, choosers.status.openings)
        )

    @classmethod
    def load(cls, vocabulary: Vocabulary, folders: Sequence[Path] = ()) -> ScopeFinder:
        """A finder with the package's data and that of the user's folders. Raises DataError."""
        gazetteer = Gazetteer.load(folders)
        periods = merged("scope/periods.toml", PeriodTable, folders)
        carry = merged("scope/carry.toml", CarryTable, folders)
        status = StatusFinder(merged("scope/status.toml", StatusTable, folders))
        return cls(
            PeriodGrammar(periods),
            PlaceFinder(merged("scope/places.toml", PlaceTable, folders), gazetteer),
            OrganizationFinder(
                merged("scope/organizations.toml", OrganizationTable, folders), gazetteer.knows, vocabulary
            ),
            PassageReader(carry),
            Choosers.of(carry, status, periods.standing),
        )

    def find(self, document: Document) -> tuple[Scope, ...]:
        """One scope a quantity, in the order of the quantities."""
        if not document.quantities:
            return ()
        text = document.view.text
        reach = self._reader.reach(document)
        told = self._reader.told(document)
        of_time, of_place, of_body, of_person, of_status = document.view.words.sorted_by(self._sorter)
        times = self._times(document, of_time, reach)
        places = self._places.scan(document.view, document.published, of_place)
        bodies = self._bodies(document, told, of_body)
        passages = self._reader.read(document, of_person, times, places, bodies, told[:reach])
        lead = next((p.span.start for p in passages if p.shape.prose and not p.shape.heading), 0)
        sites = SiteChooser(text, self._places, places, [b.span for b in bodies], lead)
        namer = BodyNamer(text, bodies, document.abbreviations, self._choosers.body.same_heads)
        marks = self._choosers.status.marks(document.view, of_status)
        return Walk(document, passages, self._choosers, marks, sites, namer).run()

    def _times(self, document: Document, words: Leads, reach: int) -> list[TimeMention]:
        """The time expressions that are no figures, in the first sentences; a term named anywhere holds for the whole article."""
        lower = document.view.lower
        clock = Clock(document.published, self._periods.term(lower))
        numbers = [q.number for q in document.quantities]
        taken = {i for n in numbers for i in range(n.start, min(n.end, n.start + DIGITS))}
        found = self._periods.scan(document.view, clock, document.sentences[:reach], words)
        return [m for m in found if taken.isdisjoint(range(m.start, m.end))]

    def _bodies(self, document: Document, told: Sequence[Sentence], words: Leads) -> list[OrganizationMention]:
        counted = [
            s.start for q in document.quantities for s in (q.unit_span, q.entity) if s and s.start >= q.number.start
        ]
        figures = [q.start for q in document.quantities]
        return self._organizations.scan(document.view, told, counted, figures, words)
