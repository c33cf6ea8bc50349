"""How many `/users/track` requests of 75 objects a second the sandbox takes; the aim is 300.

Run it with `python benchmarks/sandbox_load.py`. The sandbox has a process of its own, and so one
core; the sender, another process, sends one request after the other over one connection. Counted
are requests a second as the sender sees them, and the CPU time of the sandbox's process for each
request, which is what limits it: 1000 divided by it is what one core sustains.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from b2bkit import __version__

AIM = 300
OBJECTS = 75
PROFILES = 20_000
SERVER = """
import sys
from b2bkit.sandbox import Sandbox
braze = Sandbox(db=sys.argv[1] or None).start()
print(braze.url, braze.key, flush=True)
sys.stdin.read()
"""
KINDS = {
    "one number": {"visits": 7},
    "one count": {"visits": {"inc": 1}},
    "three values": {"visits": 7, "tier": "gold", "vip": True},
    "ten values": {
        "visits": 7, "points": 120, "ratio": 1.5, "vip": True, "tier": "gold", "city": "Berlin",
        "note": "x" * 40, "seen": "2026-01-01", "tags": ["tea", "books"], "first_name": "Ada",
    },
}  # fmt: skip
HEAD = ("each object", "state in", "requests/s", "CPU ms/request", f"against {AIM}/s")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--requests", type=int, default=500, help="requests of each kind")
    requests = arguments.parse_args().requests
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for where, db in (("memory", ""), ("SQLite", str(Path(folder) / "sandbox.sqlite"))):
            rows += measure(where, db, requests)
    print_table([HEAD, *rows])
    print(f"\n{OBJECTS} objects a request over {PROFILES:,} profiles, {requests} requests of each.")
    print(f"b2bkit {__version__}, Python {platform.python_version()}, {machine()}")


def measure(where: str, db: str, requests: int) -> list[tuple[str, ...]]:
    """Measure every kind of object against a sandbox of its own."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, db],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url, key = server.stdout.readline().split()
        return [row(where, server.pid, url, key, kind, requests) for kind in KINDS]
    finally:
        server.stdin.close()
        server.wait()
        server.stdout.close()


def row(where: str, pid: int, url: str, key: str, kind: str, requests: int) -> tuple[str, ...]:
    bodies = [body(KINDS[kind], number) for number in range(requests)]
    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    cpu, began = cpu_seconds(pid), time.perf_counter()
    for each in bodies:
        connection.request("POST", "/users/track", each, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"The sandbox answered {answer.status}.")
    seconds, used = time.perf_counter() - began, cpu_seconds(pid) - cpu
    connection.close()
    rate = requests / seconds
    within = "reached" if rate >= AIM else "not reached"
    return kind, where, f"{rate:.0f}", f"{used / requests * 1000:.2f}", within


def body(values: dict[str, object], number: int) -> bytes:
    first = number * OBJECTS
    ids = (f"user-{(first + place) % PROFILES}" for place in range(OBJECTS))
    return json.dumps({"attributes": [{"external_id": each, **values} for each in ids]}).encode()


def cpu_seconds(pid: int) -> float:
    """Read the CPU time of a process (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def print_table(rows: list[tuple[str, ...]]) -> None:
    print("\n".join(f"| {' | '.join(cells)} |" for cells in [rows[0], ("---",) * 5, *rows[1:]]))


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
