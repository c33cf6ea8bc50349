"""What the Explorer says about a request, and where its parts are entered in Braze."""

import pytest

from b2bkit import Request, use_case, use_case_names
from b2bkit.ui.explorer.notes import count_data_points, steps_in_braze, things_to_know


@pytest.mark.parametrize(
    ("body", "points"),
    [
        ({"attributes": [{"external_id": "a", "views": 1}]}, 1),
        ({"attributes": [{"external_id": "a", "views": {"inc": 1}}]}, 1),
        ({"attributes": [{"external_id": "a", "views": None}]}, 1),
        ({"attributes": [{"external_id": "a", "email": "a@b.c", "first_name": "A"}]}, 2),
        ({"attributes": [{"email": "a@b.c", "first_name": "A"}]}, 1),
        ({"attributes": [{"external_id": "a", "_merge_objects": True, "o": {"x": 1, "y": 2}}]}, 2),
        ({"attributes": [{"external_id": "a", "tags": ["x", "y"]}]}, 1),
        ({"attributes": [{"external_id": "a", "tags": {"add": ["x", "y"]}}]}, 2),
        ({"attributes": [{"external_id": "a", "pets": [{"n": 1, "k": 2}, {"n": 3}]}]}, 3),
        ({"attributes": [{"external_id": "a", "push_tokens": []}]}, 0),
        ({"events": [{"name": "x"}, {"name": "y"}], "purchases": [{"product_id": "p"}]}, 3),
        ({"attributes": "none"}, 0),
        ([], 0),
        (None, 0),
    ],
)
def test_data_points_are_counted_as_documented(body, points):
    assert count_data_points(body) == points


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        (
            "/users/track",
            '{"events": [{"name": "x"}]}',
            "Key permission: users.track. Rate limit: 3,000 requests per 3 seconds on contracts",
        ),
        (
            "/users/track",
            '{"events": [{"name": "x"}]}',
            "Data points: 1 for this request, on legacy",
        ),
        ("/users/track", "{not json", "Data points: cannot be counted while"),
        ("/canvas/trigger/send", "{}", "Data points: none."),
        ("/messages/send", "{}", "Data points: not documented"),
        ("/users/trak", "{}", "b2bkit knows no endpoint"),
    ],
)
def test_the_things_to_know_depend_on_the_endpoint(path, body, says):
    request = Request("POST", f"https://rest.iad-06.braze.com{path}", body=body)
    assert says in things_to_know(request)


@pytest.mark.parametrize("name", use_case_names())
def test_every_part_of_every_use_case_has_its_place_in_braze(name):
    chosen = use_case(name)
    steps = {what: (where, enter) for what, where, enter in steps_in_braze(chosen, chosen.webhook)}
    assert steps["Webhook URL"] == ("Compose tab", chosen.webhook.url)
    assert steps["Request Body"][0] == "Compose tab, Raw Text"
    assert steps["HTTP Method"] == ("Settings tab", "POST")
    assert "Authorization: Bearer YOUR_API_KEY" in steps["Request Headers"][1]
    assert chosen.permission in steps["Permission"][1]
    assert {"Delivery", "Trigger"} <= steps.keys()


def test_the_event_that_triggers_is_named():
    chosen = use_case("event-property-to-profile", your_custom_event="viewed_product")
    steps = {what: enter for what, _, enter in steps_in_braze(chosen, chosen.webhook)}
    assert steps["Trigger"].startswith("Perform Custom Event: viewed_product")
