"""Step 4, Send: where to, with which key; then answer, profile and results."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import ipywidgets as w

from b2bkit import display
from b2bkit.client.credentials import VARIABLE
from b2bkit.ui.explorer.outcome import HEAD, compare, rows
from b2bkit.ui.explorer.target import CUSTOM, SANDBOX, choices
from b2bkit.ui.markup import Markup, element, folded, join, sentence, table
from b2bkit.ui.panel import Panel, heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.ui.explorer.model import ExplorerModel
    from b2bkit.ui.explorer.sending import Result
    from b2bkit.ui.markup import Tone

TICK = "I understand that this writes to a live workspace"
_SHOWN = 50
_GOES_TO = {
    SANDBOX: "Requests to any Braze host go to the sandbox.",
    CUSTOM: "Requests to any Braze host go to this address.",
}
_GOES_TO_NAMED = "Only requests to this instance are sent; one that names another is refused."
_TONES: dict[str, Tone] = {"accepted": "good", "accepted with errors": "warning"}


class SendStep(Panel):
    """Choose where to send, send, and see what came of it.

    Args:
        model: The Explorer's model.
        repaint: Brings all steps up to the model at once.
    """

    def __init__(self, model: ExplorerModel, repaint: Callable[[], None]) -> None:
        super().__init__(name="send", hide=model.sender.hide)
        self._model, self._repaint = model, repaint
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
        self.listen(self.instance, lambda choice: model.aim(model.target.with_choice(choice)))
        self.listen(self.url, lambda url: model.aim(model.target.with_url(url)))
        self.listen(self.tick, lambda on: model.aim(model.target.with_tick(understood=on)))
        self.on_click(self.use_button, self._take_key)
        self.on_click(self.forget_button, self._forget_key)
        self.on_click(self.send_button, self._send_clicked)
        self.on_click(self.stop_button, self.stop)
        self.on_click(self.reset_button, self._reset_user)

    def _take_key(self) -> None:
        """Take the key out of the widget first: whatever is in a widget ends up in the file."""
        typed = self.key_field.value
        self.put(self.key_field, value="")
        self.clear_errors()
        self._model.use_key(typed)

    def _forget_key(self) -> None:
        self.clear_errors()
        self._model.forget_key()

    def _send_clicked(self) -> None:
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
        self.put(self._answer, value=self._hide(_answer(results[-1])))
        self.put(self._profile, value=self._hide(_profile(results[-1])))
        self.put(self._table, value=self._hide(_table(results)))


def _line(*widgets: w.Widget) -> w.HBox:
    line = w.HBox(widgets)
    line.add_class("b2b-tools")
    return line


def _answer(result: Result) -> Markup:
    tone = _TONES.get(result.outcome, "error")
    said = [sentence(result.summary, tone, role="status")]
    if result.dropped:
        left_out = "; ".join(result.dropped)
        said.append(
            sentence(f"Left out without a word in the answer: {left_out}. "
                     "Only the sandbox's own log says so.", "warning")
        )  # fmt: skip
    said += [sentence(f"The sandbox notes: {note}") for note in result.notes]
    if response := result.response:
        is_json = response.json is not None
        body = display.pretty(response.json) if is_json else response.body
        shown = Markup(display.code(body, is_json=is_json))
        said.append(folded(f"Response body ({response.status})", shown, is_open=True))
    return join(said)


def _profile(result: Result) -> Markup:
    if not result.was_watched:
        return sentence("Profiles are only looked at in the sandbox.")
    if result.before is None and result.after is None:
        return sentence("No user ID was filled in, so there is no profile to look at.")
    parts = compare(result.before, result.after)
    lines = [
        (_marked(row.name, row.change), row.before, _marked(row.after, row.change), row.change)
        for row in parts
    ]
    caption = f"Profile of {result.user} in the sandbox, before and after"
    return table(("Attribute", "Before", "After", "Change"), lines, caption=caption)


def _marked(text: str, change: str) -> object:
    return text if change == "unchanged" else element("b", text)


def _table(results: list[Result]) -> Markup:
    lines = rows(results)[:_SHOWN]
    shown = table(HEAD, lines, caption=f"Results ({len(results)} sent, the newest first)")
    return element(
        "div",
        shown,
        class_="b2b-scroll b2b-results",
        tabindex="0",
        role="region",
        aria_label="Results",
    )
