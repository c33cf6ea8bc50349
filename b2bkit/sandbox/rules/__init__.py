"""Every rule of the REST side as data: its value, who says so, whether it is kept, and its test.

`docs/fidelity.md` is made from it. Where the source is `None`, Braze documents nothing and the
value is our cautious choice. No logic lives here; a test checks the table against the code.
"""

from b2bkit.sandbox.rules.answering import ANSWERING
from b2bkit.sandbox.rules.missing import NOT_EMULATED
from b2bkit.sandbox.rules.others import OTHER_ENDPOINTS
from b2bkit.sandbox.rules.processing import PROCESSING
from b2bkit.sandbox.rules.users import USERS
from b2bkit.sandbox.rules.values import VALUES

RULES = (*ANSWERING, *USERS, *VALUES, *PROCESSING, *OTHER_ENDPOINTS, *NOT_EMULATED)
"""All rules of the REST side."""

__all__ = [
    "ANSWERING",
    "NOT_EMULATED",
    "OTHER_ENDPOINTS",
    "PROCESSING",
    "RULES",
    "USERS",
    "VALUES",
]
