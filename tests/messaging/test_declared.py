"""What can be given to run, and what is said of what cannot."""

import pytest

from b2bkit.campaigns import (
    AnyOf,
    Campaign,
    CampaignError,
    Canvas,
    Decide,
    Did,
    InteractWithMessage,
    Message,
    PerformEvent,
    ReceiveMessage,
)
from b2bkit.messaging.declared import take_in
from b2bkit.use_cases import use_case

FLOWS = """
[[campaign]]
name = "From a file"
trigger = { action = "Perform Custom Event", event = "Opened" }
step = [{ type = "message", text = "Hi" }]
"""


def campaign(name="A", trigger=None, **changes):
    trigger = trigger or PerformEvent("Opened")
    return Campaign(**{"name": name, "trigger": trigger, "steps": [Message("x")], **changes})


def test_campaigns_canvases_use_cases_and_files_in_one_list(tmp_path):
    path = tmp_path / "flows.toml"
    path.write_text(FLOWS, "utf-8")
    flows = take_in(
        [campaign(), use_case("event-property-to-profile"), path, str(path).strip()][:3]
    )
    assert [flow.name for flow in flows] == [
        "A",
        "Add an event property to the profile",
        "From a file",
    ]
    made = flows[1]
    assert made.trigger == PerformEvent("your_custom_event")
    assert made.reeligible is True
    assert [step.name for step in made.webhooks] == ["keep-property"]


@pytest.mark.parametrize("one", [campaign(), use_case("event-property-to-profile"), "path"])
def test_one_thing_needs_no_list(tmp_path, one):
    path = tmp_path / "flows.toml"
    path.write_text(FLOWS, "utf-8")
    assert len(take_in(str(path) if one == "path" else one)) == 1


def asks(what):
    return Canvas(name="B", trigger=PerformEvent("x"), steps=[Decide([AnyOf([Did(what)])])])


@pytest.mark.parametrize(
    ("declared", "complaint"),
    [
        ([3], "3 is nothing that can run: give a Campaign, a Canvas, a use case, or the path"),
        ([campaign(), campaign()], "Two campaigns or Canvases are called 'A'"),
        ([campaign(id="1"), campaign("B", id="1")], "are given the id '1'"),
        (
            [campaign("Banner"), campaign("B", ReceiveMessage("Baner"))],
            "and there is none of that name. Did you mean 'Banner'? There is: Banner, B.",
        ),
        (
            [campaign(), campaign("B", InteractWithMessage("A", step="emial"))],
            "which has none of that name. Did you mean 'email'? There is: email.",
        ),
        ([asks(ReceiveMessage("Z"))], 'The Canvas "B" waits for a message of "Z"'),
        ([use_case("counter")], "The webhook 'count' of the use case 'counter' names no trigger"),
    ],
)  # fmt: skip
def test_what_cannot_run_is_refused_with_words(declared, complaint):
    with pytest.raises(CampaignError) as refused:
        take_in(declared)
    assert complaint in str(refused.value)


def test_a_message_can_be_waited_for_by_the_id_of_its_campaign():
    assert len(take_in([campaign(id="a-1"), campaign("B", ReceiveMessage("a-1"))])) == 2
