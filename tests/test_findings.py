"""`Finding`, and the two that a rendered request shows: not JSON, and a blank identifier."""

import json

import pytest

from b2bkit.findings import Finding
from b2bkit.liquid import Context
from b2bkit.webhook import Webhook

URL = "https://rest.iad-06.braze.com/users/track"
JSON = {"Content-Type": "application/json"}


def finding(**changes):
    given = {
        "id": "a-rule", "severity": "error", "part": "body", "line": 3, "column": 7,
        "message": "It is wrong.", "remedy": "Put it right.", "source": "b2bkit",
    }  # fmt: skip
    return Finding(**given | changes)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "body, line 3, column 7"),
        ({"column": None}, "body, line 3"),
        ({"line": None, "column": None, "part": "header X"}, "header X"),
    ],
)
def test_a_finding_says_where(changes, place):
    one = finding(**changes)
    assert one.place == place
    assert str(one) == f"error: {place}: It is wrong. Put it right."


def test_a_fix_is_no_part_of_what_a_finding_is():
    assert finding(fix=lambda: None) == finding()
    assert finding().traps == ()


def test_no_other_severity():
    with pytest.raises(ValueError, match="severity must be one of"):
        finding(severity="fatal")


def found(body, headers=JSON, **context):
    return Webhook(URL, "POST", headers, body).preview(Context(**context)).findings


@pytest.mark.parametrize(
    ("name", "line", "column", "trap", "words"),
    [
        ('O"Brien', 2, 14, "T3", "A comma or a closing bracket is missing here"),
        ("two\nlines", 2, 15, "T3", "A line break or a tab stands inside a text."),
        ("C:\\data", 2, 14, "T3", "A backslash inside a text must be doubled."),
    ],
)
def test_a_body_that_is_not_json(name, line, column, trap, words):
    """The place is the one in the rendered body, where the value broke it."""
    (one,) = found('{\n  "name": "{{${first_name}}}"}', attributes={"first_name": name})
    assert (one.id, one.severity, one.part) == ("body-not-json", "error", "body")
    assert (one.line, one.column, one.traps) == (line, column, (trap,))
    assert one.message.startswith(f"The rendered body is not JSON: {words}")
    assert one.message.endswith(" Braze answers 400 and does not try again.")
    assert "json_escape" in one.remedy
    assert one.source == "Braze, Errors and responses (2026, German text)"


def test_a_loop_that_leaves_a_comma():
    body = "[{% for i in custom_attribute.${list} %}\n{{i}},{% endfor %}]"
    (one,) = found(body, custom_attribute={"list": [1, 2]})
    assert (one.line, one.column, one.traps) == (3, 2, ("T4",))
    assert "forloop.first" in one.remedy


def test_a_blank_number():
    (one,) = found('{"n": {{custom_attribute.${n}}}}')
    assert (one.id, one.line, one.column, one.traps) == ("body-not-json", 1, 7, ("T5",))


@pytest.mark.parametrize("name", ["Zoë", "O'Brien", "", "{}", "//"])
def test_nothing_is_found_in_a_good_body(name):
    assert found('{"name": "{{${first_name}}}"}', attributes={"first_name": name}) == ()


@pytest.mark.parametrize(
    ("headers", "ids"),
    [
        ({"Content-Type": "application/x-www-form-urlencoded"}, []),
        ({"content-type": "Text/XML"}, []),
        ({"Content-Type": "application/json; charset=utf-8"}, ["body-not-json"]),
        ({}, ["body-not-json"]),
    ],
)
def test_only_a_body_that_should_be_json_is_judged(headers, ids):
    assert [it.id for it in found("a=1&b=2", headers)] == ids


BLANK = [
    # the body, the place in words, its column
    ({"attributes": [{"external_id": ""}]}, "attributes[0].external_id", 33),
    ({"attributes": [{"external_id": "  "}]}, "attributes[0].external_id", 33),
    ({"attributes": [{"external_id": None}]}, "attributes[0].external_id", 33),
    ({"events": [{"braze_id": ""}]}, "events[0].braze_id", 26),
    ({"purchases": [{"a": 1}, {"external_id": ""}]}, "purchases[1].external_id", 42),
    ({"recipients": [{"external_user_id": ""}]}, "recipients[0].external_user_id", 38),
    ({"external_id": ""}, "external_id", 17),
    ({"external_user_ids": ["ada", ""]}, "external_user_ids[1]", None),
    (
        {"attributes": [{"user_alias": {"alias_name": "", "alias_label": "crm"}}]},
        "attributes[0].user_alias.alias_name", 47,
    ),
    (
        {"recipients": [{"user_alias": {"alias_name": "a", "alias_label": " "}}]},
        "recipients[0].user_alias.alias_label", 67,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "place", "column"), BLANK)
def test_a_blank_identifier(body, place, column):
    (one,) = found(json.dumps(body))
    assert (one.id, one.severity, one.part) == ("blank-id", "error", "body")
    assert one.message == f"{place} is blank, so Braze cannot tell which user is meant."
    assert one.column == column
    assert one.line == (None if column is None else 1)


def test_every_blank_identifier_has_its_own_place():
    body = '{"attributes": [\n{"external_id": ""},\n{"external_id": "a"},\n{"external_id": ""}]}'
    assert [(it.line, it.column) for it in found(body)] == [(2, 17), (4, 17)]


@pytest.mark.parametrize(
    "body",
    [
        {"attributes": [{"external_id": "ada"}]},
        {"attributes": [{"external_id": 0}]},
        {"attributes": [{"first_name": ""}]},
        {"attributes": [{"user_alias": {"alias_name": "a", "alias_label": "b"}}]},
        {"attributes": [{"user_alias": ""}]},
        {"external_user_ids": ["ada"]},
        {"attributes": "external_id"},
        ["external_id", ""],
        3,
    ],
)
def test_an_identifier_that_is_there_is_quiet(body):
    assert found(json.dumps(body)) == ()
