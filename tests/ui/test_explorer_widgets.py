"""The Explorer as widgets, in this process: what is typed, clicked and shown."""

import asyncio
import json

import ipywidgets as w
import pytest

from b2bkit import Explorer, use_case
from b2bkit.ui.explorer.target import CUSTOM

KEY = "0f1e2d3c-made-up-live-like-key"
PERSONAL = "grace.hopper@example.org"


@pytest.fixture
def explorer(session):
    made = Explorer("counter", session=session)
    yield made
    made.close()


def send(explorer):
    async def click():
        explorer.send_step.send_button.click()
        await asyncio.wait([explorer.send_step.task])
        await asyncio.sleep(0)

    asyncio.run(click())


def inputs(explorer):
    return {field.input.description: field for field in explorer.fill_step.fields}


def shown(widget):
    """Join the HTML that stands inside a panel."""
    if isinstance(widget, w.Box):
        return "\n".join(map(shown, widget.children))
    return widget.value if isinstance(widget, w.HTML) else ""


def inside(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def state_of_all_widgets():
    return json.dumps(w.Widget.get_manager_state(), default=str)


def test_it_says_what_it_is_and_nothing_more(explorer):
    explorer.choose_step.names["your_attribute_count"].value = "typed"
    assert repr(explorer) == "b2bkit Explorer: run this cell to use it."
    assert explorer._repr_mimebundle_()["text/plain"] == repr(explorer)


def test_every_control_has_a_label(explorer):
    controls = [one for one in inside(explorer) if isinstance(one, w.ValueWidget | w.Button)]
    unlabelled = [one for one in controls if not isinstance(one, w.HTML) and not one.description]
    assert len(controls) > 20
    assert unlabelled == []


def test_a_changed_field_changes_the_preview(explorer):
    explorer.choose_step.variant.value = "as-documented"
    inputs(explorer)["custom_attribute.${your_attribute_count}"].input.value = 41.0
    assert "42" in shown(explorer.review_step.preview)


def test_a_changed_name_changes_labels_and_preview_and_keeps_the_inputs(explorer):
    before = [field.input for field in explorer.fill_step.fields]
    explorer.choose_step.names["your_attribute_count"].value = "promo_views"
    assert "promo_views" in shown(explorer.review_step.preview)
    assert "custom_attribute.${promo_views}" in inputs(explorer)
    assert [field.input for field in explorer.fill_step.fields] == before


def test_two_sends_make_two_rows_and_the_fields_follow(explorer):
    inputs(explorer)["custom_attribute.${your_attribute_count}"].input.value = 5.0
    send(explorer)
    send(explorer)
    count = explorer.sandbox.profile("ada")["custom_attributes"]["your_attribute_count"]
    assert count == {"type": "number", "value": 7}
    assert inputs(explorer)["custom_attribute.${your_attribute_count}"].input.value == 7.0
    assert "Results (2 sent" in shown(explorer.send_step)
    assert len(explorer.client.history) == 2


def test_a_number_that_becomes_text_is_shown_as_text(explorer):
    explorer.choose_step.variant.value = "as-documented"
    inputs(explorer)["custom_attribute.${your_attribute_count}"].form.value = "missing"
    send(explorer)
    field = inputs(explorer)["custom_attribute.${your_attribute_count}"]
    assert (type(field.input), field.input.value, field.form.value) == (w.Text, "1", "text")


def test_bad_liquid_shows_the_caret_and_greys_the_last_good_request(explorer):
    good = shown(explorer.review_step.preview)
    explorer.review_step.body.value = '{"n": {{ 1 | }} }'
    html = shown(explorer.review_step)
    assert "body, line 1, column" in html
    assert "^</pre>" in html
    assert shown(explorer.review_step.preview) == good
    assert "b2b-stale" in explorer.review_step.preview._dom_classes
    explorer.review_step.own_body.click()
    assert "b2b-stale" not in explorer.review_step.preview._dom_classes


def test_sending_what_is_not_ready_says_so_beside_the_button(explorer):
    explorer.review_step.body.value = "{% if %}"
    send(explorer)
    assert "Nothing was sent. First mend this" in explorer.send_step.errors.value
    assert not explorer.send_step.send_button.disabled


def test_nothing_from_outside_becomes_a_tag(explorer):
    hostile = '<img src=x onerror="alert(1)">'
    explorer.choose_step.use_case.value = "event-property-to-profile"
    for field in list(explorer.fill_step.fields):
        field.input.value = hostile
    explorer.choose_step.names["new_custom_attribute"].value = "<img src=x>"
    explorer.review_step.body.value += hostile
    send(explorer)
    assert "&lt;img" in shown(explorer)
    assert "<img" not in shown(explorer)


def test_the_steps_of_the_article_can_be_pointed_to(explorer):
    html = shown(explorer.review_step)
    for step in ("Webhook URL", "Request Body", "HTTP Method", "Request Headers", "Trigger"):
        assert f"<td>{step}</td>" in html
    assert "users.track" in html
    assert "Compose tab" in html
    assert "Settings tab" in html


@pytest.mark.parametrize("part", ["Key permission", "Rate limit", "Data points"])
def test_the_things_to_know_stand_in_one_line(explorer, part):
    assert part in shown(explorer.review_step)


def test_the_tick_goes_when_the_instance_changes(explorer):
    step = explorer.send_step
    assert step.tick.layout.display == "none"
    step.instance.value = "US-06"
    step.tick.value = True
    assert explorer.model.target.understood
    step.instance.value = "US-01"
    assert not step.tick.value
    assert step.tick.layout.display == ""


def test_an_untouched_tick_stops_the_sending(explorer):
    explorer.send_step.instance.value = "US-06"
    explorer.send_step.key_field.value = KEY
    explorer.send_step.use_button.click()
    send(explorer)
    assert "tick first" in explorer.send_step.errors.value
    assert explorer.model.results == []


def test_python_objects_are_handed_on(explorer):
    assert explorer.response is None
    send(explorer)
    assert explorer.value is explorer.request
    assert explorer.request.json["attributes"][0]["external_id"] == "ada"
    assert explorer.response.status == 201
    assert explorer.webhook == use_case("counter").webhook
    assert explorer.use_case.id == "counter"
    assert explorer.context.attributes["first_name"] == "Ada"


def test_reset_user_brings_the_sample_back(explorer):
    send(explorer)
    explorer.send_step.reset_button.click()
    assert inputs(explorer)["custom_attribute.${your_attribute_count}"].input.value == 2.0


def test_a_second_view_takes_the_place_of_the_first(session, monkeypatch):
    from b2bkit.ui.explorer import view
    from b2bkit.ui.session import Cell

    runs = iter("12")
    monkeypatch.setattr(view, "running_cell", lambda: Cell("cell", next(runs)))
    first = Explorer("counter", session=session)
    first.choose_step.names["your_attribute_count"].value = "kept"
    second = Explorer("counter", session=session)
    assert second.choose_step.names["your_attribute_count"].value == "kept"
    assert first.comm is None
    assert second.comm is not None


# The key


@pytest.mark.parametrize("how", ["used", "refused here", "forgotten"])
def test_the_key_is_in_no_widget_after_use_key(explorer, how):
    step = explorer.send_step
    typed = f"{KEY} and more" if how == "refused here" else KEY
    step.instance.value = CUSTOM
    step.key_field.value = typed
    step.use_button.click()
    if how == "forgotten":
        step.forget_button.click()
    assert step.key_field.value == ""
    assert explorer.model.sender.has_key(explorer.model.target) == (how == "used")
    assert KEY not in state_of_all_widgets()


def test_a_key_that_comes_after_the_click_is_taken_all_the_same(explorer):
    """Jupyter does not always keep the order of a typed value and the click after it."""
    step = explorer.send_step
    step.use_button.click()
    assert "no key in the field" in step.errors.value
    step.key_field.value = KEY
    assert (step.key_field.value, step.errors.value) == ("", "")
    assert explorer.model.sender.has_key(explorer.model.target)


def test_a_key_typed_for_another_place_is_not_taken_without_a_click(explorer):
    step = explorer.send_step
    step.use_button.click()
    step.instance.value = CUSTOM
    step.key_field.value = KEY
    assert not explorer.model.sender.has_key(explorer.model.target)


def test_the_key_is_in_no_widget_after_sending_even_if_the_server_repeats_it(
    explorer, parrot_server
):
    step = explorer.send_step
    step.instance.value = CUSTOM
    step.url.value = parrot_server.url
    step.key_field.value = KEY
    step.use_button.click()
    step.tick.value = True
    send(explorer)
    assert parrot_server.heard == [f"Bearer {KEY}"]
    assert explorer.response.status == 400
    assert KEY not in state_of_all_widgets()
    assert KEY not in repr(explorer.model.__dict__)


def test_the_sandboxs_own_key_is_in_no_widget(explorer):
    send(explorer)
    assert explorer.sandbox.key not in state_of_all_widgets()
