"""How many `/users/track` requests of 75 objects one core of the sandbox takes; the aim is 300/s.

Run it with `python benchmarks/sandbox_track.py`. The sandbox is `b2bkit sandbox` in a process of
its own, pinned to one core; the sender writes to bare sockets from the other. The server's seconds
of CPU say what one core can do, whatever else the machine is at. For comparison the same server
answers requests that it only reads and refuses (401), and a single object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil

from b2bkit import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

AIM = 300
USERS = 10_000
HEAD = ("what", "requests/s", "objects/s", "CPU ms/request", "one core gives/s", f"against {AIM}")


@dataclass(frozen=True)
class Server:
    """A running sandbox: where it is, its key, and its process."""

    url: str
    key: str
    process: psutil.Process

    def cpu(self) -> float:
        """Give the seconds of CPU it has used."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--requests", type=int, default=3000, help="requests of each kind")
    arguments.add_argument("--connections", type=int, default=8)
    given = arguments.parse_args()
    pin(os.getpid(), 0)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, options in (("memory", []), ("SQLite", ["--db", f"{folder}/users.sqlite"])):
            with sandbox(*options) as server:
                for what, objects, key in cases(server):
                    print(f"... {name}: {what}", file=sys.stderr)
                    messages = [message(server, key, objects, n) for n in range(given.requests)]
                    rows.append(
                        (f"{name}: {what}", *measured(server, messages, given.connections, objects))
                    )
    print_table(rows)
    print(f"\n{given.requests} requests of each kind over {given.connections} connections.")
    print(
        f"b2bkit {__version__}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    )


def cases(server: Server) -> Iterator[tuple[str, int, str]]:
    """Give what to send: its name, objects in a request, and the key."""
    yield "75 objects of 5 attributes", 75, server.key
    yield "1 object of 5 attributes", 1, server.key
    yield "75 objects, read and refused (401)", 75, "no-key"


def message(server: Server, key: str, objects: int, number: int) -> bytes:
    """Write a whole HTTP request."""
    attributes = [
        {
            "external_id": f"user-{(number * objects + n) % USERS}",
            "first_name": f"Ada {n}",
            "visits": number,
            "score": n / 7,
            "member": n % 2 == 0,
            "joined": "2026-03-26T06:12:00Z",
        }
        for n in range(objects)
    ]
    body = json.dumps({"attributes": attributes}).encode()
    head = (
        f"POST /users/track HTTP/1.1\r\nHost: {urlsplit(server.url).netloc}\r\n"
        f"Authorization: Bearer {key}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def measured(
    server: Server, messages: list[bytes], connections: int, objects: int
) -> tuple[str, ...]:
    asyncio.run(send_all(server.url, messages[:100], connections))
    cpu, started = server.cpu(), time.perf_counter()
    asyncio.run(send_all(server.url, messages, connections))
    rate = len(messages) / (time.perf_counter() - started)
    each = (server.cpu() - cpu) / len(messages)
    one_core = 1 / each
    return (
        f"{rate:,.0f}",
        f"{rate * objects:,.0f}",
        f"{each * 1000:.2f}",
        f"{one_core:,.0f}",
        f"{one_core / AIM:.2f}x",
    )


async def send_all(url: str, messages: list[bytes], connections: int) -> None:
    queue = iter(messages)
    host, port = urlsplit(url).hostname, urlsplit(url).port

    async def one_after_the_other() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        for each in queue:
            writer.write(each)
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line.split(b":")[1])
                for line in head.lower().split(b"\r\n")
                if line.startswith(b"content-length")
            )
            await reader.readexactly(length)
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(one_after_the_other() for _ in range(connections)))


@contextmanager
def sandbox(*options: str) -> Iterator[Server]:
    """Run `b2bkit sandbox` on the other core."""
    command = [sys.executable, "-m", "b2bkit", "sandbox", "--json", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as process:
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            pin(process.pid, 1)
            yield Server(ready["url"], ready["keys"]["all"], psutil.Process(process.pid))
        finally:
            process.terminate()


def pin(process: int, core: int) -> None:
    """Keep a process, its threads included, on one core, where the system can."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        for thread in psutil.Process(process).threads():
            os.sched_setaffinity(thread.id, {core})


def print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in [HEAD, *rows]) for column in range(len(HEAD))]
    for row in [HEAD, *rows]:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join(cells))


if __name__ == "__main__":
    main()
