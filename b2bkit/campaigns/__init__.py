"""Campaigns and Canvases as small values: triggers, audience, steps. Nothing runs here.

They are built in Python or read from TOML (`read_flows`); `b2bkit.messaging` runs them against a
sandbox, `check_flow` reads several of them together.
"""

from b2bkit.campaigns.conditions import Attribute, ContextVariable, Where
from b2bkit.campaigns.deeds import Deed
from b2bkit.campaigns.errors import CampaignError
from b2bkit.campaigns.filters import AnyOf, Did, DidNot, Facts, Filter, first_failing, passes
from b2bkit.campaigns.flows import Campaign, Canvas, Conversion, Flow
from b2bkit.campaigns.reading import read_flows, read_trigger
from b2bkit.campaigns.steps import (
    Decide,
    Delay,
    Message,
    SendWebhook,
    SetContext,
    Step,
    UpdateUser,
    Variable,
    every_step,
)
from b2bkit.campaigns.triggers import (
    ApiTrigger,
    ChangeAttribute,
    InteractWithMessage,
    MakePurchase,
    PerformEvent,
    ReceiveMessage,
    Schedule,
    Trigger,
    in_words,
)

__all__ = [
    "AnyOf",
    "ApiTrigger",
    "Attribute",
    "Campaign",
    "CampaignError",
    "Canvas",
    "ChangeAttribute",
    "ContextVariable",
    "Conversion",
    "Decide",
    "Deed",
    "Delay",
    "Did",
    "DidNot",
    "Facts",
    "Filter",
    "Flow",
    "InteractWithMessage",
    "MakePurchase",
    "Message",
    "PerformEvent",
    "ReceiveMessage",
    "Schedule",
    "SendWebhook",
    "SetContext",
    "Step",
    "Trigger",
    "UpdateUser",
    "Variable",
    "Where",
    "every_step",
    "first_failing",
    "in_words",
    "passes",
    "read_flows",
    "read_trigger",
]
