"""A render told step by step: what was read, which filter gave what, which branch was taken.

`Template.explain` is the way in. It renders as `render` does, through the same pieces; they are
only followed.
"""

from __future__ import annotations

from b2bkit.liquid.explain.following import follow
from b2bkit.liquid.explain.steps import Applied, Compared, Explanation, Read, Step
from b2bkit.liquid.explain.trace import Trace

__all__ = ["Applied", "Compared", "Explanation", "Read", "Step", "Trace", "follow"]
