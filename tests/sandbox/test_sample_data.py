"""The sample data of `data/`: what a newcomer begins with."""

import csv
import json
from pathlib import Path

from b2bkit.profiles import check_body
from b2bkit.sandbox import Sandbox

DATA = Path(__file__).parents[2] / "data"


def test_the_sample_users_seed_a_sandbox():
    braze = Sandbox(seed=DATA / "users.json")
    assert [user["external_id"] for user in braze.profiles()] == [
        "ada",
        "bob",
        "chloé",
        "007",
        "eve",
        None,
    ]
    types = {name: each["type"] for name, each in braze.profile("ada")["custom_attributes"].items()}
    assert types == {
        "your_attribute_count": "number",
        "promo_views": "number",
        "loyalty_tier": "text",
        "is_vip": "boolean",
        "wishlist": "array",
        "last_contacted": "date",
        "preferences": "object",
    }


def test_the_sample_users_hold_what_breaks_careless_templates():
    text = (DATA / "users.json").read_text("utf-8")
    for trouble in ["O'Neil", '\\"Bobby\\"', "\\n", '""', "🌸", "é", '"007"']:
        assert trouble in text


def test_the_sample_events_are_sound():
    body = json.loads((DATA / "events.json").read_text("utf-8"))
    checked = check_body(body)
    assert (checked.fatal, checked.refusals, checked.count("events")) == (None, (), 4)


def test_the_sample_rows_belong_to_the_sample_users():
    with (DATA / "loyalty.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [row["external_id"] for row in rows]
    assert ids == ["ada", "bob", "chloé", "007", "eve", "1e5", "12345678901234567890", "ada"]
    assert all(None not in row and None not in row.values() for row in rows)
