"""Stage 6: which figures the article itself makes belong together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.document import Document, Relation
from extractor.intervals import Hedges
from extractor.relate.bases import percent_ofs
from extractor.relate.changes import changes
from extractor.relate.cues import Cues
from extractor.relate.parts import parts_sums
from extractor.relate.products import products
from extractor.relate.ratios import ratio_percents
from extractor.relate.rules import RelationRules, load_rules
from extractor.relate.same import sames
from extractor.relate.scene import Scene
from extractor.relate.shares import percent_sums


class Relater:
    """Finds relations. Holds the cues of ``relations.toml``; relating keeps no state and takes linear time."""

    def __init__(self, rules: RelationRules, hedges: Hedges) -> None:
        self.rules = rules
        self.cues = Cues(rules.cue)
        self._hedges = hedges

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> Relater:
        """A relater with the package's rules and those of the user's folders. Raises DataError."""
        return cls(load_rules(folders), Hedges.load(folders))

    def relate(self, document: Document) -> tuple[Relation, ...]:
        """The relations of the document's figures, by their indices; the document is not changed."""
        if len(document.quantities) < 2:  # noqa: PLR2004
            return ()
        scene = Scene(document, self.rules, self.cues, self._hedges)
        sums = parts_sums(scene)
        return (
            *sums,
            *percent_sums(scene),
            *percent_ofs(scene, sums),
            *ratio_percents(scene),
            *products(scene),
            *changes(scene),
            *sames(scene, sums),
        )
