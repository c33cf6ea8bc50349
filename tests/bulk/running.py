"""What the tests of runs share: a file of users, a quick run of it, and what it claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from b2bkit.bulk import plan
from b2bkit.bulk.run.begin import begin, take_up
from b2bkit.bulk.run.gate import Patience
from b2bkit.bulk.run.run import Run
from b2bkit.bulk.run.settings import Settings
from b2bkit.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from b2bkit.bulk import Plan

KEY = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
QUICK = Patience(
    first_wait=0.005, longest_wait=0.02, longest_pause=0.02, before_first_answer=20.0, after=20.0
)
"""Tries as often as a real run, and waits a hundredth as long."""
FAST = Settings(rate=(100_000, 1), patience=QUICK)
SECONDS = 60.0
"""More than any run here takes, on a busy machine too."""


def users(folder: Path, rows: int, name: str = "users.csv") -> Path:
    """Write a file: `user-1` and so on, each with a text and a number."""
    lines = ["external_id,plan,visits"]
    lines += [f"user-{row},plan {row},{row}" for row in range(1, rows + 1)]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def sets(folder: Path, rows: int, **options: Any) -> Plan:
    """Plan a file whose rows set values, ten in a request."""
    return plan(users(folder, rows), **{"batch": 10, **options})


def adds(folder: Path, rows: int, **options: Any) -> Plan:
    """Plan a file whose rows count up by their number, ten in a request."""
    return sets(folder, rows, ops={"visits": "inc"}, **options)


def started(
    a_plan: Plan,
    url: str,
    folder: Path,
    settings: Settings = FAST,
    *,
    timeout: float = 10.0,
    **more: Any,
) -> Run:
    """Start a run in a folder of its own."""
    client = Client(url, key=KEY, timeout=timeout)
    return Run(begin(a_plan, client, folder / "run", replace(settings, **more)))


def taken_up(a_plan: Plan, url: str, folder: Path, settings: Settings = FAST) -> Run:
    """Go on with the run in a folder."""
    return Run(take_up(a_plan, Client(url, key=KEY), folder / "run", settings))


def ran(a_plan: Plan, url: str, folder: Path, settings: Settings = FAST, **more: Any) -> Run:
    """Run to the end."""
    run = started(a_plan, url, folder, settings, **more)
    ended = run.wait(SECONDS).state
    assert ended in ("done", "stopped", "canary"), run.report
    return run


def states(run: Run) -> dict[int, str]:
    """Give the state of each row, from the ledger."""
    table = run.results(limit=1_000_000)
    return dict(zip(table["row"].tolist(), table["state"].tolist(), strict=True))


def check_claims(run: Run, applied: dict[str, int], *, adding: bool = False) -> None:
    """Hold what a run claims against what the server applied; row n is about `user-n`."""
    found = states(run)
    report = run.report
    assert list(found) == list(range(1, report.rows + 1))
    for word, count in run.counts.items():
        assert count == sum(state == word for state in found.values()), word
    assert sum(run.counts.values()) == report.rows
    for row, state in found.items():
        times = applied.get(f"user-{row}", 0)
        if state == "accepted":
            assert times == 1 if adding else times >= 1, (row, times)
        elif state in ("refused", "not sent"):
            assert times == 0, (row, state, times)
        else:
            assert times <= 1 or not adding, (row, times)
