"""Write docs/fidelity.md from the tables of rules that stand beside the code they are about.

`python scripts/fidelity_docs.py` writes the page; a test fails when it no longer says what the
tables say. That the tables are true is tested beside them: `tests/sandbox/test_rest_rules.py` and
`tests/messaging/test_rules.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from b2bkit.messaging import rules as messaging
from b2bkit.sandbox import rules as sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from b2bkit.braze.rules import Rule

PAGE = Path(__file__).parents[1] / "docs" / "fidelity.md"

INTRODUCTION = """\
# How far the sandbox is Braze

<!-- Written by scripts/fidelity_docs.py from b2bkit/sandbox/rules and b2bkit/messaging/rules. -->

The sandbox is no Braze. It keeps the rules that Braze documents, as far as they are listed here,
and says what it does not know. Each rule has its value, the page that says so and how old the text
is that was read, and the test that holds the sandbox to it. Where Braze documents nothing, the
value is our own cautious choice and the column *documented* says **ours**: do not take it for
Braze's word. Rules of which the sandbox keeps nothing stand in the last chapter.
"""

CHAPTERS = (
    ("REST: key, path, body, answer", sandbox.ANSWERING),
    ("REST: users and identifiers", sandbox.USERS),
    ("REST: attributes, events and purchases", sandbox.VALUES),
    ("REST: queue, types, faults, limits", sandbox.PROCESSING),
    ("REST: other endpoints", sandbox.OTHER_ENDPOINTS),
    ("Messaging", tuple(rule for rule in messaging.RULES if rule.emulated)),
)
HEAD = ("rule", "value", "documented", "read", "emulated", "test")


def page() -> str:
    """Write the page."""
    missing = [rule for rule in (*sandbox.RULES, *messaging.RULES) if not rule.emulated]
    return "\n".join(
        [
            INTRODUCTION,
            *(line for title, rules in CHAPTERS for line in chapter(title, rules)),
            "## What is not emulated\n",
            *table(("what Braze does besides", "documented", "read", "note"), left_out(missing)),
            "",
        ]
    )


def chapter(title: str, rules: Iterable[Rule]) -> list[str]:
    """Write one chapter: its heading and its table."""
    return [f"## {title}\n", *table(HEAD, (kept(rule) for rule in rules)), ""]


def kept(rule: Rule) -> tuple[str, ...]:
    """Write the row of a rule that is emulated."""
    value = f"{rule.value}<br>*{rule.note}*" if rule.note else rule.value
    what = f"{rule.rule}<br>`{rule.id}`"
    emulated = "yes" if rule.emulated else "no"
    return what, value, *where(rule), emulated, f"`{rule.test}`" if rule.test else ""


def left_out(rules: Iterable[Rule]) -> Iterator[tuple[str, ...]]:
    """Write the rows of what is not emulated."""
    for rule in rules:
        yield f"{rule.rule}<br>`{rule.id}`", *where(rule), rule.note


def where(rule: Rule) -> tuple[str, str]:
    """Say which page documents a rule, and how old the text is that was read."""
    if rule.source is None:
        return "**ours**", ""
    link = f"[{rule.source.title}]({rule.source.url})" if rule.source.url else rule.source.title
    return link, rule.source.read


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Write a table in Markdown."""
    yield line(head)
    yield line(("---",) * len(head))
    yield from map(line, rows)


def line(cells: Iterable[str]) -> str:
    """Write one row; what would end a cell is escaped."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def main() -> None:
    """Write the page where it belongs."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()
