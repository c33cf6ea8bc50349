"""Author, understand, test and run Braze-to-Braze webhooks, in JupyterLab.

The public names are handed out on first use, so that `import b2bkit` stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from b2bkit.braze.instances import Instance
    from b2bkit.bulk import Plan, plan
    from b2bkit.campaigns import Campaign, Canvas
    from b2bkit.client import Client, Response
    from b2bkit.errors import B2bkitError
    from b2bkit.findings import Finding
    from b2bkit.liquid import Aborted, Context, Preview, Template, TemplateError, diagnose
    from b2bkit.messaging import Messaging
    from b2bkit.sandbox import Sandbox
    from b2bkit.ui import Explorer
    from b2bkit.use_cases import UseCase, use_case, use_case_names
    from b2bkit.webhook import Request, Webhook

__version__ = "0.1.0"

_HOME = {
    "Aborted": "b2bkit.liquid",
    "B2bkitError": "b2bkit.errors",
    "Campaign": "b2bkit.campaigns",
    "Canvas": "b2bkit.campaigns",
    "Client": "b2bkit.client",
    "Context": "b2bkit.liquid",
    "Explorer": "b2bkit.ui",
    "Finding": "b2bkit.findings",
    "Instance": "b2bkit.braze.instances",
    "Messaging": "b2bkit.messaging",
    "Plan": "b2bkit.bulk",
    "Preview": "b2bkit.liquid",
    "Request": "b2bkit.webhook",
    "Response": "b2bkit.client",
    "Sandbox": "b2bkit.sandbox",
    "Template": "b2bkit.liquid",
    "TemplateError": "b2bkit.liquid",
    "UseCase": "b2bkit.use_cases",
    "Webhook": "b2bkit.webhook",
    "diagnose": "b2bkit.liquid",
    "plan": "b2bkit.bulk",
    "use_case": "b2bkit.use_cases",
    "use_case_names": "b2bkit.use_cases",
}

__all__ = [
    "Aborted",
    "B2bkitError",
    "Campaign",
    "Canvas",
    "Client",
    "Context",
    "Explorer",
    "Finding",
    "Instance",
    "Messaging",
    "Plan",
    "Preview",
    "Request",
    "Response",
    "Sandbox",
    "Template",
    "TemplateError",
    "UseCase",
    "Webhook",
    "diagnose",
    "plan",
    "use_case",
    "use_case_names",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'b2bkit' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
