"""The sync door to async code: one event loop in a thread of its own. Knows nothing of HTTP.

A notebook's kernel has a running loop, a script has none; connections belong to the loop that
opened them. So all of them live on this one, whoever calls, and are closed on it.
"""

from __future__ import annotations

import asyncio
import threading
import weakref
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future

T = TypeVar("T")
_SECONDS_TO_END = 5.0


class Door:
    """Run coroutines on a private loop, for callers with a loop (`run`) and without (`call`).

    The loop starts with the first call, and ends with `close`, with the door itself or with the
    interpreter; a call after `close` starts another.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside: _Inside | None = None
        self._end: weakref.finalize[[], Door] | None = None

    def call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine and wait for its result, also while another loop is running here."""
        inside = self._opened()
        if threading.current_thread() is inside:
            coroutine.close()
            raise RuntimeError("This would wait for itself: inside the loop, await it instead.")
        future = asyncio.run_coroutine_threadsafe(coroutine, inside.loop)
        try:
            return future.result()
        finally:
            future.cancel()

    def start(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine and do not wait: its result, or its end, can be asked of the future."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._opened().loop)

    async def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Await a coroutine on the private loop, from whichever asyncio loop is running."""
        inside = self._opened()
        if threading.current_thread() is inside:
            return await coroutine
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, inside.loop))

    @property
    def closing(self) -> AsyncExitStack:
        """Give the stack of what is closed, on the loop, when the door closes."""
        return self._opened().closing

    def close(self) -> None:
        """Close what was opened, and end the loop; calls under way are cancelled."""
        with self._lock:
            if self._end is not None:
                self._end()
            self._inside = self._end = None

    def _opened(self) -> _Inside:
        with self._lock:
            if self._inside is None:
                self._inside = _Inside()
                self._inside.start()
                self._inside.ready.wait()
                self._end = weakref.finalize(self, self._inside.end)
            return self._inside


class _Inside(threading.Thread):
    """The thread and its loop. A daemon, so that an interpreter that ends does not wait for it."""

    loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        super().__init__(name="b2bkit", daemon=True)
        self.ready = threading.Event()
        self.closing = AsyncExitStack()

    def run(self) -> None:
        asyncio.run(self._live())

    async def _live(self) -> None:
        self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
        async with self.closing:
            self.ready.set()
            await self.over.wait()

    def end(self) -> None:
        if not self.is_alive():
            return
        self.loop.call_soon_threadsafe(self.over.set)
        if threading.current_thread() is not self:  # the garbage collector runs in any thread
            self.join(_SECONDS_TO_END)
