"""No body, however odd, makes the sandbox fail."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from b2bkit.sandbox import Sandbox
from b2bkit.sandbox.endpoints.registry import HANDLERS

WORDS = [
    "external_id", "user_alias", "alias_name", "alias_label", "braze_id", "email", "phone",
    "attributes", "events", "purchases", "properties", "name", "time", "inc", "add", "remove",
    "$add", "$update", "$remove", "$identifier_key", "$identifier_value", "$new_object", "$time",
    "_merge_objects", "_update_existing_only", "push_token_import", "push_tokens", "token",
    "app_id", "device_id", "subscription_groups", "subscription_group_id", "subscription_state",
    "email_subscribe", "current_location", "longitude", "latitude", "country", "dob", "time_zone",
    "product_id", "currency", "price", "quantity", "EUR", "USD", "2026-01-01", "ada",
    "ada@example.com", "external_ids", "user_aliases", "email_address", "fields_to_export",
    "canvas_id", "recipients", "external_user_id", "context", "broadcast", "custom",
]  # fmt: skip

text = st.sampled_from(WORDS) | st.text(max_size=5)
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | text
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=5),
    max_leaves=25,
)
objects = st.fixed_dictionaries(
    {},
    optional={
        "external_id": st.just("ada") | values,
        "user_alias": st.fixed_dictionaries({"alias_name": values, "alias_label": values}) | values,
        "email": st.just("ada@example.com") | values,
        "name": st.just("viewed") | values,
        "time": st.just("2026-01-01") | values,
        "properties": st.dictionaries(text, values, max_size=4) | values,
        "product_id": st.just("tea") | values,
        "currency": st.just("EUR") | values,
        "price": st.just(1) | values,
        "custom": values,
        "id": values,
        "_merge_objects": values,
        "push_tokens": st.lists(st.fixed_dictionaries({"app_id": text, "token": text})) | values,
        "subscription_groups": values,
        "current_location": values,
    },
)
bodies = values | st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(objects | values, max_size=4) | values
        for name in ("attributes", "events", "purchases", "external_ids", "recipients", "items")
    },
)


@pytest.fixture(scope="module")
def served(one_sandbox):
    one_sandbox.sandbox.reset()
    one_sandbox.sandbox.put_catalog("catalog_name", [{"id": "item_id", "name": "tea"}])
    return one_sandbox


def many(examples):
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=examples, deadline=None, suppress_health_check=checks)


@pytest.mark.parametrize("endpoint", sorted(HANDLERS))
@many(60)
@given(body=bodies)
def test_no_json_makes_an_endpoint_fail(served, endpoint, body):
    send(served, endpoint, body)


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", sorted(HANDLERS))
@many(1_000)
@given(body=bodies)
def test_none_of_a_thousand_bodies_makes_an_endpoint_fail(served, endpoint, body):
    send(served, endpoint, body)


def send(served, endpoint, body):
    method, path = endpoint.split()
    answer = served.http.request(
        method,
        path.replace("{", "").replace("}", ""),
        content=json.dumps(body),
        headers={
            "Authorization": f"Bearer {served.sandbox.key}",
            "Content-Type": "application/json",
        },
    )
    assert answer.status_code < 500
    assert isinstance(answer.json(), dict)


@settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=200))
def test_no_bytes_make_it_fail(served, body):
    answer = served.post("/users/track", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_afterwards_everything_can_still_be_read(served):
    """What odd bodies left behind can be shown, exported and put back."""
    profiles = served.get("/_sandbox/profiles").json()
    again = Sandbox()
    for profile in profiles:
        body = {"braze_id": profile["braze_id"]}
        (user,) = served.post("/users/export/ids", body).json()["users"]
        again.put_user(user)
    assert len(again.profiles()) == len(profiles)
