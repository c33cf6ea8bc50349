"""How long it takes in the kernel from a changed field to a changed preview; the aim is 50 ms.

Run it with `python benchmarks/preview_latency.py`. Each use case is measured twice: the model
alone, and with its widgets, whose messages to the browser are made but go nowhere. A change counts
as done when the request (the model) or the HTML of the preview (the widgets) has changed.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from typing import TYPE_CHECKING

from b2bkit import Explorer, __version__, use_case_names
from b2bkit.ui.entries import Entry
from b2bkit.ui.explorer.model import ExplorerModel
from b2bkit.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Change = Callable[[int], None]
    Seen = Callable[[], object]

AIM_MS = 50.0
WARM_UP = 5
HEAD = ("what", "median ms", "95th ms", f"against {AIM_MS:g} ms", "within")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--changes", type=int, default=200, help="changes measured of each kind")
    changes = arguments.parse_args().changes
    rows = [measured(what, change, seen, changes) for what, change, seen in cases()]
    print_table(rows)
    print(f"\n{changes} changes of each kind, {WARM_UP} before them not counted.")
    print(f"b2bkit {__version__}, Python {platform.python_version()}, {machine()}")


def cases() -> Iterator[tuple[str, Change, Seen]]:
    """Give what to measure: its name, how to change something, and what must have changed."""
    for use_case in use_case_names():
        session = Session()
        model = ExplorerModel(session, use_case)
        yield from model_cases(use_case, model)
        yield from widget_cases(use_case, Explorer(use_case, session=session))


def model_cases(use_case: str, model: ExplorerModel) -> Iterator[tuple[str, Change, Seen]]:
    def preview():
        return model.look.request

    name = next(iter(model.look.use_case.names))
    own = model.look.use_case.webhook.body
    yield (
        f"{use_case}: field, model",
        lambda n: model.fill("${user_id}", Entry("text", f"user-{n}")),
        preview,
    )
    yield f"{use_case}: name, model", lambda n: model.name(name, f"name_{n}"), preview
    model.name(name, name)
    yield f"{use_case}: body, model", lambda n: model.edit_body(f"{own}{' ' * (n + 1)}"), preview


def widget_cases(use_case: str, explorer: Explorer) -> Iterator[tuple[str, Change, Seen]]:
    preview = explorer.review_step.preview

    def shown():
        return "".join(part.value for part in preview.children)

    field = explorer.fill_step.fields[0].input
    name = next(iter(explorer.choose_step.names.values()))
    body = explorer.review_step.body
    own = body.value
    first = name.value
    yield f"{use_case}: field, widgets", lambda n: set_value(field, f"user-{n}"), shown
    yield f"{use_case}: name, widgets", lambda n: set_value(name, f"name_{n}"), shown
    name.value = first
    yield f"{use_case}: body, widgets", lambda n: set_value(body, f"{own}{' ' * (n + 1)}"), shown


def set_value(widget, value: str) -> None:
    """Do to a widget what a keystroke in the browser does."""
    widget.set_state({"value": value})


def measured(what: str, change: Change, seen: Seen, changes: int) -> tuple[str, float, float]:
    """Time the changes; fail if one of them shows nothing."""
    times = []
    for number in range(WARM_UP + changes):
        before = seen()
        start = time.perf_counter()
        change(number)
        took = (time.perf_counter() - start) * 1000
        assert seen() != before, f"{what}: change {number} shows nothing"
        times.append(took)
    counted = times[WARM_UP:]
    return what, statistics.median(counted), statistics.quantiles(counted, n=20)[-1]


def print_table(rows: list[tuple[str, float, float]]) -> None:
    cells = [
        (what, f"{median:.2f}", f"{high:.2f}", f"{high / AIM_MS:.2f}", yes_or_no(high <= AIM_MS))
        for what, median, high in rows
    ]
    widths = [max(map(len, column)) for column in zip(HEAD, *cells, strict=True)]
    for row in (HEAD, ["-" * width for width in widths], *cells):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def yes_or_no(is_so: bool) -> str:
    return "yes" if is_so else "NO"


def machine() -> str:
    """Describe the machine without naming it."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
