"""The panel every front end is made of: it shows its own failures and runs the long work.

Jupyter swallows an exception in a handler, so nothing here calls `on_click` or `observe` bare:
`listen` and `on_click` guard the handler, and what it raises is shown in the panel's error area.
Long work is an asyncio task made in the handler; it can be stopped, and its end is guarded too.
"""

from __future__ import annotations

import asyncio
import traceback
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar

import ipywidgets as w

from b2bkit.errors import B2bkitError
from b2bkit.ui.markup import Markup, block, element, folded, join, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator


class Panel(w.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A box with an error area, guarded handlers and at most one `task`, which may be awaited.

    Its text form is a constant: that of a plain `VBox` would put all that was typed into the file.
    """

    fallback: ClassVar[str] = "A b2bkit panel: run this cell to use it."

    def __init__(self, *, name: str, hide: Callable[[str], str] = str) -> None:
        self.errors = w.HTML()
        self._hide = hide
        self.task: asyncio.Task[Any] | None = None
        self._is_putting = False
        super().__init__()
        self.add_class("b2b")
        self.add_class(f"b2b-{name}")

    def __repr__(self) -> str:
        return self.fallback

    def listen(
        self, widget: w.Widget, handler: Callable[[Any], None], trait: str = "value"
    ) -> None:
        """Call the handler with the new value whenever the person changes a widget's trait."""

        def changed(change: Any) -> None:
            if not self._is_putting:
                handler(change["new"])

        widget.observe(self._guard(changed), names=trait)

    def safely(self, work: Callable[[], None]) -> Callable[[], None]:
        """Guard work that something else than a widget will call."""
        guarded = self._guard(lambda _: work())
        return lambda: guarded(None)

    def put(self, widget: w.Widget, **traits: Any) -> None:
        """Change a widget's traits without its listeners taking that for the person's doing."""
        before, self._is_putting = self._is_putting, True
        try:
            with widget.hold_sync():
                for name, value in traits.items():
                    setattr(widget, name, value)
        finally:
            self._is_putting = before

    def on_click(self, button: w.Button, handler: Callable[[], None]) -> None:
        """Call the handler when the button is clicked."""
        button.on_click(self._guard(lambda _button: handler()))

    def begin(self, work: Coroutine[Any, Any, None], ended: Callable[[], None]) -> None:
        """Run long work as a task; `ended` is called however it ends.

        Raises:
            B2bkitError: If no event loop runs, as in a plain script.
        """
        self.clear_errors()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            work.close()
            raise B2bkitError(
                "Nothing was done: this needs a notebook's event loop. In a script, use the Python "
                "objects, such as Client(...).send(request)."
            ) from None
        self.task = loop.create_task(work)
        self.task.add_done_callback(self._guard(lambda task: self._end(task, ended)))

    def stop(self) -> None:
        """Cancel the task that runs, if one does."""
        if self.task is not None:
            self.task.cancel()

    @property
    def is_busy(self) -> bool:
        """Tell whether a task runs."""
        return self.task is not None and not self.task.done()

    def show_error(self, error: BaseException) -> None:
        """Say what went wrong; what we did not foresee comes with its trace, folded away."""
        self.errors.value = _described(error, self._hide)

    def clear_errors(self) -> None:
        """Empty the error area."""
        self.errors.value = ""

    def close(self) -> None:
        """Close the panel and all that is in it."""
        for widget in _inside(self):
            widget.close()
        super().close()

    def _end(self, task: asyncio.Task[Any], ended: Callable[[], None]) -> None:
        ended()
        if not task.cancelled() and (error := task.exception()):
            self.show_error(error)

    def _guard(self, handler: Callable[[Any], None]) -> Callable[[Any], None]:
        @wraps(handler)
        def guarded(argument: Any) -> None:
            try:
                handler(argument)
            except Exception as error:  # noqa: BLE001 - the edge that shows it to the person
                self.show_error(error)

        return guarded


def heading(number: int, name: str) -> w.HTML:
    """Head a step with its number and name."""
    numbered = join([element("span", str(number), class_="b2b-number"), " ", name])
    return w.HTML(element("div", numbered, class_="b2b-step", role="heading", aria_level="3"))


def _inside(box: w.Box) -> Iterator[w.Widget]:
    for child in box.children:
        if isinstance(child, w.Box):
            yield from _inside(child)
        yield child


def _described(error: BaseException, hide: Callable[[str], str]) -> Markup:
    if isinstance(error, B2bkitError):
        return sentence(hide(str(error)), "error", role="alert")
    trace = "".join(traceback.format_exception(error))
    said = f"This should not have happened ({type(error).__name__}). Nothing you typed is lost."
    return join(
        [sentence(said, "error", role="alert"), folded("For a bug report", block(hide(trace)))]
    )
