"""What a campaign and a Canvas may be, and how their steps get names."""

from datetime import timedelta

import pytest

from b2bkit.campaigns import (
    Attribute,
    Campaign,
    CampaignError,
    Canvas,
    ContextVariable,
    Conversion,
    Decide,
    Delay,
    Did,
    MakePurchase,
    Message,
    PerformEvent,
    SendWebhook,
    SetContext,
    UpdateUser,
    Variable,
)
from b2bkit.liquid import TemplateError
from b2bkit.webhook import Webhook

OPENED = PerformEvent("Opened")
HELLO = Message("Hello")
HOOK = Webhook("https://rest.iad-06.braze.com/users/track", body="{}")


def campaign(**changes):
    return Campaign(**{"name": "C", "trigger": OPENED, "steps": [HELLO], **changes})


def canvas(**changes):
    return Canvas(**{"name": "C", "trigger": OPENED, "steps": [HELLO], **changes})


def test_steps_without_a_name_get_one_each():
    flow = canvas(
        steps=[
            HOOK,
            Delay(timedelta(days=3)),
            Decide([Attribute("x", "blank")], yes=[HOOK, Message("!", name="webhook 3")]),
            HOOK,
        ]
    )
    names = [step.name for step in flow.every_step]
    assert names == ["webhook", "delay", "decision", "webhook 2", "webhook 3", "webhook 4"]
    assert [step.name for step in flow.webhooks] == ["webhook", "webhook 2", "webhook 4"]


def test_a_bare_webhook_becomes_its_step():
    assert campaign(steps=[HOOK]).steps == (SendWebhook(HOOK, "webhook"),)


def test_an_id_is_made_from_kind_and_name_and_is_always_the_same():
    assert campaign().id == campaign(steps=[HOOK]).id
    assert campaign().id != canvas().id != canvas(name="D").id
    assert campaign(id="abc").id == "abc"


@pytest.mark.parametrize(
    ("reeligible", "again_after"),
    [
        (False, None),
        (True, timedelta(0)),
        (timedelta(days=1), timedelta(days=1)),
    ],
)
def test_reeligible_says_after_how_long(reeligible, again_after):
    assert campaign(reeligible=reeligible).again_after == again_after


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: campaign(name=" "), "A campaign needs a name."),
        (lambda: canvas(steps=[]), 'The Canvas "C" has no step: give it a message or a webhook.'),
        (
            lambda: campaign(steps=[Delay(timedelta(1))]),
            'The campaign "C" has a step that only a Canvas can have: it sends messages only.',
        ),
        (lambda: campaign(reeligible=timedelta(days=721)), "after 720 days at the latest"),
        (lambda: campaign(delay=timedelta(seconds=-1)), "has a delay that ends before it begins"),
        (lambda: campaign(unless=[OPENED]), "has exception events but no delay"),
        (
            lambda: canvas(audience=[ContextVariable("x", "blank")]),
            "its audience on context",
        ),
        (lambda: canvas(audience=[Did(OPENED, since_entry=True)]), 'audience on "since entry"'),
        (lambda: canvas(editor="old"), 'has the editor \'old\': "flow" or "original".'),
        (
            lambda: canvas(steps=[Message("a", name="x"), Message("b", name="x")]),
            "Two steps are called 'x': give each a name of its own.",
        ),
        (lambda: Decide([]), "A decision needs at least one filter to decide on."),
        (lambda: Delay(timedelta(days=731)), "from 0 seconds to two years"),
        (lambda: Conversion(OPENED, timedelta(days=31)), "between nothing and 30 days"),
        (lambda: SetContext([Variable(str(n), "x") for n in range(11)]), "one to 10 variables"),
        (lambda: Variable("x", "1", "integer"), "cannot be of type 'integer': text, number"),
        (lambda: Variable(" ", "1"), "A context variable needs a name."),
        (lambda: UpdateUser('{"attributes": [{"external_id": "x"}]}'), "must not name external_id"),
        (lambda: UpdateUser("x" * 65_537), "at most 65,536 characters; this one has 65,537"),
    ],
)
def test_what_braze_could_not_have_is_refused_with_words(make, complaint):
    with pytest.raises(CampaignError) as refused:
        make()
    assert complaint in str(refused.value)


@pytest.mark.parametrize("make", [Message, UpdateUser, lambda text: Variable("x", text)])
def test_wrong_liquid_is_refused_at_once(make):
    with pytest.raises(TemplateError):
        make("{% if %}")


def test_a_conversion_deadline_is_three_days_if_not_given():
    assert Conversion(MakePurchase()).within == timedelta(days=3)
