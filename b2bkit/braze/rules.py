"""The form in which a room writes down the rules it emulates, or leaves out.

`docs/fidelity.md` is made from such tables. They live beside the code they are about:
`b2bkit.sandbox` for the REST side, `b2bkit.messaging.rules` for the sending side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from b2bkit.braze.sources import Source


@dataclass(frozen=True, slots=True)
class Rule:
    """State one rule, and how far to trust it.

    Args:
        id: Stable name in kebab case, such as `webhook-retries`.
        rule: What it rules, as a sentence.
        value: What holds here: a number, a list, or what we chose.
        source: The page that says so; `None` where Braze documents nothing and the value is ours.
        emulated: Whether the code does it.
        test: The test that proves it, such as `tests/messaging/test_delivery.py::test_retries`.
        note: What a reader should know besides.
    """

    id: str
    rule: str
    value: str
    source: Source | None
    emulated: bool = True
    test: str = ""
    note: str = ""

    @property
    def age(self) -> str:
        """Say how old the text is that was read, or that there is none."""
        return self.source.read if self.source else "not documented; ours"
