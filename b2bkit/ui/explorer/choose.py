"""Step 1, Choose: a use case, its variant, and the names it is to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from b2bkit.ui.markup import Markup, element, folded, join, sentence
from b2bkit.ui.panel import Panel, heading
from b2bkit.use_cases import use_case, use_case_names

if TYPE_CHECKING:
    from b2bkit.ui.explorer.model import ExplorerModel
    from b2bkit.use_cases import UseCase

_EDITED = (
    "The body is edited, so names are changed in the body itself. "
    "“Back to the use case's body” brings the names back."
)


class ChooseStep(Panel):
    """Choose a use case and a variant, and fill in names."""

    def __init__(self, model: ExplorerModel) -> None:
        super().__init__(name="choose", hide=model.sender.hide)
        self._model = model
        self.use_case = w.Dropdown(
            description="Use case",
            options=[(f"{use_case(each).title} ({each})", each) for each in use_case_names()],
        )
        self.variant = w.Dropdown(description="Variant")
        self._goal = w.HTML()
        self.names: dict[str, w.Text] = {}
        self._name_notes: dict[str, w.HTML] = {}
        self._names_box = w.VBox()
        self._names_box.add_class("b2b-fields")
        self._edited = w.HTML()
        self.children = [
            heading(1, "Choose"),
            self.use_case,
            self.variant,
            self._goal,
            self._names_box,
            self._edited,
            self.errors,
        ]
        self.listen(self.use_case, self._use_case_chosen)
        self.listen(self.variant, self._variant_chosen)

    def refresh(self) -> None:
        """Show what is chosen."""
        look, draft = self._model.look, self._model.draft
        chosen = look.use_case
        self.put(self.use_case, value=draft.use_case)
        options = [(_variant_label(each), each) for each in chosen.variants]
        if tuple(options) != tuple(self.variant.options):
            self.put(self.variant, options=options)
        self.put(self.variant, value=draft.variant, disabled=len(options) < 2)
        self.put(self._goal, value=_about(chosen))
        self._show_names()

    def _show_names(self) -> None:
        look, draft = self._model.look, self._model.draft
        fields = look.use_case.name_fields
        if list(self.names) != list(fields):
            self._make_name_inputs()
        for placeholder, about in fields.items():
            typed = draft.names.get(placeholder, about.default)
            self.put(self.names[placeholder], value=typed, disabled=draft.body is not None)
            problem = sentence(look.name_problems.get(placeholder, ""), "error")
            self.put(self._name_notes[placeholder], value=problem or sentence(about.help))
        edited = bool(fields) and draft.body is not None
        self.put(self._edited, value=sentence(_EDITED if edited else ""))

    def _make_name_inputs(self) -> None:
        for old in (*self.names.values(), *self._name_notes.values(), *self._names_box.children):
            old.close()
        fields = self._model.look.use_case.name_fields
        self.names = {
            placeholder: w.Text(description=about.label, continuous_update=True)
            for placeholder, about in fields.items()
        }
        self._name_notes = {placeholder: w.HTML() for placeholder in fields}
        for placeholder, text in self.names.items():
            self.listen(text, self._name_typed(placeholder))
        self._names_box.children = [
            _field(text, self._name_notes[placeholder]) for placeholder, text in self.names.items()
        ]

    def _name_typed(self, placeholder: str) -> Any:
        return lambda name: self._model.name(placeholder, name)

    def _use_case_chosen(self, chosen: str) -> None:
        self._model.choose(chosen)

    def _variant_chosen(self, chosen: str) -> None:
        self._model.choose_variant(chosen)


def _field(text: w.Text, note: w.HTML) -> w.VBox:
    box = w.VBox([text, note])
    box.add_class("b2b-field")
    return box


def _variant_label(variant: str) -> str:
    return {"as-documented": "as documented in Braze's article"}.get(variant, variant)


def _about(chosen: UseCase) -> Markup:
    """Say what it is good for; what to notice, and what Braze offers today, are folded away."""
    noticed = element("ul", join(element("li", each) for each in chosen.notice))
    return join(
        [
            element("p", chosen.goal),
            folded(f"What to notice ({len(chosen.notice)})", noticed) if chosen.notice else "",
            folded("What Braze offers today instead", element("p", chosen.today)),
        ]
    )
