"""The values of a render: a frozen value that reads as the keywords it was given."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from b2bkit.liquid import Context, Template

NOW = "{{ 'now' | date: '%F %T' }}"


def test_a_context_is_a_mapping_of_what_was_given():
    context = Context(attributes={"user_id": "u"}, variables={}, now="2026-01-02T03:04:05Z")
    assert dict(context) == {
        "attributes": {"user_id": "u"},
        "variables": {},
        "now": "2026-01-02T03:04:05Z",
    }
    assert Context(**context) == context
    assert len(context) == 3
    assert "campaign" not in set(context)
    with pytest.raises(KeyError):
        context["campaign"]


def test_a_context_does_not_change():
    context = Context()
    with pytest.raises(AttributeError):
        context.attributes = {}


def test_replace_gives_another_context():
    context = Context(attributes={"user_id": "u"}, campaign={"name": "c"})
    assert context.replace(attributes={"user_id": "v"}, now=None) == Context(
        attributes={"user_id": "v"}, campaign={"name": "c"}
    )
    assert context.attributes == {"user_id": "u"}


def test_a_keyword_that_is_none_of_ours_is_refused():
    with pytest.raises(TypeError, match="nested_custom_attribute"):
        Context(nested_custom_attribute={})


def test_a_profile_is_read_under_its_liquid_names():
    profile = {
        "external_id": "u1",
        "email": "a@b.c",
        "phone": "+1",
        "dob": "1990-01-02",
        "home_city": "Rome",
        "first_name": "Ann",
        "custom_attributes": {"visits": 3, "email": "kept"},
    }
    context = Context.from_profile(profile, event_properties={"a": 1}, custom_attribute={"x": 1})
    assert context == Context(
        attributes={
            "user_id": "u1",
            "email_address": "a@b.c",
            "phone_number": "+1",
            "date_of_birth": "1990-01-02",
            "city": "Rome",
            "first_name": "Ann",
        },
        custom_attribute={"visits": 3, "email": "kept", "x": 1},
        event_properties={"a": 1},
    )


@pytest.mark.parametrize("custom", [{}, {"custom_attributes": None}])
def test_a_profile_may_be_without_custom_attributes(custom):
    assert Context.from_profile({"external_id": "u", **custom}).custom_attribute == {}


@pytest.mark.parametrize(
    "now",
    [
        "2026-01-02T03:04:05Z",
        "2026-01-02T05:04:05+02:00",
        "2026-01-02T03:04:05",
        datetime(2026, 1, 2, 3, 4, 5),
        datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        datetime(2026, 1, 2, 4, 4, 5, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_the_clock_is_frozen_at_the_given_moment_in_utc(now):
    assert Template(NOW).render(Context(now=now)) == "2026-01-02 03:04:05"


def test_without_a_moment_the_clock_is_read_once_a_render():
    before = datetime.now(UTC).replace(microsecond=0)
    first, second = Template(f"{NOW}|{NOW}").render().split("|")
    assert first == second
    assert datetime.fromisoformat(f"{first}+00:00") >= before


def test_a_moment_that_is_no_date_is_refused_in_words():
    with pytest.raises(ValueError, match="now='yesterday' is not a date and time"):
        Context(now="yesterday")


@pytest.mark.parametrize("answer", ["text", {"status": "200"}, {"status": None}, None])
def test_an_answer_that_is_none_is_refused_in_words(answer):
    with pytest.raises(ValueError, match="connected_content\\['https://x'\\] is not an answer"):
        Context(connected_content={"https://x": answer})


def test_variables_go_before_namespaces_as_plain_names_only():
    context = Context(campaign={"name": "c"}, variables={"campaign": {"name": "v"}})
    assert Template("{{campaign.name}} {{campaign.${name}}}").render(context) == "v c"


def test_attributes_are_no_plain_variable():
    assert Template("{{attributes}}").render(Context(attributes={"a": 1})) == ""


def test_the_keywords_of_a_context_may_be_given_in_its_place():
    template = Template("Hello {{${first_name}}}")
    given = {"attributes": {"first_name": "Ada"}}
    assert template.render(given) == template.preview(given).text == "Hello Ada"
