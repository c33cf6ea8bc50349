"""The Test tab of a webhook: send it once, for real, to one user.

Source: Braze, Create a webhook (2026-09-02): the event's properties are those one types in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.campaigns import Deed, MakePurchase, PerformEvent, SendWebhook
from b2bkit.messaging.errors import MessagingError
from b2bkit.messaging.journeys import Journey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.campaigns import Flow
    from b2bkit.messaging.attempts import Attempt
    from b2bkit.messaging.posting import PostOffice
    from b2bkit.messaging.state import State
    from b2bkit.profiles import Profile


def send_test(
    state: State,
    post_office: PostOffice,
    flow: Flow,
    profile: Profile,
    step: str,
    properties: Mapping[str, Any],
) -> Attempt:
    """Send a webhook of a campaign or Canvas as a test.

    Raises:
        MessagingError: If it has no such webhook.
    """
    journey = Journey(
        flow=flow,
        user=profile.braze_id,
        label=state.label(profile.braze_id),
        chain=state.new_chain(),
        trigger=_pretended(flow, properties, state.now),
        entered=state.next_place(),
        started=state.now,
        dispatch_id=state.new_dispatch_id(),
    )
    return post_office.post(journey, _webhook_of(flow, step), profile, test=True)


def _webhook_of(flow: Flow, step: str) -> SendWebhook:
    found = [each for each in flow.webhooks if step in {"", each.name}]
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.name for each in flow.webhooks) or "none"
    raise MessagingError(f'Say which webhook of "{flow.name}" is to be tested. It has: {names}.')


def _pretended(flow: Flow, properties: Mapping[str, Any], now: datetime) -> Deed:
    """Make up what would have triggered it."""
    trigger = flow.trigger
    if isinstance(trigger, PerformEvent):
        return Deed("event", trigger.name, now, properties)
    if isinstance(trigger, MakePurchase):
        return Deed("purchase", trigger.product or "", now, properties)
    return Deed("api", flow.id, now, properties)
