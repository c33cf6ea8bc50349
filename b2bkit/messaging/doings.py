"""What users do in the app: events, purchases, attributes, and what they do with messages.

It reaches the sandbox as an SDK reaches Braze: not over the REST API, so without a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from b2bkit.messaging.errors import MessagingError
from b2bkit.messaging.rest_side import refused

if TYPE_CHECKING:
    from b2bkit.messaging.state import State


User = str | Mapping[str, Any]
"""A user by external id; or by another identifier, such as `{"braze_id": "..."}`."""


class Doings:
    """Hand on what users do.

    Args:
        state: The common memory.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def event(self, user: User, name: str, properties: Mapping[str, Any] | None) -> None:
        """Have a user perform a custom event."""
        self._happen("events", {**_identified(user), "name": name}, properties)

    def purchase(
        self, user: User, bought: Mapping[str, Any], properties: Mapping[str, Any] | None
    ) -> None:
        """Have a user buy something: `product_id`, `price`, `currency`, `quantity`."""
        self._happen("purchases", {**_identified(user), **bought}, properties)

    def attributes(self, user: User, attributes: Mapping[str, Any]) -> None:
        """Set attributes of a user."""
        self._track({"attributes": [{**attributes, **_identified(user)}]})

    def _happen(
        self, array: str, item: Mapping[str, Any], properties: Mapping[str, Any] | None
    ) -> None:
        more = {} if properties is None else {"properties": dict(properties)}
        self._track({array: [{**item, "time": self._state.now.isoformat(), **more}]})

    def _track(self, body: Mapping[str, Any]) -> None:
        state = self._state
        answer = state.rest.track(body, state.token_for(state.new_chain(by_app=True)))
        refusal = refused(answer)
        if refusal:
            raise MessagingError(f"Braze refuses this: {refusal}")


def _identified(user: User) -> Mapping[str, Any]:
    return {"external_id": user} if isinstance(user, str) else user
