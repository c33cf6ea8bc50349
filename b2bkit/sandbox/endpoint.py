"""What an endpoint of the sandbox is: a call comes in, a reply goes out. No HTTP, no store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from b2bkit.braze.answers import Answer
    from b2bkit.sandbox.log import DroppedItem
    from b2bkit.sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """Hold a request that came through the door: known key, known path, JSON body.

    Args:
        workspace: The workspace of the key.
        body: The parsed body; `None` for GET.
        path: The parts of the path that vary.
        query: The query.
    """

    workspace: Workspace
    body: Any
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold an answer, and what the log says of it."""

    status: int
    body: Mapping[str, Any]
    applied: int = 0
    dropped: tuple[DroppedItem, ...] = ()
    note: str = ""


Handler = Callable[[Call], Reply]


def refuse(answer: Answer | str, status: int = 400, **more: Any) -> Reply:
    """Make the reply of a fatal error: its `message` is the text."""
    return Reply(status, {"message": str(answer), **more})
