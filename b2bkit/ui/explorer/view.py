"""`Explorer()`: the four steps in one panel, over one model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from b2bkit.ui.explorer.choose import ChooseStep
from b2bkit.ui.explorer.draft import RECOMMENDED
from b2bkit.ui.explorer.fill import FillStep
from b2bkit.ui.explorer.model import ExplorerModel
from b2bkit.ui.explorer.review import ReviewStep
from b2bkit.ui.explorer.send import SendStep
from b2bkit.ui.panel import Panel
from b2bkit.ui.session import running_cell
from b2bkit.ui.session import session as session_of_this_kernel
from b2bkit.ui.style import style
from b2bkit.ui.throttle import Throttle
from b2bkit.use_cases import use_case_names

if TYPE_CHECKING:
    from b2bkit.client import Client, Response
    from b2bkit.liquid import Context
    from b2bkit.sandbox import Sandbox
    from b2bkit.ui.session import Session
    from b2bkit.use_cases import UseCase
    from b2bkit.webhook import Request, Webhook


class Explorer(Panel):
    """Choose a use case, fill in names and fields, look at the request, send it.

    Without a key it sends to a sandbox on this machine, which all front ends of a kernel share.
    Running the cell again keeps what was typed and sent. The Python objects behind it are handed
    on: `webhook`, `context`, `request`, `response`, `client`.

    What is typed is part of the widgets' state, which JupyterLab writes into the notebook when
    "Save Widget State Automatically" is on, and nbclient always. The key is taken out of its widget
    at once; personal values cannot be.

    Args:
        use_case: Id of the use case to begin with, such as `counter`.
        variant: The variant to begin with.
        session: What the front ends of a kernel share; another one for tests.
    """

    fallback = "b2bkit Explorer: run this cell to use it."

    def __init__(
        self,
        use_case: str | None = None,
        variant: str = RECOMMENDED,
        *,
        session: Session | None = None,
    ) -> None:
        shared = session or session_of_this_kernel()
        first = use_case or use_case_names()[0]
        self.model = shared.keep(
            running_cell(),
            lambda: ExplorerModel(shared, first, variant),
            "explorer",
            first,
            variant,
        )
        super().__init__(name="explorer", hide=self.model.sender.hide)
        self.choose_step, self.fill_step = ChooseStep(self.model), FillStep(self.model)
        self.review_step = ReviewStep(self.model)
        repaint = Throttle(self.safely(self.refresh))
        self.send_step = SendStep(self.model, repaint.now)
        left, right = w.VBox([self.choose_step, self.fill_step]), w.VBox([self.review_step])
        columns = w.HBox([left, right])
        columns.add_class("b2b-columns")
        self.children = [w.HTML(style()), columns, self.send_step, self.errors]
        self.refresh()
        self.model.watch(repaint, self.close)

    def refresh(self) -> None:
        """Bring all steps up to the model."""
        for step in (self.choose_step, self.fill_step, self.review_step, self.send_step):
            step.refresh()

    @property
    def value(self) -> Request | None:
        """Give what the Explorer makes: the request."""
        return self.request

    @property
    def use_case(self) -> UseCase:
        """Give the use case, with the names that were filled in."""
        return self.model.look.use_case

    @property
    def webhook(self) -> Webhook:
        """Give the webhook, with the body as edited."""
        return self.model.look.webhook

    @property
    def context(self) -> Context:
        """Give what was filled in for the user and the event."""
        return self.model.look.context

    @property
    def request(self) -> Request | None:
        """Give the request that is to be seen; `None` when the message is aborted."""
        return self.model.look.request

    @property
    def response(self) -> Response | None:
        """Give the last answer; `None` before the first, or when the last send got none."""
        return self.model.results[-1].response if self.model.results else None

    @property
    def client(self) -> Client:
        """Give the client that sends to the chosen instance, with its `history`."""
        return self.model.sender.client(self.model.target)

    @property
    def sandbox(self) -> Sandbox:
        """Give the sandbox that the front ends of this kernel share."""
        return self.model.session.sandbox
