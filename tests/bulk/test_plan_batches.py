"""Rows into requests: how many objects, which rows behind them, duplicates, bisecting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bulk_files import objects, planned, refused
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bkit.bulk import packing, plan, repeats
from b2bkit.profiles import Identifier

if TYPE_CHECKING:
    from pathlib import Path


def people(count: int) -> list[str]:
    return ["external_id,x", *(f"id-{row},{row}" for row in range(1, count + 1))]


@pytest.mark.parametrize(
    ("rows", "batch", "sizes", "path"),
    [
        (0, 75, [], "/users/track"),
        (1, 75, [1], "/users/track"),
        (75, 75, [75], "/users/track"),
        (151, 75, [75, 75, 1], "/users/track"),
        (5, 2, [2, 2, 1], "/users/track"),
        (300, 225, [75, 75, 75, 75], "/users/track"),
        (1500, 1000, [1000, 500], "/users/track/bulk"),
        (150, 100, [100, 50], "/users/track/bulk"),
    ],
)
def test_requests_are_as_full_as_allowed(
    tmp_path: Path, rows: int, batch: int, sizes: list[int], path: str
):
    made = planned(tmp_path, *people(rows), batch=batch)
    batches = list(made.batches())
    assert [each.units for each in batches] == sizes
    assert [each.number for each in batches] == list(range(len(sizes)))
    assert {each.target.path for each in batches} <= {path}
    assert made.requests == len(sizes)
    assert made.bytes == sum(len(each.body) for each in batches)
    assert [row for each in batches for row in each.rows] == list(range(1, rows + 1))
    assert made.endpoint is not None
    assert made.endpoint.path == path


def test_minutes_are_those_of_the_endpoints_rate(tmp_path: Path):
    assert planned(tmp_path, *people(150), batch=1).minutes == round(150 * 3 / 3000 / 60, 6)
    assert planned(tmp_path, *people(300), batch=100).minutes == round(3 / 50 / 60, 6)


def test_a_request_stays_below_the_bytes_it_may_have(tmp_path: Path):
    text = json.dumps([f"{n:0200}" for n in range(450)]).replace('"', '""')
    made = planned(tmp_path, "external_id,x", *(f'id-{row},"{text}"' for row in range(60)))
    sizes = [len(each.body) for each in made.batches()]
    assert sum(each.units for each in made.batches()) == 60
    assert max(sizes) < 4_000_000
    assert len(sizes) == 2


def test_refused_rows_leave_no_gap(tmp_path: Path):
    rows = [f"id-{row},{'x' if row % 10 == 0 else row}" for row in range(1, 101)]
    made = planned(tmp_path, "external_id,v", *rows)
    [first, second] = made.batches()
    assert (first.units, second.units) == (75, 15)
    assert first.ranges[:2] == ((1, 9), (11, 19))
    assert len(made.refused) == 10


def test_iterating_again_gives_the_same(tmp_path: Path):
    made = planned(tmp_path, *people(200))
    bodies = [(each.number, each.body) for each in made.batches()]
    assert [(each.number, each.body) for each in made.batches()] == bodies
    assert [(each.number, each.body) for each in made.batches(from_batch=2)] == bodies[2:]


def test_rows_are_found_by_place(tmp_path: Path):
    [batch] = planned(tmp_path, "external_id,v", "a,1", "b,x", "c,3", "a,4").batches()
    assert batch.rows_of(0) == (3,)
    assert batch.rows_of(1) == (1, 4)
    assert batch.rows_of(2) == ()
    assert batch.rows_at("attributes", 1) == (1, 4)
    assert batch.rows_at("attributes", 2) == ()
    assert batch.rows_at("events", 0) == ()


def test_a_request_is_parted_until_one_object_stands_alone(tmp_path: Path):
    [batch] = planned(tmp_path, *people(5)).batches()
    first, second = batch.halves()
    assert (first.rows, second.rows) == ((1, 2), (3, 4, 5))
    assert (first.part, second.part) == ((0, 2), (2, 5))
    left, right = second.halves()
    assert (left.rows, left.part, right.rows, right.part) == ((3,), (2, 3), (4, 5), (3, 5))
    assert json.loads(left.body)["attributes"][0]["external_id"] == "id-3"
    assert left.number == batch.number
    assert json.loads(batch.only([0, 4]).body) == {
        "attributes": [json.loads(batch.body)["attributes"][place] for place in (0, 4)]
    }


def test_identifiers_are_told_for_the_canary(tmp_path: Path):
    [batch] = planned(tmp_path, *people(2)).batches()
    assert batch.identifiers() == (
        Identifier("external_id", "id-1"),
        Identifier("external_id", "id-2"),
    )


class TestDuplicates:
    """Rows about the same profile."""

    def test_the_last_row_wins_attribute_by_attribute(self, tmp_path: Path):
        made = planned(
            tmp_path, "external_id,x,y,z", "a,1,1,", "b,5,5,5", "a,2,,1.10", "a,,3,", "c,1,1,1"
        )
        [batch] = made.batches()
        assert objects(made) == [
            {"external_id": "b", "x": 5, "y": 5, "z": 5.0},
            {"external_id": "a", "x": 2, "y": 3, "z": 1.1},
            {"external_id": "c", "x": 1, "y": 1, "z": 1.0},
        ]
        assert b'"z":1.10' in batch.body
        assert batch.rows == (2, 1, 3, 4, 5)
        assert batch.ranges == ((1, 5),)
        assert batch.exclusive == frozenset()
        assert (made.valid, made.rows) == (5, 5)
        assert "merged, the last row winning" in made.notices[0]

    def test_a_refused_row_takes_no_part(self, tmp_path: Path):
        made = planned(tmp_path, "external_id,v", "a,1", "a,x", "b,2", "b,3", "b,x")
        assert objects(made) == [{"external_id": "a", "v": 1}, {"external_id": "b", "v": 3}]
        assert [row for row, _, _ in refused(made)] == [2, 5]
        assert [each.rows for each in made.batches()] == [(1, 3, 4)]

    def test_rows_that_add_are_all_kept(self, tmp_path: Path):
        made = planned(tmp_path, "external_id,n", "a,1", "b,1", "a,1", ops={"n": "inc"})
        [batch] = made.batches()
        assert [each["n"] for each in objects(made)] == [{"inc": 1}] * 3
        assert batch.adds
        assert batch.rows == (1, 2, 3)
        assert batch.exclusive == frozenset()

    def test_setting_rows_merge_beside_rows_that_add(self, tmp_path: Path):
        made = planned(
            tmp_path, "external_id,x,n", "a,1,", "a,,1", "a,2,", "a,,1", ops={"n": "inc"}
        )
        assert objects(made) == [
            {"external_id": "a", "n": {"inc": 1}},
            {"external_id": "a", "x": 2},
            {"external_id": "a", "n": {"inc": 1}},
        ]
        first, second, third = made.batches()
        assert [each.rows for each in (first, second, third)] == [(2,), (1, 3), (4,)]
        assert first.exclusive == second.exclusive == third.exclusive != frozenset()
        assert (first.adds, second.adds) == (True, False)

    def test_rows_that_add_and_set_are_kept_in_order(self, tmp_path: Path):
        made = planned(tmp_path, "external_id,x,n", "a,1,1", "a,2,1", ops={"n": "inc"})
        first, second = made.batches()
        assert (first.rows, second.rows) == ((1,), (2,))
        assert first.exclusive == second.exclusive

    def test_an_operator_in_json_adds(self, tmp_path: Path):
        made = planned(
            tmp_path, "external_id,x", 'a,"{""$add"":[{""k"":1}]}"', 'a,"{""$add"":[{""k"":2}]}"'
        )
        batches = list(made.batches())
        assert all(each.adds for each in batches)
        assert sum(each.units for each in batches) == 2

    def test_keep_sends_all_never_two_of_one_profile_together(self, tmp_path: Path):
        rows = [f"id-{row % 40},{row}" for row in range(200)]
        made = planned(tmp_path, "external_id,x", *rows, duplicates="keep")
        batches = list(made.batches())
        for each in batches:
            who = [it.value for it in each.identifiers() if it]
            assert len(who) == len(set(who)) == len(each.exclusive)
        numbers = {row: each.number for each in batches for row in each.rows}
        for row in range(41, 201):
            assert numbers[row - 40] < numbers[row]
        assert sum(each.units for each in batches) == 200
        assert "promises no order" in made.notices[0]

    def test_one_profile_alone_gives_one_object_a_request(self, tmp_path: Path):
        made = planned(
            tmp_path, "external_id,x", *(f"a,{n}" for n in range(200)), duplicates="keep"
        )
        assert [each.rows for each in made.batches()] == [(n,) for n in range(1, 201)]

    def test_objects_that_merge_deeply_are_not_merged_here(self, tmp_path: Path):
        made = planned(
            tmp_path,
            "external_id,_merge_objects,p",
            'a,true,"{""k"":1}"',
            'a,true,"{""m"":2}"',
        )
        assert [each["p"] for each in objects(made)] == [{"k": 1}, {"m": 2}]
        assert len(list(made.batches())) == 2

    def test_identifiers_with_the_same_number_stay_apart(self, tmp_path: Path, monkeypatch):
        """Two identifiers may share a number; merging compares the identifiers themselves."""
        monkeypatch.setattr(
            "b2bkit.bulk.attributes.numbers_of",
            lambda *arrays: repeats.numbers_of(*arrays) & 1,
        )
        made = planned(tmp_path, "external_id,x", *(f"{n % 7},{n}" for n in range(50)))
        assert {each["external_id"]: each["x"] for each in objects(made)} == {
            str(n % 7): n for n in range(43, 50)
        }
        assert made.requests == 1

    @settings(deadline=None, max_examples=50)
    @given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=40))
    def test_merging_is_like_sending_row_by_row(self, tmp_path_factory, rows):
        folder = tmp_path_factory.getbasetemp()
        made = planned(folder, "external_id,x", *(f"{who},{x or ''}" for who, x in rows))
        expected: dict[str, dict] = {}
        for who, x in rows:
            expected.setdefault(who, {"external_id": who}).update({"x": x} if x else {})
        found = objects(made)
        assert {each["external_id"]: each for each in found} == expected
        assert len(found) == len(expected)
        assert sorted(row for each in made.batches() for row in each.rows) == list(
            range(1, len(rows) + 1)
        )

    def test_many_rows_go_through_the_disk(self, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(repeats, "_HELD", 50)
        monkeypatch.setattr(packing, "MOST_OPEN", 2)
        made = planned(tmp_path, "external_id,x", *(f"{n % 300},{n}" for n in range(1_000)))
        assert {each["external_id"]: each["x"] for each in objects(made)} == {
            str(n % 300): n for n in range(700, 1_000)
        }


def test_the_fingerprint_is_that_of_file_and_options(tmp_path: Path):
    made = planned(tmp_path, *people(3))
    again = planned(tmp_path, *people(3))
    assert made.fingerprint == again.fingerprint
    assert planned(tmp_path, *people(3), batch=2).fingerprint != made.fingerprint
    assert planned(tmp_path, *people(4)).fingerprint != made.fingerprint


def test_data_points_are_counted_as_braze_does(tmp_path: Path):
    made = planned(
        tmp_path,
        "external_id,first_name,email_subscribe,tags,obj,add,objs",
        'a,Ada,opted_in,"[1,2,3]","{""k"":1,""m"":2}","[""p"",""q""]","[{""k"":1,""m"":2},{""k"":3}]"',
        "b,,,,,,",
        ops={"add": "add"},
    )
    assert made.price.data_points == 1 + 0 + 1 + 2 + 2 + 3


def test_to_dict_is_what_the_command_line_promises(tmp_path: Path):
    made = planned(tmp_path, "external_id,visits", "a,1", "b,x", "c,3", "d")
    assert made.to_dict() == {
        "rows": 4,
        "valid": 2,
        "refused": [
            {
                "row": 2,
                "column": "visits",
                "reason": "the column is of type integer, the cell holds text",
            },
            {"row": 4, "column": None, "reason": "the row has 1 cell, the header 2"},
        ],
        "requests": 1,
        "bytes": len(next(made.batches()).body),
        "minutes": round(3 / 3000 / 60, 6),
        "columns": [
            {"name": "external_id", "type": "text", "shares": {"text": 1.0}, "conflicts": []},
            {
                "name": "visits",
                "type": "integer",
                "shares": {"integer": 0.666667, "text": 0.333333},
                "conflicts": [{"row": 2, "type": "text"}],
            },
        ],
    }


def test_a_plan_can_be_read_from_other_formats(tmp_path: Path):
    path = tmp_path / "people.jsonl"
    path.write_text('{"external_id":"007","x":[1],"n":1.10,"s":"5"}\nno\n{"external_id":"b"}\n')
    made = plan(path)
    assert objects(made) == [
        {"external_id": "007", "x": [1], "n": 1.1, "s": "5"},
        {"external_id": "b"},
    ]
    assert refused(made) == [(2, None, "the line is not a JSON object")]


def test_plan_is_the_function_whatever_was_imported_before():
    import b2bkit

    assert b2bkit.Plan.__name__ == "Plan"
    assert b2bkit.plan is plan
