"""Subscription states."""

import pytest

NEWS = {"subscription_group_id": "news", "subscription_state": "subscribed"}


def attributes(braze, user="ada"):
    return braze.sandbox.profile(user)["attributes"]


@pytest.mark.parametrize(
    "who",
    [
        {"external_id": "ada"},
        {"external_id": ["ada", "twin"]},
        {"email": "ada@example.com"},
        {"email": ["ada@example.com"]},
    ],
)
def test_a_state_is_set(braze, who):
    answer = braze.post("/subscription/status/set", {**NEWS, **who})
    assert (answer.status_code, answer.json()) == (201, {"message": "success"})
    assert attributes(braze)["subscription_groups"] == [NEWS]


def test_all_profiles_with_the_address_get_it(braze):
    braze.track({"external_id": "twin", "email": "ada@example.com"})
    braze.post("/subscription/status/set", {**NEWS, "email": "ada@example.com"})
    assert attributes(braze, "twin")["subscription_groups"] == [NEWS]


def test_version_2_sets_several_groups(braze):
    shoes = {"subscription_group_id": "shoes", "subscription_state": "unsubscribed"}
    body = {
        "subscription_groups": [
            {**NEWS, "external_ids": ["ada"]},
            {**shoes, "emails": ["ada@example.com"]},
        ]
    }
    assert braze.post("/v2/subscription/status/set", body).status_code == 201
    assert attributes(braze)["subscription_groups"] == [NEWS, shoes]


def test_an_email_status_is_set(braze):
    body = {"email": ["ada@example.com", "nobody@example.com"], "subscription_state": "opted_in"}
    answer = braze.post("/email/status", body)
    assert (answer.status_code, answer.json()) == (201, {"message": "success"})
    assert attributes(braze)["email_subscribe"] == "opted_in"
    assert braze.sandbox.log[-1]["dropped"][0]["reason"] == "no such profile"


def test_email_and_phone_together_are_refused_in_brazes_words(braze):
    body = {**NEWS, "email": "ada@example.com", "phone": "+4930"}
    answer = braze.post("/subscription/status/set", body)
    assert answer.status_code == 400
    assert answer.json() == {
        "message": "Either an email address or a phone number should be provided, but not both."
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/subscription/status/set", NEWS),
        ("/subscription/status/set", {**NEWS, "external_id": []}),
        ("/subscription/status/set", {**NEWS, "external_id": [5]}),
        ("/subscription/status/set", {**NEWS, "external_id": ["ada"] * 51}),
        ("/subscription/status/set", {"external_id": "ada"}),
        ("/subscription/status/set", {**NEWS, "subscription_state": "opted_in", "email": "a@b.c"}),
        ("/v2/subscription/status/set", {}),
        ("/v2/subscription/status/set", {"subscription_groups": [NEWS]}),
        ("/v2/subscription/status/set", {"subscription_groups": ["news"]}),
        (
            "/v2/subscription/status/set",
            {"subscription_groups": [{**NEWS, "emails": ["a@b.c"] * 26}] * 2},
        ),
        ("/email/status", {"email": "ada@example.com"}),
        ("/email/status", {"email": "ada@example.com", "subscription_state": "yes"}),
        ("/email/status", {"subscription_state": "subscribed"}),
    ],
)
def test_an_unsound_body_is_refused(braze, path, body):
    answer = braze.post(path, body)
    assert answer.status_code == 400
    assert answer.json()["message"]
