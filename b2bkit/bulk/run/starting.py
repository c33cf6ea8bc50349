"""The doors to a run: start one, run one to its end, resume one, write the failed rows of one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from b2bkit.bulk.errors import FileChanged, RunProblem
from b2bkit.bulk.planned import Plan
from b2bkit.bulk.run.begin import begin, run_facts, take_up
from b2bkit.bulk.run.failed import write_failed
from b2bkit.bulk.run.folder import Folder
from b2bkit.bulk.run.records import Records
from b2bkit.bulk.run.run import Run
from b2bkit.bulk.run.settings import Settings
from b2bkit.bulk.source import open_source

if TYPE_CHECKING:
    from b2bkit.bulk.run.report import Report
    from b2bkit.bulk.run.settings import How
    from b2bkit.client import Client


def start(plan: Plan, client: Client, *, run_dir: str | Path, **how: Unpack[How]) -> Run:
    """Start to run a plan, and return at once.

    Args:
        plan: What to send.
        client: Where to, and with which key.
        run_dir: Folder for the ledger, the report and the rows that failed; made if need be.
        how: How it is to go, see `How`.

    Raises:
        FindingsStop: If the webhook has errors.
        RunProblem: If the folder holds a run already.
        PlanProblem: If an option cannot be.
        ClientError: If nothing may be sent there, or there is no key.
        LedgerProblem: If the ledger cannot be written.
    """
    return Run(begin(plan, client, run_dir, Settings.of(how)))


def run(plan: Plan, client: Client, *, run_dir: str | Path, **how: Unpack[How]) -> Report:
    """Start to run a plan like `start`, and wait until it has ended.

    Ctrl-C cancels it: what is on its way is waited for, until Ctrl-C is pressed again.

    Raises:
        RunProblem: Also if an event loop is running here, which waiting would hold up.
    """
    if _in_a_loop():
        raise RunProblem(
            "An event loop is running here, as in a notebook, and waiting would hold it up. Write "
            "`await plan.start(client, run_dir=...)` instead."
        )
    return finish(start(plan, client, run_dir=run_dir, **how))


def resume(run_dir: str | Path, client: Client, **how: Unpack[How]) -> Run:
    """Go on with what is left of a run; the file is read and planned again first.

    Raises:
        RunProblem: If the folder holds no run, or it went elsewhere.
        FileChanged: If the file, or how it is planned, is not what it was.
        PlanProblem: If an option cannot be.
        ClientError: If nothing may be sent there, or there is no key.
        LedgerProblem: If the ledger cannot be written.
    """
    settings, facts = Settings.of(how), run_facts(run_dir)
    return Run(take_up(Plan.again(facts["options"]), client, run_dir, settings))


def finish(run: Run) -> Report:
    """Wait for a run; Ctrl-C cancels it, a second one abandons what is on its way."""
    try:
        return run.wait()
    except KeyboardInterrupt:
        run.cancel()
        try:
            run.wait()
        except KeyboardInterrupt:
            run.abandon()
            run.wait()
        raise


def write_failed_rows(run_dir: str | Path) -> Folder:
    """Write `failed.csv` and `unknown.csv` of a run anew; it may have died, but not be under way.

    Raises:
        RunProblem: If the folder holds no run, or one that is under way.
        FileChanged: If the file is not what it was.
    """
    folder = Folder(Path(run_dir))
    facts = run_facts(run_dir)
    lock = folder.lock()
    try:
        source = open_source(facts["path"])
        if source.digest != facts["digest"]:
            raise FileChanged(
                f"{source.path} is not what it was when the run in {folder.path} began, so its "
                "rows cannot be taken from it."
            )
        write_failed(folder, Records(folder.ledger), source, facts["rows"], {Plan.UNCHANGED})
    finally:
        lock.release()
    return folder


def _in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
