"""Columns to attributes: which object each row becomes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from bulk_files import cells, objects, planned, refused
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bkit.bulk import PlanProblem, plan
from b2bkit.profiles import check_body

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("cell", "options", "expected"),
    [
        ("3", {}, 3),
        ("-3", {}, -3),
        ("1.5", {}, 1.5),
        ("1.10", {}, 1.1),
        ("1.10", {"types": {"x": "text"}}, "1.10"),
        ("007", {}, "007"),
        ("007", {"types": {"x": "integer"}}, 7),
        ("+5", {"types": {"x": "integer"}}, 5),
        ("12345678901234567890", {}, "12345678901234567890"),
        ("1e5", {}, "1e5"),
        ("1e5", {"types": {"x": "float"}}, 100_000.0),
        ("5", {"types": {"x": "float"}}, 5),
        ("9007199254740993", {"types": {"x": "integer"}}, 9007199254740993),
        ("TRUE", {}, True),
        ("yes", {}, "yes"),
        ("yes", {"types": {"x": "boolean"}}, True),
        ("0", {"types": {"x": "boolean"}}, False),
        ("2026-03-15", {}, "2026-03-15"),
        ("15.03.2026", {}, "15.03.2026"),
        ('["a", 1, true]', {}, ["a", 1, True]),
        ("['a', 'b']", {}, ["a", "b"]),
        ("[]", {}, []),
        ('{"a": {"b": [1.50]}}', {}, {"a": {"b": [1.5]}}),
        ("5", {"types": {"x": "json"}}, 5),
        ("null", {"types": {"x": "json"}}, None),
        ("NULL", {"null": "NULL"}, None),
        ("NULL", {}, "NULL"),
        (" ", {}, " "),
        ("nan", {}, "nan"),
        ('a "quoted" \\ word', {}, 'a "quoted" \\ word'),
        ("two\nlines\tand a tab", {}, "two\nlines\tand a tab"),
        ("a\0b", {}, "a\0b"),
        ("Łódź 🎈", {}, "Łódź 🎈"),
        ("3", {"ops": {"x": "inc"}}, {"inc": 3}),
        ("-3", {"ops": {"x": "inc"}}, {"inc": -3}),
        ("gold", {"ops": {"x": "add"}}, {"add": ["gold"]}),
        ('["gold", "new"]', {"ops": {"x": "remove"}}, {"remove": ["gold", "new"]}),
        ("7", {"ops": {"x": "add"}}, {"add": [7]}),
        ("7", {"ops": {"x": "add"}, "types": {"x": "text"}}, {"add": ["7"]}),
    ],
)
def test_a_cell_becomes_a_value(tmp_path: Path, cell: str, options: dict, expected: object):
    made = plan(cells(tmp_path, ("external_id", "x"), ("a", cell)), **options)
    assert refused(made) == []
    assert objects(made) == [{"external_id": "a", "x": expected}]
    assert type(objects(made)[0]["x"]) is type(expected)


@pytest.mark.parametrize(
    ("cell", "options", "reason"),
    [
        ("x", {"types": {"v": "integer"}}, "the column is of type integer, the cell holds text"),
        ("1.5", {"types": {"v": "integer"}}, "of type integer, the cell holds float"),
        ("9" * 20, {"types": {"v": "integer"}}, "larger than 64 bits"),
        ("nan", {"types": {"v": "float"}}, "of type float, the cell holds text (The words nan"),
        ("1e999", {"types": {"v": "float"}}, "the number is not finite"),
        ("maybe", {"types": {"v": "boolean"}}, "of type boolean, the cell holds text"),
        ("15.03.2026", {"types": {"v": "date"}}, "(Dates in a form that Braze stores as text"),
        ("a,b", {"types": {"v": "list"}}, "of type list, the cell holds text"),
        ('{"a": 1}', {"types": {"v": "list"}}, "of type list, the cell holds json"),
        ("{", {"types": {"v": "json"}}, "of type json, the cell holds text"),
        ("x" * 256, {}, "the text is longer than 255 characters"),
        ("[" + ",".join(map(str, range(501))) + "]", {}, "more than 500 elements"),
        ('{"a": null}', {}, "a nested value is null"),
        ('{"a b": 1}', {}, "a nested key has a blank"),
        ('[{"a": 1}, 2]', {}, "an array of objects may hold objects only"),
        ("1.5", {"ops": {"v": "inc"}}, "of type integer, the cell holds float"),
        ("1.5", {"ops": {"v": "inc"}, "types": {"v": "float"}}, "inc takes a whole number"),
        ('[{"a": 1}]', {"ops": {"v": "add"}}, "an array may hold texts, numbers and booleans only"),
    ],
)
def test_a_cell_that_cannot_be_sent_is_refused_with_its_column(
    tmp_path: Path, cell: str, options: dict, reason: str
):
    made = plan(cells(tmp_path, ("external_id", "v"), ("a", cell), ("b", "")), **options)
    [(row, column, why)] = refused(made)
    assert (row, column) == (1, "v")
    assert reason in why
    assert objects(made) == [{"external_id": "b"}]


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        ("email", "no mail", "The value provided for the 'email' field is not a valid email."),
        ("email_subscribe", "Subscribed", "BAD_EMAIL_SUBSCRIPTION_STATE"),
        ("country", "Germany", "not an ISO 3166-1 alpha-2 code: Braze sets the field to null"),
        ("language", "xx", "the field takes an ISO 639-1 code"),
        ("gender", "female", "the field does not take this value"),
        ("time_zone", "Berlin", "the field takes a time zone of the IANA database"),
        ("dob", "2001-02-30", "the column is of type date, the cell holds text"),
        ("dob", "02/28/2001", "the field takes a day as YYYY-MM-DD"),
        ("first_name", "x" * 256, "the text is longer than 255 characters"),
        ("current_location", '{"longitude": 999, "latitude": 0}', "BAD_LOCATION_UPDATE"),
        ("subscription_groups", '{"a": 1}', "BAD_SUBSCRIPTION_GROUP_ARRAY"),
        ("email_open_tracking_disabled", "perhaps", "of type boolean, the cell holds text"),
    ],
)
def test_fields_of_brazes_own_keep_brazes_rules(tmp_path: Path, field: str, cell: str, reason: str):
    made = plan(cells(tmp_path, ("external_id", field), ("a", cell)))
    [(row, column, why)] = refused(made)
    assert (row, column) == (1, field)
    assert reason in why


@pytest.mark.parametrize(
    ("field", "cell", "expected"),
    [
        ("phone", "4915112345678", "4915112345678"),
        ("first_name", "007", "007"),
        ("email", "ada@example.com", "ada@example.com"),
        ("dob", "2001-02-28", "2001-02-28"),
        ("country", "DE", "DE"),
        ("email_open_tracking_disabled", "TRUE", True),
        ("current_location", '{"longitude":1,"latitude":2}', {"longitude": 1, "latitude": 2}),
    ],
)
def test_fields_of_brazes_own_have_types_of_their_own(
    tmp_path: Path, field: str, cell: str, expected: object
):
    made = plan(cells(tmp_path, ("external_id", field), ("a", cell)))
    assert objects(made) == [{"external_id": "a", field: expected}]


@pytest.mark.parametrize(
    ("header", "row", "option", "expected"),
    [
        ("external_id,x", "007,1", "external_id", {"external_id": "007"}),
        ("external_id,x", "1e5,1", "external_id", {"external_id": "1e5"}),
        ("no,x", "12345678901234567890,1", "no", {"external_id": "12345678901234567890"}),
        ("email,x", "a@b.de,1", "email", {"email": "a@b.de"}),
        ("mail,x", "a@b.de,1", "mail:email", {"email": "a@b.de"}),
        ("phone,x", "+4930123,1", "phone", {"phone": "+4930123"}),
        ("bid,x", "64f0,1", "bid:braze_id", {"braze_id": "64f0"}),
        ("a:b,x", "1,1", "a:b", {"external_id": "1"}),
        (
            "who,x", "ada,1", "who:alias:crm",
            {"user_alias": {"alias_name": "ada", "alias_label": "crm"}},
        ),
        (
            "who,alias_label,x", "ada,shop,1", "who:alias",
            {"user_alias": {"alias_name": "ada", "alias_label": "shop"}},
        ),
        (
            "user_alias_name,user_alias_label,x", "ada,shop,1", "user_alias",
            {"user_alias": {"alias_name": "ada", "alias_label": "shop"}},
        ),
    ],
)  # fmt: skip
def test_identifiers_of_every_kind_are_text(
    tmp_path: Path, header: str, row: str, option: str, expected: dict
):
    assert objects(planned(tmp_path, header, row, id=option)) == [{**expected, "x": 1}]


@pytest.mark.parametrize(
    ("identifier", "option", "reason"),
    [
        ("", "id", "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required"),
        ("  ", "id", "is required"),
        ("x" * 988, "id", "'external_id' must be fewer than 988 bytes"),
        ("é" * 494, "id", "'external_id' must be fewer than 988 bytes"),
        ("no mail", "id:email", "not a valid email"),
        ("", "id:alias:crm", "'user_alias' is not valid"),
    ],
)
def test_an_identifier_that_is_none_is_refused(
    tmp_path: Path, identifier: str, option: str, reason: str
):
    made = plan(cells(tmp_path, ("id", "x"), (identifier, "1"), ("a@b.de", "2")), id=option)
    assert [(row, column) for row, column, _ in refused(made)] == [(1, "id")]
    assert reason in refused(made)[0][2]
    assert made.valid == 1


def test_a_blank_cell_leaves_the_attribute_alone(tmp_path: Path):
    made = planned(tmp_path, "external_id,x,y", "a,,1", "b,2,", "c,,")
    assert objects(made) == [
        {"external_id": "a", "y": 1},
        {"external_id": "b", "x": 2},
        {"external_id": "c"},
    ]


def test_a_blank_cell_means_null_when_told_so(tmp_path: Path):
    made = planned(tmp_path, "external_id,x", "a,", "b,2", null="")
    assert objects(made) == [{"external_id": "a", "x": None}, {"external_id": "b", "x": 2}]


def test_columns_are_renamed_and_dropped(tmp_path: Path):
    made = planned(
        tmp_path, "external_id,Visits, note ", "a,3,x", rename={"Visits": "visits"}, drop=["note"]
    )
    assert objects(made) == [{"external_id": "a", "visits": 3}]


@pytest.mark.parametrize(("create", "expected"), [(False, True), (True, False)])
def test_profiles_are_created_only_when_told_so(tmp_path: Path, create: bool, expected: bool):
    made = planned(tmp_path, "external_id,x", "a,1", "b,2", "a,3", create=create)
    [batch] = made.batches()
    assert {each["_update_existing_only"] for each in json.loads(batch.body)["attributes"]} == {
        expected
    }
    assert made.price.may_create == (2 if create else 0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"id": "nobody"}, "id: the file has no column nobody. There are external_id, visits"),
        ({"id": "visits:name"}, "'name' is no kind of identifier"),
        ({"id": "visits:alias"}, "an alias needs a label"),
        ({"drop": ["vists"]}, "drop: the file has no column vists. Did you mean visits?"),
        ({"types": {"x": "text"}}, "types: the file has no column x"),
        ({"types": {"visits": "number"}}, "visits cannot be 'number'; choose one of text, int"),
        ({"types": {"email": "integer"}}, "email is a field of Braze's own; it is of type text"),
        ({"ops": {"visits": "plus"}}, "visits cannot be 'plus'; choose one of inc, add, remove"),
        ({"ops": {"email": "add"}}, "email is a field of Braze's own, which can only be set"),
        ({"rename": {"visits": "email"}}, "visits and email would both become email"),
        ({"rename": {"visits": " "}}, "visits needs a name that is not blank"),
        ({"rename": {"visits": "app_id"}}, "app_id names the user or steers the request"),
        ({"rename": {"visits": "v" * 256}}, "the name is longer than 255 characters"),
        ({"id": "email"}, "external_id names the user or steers the request"),
        ({"id": "visits:email"}, "would set email a second time"),
        ({"duplicates": "drop"}, "'merge' or 'keep', not 'drop'"),
        ({"batch": 0}, "batch is a number from 1 to 1,000"),
        ({"batch": True}, "batch is a number from 1 to 1,000"),
    ],
)
def test_an_option_that_cannot_be_says_why(tmp_path: Path, options: dict, words: str):
    drop = {"drop": ["external_id"]} if options.get("id") == "visits:email" else {}
    with pytest.raises(PlanProblem, match=re.escape(words)):
        planned(tmp_path, "external_id,visits,email", "a,1,a@b.de", **drop, **options)


CELL = st.one_of(
    st.text(max_size=12),
    st.integers(-(10**6), 10**6).map(str),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr),
    st.dates().map(str),
    st.sampled_from(["", "true", "false", "x" * 300, "007", '["a"]', '["', "[1,2]", '{"a":1}']),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12))
def test_text_arrives_exactly_and_every_object_is_sound(tmp_path_factory, rows):
    """Whatever the cells: nothing is lost, and the sandbox's rules accept what is sent."""
    clean = [[cell.encode(errors="replace").decode() for cell in row] for row in rows]
    numbered = [(f"id-{row}", *each) for row, each in enumerate(clean, 1)]
    path = cells(tmp_path_factory.getbasetemp(), ("external_id", "x", "y"), *numbered)
    made = plan(path, types={"x": "text"})
    bodies = [json.loads(batch.body) for batch in made.batches()]
    for body in bodies:
        assert check_body(body).refusals == ()
    sent = {it["external_id"]: it for body in bodies for it in body["attributes"]}
    gone = {row for row, _, _ in refused(made)}
    assert sent.keys() == {f"id-{row}" for row in range(1, len(clean) + 1) if row not in gone}
    for row, (text, _) in enumerate(clean, 1):
        if row not in gone:
            assert sent[f"id-{row}"].get("x", "") == text
    assert made.rows == made.valid + len(made.refused) == len(clean)


@settings(deadline=None, max_examples=40)
@given(st.lists(CELL, min_size=1, max_size=30), st.sampled_from(["", "text", "float", "date"]))
def test_a_row_means_the_same_wherever_it_stands(tmp_path_factory, values, kind):
    """One by one or many at a time: the quick way and the exact way give the same objects."""
    clean = [cell.encode(errors="replace").decode() for cell in values]
    rows = [(f"id-{row}", cell) for row, cell in enumerate(clean)]
    folder = tmp_path_factory.getbasetemp()
    whole = plan(
        cells(folder, ("external_id", "x"), *rows), **({"types": {"x": kind}} if kind else {})
    )
    found = objects(whole)
    decided = whole.columns[1].type
    if whole.columns[1].decided_by == "the cells":
        return
    single = [
        objects(plan(cells(folder, ("external_id", "x"), row), types={"x": decided}))
        for row in rows
    ]
    assert found == [each for one in single for each in one]
