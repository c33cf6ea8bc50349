"""How far a template may go, and the error that stops it. Where each limit is kept is not here."""

from __future__ import annotations

from dataclasses import dataclass

from liquid.exceptions import ResourceLimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """Say how far a template may go before it is stopped.

    Args:
        source_chars: Characters of the text with its content blocks put in.
        nesting: Blocks (or braces) inside one another; 100 is Ruby Liquid's own limit.
        loop_iterations: Rounds of all loops of a render together, and items of one range.
        output_chars: Characters of the rendered text.
        namespace: Characters and items held by all local variables together.
        filter_result_chars: Characters or items of what one filter gives; digits of a number.
        seconds: Wall-clock time of reading the text, and of one render.
    """

    source_chars: int = 500_000
    nesting: int = 100
    loop_iterations: int = 100_000
    output_chars: int = 5_000_000
    namespace: int = 10_000_000
    filter_result_chars: int = 1_000_000
    seconds: float = 0.8


class LimitReached(ResourceLimitError):  # noqa: N818 - named for what happened
    """A render went past one of the `Limits`; becomes a `TemplateError`."""

    def __init__(self, limit: str, allowed: float) -> None:
        said = f"Stopped at the limit {limit} ({allowed:,}): the template does too much."
        super().__init__(said, token=None)
        self.limit = limit
