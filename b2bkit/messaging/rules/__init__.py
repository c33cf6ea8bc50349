"""Every rule of the sending side as data: its value, who says so, whether it is kept, and its test.

`docs/fidelity.md` is made from it. Where the source is `None`, Braze documents nothing and the
value is our cautious choice. No logic lives here; a test checks the table against the code.
"""

from b2bkit.messaging.rules.missing import NOT_EMULATED
from b2bkit.messaging.rules.sending import SENDING
from b2bkit.messaging.rules.starting import STARTING
from b2bkit.messaging.rules.stepping import LOG, STEPS

RULES = (*SENDING, *STARTING, *STEPS, *LOG, *NOT_EMULATED)
"""All rules of the sending side."""

__all__ = ["LOG", "NOT_EMULATED", "RULES", "SENDING", "STARTING", "STEPS"]
