"""The Explorer without widgets: what a person does goes in, what is to be seen comes out."""

import json
import subprocess
import sys

import pytest

from b2bkit.ui.entries import MISSING, Entry, change_form, entry_of
from b2bkit.ui.explorer.model import ExplorerModel
from b2bkit.use_cases import use_case_names

COUNT = "custom_attribute.${your_attribute_count}"
PROPERTY = "event_properties.${your_event_property}"


@pytest.fixture
def counter(session):
    return ExplorerModel(session, "counter")


def body(model):
    return model.look.request.json


def values(model):
    return {slot.label: slot.entry.given for slot in model.look.slots}


def test_no_widget_is_imported():
    code = "import sys, b2bkit.ui.explorer.model; sys.exit('ipywidgets' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("use_case", use_case_names())
def test_every_use_case_begins_with_a_request(session, use_case):
    model = ExplorerModel(session, use_case)
    for variant in model.look.use_case.variants:
        model.choose_variant(variant)
        assert isinstance(body(model), dict)
        assert model.look.problem is None


# Choose


def test_a_name_changes_the_request_and_the_fields(counter):
    counter.name("your_attribute_count", "promo_views")
    assert body(counter)["attributes"][0]["promo_views"] == {"inc": 1}
    assert list(values(counter)) == [
        "${user_id}",
        "${first_name}",
        "custom_attribute.${promo_views}",
    ]


def test_what_was_typed_stays_when_its_name_changes(counter):
    counter.fill(COUNT, entry_of(7))
    for typed in ("", "p", "pr", "promo}", "promo"):
        counter.name("your_attribute_count", typed)
    assert values(counter)["custom_attribute.${promo}"] == 7


def test_a_name_that_cannot_be_used_says_why_and_leaves_the_last_good_request(counter):
    counter.name("your_attribute_count", "promo")
    good = counter.look.request
    counter.name("your_attribute_count", 'pro"mo')
    assert "holds a quote" in counter.look.name_problems["your_attribute_count"]
    assert counter.look.is_stale
    assert counter.look.request == good


def test_a_bad_name_does_not_blame_the_others(session):
    model = ExplorerModel(session, "event-property-to-profile")
    model.name("new_custom_attribute", "last_category")
    model.name("your_event_property", "cate}gory")
    assert list(model.look.name_problems) == ["your_event_property"]


def test_a_use_case_keeps_what_was_typed_while_another_is_looked_at(counter):
    counter.fill(COUNT, entry_of(7))
    counter.choose_variant("as-documented")
    counter.edit_body("{% broken")
    counter.choose("second-canvas")
    counter.choose("counter")
    assert values(counter)[COUNT] == 7
    assert counter.draft.body == "{% broken"
    assert counter.look.problem is not None


# Fill


def test_fields_are_those_that_are_read_and_those_of_the_sample(counter):
    assert [(slot.label, slot.is_read) for slot in counter.look.slots] == [
        ("${user_id}", True),
        ("${first_name}", False),
        (COUNT, False),
    ]
    counter.choose_variant("as-documented")
    assert counter.look.slots[2].is_read


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        (Entry("number", 4), "5"),
        (Entry("text", "4"), "5"),
        (Entry("blank"), "1"),
        (Entry("null"), "1"),
        (Entry("missing"), "1"),
    ],
)
def test_a_counter_reads_whatever_form_its_value_has(counter, entry, written):
    counter.choose_variant("as-documented")
    counter.fill(COUNT, entry)
    assert body(counter)["attributes"][0]["your_attribute_count"] == written


def test_a_field_that_is_missing_is_not_in_the_context(counter):
    counter.fill("${first_name}", change_form(counter.look.slots[1].entry, "missing"))
    assert counter.look.context.attributes == {"user_id": "ada"}


def test_an_abort_is_no_error_and_there_is_no_request(counter):
    counter.fill("${user_id}", Entry("blank"))
    assert counter.look.aborted == "The user has no external ID"
    assert counter.look.request is None
    assert not counter.look.is_stale


def test_a_value_that_cannot_be_read_points_at_its_field(counter):
    counter.fill(COUNT, Entry("list", ["a"], '["a"', "This is not a list."))
    assert counter.look.problem.place == COUNT
    assert counter.look.is_stale


def test_findings_say_where_the_body_is_not_json(session):
    model = ExplorerModel(session, "event-property-to-profile", "as-documented")
    model.fill(PROPERTY, entry_of('12" vinyl'))
    assert [(each.id, each.line) for each in model.look.findings] == [("body-not-json", 5)]


# The body


def test_an_edited_body_is_rendered_and_brings_its_own_fields(counter):
    counter.edit_body('{"n": {{custom_attribute.${other} | default: 3}}}')
    assert body(counter) == {"n": 3}
    assert values(counter)["custom_attribute.${other}"] is MISSING


def test_bad_liquid_is_shown_with_its_place_and_leaves_the_last_good_request(counter):
    good = counter.look.request
    counter.edit_body('{\n  "n": {{ 1 | }}\n}')
    assert counter.look.problem.place.startswith("body, line 2, column ")
    assert counter.look.problem.excerpt.splitlines()[0] == '  "n": {{ 1 | }}'
    assert counter.look.problem.excerpt.splitlines()[1].endswith("^")
    assert counter.look.request == good
    assert counter.look.is_stale


def test_nothing_typed_is_lost_while_the_liquid_is_bad(counter):
    counter.edit_body("{% if %}")
    counter.fill(COUNT, entry_of(9))
    assert values(counter)[COUNT] == 9
    counter.use_own_body()
    assert values(counter)[COUNT] == 9
    assert counter.look.problem is None


def test_a_body_edited_back_by_hand_is_the_use_cases_again(counter):
    own = counter.look.use_case.webhook.body
    counter.edit_body(own + " ")
    assert counter.draft.body == own + " "
    counter.edit_body(own)
    assert counter.draft.body is None


def test_each_variant_keeps_its_own_edited_body(counter):
    counter.edit_body('{"a": 1}')
    counter.choose_variant("as-documented")
    assert counter.draft.body is None
    counter.choose_variant("recommended")
    assert body(counter) == {"a": 1}


def test_the_articles_counter_renders_to_the_right_json(counter):
    counter.choose_variant("as-documented")
    counter.fill("${user_id}", entry_of("user-1"))
    counter.fill(COUNT, entry_of(41))
    assert json.loads(counter.look.request.body) == {
        "attributes": [{"external_id": "user-1", "your_attribute_count": "42"}]
    }


def test_the_articles_event_property_renders_to_the_right_json(session):
    model = ExplorerModel(session, "event-property-to-profile", "as-documented")
    model.fill(PROPERTY, entry_of("boots"))
    assert json.loads(model.look.request.body) == {
        "attributes": [{"external_id": "ada", "new_custom_attribute": "boots"}]
    }


# Several Explorers


def test_every_explorer_has_a_user_of_its_own(session):
    users = [ExplorerModel(session, "counter").user for _ in range(3)]
    assert users == ["ada", "ada-2", "ada-3"]


def test_a_user_of_its_own_also_in_the_next_use_case(session):
    ExplorerModel(session, "counter")
    second = ExplorerModel(session, "counter")
    second.choose("second-canvas")
    assert second.user == "ada-2"


def test_a_watcher_hears_of_every_change_until_another_takes_its_place(counter):
    heard = []
    counter.watch(lambda: heard.append("first"), lambda: heard.append("replaced"))
    counter.fill(COUNT, entry_of(3))
    counter.watch(lambda: heard.append("second"))
    counter.fill(COUNT, entry_of(4))
    assert heard == ["first", "replaced", "second"]
