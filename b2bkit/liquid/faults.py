"""Errors that Liquid itself makes while it renders, such as a division by zero.

Nothing else raises them: a limit is `run.LimitReached`, a text that cannot be parsed is core's.
"""

from __future__ import annotations

from liquid.exceptions import FilterArgumentError


class Fault(FilterArgumentError):  # noqa: N818 - named for what happened, as `LimitReached`
    """A filter was given what it cannot work on.

    Args:
        said: Ruby Liquid's own words, which the stock engine prints into the text as
            `Liquid error: <said>`; what Braze does with them is not documented.
        remedy: What the author can do, as a sentence.
    """

    def __init__(self, said: str, remedy: str) -> None:
        super().__init__(
            f"Liquid error: {said}. {remedy} Stock Liquid prints the error into the text;"
            " what Braze does is not documented.",
            token=None,
        )
        self.said = said
        self.remedy = remedy
