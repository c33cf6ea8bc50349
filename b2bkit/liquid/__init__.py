"""Braze's Liquid: parse it, preview what Braze would render, and say where that is not sure.

Knows nothing of webhooks. `Template` is the way in, `Context` the values it is rendered with;
`diagnose` reads a text that need not even parse.
"""

from __future__ import annotations

from b2bkit.liquid.calls import Call
from b2bkit.liquid.context import Context
from b2bkit.liquid.diagnosis import diagnose
from b2bkit.liquid.errors import Aborted, TemplateError
from b2bkit.liquid.fields import Field
from b2bkit.liquid.limits import Limits
from b2bkit.liquid.template import Preview, Template

__all__ = [
    "Aborted",
    "Call",
    "Context",
    "Field",
    "Limits",
    "Preview",
    "Template",
    "TemplateError",
    "diagnose",
]
