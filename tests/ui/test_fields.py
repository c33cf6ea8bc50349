"""The right input for a value; what is typed into it becomes an entry."""

from datetime import date

import ipywidgets as w
import pytest

from b2bkit.ui.entries import MISSING, Entry, entry_of
from b2bkit.ui.fields import FieldInput
from b2bkit.ui.panel import Panel


@pytest.fixture
def made():
    """A field, its panel, and the entries it told."""
    panel, told = Panel(name="test"), []
    field = FieldInput(panel, told.append)
    return field, told


@pytest.mark.parametrize(
    ("value", "kind", "choices", "widget", "shows"),
    [
        ("Ada", "text", (), w.Text, "Ada"),
        ("Ada", "text", ("Ada", "Grace"), w.Combobox, "Ada"),
        ("a\nb", "text", (), w.Textarea, "a\nb"),
        (3, "number", (), w.FloatText, 3.0),
        (True, "boolean", (), w.Dropdown, True),
        ("2026-11-23", "date", (), w.DatePicker, date(2026, 11, 23)),
        ("2026-11-23T09:30:00Z", "date", (), w.Text, "2026-11-23T09:30:00Z"),
        (["red"], "list", (), w.Textarea, '["red"]'),
        ({"a": 1}, "object", (), w.Textarea, '{"a": 1}'),
        (None, "text", (), w.Text, ""),
        (MISSING, "number", (), w.Text, ""),
    ],
)
def test_each_form_has_its_input(made, value, kind, choices, widget, shows):
    field, told = made
    field.show("the label", entry_of(value, kind), choices=choices)
    assert type(field.input) is widget
    assert field.input.value == shows
    assert field.input.description == "the label"
    assert field.form.description == "Form of the label"
    assert told == []


@pytest.mark.parametrize(
    ("value", "kind", "typed", "given"),
    [
        ("Ada", "text", "Grace", "Grace"),
        ("", "text", "x", "x"),
        (3, "number", 4.0, 4),
        (3, "number", 4.5, 4.5),
        (True, "boolean", False, False),
        ("2026-11-23", "date", date(2026, 12, 24), "2026-12-24"),
        ("2026-11-23", "date", None, ""),
        (["red"], "list", "red, blue", ["red", "blue"]),
    ],
)
def test_what_is_typed_becomes_an_entry(made, value, kind, typed, given):
    field, told = made
    field.show("the label", entry_of(value, kind))
    field.input.value = typed
    assert (told[-1].given, type(told[-1].given)) == (given, type(given))


def test_the_form_can_be_changed(made):
    field, told = made
    field.show("the label", entry_of(4))
    field.form.value = "text"
    assert told == [Entry("text", "4")]


@pytest.mark.parametrize(("form", "says"), [("missing", "not there at all"), ("null", "without")])
def test_a_value_that_is_left_out_says_so_in_words(made, form, says):
    field, _ = made
    field.show("the label", Entry(form))
    assert field.input.disabled
    assert says in field.input.placeholder


def test_the_input_keeps_the_focus_while_somebody_types(made):
    """The same widget stays, whatever is typed into it; and the text stays as it was typed."""
    field, told = made
    field.show("the label", entry_of(["red"]))
    before = field.input
    for typed in ("", "[", '["red",', '["red","blue"]'):
        field.input.value = typed
        field.show("the label", told[-1])
        assert (field.input, field.input.value) == (before, typed)


def test_what_cannot_be_read_says_what_to_write(made):
    field, told = made
    field.show("the label", entry_of(["red"]))
    field.input.value = '["red"'
    field.show("the label", told[-1])
    assert "This is not a list" in field.note.value


def test_a_closed_field_leaves_no_widget_behind(made):
    field, _ = made
    field.show("the label", entry_of(3))
    inner = [field.input, field.form, field.note]
    field.close()
    assert all(widget.comm is None for widget in inner)
