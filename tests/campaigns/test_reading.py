"""Campaigns and Canvases from TOML; every complaint says which file, campaign and step."""

from datetime import UTC, datetime, time, timedelta

import pytest

from b2bkit.campaigns import (
    AnyOf,
    ApiTrigger,
    Attribute,
    Campaign,
    CampaignError,
    Canvas,
    ChangeAttribute,
    ContextVariable,
    Conversion,
    Decide,
    Delay,
    Did,
    InteractWithMessage,
    MakePurchase,
    Message,
    PerformEvent,
    ReceiveMessage,
    Schedule,
    SendWebhook,
    SetContext,
    UpdateUser,
    Variable,
    Where,
    read_flows,
    read_trigger,
)
from b2bkit.use_cases import use_case
from b2bkit.webhook import Webhook

FILE = """
[[campaign]]
name = "Count views"
id = "c1"
key = "counter"
reeligible = { hours = 2 }
delay = { minutes = 5 }
unless = [{ event = "Left" }, { purchase = true }]

[campaign.trigger]
action = "Perform Custom Event"
event = "Opened app"
where = [{ property = "screen", value = "home" }]

[[campaign.audience]]
attribute = "views"
is = "less than"
value = 3

[[campaign.audience]]
any = [{ attribute = "vip", is = "true" }, { event = "Bought", times = 2, within = { days = 7 } }]

[campaign.conversion]
purchase = "sku"
within = { days = 1 }

[[campaign.step]]
type = "webhook"
name = "count"
url = "https://rest.iad-06.braze.com/users/track"
body = "{}"
headers = { Content-Type = "application/json" }

[[canvas]]
name = "Winback"
editor = "original"
trigger = { action = "API-Triggered" }

[[canvas.step]]
type = "context"
variables = { code = "X", n = { value = "{{custom_attribute.${n}}}", type = "number" } }

[[canvas.step]]
type = "delay"
duration = { days = 3, hours = 12 }

[[canvas.step]]
type = "decision"
when = [
  { purchase = true, did = false, since_entry = true },
  { received = "Count views", step = "count" },
  { interacted = "Count views", interaction = "clicked" },
  { context = "n", is = "more than", value = 1 },
]
[[canvas.step.yes]]
type = "user update"
body = '{"attributes": [{"lapsed": true}]}'
[[canvas.step.no]]
type = "message"
text = "Thanks"
channel = "push"
"""

OPENED = PerformEvent("Opened app", [Where("screen", "equals", "home")])


def test_a_file_with_everything_in_it(tmp_path):
    path = tmp_path / "flows.toml"
    path.write_text(FILE, "utf-8")
    campaign, canvas = read_flows(path)
    assert campaign == Campaign(
        name="Count views",
        id="c1",
        key="counter",
        reeligible=timedelta(hours=2),
        delay=timedelta(minutes=5),
        unless=[PerformEvent("Left"), MakePurchase()],
        trigger=OPENED,
        audience=[
            Attribute("views", "less than", 3),
            AnyOf(
                [
                    Attribute("vip", "true"),
                    Did(PerformEvent("Bought"), 2, within=timedelta(days=7)),
                ]
            ),
        ],
        conversion=Conversion(MakePurchase("sku"), timedelta(days=1)),
        steps=[
            SendWebhook(
                Webhook(
                    "https://rest.iad-06.braze.com/users/track",
                    headers={"Content-Type": "application/json"},
                    body="{}",
                ),
                "count",
            )
        ],
    )
    assert canvas == Canvas(
        name="Winback",
        editor="original",
        trigger=ApiTrigger(),
        steps=[
            SetContext(
                [Variable("code", "X"), Variable("n", "{{custom_attribute.${n}}}", "number")]
            ),
            Delay(timedelta(days=3, hours=12)),
            Decide(
                [
                    Did(MakePurchase(), 0, since_entry=True),
                    Did(ReceiveMessage("Count views", "count")),
                    Did(InteractWithMessage("Count views", "clicked")),
                    ContextVariable("n", "more than", 1),
                ],
                yes=[UpdateUser('{"attributes": [{"lapsed": true}]}')],
                no=[Message("Thanks", "push")],
            ),
        ],
    )


@pytest.mark.parametrize(
    ("table", "trigger"),
    [
        ({"action": "Perform Custom Event", "event": "E"}, PerformEvent("E")),
        ({"action": "Make Purchase"}, MakePurchase()),
        ({"action": "Make Purchase", "product": "sku"}, MakePurchase("sku")),
        ({"action": "Receive Message", "from": "A", "step": "s"}, ReceiveMessage("A", "s")),
        (
            {"action": "Interact With Message", "from": "A", "interaction": "clicked"},
            InteractWithMessage("A", "clicked"),
        ),
        ({"action": "Change Custom Attribute Value", "attribute": "a"}, ChangeAttribute("a")),
        (
            {"action": "Change Custom Attribute Value", "attribute": "a", "to": 3},
            ChangeAttribute("a", 3),
        ),
        ({"action": "API-Triggered"}, ApiTrigger()),
        ({"action": "Scheduled"}, Schedule()),
        (
            {"action": "Scheduled", "at": time(9), "every": {"days": 1}},
            Schedule(time(9), timedelta(days=1)),
        ),
        (
            {"action": "Scheduled", "at": datetime(2026, 1, 31, 9, tzinfo=UTC)},
            Schedule(datetime(2026, 1, 31, 9, tzinfo=UTC)),
        ),
    ],
    ids=lambda value: value.get("action") if isinstance(value, dict) else "",
)
def test_a_trigger_from_a_table(table, trigger):
    assert read_trigger(table) == trigger


STEP = '\n[[canvas.step]]\ntype = "message"\ntext = "Hi"\n'
CANVAS = '[[canvas]]\nname = "C"\ntrigger = { action = "API-Triggered" }\n'
PLACE = 'flows.toml, Canvas "C"'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = [", "flows.toml is not TOML: "),
        ("", "flows.toml declares nothing: it needs a [[campaign]] or a [[canvas]]."),
        ("campain = []", "flows.toml: 'campain' is not known here. Did you mean 'campaign'?"),
        ("canvas = [1]", "flows.toml, Canvas 1: this must be a table, not 1."),
        ("[[canvas]]\nx = 1", "flows.toml, Canvas 1: 'name' is missing; it must be a text."),
        (
            CANVAS + '[[canvas.step]]\ntype = "webhok"',
            f"{PLACE}, step 1: unknown type 'webhok'. Did you mean 'webhook'? There is: message,",
        ),
        (CANVAS, f'{PLACE}: The Canvas "C" has no step'),
        (CANVAS + "key = 3" + STEP, f"{PLACE}: 'key' must be a text, not 3."),
        (
            CANVAS + "audiense = []" + STEP,
            f"{PLACE}: 'audiense' is not known here. Did you",
        ),
        (
            CANVAS + 'reeligible = "yes"' + STEP,
            f"{PLACE}: 'reeligible' must be true, false or",
        ),
        (CANVAS + 'editor = "x"' + STEP, f"{PLACE}: unknown editor 'x'."),
        (
            CANVAS + STEP + 'name = "a"\nx = 1',
            f"{PLACE}, step 1 ('a'): 'x' is not known here. There is: type, name, text, channel.",
        ),
        (
            CANVAS + '[[canvas.step]]\ntype = "message"\ntext = "{{ 1 | x"',
            f"{PLACE}, step 1: ",
        ),
        (
            CANVAS + '[[canvas.step]]\ntype = "webhook"\nurl = "x"\nmethod = "PATCH"',
            f"{PLACE}, step 1: Braze's webhooks cannot PATCH.",
        ),
        (
            CANVAS + '[[canvas.step]]\ntype = "webhook"\nurl = "x"\nbody = "{% if %}"',
            f"{PLACE}, step 1: ",
        ),
        (
            CANVAS + '[[canvas.step]]\ntype = "delay"\nduration = { day = 1 }',
            f"{PLACE}, step 1, duration: 'day' is not known here. Did you mean 'days'?",
        ),
        (
            CANVAS + '[[canvas.step]]\ntype = "delay"\nduration = {}',
            f"{PLACE}, step 1, duration: this must be a span of time such as {{ days = 3 }}.",
        ),
        (
            CANVAS + 'audience = [{ attribute = "a", is = "lesser than", value = 1 }]' + STEP,
            f"{PLACE}, audience filter 1: 'lesser than' is not one of Braze's comparisons. Did you",
        ),
        (
            CANVAS + "audience = [{ value = 1 }]" + STEP,
            f"{PLACE}, audience filter 1: a filter needs one of attribute, context, event,",
        ),
        (
            CANVAS.replace("api", "schedule")
            + "audience = []\nconversion = { purchase = false }"
            + STEP,
            f"{PLACE}, conversion: this needs event = ",
        ),
        (
            CANVAS.replace('"API-Triggered"', '"scheduled", at = "09:00"') + STEP,
            f"{PLACE}, trigger: 'at' must be a moment",
        ),
        (
            CANVAS.replace('"API-Triggered"', '"scheduled", until = 1') + STEP,
            f"{PLACE}, trigger: 'until' must be a moment",
        ),
        (
            CANVAS.replace(
                '"API-Triggered"', '"change custom attribute value", attribute = "email"'
            )
            + STEP,
            f'{PLACE}, trigger: "email" is a standard attribute',
        ),
    ],
)
def test_a_complaint_says_where_and_what_to_do(tmp_path, text, complaint):
    path = tmp_path / "flows.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CampaignError) as refused:
        read_flows(path)
    assert str(refused.value).startswith(complaint)


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CampaignError, match="cannot be read"):
        read_flows("nowhere.toml")


def test_a_webhook_can_be_one_that_was_saved(tmp_path):
    webhook = Webhook("https://rest.iad-06.braze.com/users/track", body="{}")
    (tmp_path / "count.toml").write_text(webhook.to_toml(), "utf-8")
    path = tmp_path / "flows.toml"
    step = '[[canvas.step]]\ntype = "webhook"\nfile = "{}"'
    path.write_text(CANVAS + step.format("count.toml"), "utf-8")
    assert read_flows(path)[0].webhooks[0].webhook == webhook
    path.write_text(CANVAS + step.format("gone.toml"), "utf-8")
    with pytest.raises(CampaignError, match=r"^flows.toml, Canvas \"C\", step 1: .*gone.toml"):
        read_flows(path)


def test_toml_can_be_given_as_text():
    assert read_flows(CANVAS + STEP)[0].name == "C"


def test_the_trigger_of_a_use_case_reads_like_any_other():
    webhook = use_case("event-property-to-profile", your_custom_event="Viewed product").webhook
    assert read_trigger(webhook.trigger) == PerformEvent("Viewed product")
