"""`b2bkit bulk send`, `resume` and `failed`. Neither a key nor a cell value is ever printed.

Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from b2bkit.bulk.commands import plan_options, planned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from b2bkit.braze.instances import Instance
    from b2bkit.bulk.planned import Plan
    from b2bkit.bulk.run.report import Report
    from b2bkit.bulk.run.run import Run
    from b2bkit.bulk.run.settings import How

F = TypeVar("F", bound="Callable[..., Any]")
STOPPED = 3
"""Exit code of a run that ended before everything was sent."""
_ON_A_TERMINAL, _ELSEWHERE, _AS_JSON = 0.2, 10.0, 1.0
"""Seconds between two lines about the progress."""
_STOPPING = "Stopping: what is on its way is waited for. Ctrl-C again leaves it to itself."


def _run_options(command: F) -> F:
    """Give a command the options that say how a run is to go."""
    options = (
        click.option(
            "--rate", metavar="N/S", help="Requests/seconds to stay below, such as 3000/3."
        ),
        click.option(
            "--max-in-flight", type=click.IntRange(1), metavar="N",
            help="Requests in flight at most; by default up to 500, as the latency asks for.",
        ),
        click.option(
            "--stop-at", type=click.FloatRange(0, 1), default=0.5, show_default=True,
            metavar="SHARE", help="Share of refused rows at which the run stops.",
        ),
        click.option(
            "--json", "as_json", is_flag=True,
            help="Print JSON, a line each second and one with the result at the end.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--to", required=True, metavar="INSTANCE|URL", help="Where to send: US-06, or an address."
)
@click.option(
    "--run-dir", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Folder for the ledger, the report and the rows that failed.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Really send, and go on after a canary that went well.")
@click.option(
    "--canary", type=click.IntRange(1), metavar="N",
    help="Send N rows first, read their profiles back, and ask whether to go on.",
)  # fmt: skip
@click.option("--allow-host", multiple=True, metavar="H", help="A host beside Braze's to send to.")
@click.option("--despite-findings", is_flag=True, help="Send although the webhook has errors.")
@_run_options
@plan_options
def send(
    file: Path,
    to: str,
    run_dir: Path,
    yes: bool,
    canary: int | None,
    allow_host: tuple[str, ...],
    despite_findings: bool,
    rate: str | None,
    max_in_flight: int | None,
    stop_at: float,
    as_json: bool,
    **options: Any,
) -> None:
    """Plan FILE, send it, and account for every row.

    The key is read from BRAZE_API_KEY or the keyring. Ctrl-C stops it; `b2bkit bulk resume DIR`
    goes on. Exit code: 0 all rows accepted, 1 some refused or unknown, 2 something cannot be used,
    3 stopped before the end.
    """
    from b2bkit.bulk.errors import FindingsStop, LedgerProblem
    from b2bkit.bulk.run.starting import start
    from b2bkit.client import Client

    instance = _instance(to)
    if instance.is_live and not yes:
        raise click.UsageError(
            f"{instance.rest_url} is not on this machine: profiles there would really be changed. "
            "If that is what you want, say --yes."
        )
    client = Client(instance, live=instance.is_live, allow_host=allow_host)
    with _stopping_on_interrupt():
        plan = planned(file, **options)
    _say(plan, quiet=as_json)
    how: How = {
        "rate": rate, "max_in_flight": max_in_flight, "canary": canary or 0, "stop_at": stop_at,
        "despite_findings": despite_findings,
    }  # fmt: skip
    try:
        run = start(plan, client, run_dir=run_dir, **how)
    except (FindingsStop, LedgerProblem) as error:
        _end_unsent(plan, str(error), as_json=as_json)
    _end(_watched(run, as_json=as_json, go_on=yes), run, as_json=as_json)


@click.command()
@click.argument("run_dir", type=click.Path(file_okay=False, path_type=Path))
@_run_options
def resume(run_dir: Path, as_json: bool, **how: Any) -> None:
    """Go on with what is left of the run in RUN_DIR.

    It goes where it went before. What may have been applied is sent again only if that does no
    harm. A file that has changed is refused.
    """
    from b2bkit.braze.instances import Instance
    from b2bkit.bulk.run import starting
    from b2bkit.bulk.run.begin import run_facts
    from b2bkit.client import Client

    facts = run_facts(run_dir)
    client = Client(
        Instance.at(facts["instance"]), live=facts["live"], allow_host=facts["allow_host"]
    )
    with _stopping_on_interrupt():
        run = starting.resume(run_dir, client, **how)
    _end(_watched(run, as_json=as_json, go_on=True), run, as_json=as_json)


@click.command()
@click.argument("run_dir", type=click.Path(file_okay=False, path_type=Path))
def failed(run_dir: Path) -> None:
    """Write failed.csv and unknown.csv of the run in RUN_DIR anew.

    They hold the rows as they stand in the file, with the reason of each.
    """
    from b2bkit.bulk.run.starting import write_failed_rows

    folder = write_failed_rows(run_dir)
    click.echo(f"{folder.failed}\n{folder.unknown}")


COMMANDS = (send, resume, failed)


def _instance(to: str) -> Instance:
    from b2bkit.braze.instances import Instance

    return Instance.at(to) if "://" in to else Instance.named(to)


def _say(plan: Plan, *, quiet: bool) -> None:
    from b2bkit.bulk.show import headline

    if not quiet:
        for line in (headline(plan), *plan.notices, *map(str, plan.findings)):
            click.echo(line, err=True)


def _watched(run: Run, *, as_json: bool, go_on: bool) -> Report:
    """Wait for a run, and tell how far it is meanwhile."""
    terminal = sys.stderr.isatty() and not as_json
    every = _AS_JSON if as_json else _ON_A_TERMINAL if terminal else _ELSEWHERE
    with _stopping(run):
        while True:
            report = run.wait(every)
            if report.state in ("done", "stopped"):
                break
            if report.state == "canary":
                _decide(run, as_json=as_json, go_on=go_on)
            elif as_json:
                click.echo(json.dumps(report.as_json()))
            else:
                _line(report, over=terminal)
    if terminal:
        click.echo("\r\x1b[K", nl=False, err=True)
    return report


def _line(report: Report, *, over: bool) -> None:
    click.echo(f"\r{report}\x1b[K" if over else str(report), nl=not over, err=True)


def _decide(run: Run, *, as_json: bool, go_on: bool) -> None:
    """Go on after the canary, or end it: a person says which, or `--yes` if all went well."""
    canary = run.canary
    summary, went_well = (canary.summary, canary.went_well) if canary else ("", False)
    if as_json:
        click.echo(json.dumps({"canary": summary}))
    else:
        click.echo(f"\n{summary}", err=True)
    asked = not go_on and not as_json and sys.stdin.isatty()
    if (go_on and went_well) or (asked and click.confirm("Go on with the rest?", err=True)):
        run.resume()
    else:
        run.cancel()


def _end(report: Report, run: Run, *, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps(report.as_json()))
    else:
        click.echo(str(report))
        if report.refused or report.not_sent:
            click.echo(f"Refused and not sent: {run.folder.failed}")
        if report.unknown:
            click.echo(f"Unknown, to be read back first: {run.folder.unknown}")
        if report.exit_code == STOPPED:
            click.echo(f"To go on: b2bkit bulk resume {run.folder.path}")
    sys.exit(report.exit_code)


def _end_unsent(plan: Plan, why: str, *, as_json: bool) -> NoReturn:
    if as_json:
        refused = len(plan.refused)
        counts = {"rows": plan.rows, "accepted": 0, "refused": refused, "unknown": 0}
        click.echo(
            json.dumps(
                {
                    **counts,
                    "not_sent": plan.rows - refused,
                    "requests": 0,
                    "seconds": 0.0,
                    "state": "stopped",
                    "note": why,
                }
            )
        )
    else:
        click.echo(why, err=True)
    sys.exit(STOPPED)


@contextmanager
def _stopping_on_interrupt() -> Iterator[None]:
    """End with the right exit code when Ctrl-C comes before anything was sent."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped before anything was sent.", err=True)
        sys.exit(STOPPED)


@contextmanager
def _stopping(run: Run) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM cancel a run, and the second of them abandon it."""
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        if asked:
            run.abandon()
            return
        asked = True
        run.cancel()
        click.echo(_STOPPING, err=True)

    before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
