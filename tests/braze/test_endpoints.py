"""The endpoints as data."""

import pytest

from b2bkit.braze.endpoints import ENDPOINTS, PERMISSIONS, endpoint


@pytest.mark.parametrize(
    ("method", "path", "permission"),
    [
        ("POST", "/users/track", "users.track"),
        ("post", "/users/track", "users.track"),
        ("POST", "/users/track?x=1", "users.track"),
        ("POST", "/users/track/sync", "users.track.sync"),
        ("POST", "/canvas/trigger/send", "canvas.trigger.send"),
        ("POST", "/campaigns/trigger/send", "campaigns.trigger.send"),
        ("POST", "/v2/subscription/status/set", "subscription.status.set"),
        ("PUT", "/catalogs/restaurants/items", "catalogs.replace_items"),
        ("PUT", "/catalogs/restaurants/items/7", "catalogs.replace_item"),
        ("GET", "/preference_center/v1/abc/url/ada", "preference_center.user.get"),
    ],
)
def test_an_endpoint_is_found_by_method_and_path(method, path, permission):
    assert endpoint(method, path).permission == permission


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/track"),
        ("POST", "/users/track/"),
        ("POST", "/users"),
        ("POST", "/USERS/TRACK"),
        ("POST", "/catalogs//items"),
        ("PUT", "/catalogs/a/b/items"),
        ("POST", ""),
    ],
)
def test_anything_else_is_none(method, path):
    assert endpoint(method, path) is None


def test_each_endpoint_is_there_once_with_all_it_needs():
    assert len({str(each) for each in ENDPOINTS}) == len(ENDPOINTS)
    for each in ENDPOINTS:
        assert each.path.startswith("/")
        assert each.rate_limit.words
        assert str(each.source).startswith("Braze, ")


def test_the_rate_limit_of_track_is_said_in_words_and_numbers():
    limit = endpoint("POST", "/users/track").rate_limit
    assert (limit.requests, limit.seconds) == (3_000, 3)
    assert str(limit) == (
        "3,000 requests per 3 seconds on contracts with data points; otherwise as contracted"
    )


def test_triggers_have_a_limit_of_their_own_for_an_audience():
    assert "10 per minute" in endpoint("POST", "/canvas/trigger/send").rate_limit.broadcast
    assert endpoint("POST", "/users/track").rate_limit.broadcast == ""


def test_permissions_are_listed_once():
    assert len(set(PERMISSIONS)) == len(PERMISSIONS)
    assert "users.track" in PERMISSIONS
