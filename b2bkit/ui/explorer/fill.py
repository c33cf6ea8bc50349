"""Step 2, Fill: the user, the event and whatever else the webhook reads."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import ipywidgets as w

from b2bkit.ui.fields import FieldInput
from b2bkit.ui.markup import element
from b2bkit.ui.panel import Panel, heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.ui.entries import Entry
    from b2bkit.ui.explorer.model import ExplorerModel
    from b2bkit.ui.explorer.slots import Slot

_NOT_READ = "Not read by this webhook."


class FillStep(Panel):
    """Fill in fields; inputs are used again when fields change, so that none loses the focus."""

    def __init__(self, model: ExplorerModel) -> None:
        super().__init__(name="fill", hide=model.sender.hide)
        self._model = model
        self.fields: list[FieldInput] = []
        self._slots: tuple[Slot, ...] = ()
        self._layout: tuple[tuple[str, int], ...] | None = None
        self._groups = w.VBox()
        self.children = [heading(2, "Fill"), self._groups, self.errors]

    def refresh(self) -> None:
        """Show the fields and what stands in them."""
        self._slots = self._model.look.slots
        self._lay_out()
        for slot, shown in zip(self._slots, self.fields, strict=True):
            shown.show(
                slot.label,
                slot.entry,
                name=slot.field.name,
                choices=[str(choice) for choice in slot.field.choices],
                note="" if slot.is_read else _NOT_READ,
            )

    def _lay_out(self) -> None:
        """Make as many inputs as there are fields, under the name of their group."""
        layout = tuple((g, len(list(of_it))) for g, of_it in groupby(s.group for s in self._slots))
        if layout == self._layout:
            return
        self._layout = layout
        while len(self.fields) < len(self._slots):
            self.fields.append(FieldInput(self, self._changed_at(len(self.fields))))
        spare = self.fields[len(self._slots) :]
        del self.fields[len(self._slots) :]
        old, inputs = self._groups.children, iter(self.fields)
        self._groups.children = [
            _group(name, [next(inputs) for _ in range(count)]) for name, count in layout
        ]
        for group in old:
            for own in (group, *group.children):  # the fields inside are used again
                own.close()
        for field in spare:
            field.close()

    def _changed_at(self, position: int) -> Callable[[Entry], None]:
        return lambda entry: self._model.fill(self._slots[position].key, entry)


def _group(name: str, inputs: list[FieldInput]) -> w.VBox:
    fields = w.VBox(inputs)
    fields.add_class("b2b-fields")
    title = w.HTML(element("div", name, class_="b2b-group", role="heading", aria_level="4"))
    return w.VBox([title, fields])
