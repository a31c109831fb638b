"""product: so many, at so much each, make the total; an average is one, with a rounded each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.document import Relation
from extractor.relate.compare import is_money
from extractor.relate.scene import NOUNS, PEOPLE, Fact, Scene

BACK, AHEAD = 12, 4
"""How many figures before and after the each are looked at."""
NEAR = 8
"""Within so many figures and three sentences a product may be rounded."""
FURTHER = 6
"""So many sentences before the each a count may stand that fits."""
COUNTED = NOUNS | PEOPLE


@dataclass(frozen=True, slots=True)
class Each:
    """A figure that is for one: what it is for one of, what it measures, and whether it is an average."""

    fact: Fact
    per: str
    dimension: str
    average: bool


def products(scene: Scene) -> list[Relation]:
    """Every count, each and total that the text puts together."""
    found: list[Relation] = []
    used: set[int] = set()
    for fact in _candidates(scene):
        each = _each(scene, fact)
        relation = _product(scene, each, used) if each else None
        if relation:
            found.append(relation)
            used.add(_index(relation, "total"))
    return found


def _candidates(scene: Scene) -> list[Fact]:
    """The figures that can be an each: rates, and the next one behind each cue."""
    behind = {fact.index for hit in scene.all_cues("each") for fact in scene.after(hit.end)}
    return [fact for fact in scene.facts if fact.quantity.kind == "rate" or fact.index in behind]


def _each(scene: Scene, fact: Fact) -> Each | None:
    """The figure as an each: a rate per thing, or a figure with `mỗi` in its clause."""
    if fact.quantity.value is None or not fact.quantity.value:
        return None
    if fact.quantity.kind == "rate":
        of, _, per = fact.noun.partition("/")
        if "/" in per or not per.strip():
            return None
        measured = "money VND" if is_money(scene, fact) else of.strip()
        return Each(fact, per.strip(), measured, scene.has("average", fact.clause_before))
    hits = scene.cues("each", fact.before.start, fact.start)
    if not hits or hits[-1].start < fact.clause_before.start or fact.dimension in ("percentage", "ratio"):
        return None
    per = scene.lower[hits[-1].end : fact.start].strip()
    if not per:
        return None
    return Each(fact, per, fact.dimension, scene.has("average", fact.clause_before))


def _product(scene: Scene, each: Each, used: set[int]) -> Relation | None:
    at = scene.order[each.fact.index]
    near = [f for f in scene.facts[max(0, at - BACK) : at][::-1] if each.fact.sentence - f.sentence <= FURTHER]
    ahead = [f for f in scene.facts[at + 1 : at + 1 + AHEAD] if f.sentence - each.fact.sentence <= 1]
    counts = [f for f in (*near, *ahead) if f.quantity.kind in COUNTED and f.index != each.fact.index]
    totals = [f for f in (*ahead, *near) if _measures(scene, each, f) and f.index not in used]
    for count in counts:
        for total in totals:
            if total.index == count.index or not _makes(count, each, total) or not _tied(scene, each, count, total):
                continue
            if _of_another(scene, count, total):
                continue
            if _counts(scene, each, count) or _paid_for(scene, each, total, count):
                return _relation(each, count, total, "product.fits")
    return _told(scene, each, counts, totals)


def _of_another(scene: Scene, count: Fact, total: Fact) -> bool:
    """Whether the money told before is the worth of another such thing: giải Nhì 6 triệu, hai giải Ba mỗi giải 3 triệu."""
    if total.start > count.start or not count.noun or _is_total(scene, total):
        return False
    return count.noun.split()[0] in total.entity_words


def _measures(scene: Scene, each: Each, fact: Fact) -> bool:
    """Whether the figure measures what the each measures, and is more."""
    same = _same_measure(scene, each, fact)
    value, one = fact.quantity.value, each.fact.quantity.value
    return same and value is not None and one is not None and value > one


def _same_measure(scene: Scene, each: Each, fact: Fact) -> bool:
    """Whether both measure one thing; so many persons each time make so many person-times."""
    if fact.dimension == each.dimension or (fact.noun == each.dimension and fact.quantity.kind in COUNTED):
        return True
    persons = each.dimension == "people" or each.dimension in scene.rules.person.known
    return persons and fact.quantity.kind in PEOPLE and bool(each.per)


def _makes(count: Fact, each: Each, total: Fact) -> bool:
    one = each.fact.interval
    if each.average and each.fact.quantity.modifier == "exact":
        one = one.widened(_half(each.fact))
    return (count.interval * one).meets(total.interval)


def _tied(scene: Scene, each: Each, count: Fact, total: Fact) -> bool:
    """Whether count and total stand near the each, or are told exactly and make the total to the unit."""
    three = (each.fact, count, total)
    if total.quantity.modifier == "order_of_magnitude":
        return False
    places = [scene.order[fact.index] for fact in three]
    if max(places) - min(places) <= NEAR and each.fact.sentence - min(f.sentence for f in three) <= 3:  # noqa: PLR2004
        return True
    exact = all(fact.quantity.modifier == "exact" for fact in three)
    made = (count.quantity.value or 0) * (each.fact.quantity.value or 0)
    return exact and made == total.quantity.value


def _half(fact: Fact) -> Decimal:
    """Half a unit of the last digit of an average that is told as a whole number."""
    value = fact.quantity.value or Decimal(0)
    return Decimal("0.5") if value == value.to_integral_value() and value < 1000 else Decimal(0)  # noqa: PLR2004


def _counts(scene: Scene, each: Each, count: Fact) -> bool:
    """Whether the count is of what the each is for: `mỗi suất` and `230 suất`, `mỗi người` and `150 đoàn viên`."""
    if each.per.split()[0] in scene.rules.time.known:
        return count.noun == each.per and count.quantity.kind == "event_count"
    if count.quantity.kind in PEOPLE and any(
        f"{each.per} ".startswith(f"{word} ") for word in scene.rules.person.words
    ):
        return True
    first = each.per.split()[0]
    return bool(count.noun) and (each.per.startswith(count.noun) or first in count.noun.split() or first in count.words)


def _paid_for(scene: Scene, each: Each, total: Fact, count: Fact) -> bool:
    """Whether the total stands right before its count: ``936 triệu đồng cho 234 đoàn viên``."""
    return (
        each.per.split()[0] not in scene.rules.time.known
        and scene.order[count.index] - scene.order[total.index] == 1
        and bool(scene.cues("for", total.end, count.start))
        and count.start - total.end <= 8  # noqa: PLR2004
    )


def _told(scene: Scene, each: Each, counts: Sequence[Fact], totals: Sequence[Fact]) -> Relation | None:
    """A product that the text spells out in one sentence although it does not come out."""
    here = [f for f in _clause_of(scene, each.fact) if _alike(scene, each, f) and f.index != each.fact.index]
    counted = [f for f in counts if _counts(scene, each, f)]
    within = [f for f in counted if f in _clause_of(scene, each.fact)] or _just_before(each, counted)
    count = within[0] if len(within) == 1 else None
    ends = [
        f
        for f in totals
        if f in _clause_of(scene, each.fact)
        and (
            _is_total(scene, f)
            or (each.average and _one_word(scene, each, f))
            or (count is not None and count.start < each.fact.start and _paid_for(scene, each, f, count))
        )
    ]
    if count is None or len(ends) != 1 or len(here) != 1 or _others(scene, each):
        return None
    if _more_between(scene, each, ends[0]):
        return None
    return _relation(each, count, ends[0], "product.spelled-out")


def _clause_of(scene: Scene, each: Fact) -> list[Fact]:
    """The figures of the sentence that no semicolon parts from the each."""
    clause = []
    for fact in scene.beside(each):
        left, right = sorted((fact, each), key=lambda f: f.start)
        if fact is each or ";" not in scene.lower[left.end : right.start]:
            clause.append(fact)
    return clause


def _alike(scene: Scene, each: Each, fact: Fact) -> bool:
    """Whether both measure one thing in one counting word: 18 phòng and 68 phòng, not 4 dãy."""
    same = _same_measure(scene, each, fact)
    return same and (fact.quantity.kind not in NOUNS or not fact.noun or fact.noun == each.fact.noun)


def _one_word(scene: Scene, each: Each, fact: Fact) -> bool:
    """Whether a total is told in the counting word of its average, or both are money: `4,2 tỷ đồng, bình quân 70 triệu đồng/hộ`."""
    paid = each.fact.quantity.kind == "rate" and is_money(scene, each.fact) and is_money(scene, fact)
    return paid or fact.noun in (each.fact.noun, each.dimension)


def _just_before(each: Each, counted: Sequence[Fact]) -> list[Fact]:
    """The counts of the sentence before, where they count what the each is for: ``18 căn nhà. Mỗi căn 50 triệu đồng, tổng …``."""
    last = [f for f in counted if each.fact.sentence - f.sentence <= 1 and f.block == each.fact.block]
    named = each.per.split()[0]
    plain = all(f.noun and named == f.noun.split()[0] and not f.marks & {"step", "each"} for f in last)
    return last if plain and not each.average else []


def _more_between(scene: Scene, each: Each, total: Fact) -> bool:
    """Whether each of them gets more than the figure says: ``300.000 đồng và 10 quyển vở, tổng trị giá …``."""
    one = each.fact
    if total.start < one.start:
        beside = one.quantity.kind == "rate" and one.bracket < 0 and not each.average
        return beside or scene.has("and", one.after)
    apart = scene.order[total.index] - scene.order[one.index] > 1
    return apart or bool(scene.cues("and", one.end, total.start))


def _others(scene: Scene, each: Each) -> bool:
    """Whether the sentence tells of another each, so that the total may cover both.

    One behind a semicolon counts if it has no total of its own: xây 5 nhà, mỗi nhà …; sửa 3 nhà, mỗi nhà …, tổng ….
    """
    clause = _clause_of(scene, each.fact)
    told = [other for f in clause if (other := _each(scene, f))]
    if sum(1 for other in told if other.per.split()[0] not in scene.rules.time.known) > 1:
        return True
    apart = [f for f in scene.beside(each.fact) if f not in clause and f.start < each.fact.start]
    alike = [f for f in apart if (other := _each(scene, f)) and other.per.split()[0] == each.per.split()[0]]
    return any(not any(_is_total(scene, f) for f in _clause_of(scene, other)) for other in alike)


def _is_total(scene: Scene, fact: Fact) -> bool:
    clause = fact.clause_before
    return scene.has("total", clause) and not scene.has("raised", clause)


def _relation(each: Each, count: Fact, total: Fact, rule: str) -> Relation:
    roles: dict[str, int | tuple[int, ...]] = {"count": count.index, "each": each.fact.index, "total": total.index}
    return Relation("product", roles, (rule, "product.average") if each.average else (rule,))


def _index(relation: Relation, role: str) -> int:
    value = relation.roles[role]
    return value if isinstance(value, int) else value[0]
