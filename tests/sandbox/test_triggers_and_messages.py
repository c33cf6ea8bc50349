"""Triggers of campaigns and Canvases, messages, and what they tell the feed."""

import pytest

from b2bkit.sandbox import Applied, Recipient, Triggered

ADA = {"external_user_id": "ada"}


@pytest.fixture
def heard(braze):
    told = []
    stop = braze.sandbox.feed.listen(told.append)
    yield told
    stop()


def trigger(braze, path="/campaigns/trigger/send", **body):
    name = "canvas_id" if "canvas" in path else "campaign_id"
    return braze.post(path, {name: "c-1", **body})


def custom(profile):
    return {name: each["value"] for name, each in profile["custom_attributes"].items()}


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/campaigns/trigger/send", "campaign", "trigger_properties"),
        ("/canvas/trigger/send", "canvas", "context"),
        ("/canvas/trigger/send", "canvas", "canvas_entry_properties"),
    ],
)
def test_a_trigger_is_told_with_its_properties(braze, heard, path, kind, name):
    answer = trigger(braze, path, recipients=[{**ADA, name: {"own": 1}}], **{name: {"all": 2}})
    assert answer.status_code == 201
    (told,) = heard
    braze_id = braze.sandbox.profile("ada")["braze_id"]
    assert told == Triggered(
        told.time, kind, "c-1", (Recipient(braze_id, {"own": 1}),), {"all": 2}, broadcast=False
    )


def test_a_broadcast_is_told_as_one(braze, heard):
    trigger(braze, broadcast=True)
    assert (heard[0].recipients, heard[0].broadcast) == ((), True)


def test_of_a_recipient_named_twice_the_last_entry_counts(braze, heard):
    trigger(
        braze,
        recipients=[{**ADA, "trigger_properties": {"n": n}} for n in (1, 2)],
    )
    assert [each.properties for each in heard[0].recipients] == [{"n": 2}]


def test_attributes_are_applied_before_the_trigger(braze, heard):
    trigger(braze, recipients=[{**ADA, "attributes": {"visits": 9, "first_name": "A."}}])
    assert [type(each) for each in heard] == [Applied, Triggered]
    ada = braze.sandbox.profile("ada")
    assert (custom(ada), ada["attributes"]["first_name"]) == ({"visits": 9}, "A.")


@pytest.mark.parametrize(
    ("existing_only", "created"), [(None, False), (True, False), (False, True)]
)
def test_an_unknown_recipient_is_created_only_when_asked(braze, heard, existing_only, created):
    recipient = {"external_user_id": "new", "attributes": {"x": 1}}
    if existing_only is not None:
        recipient["send_to_existing_only"] = existing_only
    assert trigger(braze, recipients=[recipient]).status_code == 201
    assert (braze.sandbox.profile("new") is not None) is created
    assert len(heard[-1].recipients) == created


def test_an_email_address_needs_a_prioritization(braze, heard):
    by_email = {"email": "ada@example.com"}
    assert trigger(braze, recipients=[by_email]).status_code == 400
    by_email["prioritization"] = ["identified"]
    assert trigger(braze, recipients=[by_email]).status_code == 201
    assert len(heard[0].recipients) == 1


@pytest.mark.parametrize(
    "recipient",
    [
        {"external_user_id": "new", "send_to_existing_only": False},
        {**ADA, "trigger_properties": "x"},
        {**ADA, "attributes": []},
        {
            "user_alias": {"alias_name": "a", "alias_label": "b"},
            "send_to_existing_only": False,
            "attributes": {},
        },
    ],
)
def test_an_unsound_recipient_is_refused(braze, recipient):
    assert trigger(braze, recipients=[recipient]).status_code == 400


def test_once_the_flows_are_known_others_are_refused(serve):
    braze = serve()
    braze.sandbox.expect_flows(campaigns=["c-1"], canvases=[])
    assert trigger(braze, recipients=[ADA]).status_code == 201
    answer = trigger(braze, campaign_id="c-2", recipients=[ADA])
    assert (answer.status_code, answer.json()) == (400, {"message": "Invalid Campaign ID"})
    assert trigger(braze, "/canvas/trigger/send", recipients=[ADA]).status_code == 400


class TestMessages:
    def send(self, braze, **body):
        return braze.post("/messages/send", {"messages": {"email": {"body": "Hi"}}, **body})

    def test_a_message_to_known_users_is_told(self, braze, heard):
        answer = self.send(braze, external_user_ids=["ada", "nobody"])
        assert answer.status_code == 201
        assert len(answer.json()["dispatch_id"]) == 32
        assert (heard[0].kind, len(heard[0].recipients)) == ("message", 1)

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ({"messages": {}, "external_user_ids": ["ada"]}, "No message to send"),
            ({}, "No Recipients"),
            ({"external_user_ids": []}, "No Recipients"),
            ({"external_user_ids": "ada"}, "'external_user_ids' is not valid"),
            (
                {"external_user_ids": ["ada"] * 51},
                "The max number of external_ids and aliases per request was exceeded",
            ),
        ],
    )
    def test_an_unsound_message_is_refused(self, braze, body, message):
        answer = self.send(braze, **body)
        assert (answer.status_code, answer.json()) == (400, {"message": message})
