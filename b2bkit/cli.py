"""The `b2bkit` command: each one reads its arguments and calls the room that does the work.

Rooms are imported inside the commands, so that `b2bkit --help` answers at once. Every error that
b2bkit raises on purpose ends in one sentence and exit code 2.
"""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import b2bkit
from b2bkit.addresses import is_loopback
from b2bkit.bulk.commands import bulk
from b2bkit.bulk.commands_run import COMMANDS
from b2bkit.errors import B2bkitError

if TYPE_CHECKING:
    from b2bkit.sandbox import Sandbox

DEFAULT_FOLDER = "b2bkit"
ONLY_HERE = "Only this machine can reach it, with every program and person on it; see --host."
OPEN_TO_OTHERS = (
    "Other machines can reach this sandbox: whoever has one of the keys below may read and change "
    "its users, and what they send is not encrypted. Keep real people's data out of it."
)


class Refused(click.ClickException):
    """End the command with one sentence and exit code 2."""

    exit_code = 2


class Commands(click.Group):
    """A group of commands whose own errors are shown as a sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error raised on purpose becomes the end of it."""
        try:
            return super().invoke(ctx)
        except B2bkitError as error:
            raise Refused(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(b2bkit.__version__, prog_name="b2bkit")
def main() -> None:
    """Author, understand, test and run Braze-to-Braze webhooks."""


main.add_command(bulk)
for command in COMMANDS:
    bulk.add_command(command)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[FOLDER] [JUPYTER FLAGS]")
def lab(arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on the notebooks that teach Braze-to-Braze webhooks.

    FOLDER (./b2bkit if none is named) gets a copy of the notebooks and their data the first time.
    Later on, files that you have not changed are brought up to date; what you changed is left.

    Everything after FOLDER goes to `jupyter lab`, such as --no-browser or --port 8899.
    """
    from b2bkit.lab import lay_down, open_lab

    folder, flags = split_folder(arguments)
    laid = lay_down(folder)
    if str(laid):
        click.echo(f"{folder}: {laid}")
    open_lab(folder, flags)


def split_folder(arguments: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """Part the arguments of `lab` into the folder, which comes first if at all, and the flags."""
    if arguments and not arguments[0].startswith("-"):
        return Path(arguments[0]), arguments[1:]
    return Path(DEFAULT_FOLDER), arguments


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port on this machine's loopback address; by default a free one.",
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="NAME:PERMISSION,PERMISSION",
    help="Add a key with these permissions, such as reader:users.export.ids. May be repeated.",
)
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the users in this SQLite file; without it they are gone when the sandbox ends.",
)
@click.option(
    "--seed",
    type=click.Path(path_type=Path),
    help='Begin with the users of this JSON file, {"users": [...]} as Braze exports them, or of a'
    " folder of JSON and CSV files.",
)
@click.option(
    "--rate-limit",
    metavar="REQUESTS/SECONDS",
    help="Limit /users/track, such as 3000/3; the others then have their documented limits.",
)
@click.option(
    "--rate-dialect",
    type=click.Choice(["epoch", "seconds"]),
    default="epoch",
    show_default=True,
    help="How the rate limit headers say when a window ends.",
)
@click.option(
    "--processing-delay",
    type=click.FloatRange(min=0),
    default=0,
    metavar="MS",
    help="Apply what was accepted this many milliseconds later; by default at once.",
)
@click.option(
    "--unordered",
    type=int,
    metavar="SEED",
    help="With a processing delay: apply requests in an order that is a function of this number.",
)
@click.option(
    "--legacy-limits",
    is_flag=True,
    help="Take 75 objects in each array of /users/track, as older contracts do.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Serve on this address. Any but the default lets other machines in.",
)
@click.option("--json", "as_json", is_flag=True, help="Print address and keys as one JSON object.")
def sandbox(as_json: bool, keys: tuple[str, ...], **options: Any) -> None:
    """Run a Braze to practise on, on this machine only, until Ctrl-C.

    It speaks Braze's REST API on the loopback address, which other machines cannot reach, and makes
    up a key named "all" that has every permission.
    """
    from b2bkit.sandbox import Sandbox

    with Sandbox(keys=permissions_by_key(keys), **options) as braze:
        reached = {"url": braze.url, "keys": braze.keys}
        stop = stop_asked_for()
        only_here = is_loopback(options["host"])
        if not only_here:
            click.echo(OPEN_TO_OTHERS, err=True)
        click.echo(json.dumps(reached) if as_json else welcome(braze, only_here=only_here))
        while not stop.wait(0.5):  # without a time-out Windows would not hear Ctrl-C
            pass


def stop_asked_for() -> threading.Event:
    """Give an event that Ctrl-C and SIGTERM set, from now on."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def permissions_by_key(keys: tuple[str, ...]) -> dict[str, list[str]]:
    """Read the values of `--key`.

    Raises:
        B2bkitError: One is not `NAME:PERMISSION,...`, or a name comes twice.
    """
    permissions: dict[str, list[str]] = {}
    for key in keys:
        name, _, listed = key.partition(":")
        wanted = [permission.strip() for permission in listed.split(",") if permission.strip()]
        if not name or not wanted:
            raise B2bkitError(
                f"--key {key} cannot be read: write the name, a colon and the permissions,"
                " as in --key reader:users.export.ids,users.track."
            )
        if name in permissions:
            raise B2bkitError(
                f"--key {name} is given twice: list all its permissions in one --key."
            )
        permissions[name] = wanted
    return permissions


def welcome(braze: Sandbox, *, only_here: bool) -> str:
    """Say how to reach a running sandbox, and who can, with a command that can be pasted."""
    who = f"\n{ONLY_HERE}" if only_here else ""
    keys = "\n".join(f"  {name}: {text}" for name, text in braze.keys.items())
    return f"""\
A Braze to practise on: {braze.url} (Ctrl-C ends it){who}
Keys, made up for this run:
{keys}
Try it from another terminal:
  curl {braze.url}/users/track -H 'Authorization: Bearer {braze.key}' \\
    -H 'Content-Type: application/json' \\
    -d '{{"attributes": [{{"external_id": "ada", "visits": {{"inc": 1}}}}]}}'"""
