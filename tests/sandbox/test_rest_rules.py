"""The table of rules of the REST side, checked against the code and the tests it names."""

import ast
from pathlib import Path

import pytest

from b2bkit.braze import limits
from b2bkit.profiles import AttributeTypes
from b2bkit.profiles.custom import change_custom
from b2bkit.sandbox.endpoints.registry import HANDLERS
from b2bkit.sandbox.rules import OTHER_ENDPOINTS, RULES

ROOT = Path(__file__).parents[2]
KEPT = [rule for rule in RULES if rule.emulated]


def said(rule_id):
    rule = next(rule for rule in RULES if rule.id == rule_id)
    return f"{rule.rule} {rule.value}"


def test_every_rule_has_an_id_of_its_own():
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(each == each.lower() and " " not in each for each in ids)


@pytest.mark.parametrize("rule", KEPT, ids=lambda rule: rule.id)
def test_every_rule_that_is_kept_names_a_test_that_is_there(rule):
    file, _, name = rule.test.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in [node.name for node in tree.body if hasattr(node, "name")]


def test_every_rule_that_is_not_kept_says_so():
    assert {rule.value for rule in RULES if not rule.emulated} == {"not emulated"}


@pytest.mark.parametrize(
    ("rule_id", "number"),
    [
        ("rest-body-size", f"{limits.BODY_BYTES:,}"),
        ("track-objects", f"{limits.TRACK_OBJECTS} together"),
        ("user-external-id-length", f"{limits.EXTERNAL_ID_BYTES} bytes"),
        ("value-text-length", f"{limits.TEXT_CHARACTERS} characters"),
        ("value-array-length", f"{limits.ARRAY_ELEMENTS} elements"),
        ("value-nested-size", f"{limits.NESTED_BYTES:,} bytes"),
        ("purchase-quantity", f"1 to {limits.PURCHASE_QUANTITY}"),
        ("track-bulk", f"{limits.TRACK_BULK_OBJECTS:,} objects"),
        ("track-bulk", f"{limits.TRACK_BULK_OBJECTS_PER_PROFILE} of one profile"),
        ("export-ids", f"{limits.RECIPIENTS} ids"),
    ],
)
def test_the_numbers_in_the_table_are_those_of_the_code(rule_id, number):
    assert number in said(rule_id)


def test_every_endpoint_is_in_the_table():
    table = " ".join(f"{rule.rule} {rule.value}" for rule in RULES)
    for endpoint in HANDLERS:
        path = endpoint.split()[1].replace("{catalog_name}", "{name}").replace("{item_id}", "{id}")
        last = path.removeprefix("/users/alias")
        assert path in table or last in table or path == "/users/track"


def test_every_text_of_ours_is_called_ours():
    """A rule whose answer is not Braze's says so, or has no source at all."""
    for rule in OTHER_ENDPOINTS:
        assert rule.source is not None or "ours" in rule.note


def test_fifty_levels_of_nesting():
    value = {"a": 1}
    for _ in range(49):
        value = {"a": value}
    assert change_custom("x", None, value, AttributeTypes()).dropped is None
    assert change_custom("x", None, {"a": {"a": value}}, AttributeTypes()).dropped
