"""What the front ends of one kernel share: a sandbox, user ids, and the state that a cell keeps.

No widgets here. Running a cell again makes a new view; the model is found again by the cell's id,
which JupyterLab sends along. A kernel that was restarted has forgotten all of it, and says so.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from b2bkit.sandbox import Sandbox

Model = TypeVar("Model")

_SAME_START = 2.0
"""Seconds between the kernel's connection file and its process, when both are of one start."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Name a cell, and one execution of it."""

    id: str
    execution: str


class Session:
    """Hold what lives as long as the kernel does; `session` hands out the kernel's own.

    Args:
        restarted: Whether the kernel was restarted before this.

    Attributes:
        turn: Held while one front end sends to the sandbox, so that what it sees is its own doing.
    """

    def __init__(self, *, restarted: bool = False) -> None:
        self.restarted = restarted
        self.turn = asyncio.Lock()
        self._users: Counter[str] = Counter()
        self._kept: dict[Hashable, Any] = {}
        self._made_in: Counter[Cell] = Counter()

    @cached_property
    def sandbox(self) -> Sandbox:
        """Start the sandbox, the first time it is asked for."""
        from b2bkit.sandbox import Sandbox

        sandbox = Sandbox()
        sandbox.start()
        self.started = datetime.now().astimezone()
        return sandbox

    @property
    def news(self) -> str:
        """Say whose sandbox this is; a restarted kernel's is new, whatever the page still shows."""
        if self.restarted:
            return (
                "The kernel was restarted, so the sandbox is new: "
                "the profiles and results of before are gone."
            )
        return (
            "The sandbox is new with this kernel, and ends with it: "
            "after a restart, run this cell again."
        )

    def close(self) -> None:
        """Stop the sandbox if it was started."""
        if "sandbox" in self.__dict__:
            self.sandbox.stop()

    def number(self, kind: str) -> int:
        """Count the front ends of a kind, from 1, so that each gets a user of its own."""
        self._users[kind] += 1
        return self._users[kind]

    def keep(self, cell: Cell | None, make: Callable[[], Model], *what: Hashable) -> Model:
        """Find the model that this place in the cell had when the cell was last run, or make it.

        The place is the cell and how many front ends the same run of it has made so far. `what`
        tells apart what is asked for there: a cell that asks for something else starts anew.
        """
        if cell is None:
            return make()
        self._made_in[cell] += 1
        place = (cell.id, self._made_in[cell])
        kept_what, model = self._kept.get(place, (None, None))
        if model is None or kept_what != what:
            model = make()
            self._kept[place] = (what, model)
        found: Model = model
        return found


@cache
def session() -> Session:
    """Hand out the session of this kernel."""
    import atexit

    ours = Session(restarted=was_restarted())
    atexit.register(ours.close)
    return ours


def running_cell() -> Cell | None:
    """Name the cell that is being run; `None` outside a notebook, or where no id is sent."""
    parent: dict[str, Any] = getattr(_shell(), "get_parent", dict)()
    cell_id = parent.get("metadata", {}).get("cellId")
    if not cell_id:
        return None
    return Cell(str(cell_id), str(parent.get("header", {}).get("msg_id", "")))


def was_restarted() -> bool:
    """Tell whether this kernel's process is younger than the kernel.

    Jupyter writes the connection file when it starts a kernel and keeps it over a restart.
    """
    kernel = getattr(_shell(), "kernel", None)
    file = getattr(getattr(kernel, "parent", None), "abs_connection_file", "")
    if not file or not Path(file).exists():
        return False
    import psutil  # type: ignore[import-untyped]

    born: float = psutil.Process().create_time()
    return born - Path(file).stat().st_mtime > _SAME_START


def _shell() -> Any:
    """Give the running IPython shell, without importing IPython where there is none."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
