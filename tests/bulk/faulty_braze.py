"""A server that fails as it is told to, and knows what it applied. It speaks HTTP by hand.

Requests are numbered from 1 in the order of their arrival; a script says what is done with each.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

OK = b'{"message": "success"}'


@dataclass(frozen=True)
class Arrived:
    """A request: its number, what it holds, and how often this very body came before."""

    number: int
    path: str
    headers: Mapping[str, str]
    body: Any
    before: int

    @property
    def ids(self) -> list[str]:
        return [each["external_id"] for each in self.body.get("attributes", ())]


@dataclass(frozen=True)
class Act:
    """What is done with a request: applied or not, answered or not."""

    status: int = 201
    body: bytes = OK
    headers: Mapping[str, str] = field(default_factory=dict)
    applies: bool = True
    cut: str = ""
    """`before` anything is answered, or `half` way through the answer."""
    wait: Callable[[], Any] | None = None
    """Awaited before the answer."""
    leaves_out: frozenset[int] = frozenset()
    """Objects of `attributes` that are not applied."""


TAKEN = Act()
Script = Callable[[Arrived], Act]


def refused(text: str, status: int = 400) -> Act:
    return Act(status, json.dumps({"message": text}).encode(), applies=False)


class Braze:
    """Serve a script on a loopback port, from a thread, while in `with`."""

    def __init__(self, script: Script | None = None, port: int = 0) -> None:
        self.script: Script = script or (lambda _: TAKEN)
        self.seen: list[Arrived] = []
        self.applied: Counter[str] = Counter()
        self.profiles: dict[str, dict[str, Any]] = {}
        self.in_flight: set[str] = set()
        self.met: set[str] = set()
        """Profiles that were in two requests at once."""
        self._bodies: Counter[bytes] = Counter()
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def open(self) -> None:
        """Listen, again on the same port after `close`."""
        self._run(self._open())

    def close(self) -> None:
        """Be gone: nobody listens, and all connections are cut."""
        self._run(self._close())

    def _run(self, coroutine: Any) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _open(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines) if k}
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        path = first.split(" ")[1]
        body = json.loads(raw) if raw else {}
        arrived = Arrived(len(self.seen) + 1, path, headers, body, self._bodies[raw])
        self._bodies[raw] += 1
        self.seen.append(arrived)
        act = self.script(arrived)
        self._enter(arrived)
        try:
            if act.applies:
                self._apply(arrived, act)
            if act.wait is not None:
                await act.wait()
        finally:
            self.in_flight.difference_update(arrived.ids)
        if act.cut == "before":
            return False
        answer = _answer(act)
        writer.write(answer[: len(answer) - len(act.body) // 2] if act.cut else answer)
        await writer.drain()
        return not act.cut

    def _enter(self, arrived: Arrived) -> None:
        ids = set(arrived.ids)
        self.met |= ids & self.in_flight
        self.in_flight |= ids

    def _apply(self, arrived: Arrived, act: Act) -> None:
        for place, each in enumerate(arrived.body.get("attributes", ())):
            if place in act.leaves_out:
                continue
            self.applied[each["external_id"]] += 1
            profile = self.profiles.setdefault(each["external_id"], {})
            for name, value in each.items():
                if isinstance(value, dict) and "inc" in value:
                    profile[name] = profile.get(name, 0) + value["inc"]
                else:
                    profile[name] = value


def _answer(act: Act) -> bytes:
    headers = {"Content-Type": "application/json", **act.headers}
    lines = [f"HTTP/1.1 {act.status} X", f"Content-Length: {len(act.body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + act.body


def every(count: int, act: Act, otherwise: Act = TAKEN) -> Script:
    """Do something with every n-th request."""
    return lambda it: act if it.number % count == 0 else otherwise


def first(count: int, act: Act, otherwise: Act = TAKEN) -> Script:
    """Do something with the first n requests."""
    return lambda it: act if it.number <= count else otherwise


def number_of(external_id: str) -> int:
    """Give the number in an external id such as `user-17`."""
    return int(re.sub(r"\D", "", external_id))
