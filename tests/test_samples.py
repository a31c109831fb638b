"""The samples give the records that stand beside them; a change of them is a change of what we promise."""

from __future__ import annotations

import json

import jsonschema
import pytest

from extractor import Extractor, Record
from tests.samples import expected_file, records, sample_files

FILES = sample_files()


def test_there_are_samples_of_text_and_of_html():
    endings = [path.suffix for path in FILES]
    assert len(FILES) >= 8
    assert endings.count(".txt") >= 3
    assert endings.count(".html") >= 2


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.name)
def test_record_is_the_promised_one(sample, extractor):
    assert list(records(extractor, sample)) == expected_file(sample).read_text("utf-8").splitlines()


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.name)
def test_offsets_are_exact(sample, extractor):
    for line in records(extractor, sample):
        row = json.loads(line)
        for figure in row["figures"]:
            field = row[figure["field"]]
            assert field[figure["start"] : figure["end"]] == figure["text"]
            if figure["entity"]:
                assert field[figure["entity"]["start"] : figure["entity"]["end"]] == figure["entity"]["text"]
        for use in row["abbreviations"]:
            assert row[use["field"]][use["start"] : use["end"]]


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.name)
def test_records_fit_the_published_schema(sample, extractor):
    schema = Record.model_json_schema(by_alias=True, mode="serialization")
    for line in records(extractor, sample):
        jsonschema.validate(json.loads(line), schema)


def test_two_extractors_write_the_same_bytes(extractor):
    other = Extractor.default()
    sample = FILES[0]
    assert list(records(extractor, sample)) == list(records(other, sample))
    assert list(records(extractor, sample)) == list(records(extractor, sample))
