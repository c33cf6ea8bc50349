"""How fast Liquid renders: b2bkit against plain python-liquid and, where Node is there, brazejs.

Run it with `python benchmarks/liquid_render.py`. Templates are parsed beforehand; parsing is
measured by itself. Each pair is measured in turns in the same run, in seconds of CPU, and the
ratio is the median over the turns. Plain python-liquid renders the same template translated by
hand into its own syntax, with b2bkit's filters where it has none. brazejs 1.7.1 is installed with
npm into a folder that is deleted afterwards, or taken from `--brazejs FOLDER`.

Before anything is measured, all of them must render the same text.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import liquid

from b2bkit import Context, Template, __version__, use_case
from b2bkit.liquid.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Measure = Callable[[int], float]  # renders or parses so many times, gives seconds of CPU

FOLDER = Path(__file__).parent
WORKER = FOLDER / "brazejs_worker.cjs"
BRAZEJS = "brazejs@1.7.1"
TURN_SECONDS = 0.05
WARM_UP_SECONDS = 1.0
AGAINST_PLAIN, AGAINST_BRAZEJS = 1.25, 1 / 1.5
HEAD = ("what", "against", "µs", "theirs µs", "ratio", "at most", "held")

ATTRIBUTES = {"user_id": "ada", "first_name": "Ada", "country": "DE", "language": "de"}
NAMESPACES = {
    "custom_attribute": {
        "your_attribute_count": 2,
        "points": 730,
        "plan": "gold",
        "since": 1700000000,
    },
    "event_properties": {
        "your_event_property": "blue shoes",
        "items": [{"name": f"item {n}", "price": n, "count": 3} for n in range(10)],
    },
}
TEMPLATES = {
    "counter, as documented": use_case("counter", "as-documented").webhook.body,
    "counter, recommended": use_case("counter").webhook.body,
    "event property": use_case("event-property-to-profile").webhook.body,
    "loop over 10 items": (FOLDER / "templates" / "loop.liquid").read_text(),
    "long, as in the use case library": (FOLDER / "templates" / "long.liquid").read_text(),
}
IN_BRAZEJS = ("counter, as documented", "counter, recommended")


@dataclass(frozen=True)
class Row:
    """One comparison: microseconds each, the median ratio, and what it may be at most."""

    what: str
    against: str
    ours: float
    theirs: float
    ratio: float
    most: float | None = None

    def cells(self) -> tuple[str, ...]:
        """Give it as `HEAD` has it."""
        held = "" if self.most is None else "yes" if self.ratio <= self.most else "no"
        aim = ("" if self.most is None else f"{self.most:.2f}", held)
        numbers = (f"{self.ours:.1f}", f"{self.theirs:.1f}", f"{self.ratio:.2f}")
        return (self.what, self.against, *numbers, *aim)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--turns", type=int, default=15, help="turns measured of each pair")
    arguments.add_argument("--brazejs", type=Path, help="a folder with brazejs in node_modules")
    options = arguments.parse_args()
    rows = [*plain_rows(options.turns)]
    with brazejs(options.brazejs) as ask:
        if ask:
            rows += brazejs_rows(ask, options.turns)
    print_table(rows)
    print(f"\nb2bkit {__version__}, python-liquid {liquid.__version__}, {machine()}")
    print(f"Ratio: ours to theirs, the median of {options.turns} turns; below 1 is faster.")


def plain_rows(turns: int) -> Iterator[Row]:
    environment, context = plain_environment(), Context(attributes=ATTRIBUTES, **NAMESPACES)
    data = ATTRIBUTES | NAMESPACES
    for name, text in TEMPLATES.items():
        translated = in_plain_liquid(text)
        template, plain = Template(text), environment.from_string(translated)
        check_same(name, template.render(context), plain.render(**data))
        ours, theirs = timed(template.render, context), timed(plain.render, **data)
        yield measured(f"render: {name}", "python-liquid", ours, theirs, turns, AGAINST_PLAIN)
        ours, theirs = timed(Template, text), timed(environment.from_string, translated)
        yield measured(f"parse: {name}", "python-liquid", ours, theirs, turns)


def brazejs_rows(ask: Callable[..., dict], turns: int) -> Iterator[Row]:
    context = Context(attributes=ATTRIBUTES, **NAMESPACES)
    for name in IN_BRAZEJS:
        text = TEMPLATES[name]
        template = Template(text)
        asking = partial(ask, template=text, context=ATTRIBUTES | NAMESPACES)
        check_same(name, template.render(context), asking(task="text")["text"])
        ours, theirs = timed(template.render, context), answered(asking, "render")
        yield measured(f"render: {name}", BRAZEJS, ours, theirs, turns, AGAINST_BRAZEJS)
        ours, theirs = timed(Template, text), answered(asking, "parse")
        yield measured(f"parse: {name}", BRAZEJS, ours, theirs, turns)


def plain_environment() -> liquid.Environment:
    """Give a stock environment; the filters that only Braze has are b2bkit's own."""
    environment = liquid.Environment()
    for name, function in FILTERS.items():
        environment.filters.setdefault(name, function)
    environment.filters["as_json_string"] = json.dumps  # ours asks for the limits of a render
    return environment


def in_plain_liquid(text: str) -> str:
    """Translate what these templates have of Braze: `${}`, inner braces, aborts."""
    text = re.sub(r"(\w+\.)?\$\{(\w+)\}", r"\1\2", text)
    text = re.sub(r"(\{%[^%]*)\{\{(.*?)\}\}([^%]*%\})", r"\1\2\3", text)
    return re.sub(r"\{% abort_message\('(.*?)'\) %\}", r"\1", text)


def check_same(name: str, ours: str, theirs: str) -> None:
    if ours != theirs:
        raise SystemExit(f"{name}: the texts differ\nours:   {ours!r}\ntheirs: {theirs!r}")


def timed(do: Callable[..., object], *args: object, **keywords: object) -> Measure:
    def measure(times: int) -> float:
        started = time.process_time()
        for _ in range(times):
            do(*args, **keywords)
        return time.process_time() - started

    return measure


def answered(asking: Callable[..., dict], task: str) -> Measure:
    return lambda times: asking(task=task, times=times)["seconds"]


def measured(
    what: str, against: str, ours: Measure, theirs: Measure, turns: int, most: float | None = None
) -> Row:
    counts = [warmed_up(each) for each in (ours, theirs)]
    pairs = [(ours(counts[0]) / counts[0], theirs(counts[1]) / counts[1]) for _ in range(turns)]
    mine, their = (statistics.median(side) * 1e6 for side in zip(*pairs, strict=True))
    ratio = statistics.median(left / right for left, right in pairs)
    return Row(what, against, mine, their, ratio, most)


def warmed_up(measure: Measure) -> int:
    """Run until it is warm, which takes Node a while; give how often it runs in a turn."""
    times, spent = 50, 0.0
    while spent < WARM_UP_SECONDS:
        seconds = measure(times)
        spent += seconds
        times = max(1, int(times * TURN_SECONDS / max(seconds, TURN_SECONDS / 4)))
    return times


@contextmanager
def brazejs(folder: Path | None) -> Iterator[Callable[..., dict] | None]:
    """Give a function that asks brazejs; `None`, and a word why, where it cannot run."""
    if not (shutil.which("node") and (folder or shutil.which("npm"))):
        print(f"Node or npm is not there: no comparison with {BRAZEJS}.\n")
        yield None
        return
    with tempfile.TemporaryDirectory() as temporary:
        if folder is None and not installed(Path(temporary)):
            print(f"npm could not install {BRAZEJS}: no comparison with it.\n")
            yield None
            return
        command = ["node", str(WORKER), str((folder or Path(temporary)).resolve())]
        with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
            yield partial(asked, process)
            process.stdin.close()


def installed(folder: Path) -> bool:
    command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", BRAZEJS]
    return subprocess.run(command, capture_output=True, check=False, timeout=300).returncode == 0


def asked(process: subprocess.Popen, **question: object) -> dict:
    process.stdin.write(f"{json.dumps(question)}\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def print_table(rows: list[Row]) -> None:
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def machine() -> str:
    names = [f"Python {platform.python_version()}"]
    if node := shutil.which("node"):
        command = [node, "--version"]
        names.append(f"Node {subprocess.check_output(command, text=True).strip()}")
    return ", ".join([*names, f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"])


if __name__ == "__main__":
    main()
