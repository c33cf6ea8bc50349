"""The right input for a value: number, date, boolean, list, text, or one of known choices.

A `FieldInput` stands for one field. Beside the input stands the form of the value, so that a field
can also be made text instead of a number, blank, null or missing. What a typed text means is said
in `b2bkit.ui.entries`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from b2bkit.ui.entries import FORMS, Entry, Form, change_form, read, whole
from b2bkit.ui.markup import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from b2bkit.ui.panel import Panel

_ABSENT = {"missing": "missing: not there at all", "null": "null: there, without a value"}
_LONG = 60


class FieldInput(w.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Show an entry, and tell `changed` the new one whenever the person types or chooses.

    Args:
        panel: The panel whose error area and listeners it uses.
        changed: Called with the new entry.
    """

    def __init__(self, panel: Panel, changed: Callable[[Entry], None]) -> None:
        self._panel, self._changed = panel, changed
        self._entry = Entry("text", "")
        self.input = w.Text()
        self.form = w.Dropdown(options=FORMS)
        self.form.add_class("b2b-form")
        self.note = w.HTML()
        self._line = w.HBox()
        self._line.add_class("b2b-line")
        super().__init__([self._line, self.note])
        self.add_class("b2b-field")
        panel.listen(self.form, self._form_chosen)

    def __repr__(self) -> str:
        return "A b2bkit field."

    def show(
        self,
        label: str,
        entry: Entry,
        *,
        name: str = "",
        choices: Sequence[str] = (),
        note: str = "",
    ) -> None:
        """Show a field; what was typed here is left as it was typed, and keeps the focus.

        Args:
            label: What stands above the input.
            entry: What stands in it.
            name: What the form is said to be of, for a screen reader; the label if blank.
            choices: Values to choose from, beside any other text.
            note: A remark below.
        """
        if entry != self._entry or not self._line.children:
            self._fit_input(entry, choices)
            self._panel.put(self.input, **_shown(self.input, entry, choices))
        self._entry = entry
        self._panel.put(self.input, description=label)
        self._panel.put(self.form, description=f"Form of {name or label}", value=entry.form)
        problem = sentence(entry.problem, "error")
        self._panel.put(self.note, value=problem or sentence(note))

    def close(self) -> None:
        """Close the widgets inside as well."""
        for widget in (self.input, self.form, self._line, self.note):
            widget.close()
        super().close()

    def _fit_input(self, entry: Entry, choices: Sequence[str]) -> None:
        fitting = _input_for(entry, choices)
        if type(self.input) is fitting and self._line.children:
            return
        before, self.input = self.input, fitting()
        self.input.add_class("b2b-input")
        if "continuous_update" in self.input.traits():
            self.input.continuous_update = True
        self._panel.listen(self.input, self._typed)
        self._line.children = [self.input, self.form]
        before.close()

    def _typed(self, value: Any) -> None:
        self._entry = _entry_typed(value, self._entry)
        self._changed(self._entry)

    def _form_chosen(self, form: Form) -> None:
        self._changed(change_form(self._entry, form))


def _input_for(entry: Entry, choices: Sequence[str]) -> type[w.Widget]:
    if entry.form == "number":
        return w.FloatText  # type: ignore[no-any-return]
    if entry.form == "boolean":
        return w.Dropdown  # type: ignore[no-any-return]
    if entry.form == "date":
        return w.DatePicker  # type: ignore[no-any-return]
    if entry.form in ("list", "object") or len(entry.text) > _LONG or "\n" in entry.text:
        return w.Textarea  # type: ignore[no-any-return]
    return w.Combobox if choices else w.Text  # type: ignore[no-any-return]


def _shown(widget: w.Widget, entry: Entry, choices: Sequence[str]) -> dict[str, Any]:
    """Give the traits that show an entry in an input."""
    if isinstance(widget, w.FloatText):
        return {"value": float(entry.value)}
    if isinstance(widget, w.Dropdown):
        return {"options": [("true", True), ("false", False)], "value": entry.value}
    if isinstance(widget, w.DatePicker):
        return {"value": date.fromisoformat(entry.value) if entry.value else None}
    absent = _ABSENT.get(entry.form, "")
    shown = {"value": entry.text, "disabled": bool(absent), "placeholder": absent}
    if isinstance(widget, w.Combobox):
        shown["options"] = tuple(choices)
    return shown


def _entry_typed(value: Any, before: Entry) -> Entry:
    """Read what an input's new value means."""
    if isinstance(value, bool):
        return Entry("boolean", value)
    if isinstance(value, float | int):
        return Entry("number", whole(float(value)))
    if isinstance(value, date):
        return Entry("date", value.isoformat())
    if value is None:
        return change_form(before, "blank")
    return read("text" if before.form == "blank" else before.form, value, before)
