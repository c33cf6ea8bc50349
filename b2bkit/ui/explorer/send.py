"""Step 4, Send: where to, with which key; then answer, profile and results."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import ipywidgets as w

from b2bkit.client.credentials import VARIABLE
from b2bkit.client.errors import KeyMissing
from b2bkit.ui.explorer.results import answer, profile, result_table
from b2bkit.ui.explorer.target import CUSTOM, SANDBOX, choices
from b2bkit.ui.markup import sentence
from b2bkit.ui.panel import Panel, heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.ui.explorer.model import ExplorerModel
    from b2bkit.ui.explorer.target import Target

TICK = "I understand that this writes to a live workspace"
_GOES_TO = {
    SANDBOX: "Requests to any Braze host go to the sandbox.",
    CUSTOM: "Requests to any Braze host go to this address.",
}
_GOES_TO_NAMED = "The request goes to this instance: its REST address stands in the URL above."


class SendStep(Panel):
    """Choose where to send, send, and see what came of it.

    Args:
        model: The Explorer's model.
        repaint: Brings all steps up to the model at once.
    """

    def __init__(self, model: ExplorerModel, repaint: Callable[[], None]) -> None:
        super().__init__(name="send", hide=model.sender.hide)
        self._model, self._repaint = model, repaint
        self._awaits_key = False
        self.instance = w.Dropdown(description="Instance", options=choices())
        self.url = w.Text(
            description="Custom URL", placeholder="https://rest.iad-06.braze.com",
            continuous_update=True,
        )  # fmt: skip
        self.key_field = w.Password(
            description="API key", placeholder="paste it here", continuous_update=False
        )
        self.use_button = w.Button(description="Use key")
        self.forget_button = w.Button(description="Forget key")
        self.tick = w.Checkbox(description=TICK, indent=False)
        self.send_button = w.Button(description="Send", button_style="primary")
        self.stop_button = w.Button(description="Stop", disabled=True)
        self.reset_button = w.Button(description="Reset user")
        self._goes_to, self._key_state, self._status, self._answer = (w.HTML() for _ in range(4))
        self._profile, self._table = w.HTML(), w.HTML()
        self.children = self._laid_out()
        self._listen()

    def refresh(self) -> None:
        """Show where it goes, and what came of the last send."""
        target = self._model.target
        self.put(self.instance, value=target.choice)
        self.put(self.url, value=target.url)
        self.url.layout.display = "" if target.choice == CUSTOM else "none"
        self.put(self.tick, value=target.understood)
        self.tick.layout.display = "none" if target.is_sandbox else ""
        self.put(self._goes_to, value=sentence(_GOES_TO.get(target.choice, _GOES_TO_NAMED)))
        self.put(self._key_state, value=sentence(self._said_of_key()))
        self.put(self.forget_button, disabled=not self._model.sender.has_key(target))
        self._show_results()

    def _laid_out(self) -> list[w.Widget]:
        return [
            heading(4, "Send"),
            _line(self.instance, self.url),
            self._goes_to,
            _line(self.key_field, self.use_button, self.forget_button),
            self._key_state,
            self.tick,
            _line(self.send_button, self.stop_button, self.reset_button, self._status),
            self.errors,
            self._answer,
            self._profile,
            self._table,
        ]

    def _listen(self) -> None:
        model = self._model
        self.listen(self.instance, lambda choice: self._aim(model.target.with_choice(choice)))
        self.listen(self.url, lambda url: self._aim(model.target.with_url(url)))
        self.listen(self.tick, lambda on: self._aim(model.target.with_tick(understood=on)))
        self.listen(self.key_field, self._key_typed)
        self.on_click(self.use_button, self._take_key)
        self.on_click(self.forget_button, self._forget_key)
        self.on_click(self.send_button, self._send_clicked)
        self.on_click(self.stop_button, self.stop)
        self.on_click(self.reset_button, self._reset_user)

    def _aim(self, target: Target) -> None:
        self._awaits_key = False
        self.clear_errors()
        self._model.aim(target)

    def _take_key(self) -> None:
        """Take the key out of the widget first: whatever is in a widget ends up in the file."""
        typed = self.key_field.value
        self.put(self.key_field, value="")
        self.clear_errors()
        self._awaits_key = not typed
        if not typed:
            raise KeyMissing("There is no key in the field: paste one, then choose Use key.")
        self._model.use_key(typed)

    def _key_typed(self, typed: str) -> None:
        """Take a key that comes after the click: Jupyter does not always keep the order of both."""
        if typed and self._awaits_key:
            self._take_key()

    def _forget_key(self) -> None:
        self._awaits_key = False
        self.clear_errors()
        self._model.forget_key()

    def _send_clicked(self) -> None:
        if self.is_busy:
            return
        self.begin(self._work(), self._ended)
        self.put(self.send_button, disabled=True)
        self.put(self.stop_button, disabled=False)
        self.put(self._status, value=sentence("Sending …", role="status"))

    async def _work(self) -> None:
        await self._model.send()

    def _ended(self) -> None:
        self.put(self.send_button, disabled=False)
        self.put(self.stop_button, disabled=True)
        self.put(self._status, value="")
        self._repaint()

    def _reset_user(self) -> None:
        self.clear_errors()
        self._model.reset_user()
        self.put(self._status, value=sentence("The user is as in the sample again.", role="status"))

    def _said_of_key(self) -> str:
        target, sender = self._model.target, self._model.sender
        if sender.has_key(target):
            return "The key you gave is used; it is shown nowhere and goes nowhere else."
        if target.is_sandbox:
            return f"The sandbox's own key is used. {self._model.session.news}"
        if target.choice != CUSTOM and os.environ.get(VARIABLE):
            return f"The key in {VARIABLE} of the environment is used."
        return "No key yet: type one and choose Use key."

    def _show_results(self) -> None:
        results = self._model.results
        if not results:
            for part in (self._answer, self._profile, self._table):
                self.put(part, value="")
            return
        self.put(self._answer, value=self._hide(answer(results[-1], len(results))))
        self.put(self._profile, value=self._hide(profile(results[-1])))
        self.put(self._table, value=self._hide(result_table(results)))


def _line(*widgets: w.Widget) -> w.HBox:
    line = w.HBox(widgets)
    line.add_class("b2b-tools")
    return line
