"""The `b2bkit` command: each one reads its arguments and calls the room that does the work.

Rooms are imported inside the commands, so that `b2bkit --help` answers at once. Every error that
b2bkit raises on purpose ends in one sentence and exit code 2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import b2bkit
from b2bkit.errors import B2bkitError

DEFAULT_FOLDER = "b2bkit"


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


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[FOLDER] [JUPYTER FLAGS]")
def lab(arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on the notebooks that teach Braze-to-Braze webhooks.

    FOLDER (./b2bkit if none is named) gets a copy of the notebooks and their data the first time.
    Later on, files that you have not changed are brought up to date; what you changed is left.

    Everything after FOLDER goes to `jupyter lab`, for example:
    b2bkit lab my-folder --no-browser --port 8899
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
