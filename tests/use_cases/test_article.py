"""Braze's article "Braze to Braze webhooks", as it is, and what is made of it.

The texts below are the article's own, character by character.
"""

import pytest

from b2bkit.liquid import Aborted, Context
from b2bkit.use_cases import use_case

URL = "https://rest.iad-06.braze.com/users/track"
HEADERS = {"Content-Type": "application/json", "Authorization": "Bearer YOUR_API_KEY"}

EVENT_PROPERTY_BODY = """\
{
  "attributes": [
    {
      "external_id": "{{${user_id}}}",
      "new_custom_attribute": "{{event_properties.${your_event_property}}}"
    }
  ]
}"""

COUNTER_BODY = """\
{% assign new_number = {{custom_attribute.${your_attribute_count}}} | plus: 1 %}
{
    "attributes": [
        {
        "external_id": "{{${user_id}}}",
        "your_attribute_count": "{{new_number}}"
        }
    ]
}"""

ARTICLE = [("event-property-to-profile", EVENT_PROPERTY_BODY), ("counter", COUNTER_BODY)]


def track(attributes):
    return {"attributes": [attributes]}


@pytest.mark.parametrize(("name", "body"), ARTICLE, ids=["event property", "counter"])
def test_what_is_shipped_is_the_articles_own_text(name, body):
    webhook = use_case(name, variant="as-documented").webhook
    assert webhook.body == body
    assert webhook.url == URL
    assert webhook.method == "POST"
    assert dict(webhook.headers) == HEADERS


@pytest.mark.parametrize("variant", ["recommended", "as-documented"])
@pytest.mark.parametrize("name", ["event-property-to-profile", "counter"])
def test_each_step_of_the_article_can_be_pointed_to(name, variant):
    case = use_case(name, variant)
    assert list(case.where) == ["build", "compose", "settings", "delivery", "trigger", "key"]
    assert "Blank Template" in case.where["build"]
    assert "Webhook URL" in case.where["compose"]
    assert "Raw Text" in case.where["compose"]
    assert "Request Body" in case.where["compose"]
    assert "HTTP Method to POST" in case.where["settings"]
    assert "Request Headers, Content-Type and Authorization" in case.where["settings"]
    assert case.permission == "users.track"
    assert case.permission in case.where["key"]
    assert (case.webhook.url, dict(case.webhook.headers)) == (URL, HEADERS)


def test_the_event_property_is_action_based():
    case = use_case("event-property-to-profile", your_custom_event="viewed")
    assert "Action-Based Delivery" in case.where["delivery"]
    assert "Perform Custom Event" in case.where["trigger"]
    assert case.webhook.trigger == {"action": "Perform Custom Event", "event": "viewed"}


@pytest.mark.parametrize(
    ("count", "arrives"),
    [(2, "3"), (0, "1"), (-1, "0"), (None, "1"), ("2", "3"), (2.5, "3.5")],
)
def test_the_counter_as_documented_sends_text(count, arrives):
    """The article's quotes make the number a text: the lesson of this use case."""
    case = use_case("counter", "as-documented", your_attribute_count="visits")
    context = Context(attributes={"user_id": "ada"}, custom_attribute={"visits": count})
    assert case.webhook.render(context).json == track({"external_id": "ada", "visits": arrives})


@pytest.mark.parametrize("count", [2, 0, None, "2"])
def test_the_counter_as_recommended_lets_braze_add(count):
    case = use_case("counter", your_attribute_count="visits")
    context = Context(attributes={"user_id": "ada"}, custom_attribute={"visits": count})
    assert case.webhook.render(context).json == track({"external_id": "ada", "visits": {"inc": 1}})


PROPERTIES = [
    # the value, as documented, as recommended
    ("hats", "hats", "hats"),
    (3, "3", 3),
    (2.5, "2.5", 2.5),
    (True, "true", True),
    (False, "false", False),
    ("007", "007", "007"),
    ("Zoë 🎩", "Zoë 🎩", "Zoë 🎩"),
    (['a "quoted" one', "b"], None, ['a "quoted" one', "b"]),
    ([], "", []),
    ({"size": 3}, None, {"size": 3}),
    ('5" disc', None, '5" disc'),
    ("two\nlines", None, "two\nlines"),
    ("back\\slash", None, "back\\slash"),
]


@pytest.mark.parametrize(("value", "documented", "recommended"), PROPERTIES)
def test_an_event_property_on_the_profile(value, documented, recommended):
    """As documented everything becomes text, or breaks the JSON (`None`); recommended keeps it."""
    names = {"new_custom_attribute": "last_seen", "your_event_property": "category"}
    context = Context(attributes={"user_id": "ada"}, event_properties={"category": value})

    as_documented = use_case("event-property-to-profile", "as-documented", **names).webhook
    sent = as_documented.render(context)
    if documented is None:
        assert sent.json is None
    else:
        assert sent.json == track({"external_id": "ada", "last_seen": documented})

    sent = use_case("event-property-to-profile", **names).webhook.render(context).json
    assert sent == track({"external_id": "ada", "last_seen": recommended})
    assert type(sent["attributes"][0]["last_seen"]) is type(recommended)


@pytest.mark.parametrize("properties", [{}, {"category": None}, {"category": ""}])
def test_a_missing_property_aborts_the_recommended_one(properties):
    webhook = use_case("event-property-to-profile", your_event_property="category").webhook
    with pytest.raises(Aborted) as caught:
        webhook.render(Context(attributes={"user_id": "ada"}, event_properties=properties))
    assert caught.value.reason == "The event property is missing or blank"


@pytest.mark.parametrize("name", ["counter", "event-property-to-profile", "second-canvas"])
@pytest.mark.parametrize("user_id", [None, "", "  "])
def test_a_user_without_external_id_aborts_the_recommended_one(name, user_id):
    case = use_case(name)
    context = case.sample.replace(attributes={"user_id": user_id})
    with pytest.raises(Aborted) as caught:
        case.webhook.render(context)
    assert caught.value.reason == "The user has no external ID"


@pytest.mark.parametrize("name", ["counter", "event-property-to-profile", "second-canvas"])
def test_an_odd_external_id_arrives_whole(name):
    case = use_case(name)
    odd = 'a"b\\c\nd'
    body = case.webhook.render(case.sample.replace(attributes={"user_id": odd})).json
    (item,) = body.get("attributes") or body["recipients"]
    assert item.get("external_id", item.get("external_user_id")) == odd


@pytest.mark.parametrize(
    ("properties", "recipient"),
    [
        ({"category": "hats"}, {"external_user_id": "ada", "context": {"category": "hats"}}),
        ({"category": [1, 'x"']}, {"external_user_id": "ada", "context": {"category": [1, 'x"']}}),
        ({"category": False}, {"external_user_id": "ada", "context": {"category": False}}),
        ({}, {"external_user_id": "ada"}),
    ],
)
def test_the_second_canvas_gets_the_user_and_the_property(properties, recipient):
    case = use_case("second-canvas", your_canvas_id="f00d", your_context_property="category")
    request = case.webhook.render(Context(attributes={"user_id": "ada"}, context=properties))
    assert request.url == "https://rest.iad-06.braze.com/canvas/trigger/send"
    assert request.json == {"canvas_id": "f00d", "recipients": [recipient]}
    assert case.permission == "canvas.trigger.send"
