"""The sandbox as the messaging side sees it: what it tells, and what may be asked of it.

The one place that knows the sandbox. What was applied comes through its feed; users' doings and
Canvas' User Updates go in by a door without HTTP and without a key, as they do in Braze; webhooks
do not pass here, they travel over HTTP.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import finalize

from b2bkit.braze.answers import SUCCESS
from b2bkit.campaigns import Deed
from b2bkit.messaging.errors import MessagingError
from b2bkit.profiles import parse_date
from b2bkit.sandbox import Applied, Replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from b2bkit.campaigns import Flow
    from b2bkit.profiles import Change, Changes, Event, Profile, Purchase
    from b2bkit.sandbox import Happening, Sandbox, Triggered


@dataclass(frozen=True, slots=True)
class Heard:
    """Say what the sandbox told of one user.

    Args:
        braze_id: The user; blank for a trigger that goes to a whole audience, and for all users.
        label: The user as tables show it.
        cause: The token of the webhook it came with; blank for none.
        deeds: What happened, in order.
        created: Whether the profile is new.
        left_out: Attributes that were left out, with the reason.
        forget: Whether what was known of the user (or of all) is void.
    """

    braze_id: str
    label: str = ""
    cause: str = ""
    deeds: tuple[Deed, ...] = ()
    created: bool = False
    left_out: tuple[tuple[str, str], ...] = field(default=())
    forget: bool = False


class RestSide:
    """Listen to a sandbox, and ask it.

    Args:
        sandbox: A sandbox that is running.
        clock: The clock that it shall share.
    """

    def __init__(self, sandbox: Sandbox, clock: Callable[[], datetime]) -> None:
        self._sandbox = sandbox
        self._told: deque[Happening] = deque()
        self._clock, self._clock_before = clock, sandbox.clock
        sandbox.clock = clock
        # The listener knows the queue alone, so that a notebook's cell that is run again leaves
        # nothing behind of what it made before.
        self._stop_listening = finalize(self, sandbox.feed.listen(self._told.append))

    @property
    def url(self) -> str:
        """Give the sandbox's address."""
        return self._sandbox.url

    def key(self, name: str) -> str:
        """Give an API key by its name.

        Raises:
            MessagingError: If the sandbox has no such key.
        """
        keys = self._sandbox.keys
        if name in keys:
            return keys[name]
        raise MessagingError(f"The sandbox has no key {name!r}. It has: {', '.join(keys)}.")

    def heard(self) -> Iterator[Heard]:
        """Give what was told since, in order."""
        while self._told:
            yield from _heard(self._told.popleft(), self.profile)

    def find(self, user: str) -> Profile | None:
        """Find a user by external id, or else by Braze's own."""
        return self._sandbox.find(external_id=user) or self._sandbox.find(braze_id=user)

    def profile(self, braze_id: str) -> Profile | None:
        """Give a profile; `None` if there is none."""
        return self._sandbox.find(braze_id=braze_id)

    def profiles(self) -> list[Profile]:
        """Give all profiles, in the order of their creation."""
        return self._sandbox.find_all()

    def history(self, profile: Profile) -> list[Deed]:
        """Give the events and purchases that a profile had before anybody listened."""
        now = self._sandbox.clock()
        events = [_event(each, now) for each in self._sandbox.events(profile)]
        purchases = [_purchase(each, 1, now) for each in self._sandbox.purchases(profile)]
        return sorted(events + purchases, key=lambda deed: deed.time)

    def track(self, body: Mapping[str, Any], cause: str) -> Mapping[str, Any]:
        """Apply the body of a `/users/track` request at once, without HTTP."""
        return self._sandbox.track(body, cause=cause)

    @property
    def next_due(self) -> datetime | None:
        """Give when the sandbox will apply what it has queued; `None` if nothing waits."""
        return self._sandbox.next_due()

    def settle(self) -> None:
        """Have the sandbox apply what is due."""
        self._sandbox.settle()

    def expect(self, flows: Iterable[Flow]) -> None:
        """Tell which campaigns and Canvases there are: triggers of others are refused."""
        names: dict[str, set[str]] = {"campaign": set(), "Canvas": set()}
        for flow in flows:
            names[flow.kind] |= {flow.id, flow.name}
        self._sandbox.expect_flows(campaigns=names["campaign"], canvases=names["Canvas"])

    def close(self) -> None:
        """Stop listening; give the sandbox its clock back, unless somebody else set one since."""
        self._stop_listening()
        if self._sandbox.clock is self._clock:
            self._sandbox.clock = self._clock_before
            self._sandbox.expect_flows()


def label_of(profile: Profile) -> str:
    """Name a user in a table: by external id, or Braze's own; never by e-mail or phone."""
    return profile.external_id or profile.braze_id


def refused(answer: Mapping[str, Any]) -> str:
    """Give the text with which an answer refuses something; blank if it refuses nothing."""
    errors = answer.get("errors") or []
    if errors:
        return str(errors[0].get("type"))
    message = answer.get("message")
    return "" if message == SUCCESS else str(message)


def _heard(told: Happening, find: Callable[[str], Profile | None]) -> Iterator[Heard]:
    if isinstance(told, Replaced):
        yield Heard(told.braze_id or "", forget=True)
    elif isinstance(told, Applied):
        yield from _applied(told)
    else:
        yield from _triggered(told, find)


def _applied(told: Applied) -> Iterator[Heard]:
    changes = told.changes
    profile = changes.after or changes.before
    if profile is None:
        return
    left_out = tuple((each.attribute, each.reason) for each in changes.dropped)
    yield Heard(
        profile.braze_id,
        label_of(profile),
        told.cause,
        tuple(_deeds(changes, told.time)),
        created=changes.before is None and changes.after is not None,
        left_out=left_out,
    )


def _triggered(told: Triggered, find: Callable[[str], Profile | None]) -> Iterator[Heard]:
    if told.kind == "message":  # sent by /messages/send: no campaign or Canvas starts
        return
    shared = dict(told.properties or {})
    if told.broadcast:
        yield Heard("", "", told.cause, (_api_deed(told, shared),))
    for recipient in told.recipients:
        profile = find(recipient.braze_id)
        if profile is not None:
            deed = _api_deed(told, shared | dict(recipient.properties))
            yield Heard(profile.braze_id, label_of(profile), told.cause, (deed,))


def _api_deed(told: Triggered, properties: dict[str, Any]) -> Deed:
    return Deed("api", told.id, told.time, properties, action=told.kind)


def _deeds(changes: Changes, time: datetime) -> Iterator[Deed]:
    if changes.after is None:
        return
    for change in changes.attributes:
        if _really_changed(change):
            yield Deed(
                "attribute", change.attribute, time, before=change.before, after=change.after
            )
    for event in changes.events:
        yield _event(event, time)
    if changes.purchases:
        yield _purchase(changes.purchases[0], len(changes.purchases), time)


def _event(event: Event, received: datetime) -> Deed:
    return Deed("event", event.name, parse_date(event.time) or received, event.properties)


def _purchase(purchase: Purchase, quantity: int, received: datetime) -> Deed:
    """Make one deed of one purchase object, whatever its quantity."""
    bought = {"price": purchase.price, "currency": purchase.currency, "quantity": quantity}
    time = parse_date(purchase.time) or received
    return Deed("purchase", purchase.product_id, time, {**purchase.properties, **bought})


def _really_changed(change: Change) -> bool:
    before, after = (change.before, change.type_before), (change.after, change.type_after)
    return change.dropped is None and before != after
