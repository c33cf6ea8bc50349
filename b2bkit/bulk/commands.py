"""`b2bkit bulk`: its group, the options that make a plan, and `bulk plan`.

Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from b2bkit.braze.limits import TRACK_OBJECTS
from b2bkit.bulk.types import CELL_TYPES, OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from b2bkit.bulk.planned import Plan

F = TypeVar("F", bound="Callable[..., Any]")


class Pair(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """An option of the form `A=B`.

    Args:
        words: What B may be; anything if none are given.
        name: How it is shown in the help.
    """

    def __init__(self, name: str, words: tuple[str, ...] = ()) -> None:
        self.name = name
        self._words = words

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Part the text at its last `=`."""
        left, sign, right = str(value).rpartition("=")
        if not sign or not left:
            self.fail(f"{value!r} is not of the form {self.name}.", param, ctx)
        if self._words and right not in self._words:
            self.fail(f"{right!r} is not one of {', '.join(self._words)}.", param, ctx)
        return left, right


def _option(*names: str, help: str, **others: Any) -> Callable[[F], F]:  # noqa: A002 - click's word
    return click.option(*names, help=help, **others)


_PLAN_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    _option(
        "--id", default="external_id", metavar="COL[:KIND]", show_default=True,
        help="Column of the identifier. KIND is external_id, alias, braze_id, email or phone; "
        "by default what the column is called.",
    ),
    _option(
        "--rename", multiple=True, type=Pair("A=B"), metavar="A=B",
        help="Column A becomes the attribute B. May be repeated, as the next ones.",
    ),
    _option("--drop", multiple=True, metavar="COL", help="Leave a column away."),
    _option(
        "--type", "types", multiple=True, type=Pair("COL=TYPE", CELL_TYPES), metavar="COL=TYPE",
        help=f"Type of a column: {', '.join(CELL_TYPES)}. By default the whole file decides.",
    ),
    _option(
        "--op", "ops", multiple=True, type=Pair("COL=OP", OPERATIONS), metavar="COL=OP",
        help=f"What a column does instead of setting: {', '.join(OPERATIONS)}.",
    ),
    _option("--null", metavar="TOKEN", help="Text of a cell that removes the attribute."),
    _option("--create", is_flag=True, help="Create profiles that do not exist."),
    _option(
        "--duplicates", type=click.Choice(["merge", "keep"]), default="merge", show_default=True,
        help="Merge rows of one profile that only set values, or send them all.",
    ),
    _option(
        "--batch", type=int, default=TRACK_OBJECTS, metavar="N", show_default=True,
        help="Objects in a request: up to 75; 225 for legacy limits (75 in each array); any other "
        "number up to 1000 goes to /users/track/bulk.",
    ),
    _option(
        "--only-changed", type=click.Path(path_type=Path), metavar="STORE",
        help="Send only what has changed since it was last accepted; STORE remembers it as hashes.",
    ),
    _option("--use-case", metavar="NAME", help="Render this use case for each row."),
    _option(
        "--name", "names", multiple=True, type=Pair("PLACEHOLDER=NAME"),
        metavar="PLACEHOLDER=NAME", help="A name to choose in the use case.",
    ),
    _option(
        "--webhook", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        help="Render the webhook of this TOML file for each row.",
    ),
)  # fmt: skip


def plan_options(command: F) -> F:
    """Give a command the options that make a plan; `planned` takes them."""
    for option in reversed(_PLAN_OPTIONS):
        command = option(command)
    return command


def planned(
    file: Path,
    *,
    rename: Iterable[tuple[str, str]],
    types: Iterable[tuple[str, str]],
    ops: Iterable[tuple[str, str]],
    names: Iterable[tuple[str, str]],
    use_case: str | None,
    webhook: Path | None,
    **others: Any,
) -> Plan:
    """Make the plan that a command's options ask for.

    Raises:
        B2bkitError: If the file or an option cannot be used.
    """
    from b2bkit.bulk import plan
    from b2bkit.webhook import Webhook

    if use_case and webhook:
        raise click.UsageError("Give --use-case or --webhook, not both.")
    return plan(
        file,
        webhook=use_case or (Webhook.from_toml(webhook) if webhook else None),
        rename=dict(rename),
        types=dict(types),
        ops=dict(ops),
        names=dict(names),
        **others,
    )


@click.group()
def bulk() -> None:
    """Update many profiles from a file: plan first, then send exactly what was planned."""


@bulk.command("plan")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@plan_options
@click.option("--allow-host", multiple=True, hidden=True, expose_value=False)  # as `send` has it
@click.option("--json", "as_json", is_flag=True, help="Print the plan as one JSON object.")
def plan_command(file: Path, as_json: bool, **options: Any) -> None:
    """Read FILE through, check every row, and say what would be sent. Nothing is sent.

    FILE is CSV, Parquet or JSON lines, compressed with gzip or not. Exit code: 0 when every row can
    be sent, 1 when some would be refused, 2 when the file or an option cannot be used.
    """
    made = planned(file, **options)
    if as_json:
        for line in (*made.notices, *map(str, made.findings)):
            click.echo(line, err=True)
        print_json(made)
    else:
        click.echo(str(made))
    sys.exit(1 if len(made.refused) else 0)


def print_json(made: Plan) -> None:
    """Print a plan as JSON, refused rows one after the other: there may be millions."""
    parts = ((name, json.dumps(part)) for name, part in made.to_dict(refused=()).items())
    for place, (name, text) in enumerate(parts):
        click.echo(f'{", " if place else "{"}"{name}": ', nl=False)
        if name != "refused":
            click.echo(text, nl=False)
            continue
        for count, row in enumerate(made.refused):
            click.echo((", " if count else "[") + json.dumps(row._asdict()), nl=False)
        click.echo("]" if len(made.refused) else "[]", nl=False)
    click.echo("}")
