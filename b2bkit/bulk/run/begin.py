"""Begin a run in a new folder, or take one up that ended early: all before the first byte."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bkit.bulk.errors import FileChanged, FindingsStop, RunProblem
from b2bkit.bulk.run import spans
from b2bkit.bulk.run.folder import Folder
from b2bkit.bulk.run.ledger import Ledger
from b2bkit.bulk.run.records import Records
from b2bkit.bulk.run.schema import FORM
from b2bkit.bulk.run.states import State
from b2bkit.bulk.run.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.bulk.planned import Plan
    from b2bkit.bulk.refusals import RefusedRow
    from b2bkit.bulk.run.ledger import RuledOut
    from b2bkit.bulk.run.settings import Settings
    from b2bkit.client import Client


def begin(
    plan: Plan,
    client: Client,
    run_dir: str | Path,
    settings: Settings,
) -> Work:
    """Write down what the plan ruled out, and make ready to send the rest.

    Raises:
        FindingsStop: If the webhook has an error.
        RunProblem: If the folder holds a run already.
        ClientError: If nothing may be sent there, or there is no key.
        LedgerProblem: If the ledger cannot be written.
    """
    _check_findings(plan, despite=settings.despite_findings)
    _check_client(plan, client)
    folder = Folder(Path(run_dir))
    lock = folder.lock()
    try:
        _check_unused(folder)
        ledger = Ledger(folder.ledger, clock=settings.times.clock, max_pages=settings.max_pages)
        ledger.begin_run(
            _ruled_out(plan),
            form=FORM,
            fingerprint=plan.fingerprint,
            digest=plan.source.digest,
            path=str(plan.source.path.absolute()),
            options=dict(plan.options),
            rows=plan.rows,
            instance=client.instance.rest_url,
            live=client.live,
            allow_host=sorted(client.allow_host),
        )
        return Work(plan, client, folder, lock, ledger, settings)
    except BaseException:
        lock.release()
        raise


def take_up(plan: Plan, client: Client, run_dir: str | Path, settings: Settings) -> Work:
    """Make ready to send what is left of a run.

    Args:
        plan: The plan of the run, made anew.
        client: Where to; it must be where the run went before.
        run_dir: The folder of the run.
        settings: How it is to go on.

    Raises:
        RunProblem: If the folder holds no run, or it went elsewhere.
        FileChanged: If the file, or how it is planned, is not what it was.
        ClientError: If nothing may be sent there, or there is no key.
        LedgerProblem: If the ledger cannot be written.
    """
    _check_client(plan, client)
    folder = Folder(Path(run_dir))
    facts = run_facts(run_dir)
    if facts["fingerprint"] != plan.fingerprint and facts.get("done"):
        raise RunProblem(f"The run in {folder.path} is done: nothing is left to send.")
    if facts["fingerprint"] != plan.fingerprint:
        raise FileChanged(
            f"{plan.source.path} is not what it was when the run in {folder.path} began. Put the "
            "old file back to resume it; what is in the new one needs a run of its own."
        )
    if facts["instance"] != client.instance.rest_url:
        raise RunProblem(
            f"The run in {folder.path} went to {facts['instance']}, not to "
            f"{client.instance.rest_url}."
        )
    lock = folder.lock()
    try:
        ledger = Ledger(folder.ledger, clock=settings.times.clock, max_pages=settings.max_pages)
        ledger.settle_in_flight()
        ledger.commit()
        return Work(plan, client, folder, lock, ledger, settings)
    except BaseException:
        lock.release()
        raise


def run_facts(run_dir: str | Path) -> dict[str, Any]:
    """Give what is known of the run in a folder.

    Raises:
        RunProblem: If there is none, or it cannot be read.
    """
    folder = Folder(Path(run_dir))
    facts = Records(folder.ledger).facts()
    if facts.get("form") != FORM:
        raise RunProblem(
            f"The run in {folder.path} never began, or another version of b2bkit wrote it."
        )
    return facts


def _check_unused(folder: Folder) -> None:
    if folder.ledger.exists() and Records(folder.ledger).facts():
        raise RunProblem(f"{folder.path} holds a run already. Resume it, or choose another folder.")


def _check_findings(plan: Plan, *, despite: bool) -> None:
    errors = [str(finding) for finding in plan.findings if finding.severity == "error"]
    if errors and not despite:
        listed = "\n".join(errors)
        raise FindingsStop(f"Nothing was sent, because the webhook has errors:\n{listed}")


def _check_client(plan: Plan, client: Client) -> None:
    """Have the client object now, and not at the first request."""
    for batch in plan.batches():
        client.outgoing(batch.target.method, batch.target.url, batch.target.headers)
        return


def _ruled_out(plan: Plan) -> Iterator[RuledOut]:
    """Give the rows that will not be sent, range by range."""
    for reason, refused in groupby(plan.refused, key=_reason):
        for first, last in spans.runs(each.row for each in refused):
            yield State.REFUSED, reason, first, last
    for first, last in spans.runs(plan.unchanged_rows()):
        yield State.NOT_SENT, plan.UNCHANGED, first, last


def _reason(refused: RefusedRow) -> str:
    return f"{refused.column}: {refused.reason}" if refused.column else refused.reason
