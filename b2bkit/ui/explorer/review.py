"""Step 3, Look: the webhook's body, the request it becomes, and what there is to know about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from b2bkit import display
from b2bkit.ui.explorer.notes import steps_in_braze, things_to_know
from b2bkit.ui.markup import Markup, element, excerpt, folded, join, sentence, table, with_code
from b2bkit.ui.panel import Panel, heading
from b2bkit.webhook.request import shown_value

if TYPE_CHECKING:
    from b2bkit.findings import Finding
    from b2bkit.ui.explorer.look import Look, Problem
    from b2bkit.ui.explorer.model import ExplorerModel
    from b2bkit.ui.markup import Tone
    from b2bkit.webhook import Request

_STALE = "The request below is the last good one."
_FINE = "The body is edited, and its Liquid can be read."


class ReviewStep(Panel):
    """Edit the body, and look at the request."""

    def __init__(self, model: ExplorerModel) -> None:
        super().__init__(name="review", hide=model.sender.hide)
        self._model = model
        self.body = w.Textarea(description="Body: Liquid and JSON", continuous_update=True)
        self.body.add_class("b2b-body")
        self.own_body = w.Button(description="Back to the use case's body")
        self._problem = w.HTML()
        self._state = w.HTML()
        self._line = w.HTML()
        self._headers = w.HTML()
        self._request_body = w.HTML()
        self.preview = w.VBox([self._line, self._headers, self._request_body])
        self.preview.add_class("b2b-preview")
        self._findings = w.HTML()
        self._notes = w.HTML()
        self._steps = w.HTML()
        tools = w.HBox([self.own_body])
        tools.add_class("b2b-tools")
        self.children = [
            heading(3, "Look"),
            self.body,
            tools,
            self._problem,
            w.HTML(element("div", "Request", class_="b2b-group", role="heading", aria_level="4")),
            self._state,
            self.preview,
            self._findings,
            self._notes,
            self._steps,
            self.errors,
        ]
        self.listen(self.body, self._model.edit_body)
        self.on_click(self.own_body, self._model.use_own_body)

    def refresh(self) -> None:
        """Show the request, or what is in the way."""
        look = self._model.look
        self._show_body(look)
        self.put(self._state, value=_state(look))
        self._show_request(look)
        self.put(self._findings, value=_findings(() if look.is_stale else look.findings))
        self.put(self._steps, value=_steps(look))

    def _show_body(self, look: Look) -> None:
        own, edited = look.use_case.webhook.body, self._model.draft.body
        if isinstance(own, str):
            self.put(self.body, value=own if edited is None else edited, disabled=False)
        else:
            self.put(self.body, value=display.pretty(own) if own else "", disabled=True)
        self.put(self.own_body, disabled=edited is None)
        self.put(
            self._problem,
            value=_problem(look.problem) or sentence(_FINE if edited is not None else ""),
        )
        # Room for an error once somebody edits, so that nothing jumps while they type.
        _give_class(self._problem, "b2b-room", wanted=edited is not None)

    def _show_request(self, look: Look) -> None:
        _give_class(self.preview, "b2b-stale", wanted=look.is_stale)
        request = look.request
        if request is None:
            for part in (self._line, self._headers, self._request_body, self._notes):
                self.put(part, value="")
            return
        self.put(self._line, value=display.line(request.method, request.url, strong=True))
        self.put(self._headers, value=_headers(request))
        self.put(self._request_body, value=_body(request))
        self.put(self._notes, value=_notes(request))


def _give_class(widget: w.DOMWidget, name: str, *, wanted: bool) -> None:
    (widget.add_class if wanted else widget.remove_class)(name)


def _problem(problem: Problem | None) -> Markup:
    if problem is None:
        return Markup()
    place = join([element("b", problem.place), ": "]) if problem.place else ""
    caret = excerpt(problem.excerpt) if problem.excerpt else ""
    said = join([place, with_code(problem.message), " ", _STALE])
    return join([sentence(said, "error", role="status"), caret])


def _state(look: Look) -> Markup:
    if look.aborted is not None:
        return sentence(f"Braze would send nothing for this user: {look.aborted}", "warning")
    return Markup()


def _headers(request: Request) -> str:
    shown = {name: shown_value(name, value) for name, value in request.headers.items()}
    return display.folded(f"Headers ({len(shown)})", display.named_values(shown))


def _body(request: Request) -> str:
    if request.body is None:
        return sentence("No body.")
    return display.code(request.body, is_json=request.json_error is None)


def _findings(findings: tuple[Finding, ...]) -> Markup:
    if not findings:
        return Markup()
    return element("ul", join(map(_finding, findings)), class_="b2b-findings")


def _finding(finding: Finding) -> Markup:
    tone: Tone = "note" if finding.severity == "info" else finding.severity
    said = with_code(f"{finding.message} {finding.remedy}")
    source = element("span", f"Source: {finding.source}", class_="b2b-source")
    place = element("b", finding.place)
    return element("li", sentence(join([place, ": ", said]), tone), source)


def _notes(request: Request) -> Markup:
    return sentence(join([element("b", "Things to know: "), things_to_know(request)]))


def _steps(look: Look) -> Markup:
    rows = steps_in_braze(look.use_case, look.webhook)
    steps = table(("What", "Where in Braze", "What to enter"), rows, caption="Steps in Braze")
    return folded("Where each part is entered in Braze", steps)
