"""Parquet and JSON lines: the same cells as text, with the types that the file declares."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from bulk_files import objects, refused
from pyarrow import parquet

from b2bkit.bulk import FileChanged, FileProblem, open_source, plan

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, **columns: pa.Array) -> Path:
    path = folder / "people.parquet"
    parquet.write_table(pa.table(columns), path)
    return path


def lines(folder: Path, *each: object, name: str = "people.jsonl") -> Path:
    path = folder / name
    text = "".join(it if isinstance(it, str) else json.dumps(it) + "\n" for it in each).encode()
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return path


UTC = dt.UTC


@pytest.mark.parametrize(
    ("column", "type_", "expected"),
    [
        (pa.array([7]), "integer", 7),
        (pa.array([2**62]), "integer", 2**62),
        (pa.array([1.5]), "float", 1.5),
        (pa.array([1e300]), "float", 1e300),
        (pa.array([True]), "boolean", True),
        (pa.array(["007"]), "text", "007"),
        (pa.array(["5"]).dictionary_encode(), "text", "5"),
        (pa.array([dt.date(2026, 3, 15)]), "date", "2026-03-15"),
        (pa.array([dt.datetime(2026, 3, 15, 10)]), "date", "2026-03-15T10:00:00.000"),
        (pa.array([dt.datetime(2026, 3, 15, 10, tzinfo=UTC)]), "date", "2026-03-15T10:00:00.000Z"),
        (pa.array([["a", "b"]]), "list", ["a", "b"]),
        (pa.array([{"a": 1}]), "json", {"a": 1}),
        (pa.array([dt.timedelta(1)]), None, None),
        (pa.array([b"a"]), None, None),
    ],
)
def test_parquet_brings_its_types(
    tmp_path: Path, column: pa.Array, type_: str | None, expected: object
):
    path = written(tmp_path, external_id=pa.array(["a"]), x=column)
    if type_ is None:
        with pytest.raises(FileProblem, match="The column x is of type"):
            plan(path)
        return
    made = plan(path)
    assert made.columns[1].type == type_
    assert made.columns[1].decided_by == "the file"
    assert objects(made) == [{"external_id": "a", "x": expected}]


def test_null_in_parquet_is_a_blank_cell(tmp_path: Path):
    path = written(tmp_path, external_id=pa.array(["a", "b"]), x=pa.array([None, 1]))
    assert objects(plan(path)) == [{"external_id": "a"}, {"external_id": "b", "x": 1}]
    assert objects(plan(path, null=""))[0] == {"external_id": "a", "x": None}


def test_a_number_that_is_none_is_refused(tmp_path: Path):
    path = written(tmp_path, external_id=pa.array(["a"]), x=pa.array([float("nan")]))
    assert refused(plan(path))[0][:2] == (1, "x")


def test_parquet_rows_come_back_as_csv(tmp_path: Path):
    source = open_source(
        written(tmp_path, external_id=pa.array(["a", 'b "x"', "c"]), x=pa.array([1, None, 3]))
    )
    assert source.header == b"external_id,x\n"
    assert list(source.originals([2, 3])) == [(2, b'"b ""x""",\n'), (3, b"c,3\n")]
    assert source.with_cells(b"c,3\n", ["why, oh"]) == b'c,3,"why, oh"\n'


def test_a_changed_parquet_file_is_noticed(tmp_path: Path):
    source = open_source(written(tmp_path, external_id=pa.array(["a"])))
    written(tmp_path, external_id=pa.array(["b"]))
    with pytest.raises(FileChanged):
        list(source.blocks())


def test_a_damaged_parquet_file_says_so(tmp_path: Path):
    path = tmp_path / "people.parquet"
    path.write_bytes(b"PAR1 and nothing more")
    with pytest.raises(FileProblem, match="not a Parquet file that can be read"):
        open_source(path)


@pytest.mark.parametrize("name", ["people.jsonl", "people.ndjson", "people.jsonl.gz"])
def test_json_lines_bring_their_types(tmp_path: Path, name: str):
    path = lines(
        tmp_path,
        '{"external_id": "007", "n": 1.10, "big": 12345678901234567890, "s": "5", "b": true}\n',
        {"external_id": "b", "l": ["x", 1], "o": {"k": [1.5]}, "n": 2, "new": "only here"},
        "\n",
        {"external_id": "c", "s": None, "l": []},
        name=name,
    )
    made = plan(path, types={"big": "text"})
    assert objects(made) == [
        {"external_id": "007", "n": 1.1, "big": "12345678901234567890", "s": "5", "b": True},
        {"external_id": "b", "l": ["x", 1], "o": {"k": [1.5]}, "n": 2, "new": "only here"},
        {"external_id": "c", "l": []},
    ]
    assert made.rows == 3


@pytest.mark.parametrize(
    "line",
    ["no json", "[1]", '"text"', "5", '{"external_id": NaN}', '{"external_id": "\\ud800"}', "{"],
)
def test_a_line_that_is_no_object_is_reported(tmp_path: Path, line: str):
    path = lines(tmp_path, {"external_id": "a"}, f"{line}\n", {"external_id": "c"})
    made = plan(path)
    assert refused(made) == [(2, None, "the line is not a JSON object")]
    assert [it["external_id"] for it in objects(made)] == ["a", "c"]


def test_json_rows_come_back_as_csv(tmp_path: Path):
    source = open_source(lines(tmp_path, {"external_id": "a", "l": ["x", 1]}, "no\n", {"l": [2]}))
    assert source.header == b"external_id,l\n"
    assert list(source.originals([1, 2, 3])) == [
        (1, b'a,"[""x"",1]"\n'),
        (2, b",\n"),
        (3, b",[2]\n"),
    ]


def test_json_lines_without_any_object_say_so(tmp_path: Path):
    with pytest.raises(FileProblem, match="no line that is a JSON object"):
        open_source(lines(tmp_path, "[1]\n"))
