"""A webhook as Braze's composer has it, and the request it becomes for one user.

What is wrong with it beyond not being a request at all is for the checks to say; sending is
`b2bkit.client`.
"""

from b2bkit.webhook.errors import PartError, WebhookError
from b2bkit.webhook.json_text import JsonProblem
from b2bkit.webhook.request import Request
from b2bkit.webhook.toml_text import fields_of
from b2bkit.webhook.webhook import Webhook, WebhookPreview

__all__ = [
    "JsonProblem",
    "PartError",
    "Request",
    "Webhook",
    "WebhookError",
    "WebhookPreview",
    "fields_of",
]
