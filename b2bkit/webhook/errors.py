"""What can be wrong with a webhook before anybody sends it."""

from b2bkit.errors import B2bkitError
from b2bkit.liquid.errors import TemplateError


class WebhookError(B2bkitError):
    """Raised for a webhook or a request that Braze could not have: method, URL, headers, body.

    Args:
        message: The sentence for a person.
        part: The part at fault: `url`, `method`, `body`, `header Content-Type`; blank if none.
    """

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part


class PartError(TemplateError):
    """Raised for wrong Liquid in a webhook: a `TemplateError` that also knows the part.

    Args:
        part: The part it stands in: `url`, `body`, `header Authorization`.
        error: What is wrong there; message, line, column, excerpt and block are taken over.
    """

    def __init__(self, part: str, error: TemplateError) -> None:
        B2bkitError.__init__(self, f"In the {part}: {error}")
        self.part = part
        self.message = error.message
        self.line, self.column = error.line, error.column
        self.excerpt, self.block = error.excerpt, error.block
