"""Event and purchase objects."""

from datetime import UTC, datetime

import pytest

from b2bkit.braze import answers
from b2bkit.profiles import Dropped, Event, Purchase, drops
from b2bkit.profiles.events import check_event, make_event
from b2bkit.profiles.purchases import check_purchase, make_purchases

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVENT = {"name": "viewed", "time": "2026-11-01T10:00:00Z"}
PURCHASE = {"product_id": "tea", "currency": "EUR", "price": 2.5, "time": "2026-11-01"}


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"name": None}, answers.required("name")),
        ({"name": ""}, answers.required("name")),
        ({"name": 5}, answers.not_valid("name")),
        ({"name": "x" * 256}, answers.not_valid("name")),
        ({"time": None}, answers.required("time")),
        ({"time": "soon"}, answers.not_valid("time")),
        ({"time": 1774528205}, answers.not_valid("time")),
        ({"properties": "x"}, answers.not_valid("properties")),
        ({"properties": []}, answers.not_valid("properties")),
        ({"properties": {"time": "x"}}, answers.reserved_property("time")),
        ({"properties": {"event_name": "x"}}, answers.reserved_property("event_name")),
    ],
)
def test_an_event_is_refused(change, answer):
    assert check_event({**EVENT, **change}) == answer


@pytest.mark.parametrize(
    "change", [{}, {"properties": None}, {"properties": {}}, {"properties": {"Time": "x"}}]
)
def test_an_event_is_accepted(change):
    assert check_event({**EVENT, **change}) is None


def test_an_event_keeps_its_properties():
    properties = {
        "number": 1, "flag": False, "text": "x" * 255, "date": "2026-01-01",
        "array": ["a", 1], "object": {"items": [{"name": "tea"}]},
    }  # fmt: skip
    stored, dropped = make_event({**EVENT, "properties": properties}, NOW)
    assert stored == Event("viewed", "2026-11-01T10:00:00Z", properties)
    assert dropped == ()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("", 1, drops.NAME_BLANK),
        ("x" * 256, 1, drops.NAME_TOO_LONG),
        ("$x", 1, drops.NAME_IS_OPERATOR),
        ("x", "x" * 256, drops.TEXT_TOO_LONG),
        ("x", None, drops.NULL_PROPERTY),
        ("x", ["a", None], drops.NULL_PROPERTY),
        ("x", {"a": {"b": "x" * 256}}, drops.TEXT_TOO_LONG),
    ],
)
def test_a_property_is_left_out_and_the_others_stay(name, value, reason):
    stored, dropped = make_event({**EVENT, "properties": {name: value, "kept": 1}}, NOW)
    assert stored.properties == {"kept": 1}
    assert dropped == (Dropped(f"properties.{name}", reason.reason),)


def test_an_event_that_is_too_large_is_left_out():
    properties = {f"p{n}": "x" * 255 for n in range(400)}
    stored, dropped = make_event({**EVENT, "properties": properties}, NOW)
    assert stored is None
    assert dropped == (Dropped("properties", drops.EVENT_TOO_LARGE.reason),)


@pytest.mark.parametrize(
    ("time", "stored"),
    [
        ("2026-11-23T11:59:59Z", "2026-11-23T11:59:59Z"),
        ("2026-11-23T13:59:59+02:00", "2026-11-23T13:59:59+02:00"),
        ("2026-11-23T12:00:01Z", "2026-11-23T12:00:00.000Z"),
        ("2030-01-01", "2026-11-23T12:00:00.000Z"),
    ],
)
def test_a_time_in_the_future_becomes_now(time, stored):
    event, _ = make_event({**EVENT, "time": time}, NOW)
    assert event.time == stored


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"product_id": None}, answers.required("product_id")),
        ({"product_id": ""}, answers.required("product_id")),
        ({"product_id": 5}, answers.not_valid("product_id")),
        ({"product_id": "x" * 256}, answers.not_valid("product_id")),
        ({"currency": None}, answers.required("currency")),
        ({"currency": "eur"}, answers.not_valid("currency")),
        ({"currency": "EURO"}, answers.not_valid("currency")),
        ({"price": None}, answers.required("price")),
        ({"price": "2.5"}, answers.not_valid("price")),
        ({"price": True}, answers.not_valid("price")),
        ({"time": None}, answers.required("time")),
        ({"time": "soon"}, answers.not_valid("time")),
        ({"quantity": 0}, answers.BAD_QUANTITY),
        ({"quantity": 101}, answers.BAD_QUANTITY),
        ({"quantity": 1.5}, answers.BAD_QUANTITY),
        ({"quantity": "1"}, answers.BAD_QUANTITY),
        ({"quantity": True}, answers.BAD_QUANTITY),
        ({"properties": 5}, answers.not_valid("properties")),
    ],
)
def test_a_purchase_is_refused(change, answer):
    assert check_purchase({**PURCHASE, **change}) == answer


@pytest.mark.parametrize("change", [{}, {"price": 0}, {"quantity": None}, {"quantity": 100}])
def test_a_purchase_is_accepted(change):
    assert check_purchase({**PURCHASE, **change}) is None


@pytest.mark.parametrize(("quantity", "stored"), [(None, 1), (1, 1), (3, 3)])
def test_a_quantity_is_stored_as_so_many_purchases(quantity, stored):
    purchases, _ = make_purchases({**PURCHASE, "quantity": quantity}, NOW)
    assert purchases == (Purchase("tea", "EUR", 2.5, "2026-11-01", {}),) * stored
