"""What ends a render early: Liquid that is wrong, and an abort the author asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.errors import B2bkitError

if TYPE_CHECKING:
    from b2bkit.liquid.places import Place

ABORT_CALLED = "{% abort_message %} called"
"""What Braze logs for an abort without a reason (Aborting messages, 2026)."""


class TemplateError(B2bkitError):
    """The Liquid cannot be parsed, or a render failed or was stopped at a limit.

    Args:
        message: What is wrong, as a sentence.
        place: Where, in the author's own text.

    Attributes:
        line: Line in the author's text, from 1.
        column: Column in that line, from 1.
        excerpt: The author's line with a caret under the place.
        block: Name of the content block that line and column count in; `None` is the template.
    """

    def __init__(self, message: str, place: Place) -> None:
        self.message = message
        self.line = place.line
        self.column = place.column
        self.excerpt = place.excerpt
        self.block = place.block
        super().__init__(f"{message} ({place})\n{place.excerpt}")


class Aborted(B2bkitError):  # noqa: N818 - Braze's word: the message was aborted, nothing failed
    """`{% abort_message %}` was reached: Braze would not send this message.

    Args:
        reason: The reason given in the tag, else what Braze logs when there is none.
    """

    def __init__(self, reason: str = ABORT_CALLED) -> None:
        self.reason = reason
        super().__init__(f"Braze would not send this message: {reason}")
