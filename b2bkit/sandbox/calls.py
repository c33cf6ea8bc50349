"""What an endpoint of the sandbox is: a call comes in, a reply goes out, work may follow.

A reply is given at once. What it promises is done by its work, at once or later: a 201 means
queued. No HTTP here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from b2bkit.braze.answers import Answer
    from b2bkit.profiles import TrackLimits
    from b2bkit.sandbox.endpoints.groups import Groups
    from b2bkit.sandbox.feed import Happening
    from b2bkit.sandbox.flows import Flows
    from b2bkit.sandbox.log import DroppedItem
    from b2bkit.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Incoming:
    """Hold a request that came through the door: known key, known path, JSON body.

    Args:
        method: HTTP method.
        path: Path without query.
        body: The parsed body; `None` when there is none.
        size: Bytes of the body.
        parts: The parts of the path that vary.
        query: The query.
        cause: The token by which the messaging side knows again what a request led to.
    """

    method: str
    path: str
    body: Any = None
    size: int = 0
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """Hold a request, and what an endpoint may look at to answer it.

    Args:
        request: The request.
        now: When it arrived.
        store: The profiles.
        limits: How many objects `/users/track` takes.
        groups: How far the requests of each `group_id` are.
        flows: Which campaigns and Canvases there are.
    """

    request: Incoming
    now: datetime
    store: Store
    limits: TrackLimits
    groups: Groups
    flows: Flows

    @property
    def body(self) -> Any:
        """Give the parsed body."""
        return self.request.body

    @property
    def fields(self) -> Mapping[str, Any]:
        """Give the body if it is an object, otherwise an empty one."""
        return self.request.body if isinstance(self.request.body, dict) else {}


@dataclass(slots=True)
class Outcome:
    """Hold what work did: how many objects were applied, what was left out, what to tell."""

    applied: int = 0
    dropped: list[DroppedItem] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)


Work = Callable[["Store", "datetime"], Outcome]
"""Does what a reply promised, on a store at a time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold an answer.

    Args:
        status: HTTP status.
        body: The JSON body.
        work: What is still to do; queued when the sandbox delays processing.
        done: What was done already, by an endpoint that does not queue.
        note: What the log says besides.
        headers: Headers of the answer.
    """

    status: int
    body: Mapping[str, Any]
    work: Work | None = None
    done: Outcome | None = None
    note: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Reply]


def refuse(answer: Answer | str, status: int = 400, **more: Any) -> Reply:
    """Make the reply of a fatal error: its `message` is the text."""
    return Reply(status, {"message": str(answer), **more})
