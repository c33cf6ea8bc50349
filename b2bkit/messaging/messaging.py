"""`Messaging`: the sending side of the sandbox, with a clock that one can move."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import TYPE_CHECKING, Any, Self

from b2bkit.errors import B2bkitError
from b2bkit.messaging import tables
from b2bkit.messaging.activity import seen
from b2bkit.messaging.attempts import Sender
from b2bkit.messaging.clock import VirtualClock
from b2bkit.messaging.declared import take_in
from b2bkit.messaging.delivery import DeliveryRules, HostHealth
from b2bkit.messaging.diagram import SequenceDiagram
from b2bkit.messaging.doings import Doings
from b2bkit.messaging.engine import Engine
from b2bkit.messaging.errors import MessagingError
from b2bkit.messaging.guard import Guard
from b2bkit.messaging.posting import PostOffice
from b2bkit.messaging.rest_side import RestSide
from b2bkit.messaging.state import State
from b2bkit.messaging.trying import send_test
from b2bkit.messaging.walking import Walker
from b2bkit.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from b2bkit.campaigns import Flow
    from b2bkit.messaging.attempts import Attempt
    from b2bkit.messaging.chains import Loop
    from b2bkit.messaging.declared import Declared
    from b2bkit.messaging.doings import User
    from b2bkit.messaging.journal import Record
    from b2bkit.profiles import Profile
    from b2bkit.sandbox import Sandbox
    from b2bkit.transport import HttpTransport

HOP_LIMIT = 25
"""Campaigns and Canvases that may follow from one another. A guard of ours."""


class Messaging:
    """Run campaigns and Canvases against a sandbox, as Braze would.

    Their webhooks reach the sandbox over HTTP; any REST host of Braze in a URL means the sandbox,
    and no other host is contacted. What the sandbox applied, from here or from any other client,
    starts what waits for it. Everything happens when it is asked for here, in the caller's thread.

    With a virtual clock the same steps give the same timeline, bit for bit.

    Args:
        sandbox: A sandbox that is running.
        campaigns: Campaigns, Canvases, use cases, or paths of TOML files that declare some; of
            several that start on one event, the first comes first.
        clock: A virtual clock, if not given; it becomes the sandbox's as well.
        seed: What made-up ids are made from.
        hop_limit: How many campaigns and Canvases may follow from one another before a chain
            counts as feeding itself.
        rules: The numbers of delivery, for lessons that change them.
        transport: Stands in for the network, such as `httpx.MockTransport`.

    Raises:
        CampaignError: If what is declared cannot run; the message says which and why.
        MessagingError: If a key is not there, or a schedule has passed.
        SandboxError: If the sandbox is not running.

    Example:
        >>> from b2bkit.campaigns import Campaign, Message, PerformEvent
        >>> hello = Campaign(
        ...     name="Hello", trigger=PerformEvent("Opened"), steps=[Message("Hello!")]
        ... )
        >>> from b2bkit.sandbox import Sandbox
        >>> with Sandbox() as braze, Messaging(braze, [hello]) as flows:
        ...     flows.perform("ada", "Opened")
        ...     [record.what for record in flows.records]
        ['profile', 'event', 'entry', 'message']
    """

    def __init__(
        self,
        sandbox: Sandbox,
        campaigns: Iterable[Declared] | Declared = (),
        *,
        clock: Callable[[], datetime] | None = None,
        seed: int = 0,
        hop_limit: int = HOP_LIMIT,
        rules: DeliveryRules | None = None,
        transport: HttpTransport | None = None,
    ) -> None:
        rules = rules or DeliveryRules()
        self.flows = take_in(campaigns)
        _ = sandbox.url  # says so if it is not running
        self.clock = VirtualClock() if clock is None else clock
        self._lock = RLock()
        self._rest = RestSide(sandbox, self.clock)
        self._state = State(self._rest, self.clock, seed)
        self._doings = Doings(self._state)
        health = HostHealth(rules)
        self._sender = Sender(Transport(transport), lambda: self._rest.url, health, self.clock)
        self._engine = Engine(self._state, self.flows, Guard(hop_limit))
        hear, received = self._engine.hear, self._engine.received
        self._post_office = PostOffice(
            self._state, self._sender, rules, hear=hear, received=received
        )
        self._engine.walker = Walker(self._state, self._post_office, hear=hear, received=received)
        try:
            self._launch()
        except B2bkitError:
            self.close()
            raise

    # what users do

    def perform(self, user: User, event: str, properties: Mapping[str, Any] | None = None) -> None:
        """Have a user perform a custom event in the app; an unknown user is created.

        Args:
            user: External id; or another identifier, such as `{"braze_id": "..."}`.
            event: Name of the event.
            properties: Its properties.

        Raises:
            MessagingError: If Braze refuses the event.
        """
        with self._turn():
            self._doings.event(user, event, properties)

    def purchase(
        self,
        user: User,
        product: str,
        price: float,
        currency: str = "USD",
        quantity: int = 1,
        properties: Mapping[str, Any] | None = None,
    ) -> None:
        """Have a user buy something in the app; an unknown user is created.

        Raises:
            MessagingError: If Braze refuses the purchase.
        """
        bought = {
            "product_id": product, "currency": currency, "price": price, "quantity": quantity,
        }  # fmt: skip
        with self._turn():
            self._doings.purchase(user, bought, properties)

    def update(self, user: User, attributes: Mapping[str, Any]) -> None:
        """Have the app set attributes of a user, by their API names.

        Raises:
            MessagingError: If Braze refuses them.
        """
        with self._turn():
            self._doings.attributes(user, attributes)

    def interact(self, user: str, sender: str, action: str, step: str = "") -> None:
        """Have a user do something with a message they received.

        Args:
            user: External id.
            sender: Name or id of the campaign or Canvas.
            action: What they do, such as `opened` or `clicked`.
            step: The step; may be left away where there is only one.

        Raises:
            MessagingError: If they have not received such a message.
        """
        with self._turn():
            flow, profile = self._flow(sender), self._profile(user)
            received = self._state.last_received(profile, flow, step)
            self._engine.interacted(profile.braze_id, flow, received, action)

    # time

    @property
    def now(self) -> datetime:
        """Give the moment on the clock."""
        return self.clock()

    def advance(
        self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0,
        seconds: float = 0,
    ) -> None:  # fmt: skip
        """Let time pass: everything that is due happens, at its moment and in order.

        Raises:
            MessagingError: If the clock is the real one, or time would go back.
        """
        self.advance_to(
            self.now
            + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        )

    def advance_to(self, moment: datetime) -> None:
        """Let time pass until a moment; without a zone it is UTC."""
        clock = self.clock
        if not isinstance(clock, VirtualClock):
            raise MessagingError("This clock cannot be moved: make it without `clock`.")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if moment < self.now:
            raise MessagingError(f"It is {self.now} already: time does not go back to {moment}.")
        with self._lock:
            self._engine.run_until(moment, clock.move_to)

    def settle(self) -> None:
        """Answer what reached the sandbox from elsewhere, and do what is due by now."""
        with self._lock:
            self._engine.run_ready()

    # what happened

    @property
    def records(self) -> tuple[Record, ...]:
        """Give what happened, as values."""
        self.settle()
        return tuple(self._state.journal)

    @property
    def loops(self) -> tuple[Loop, ...]:
        """Give the chains that fed themselves and were stopped."""
        self.settle()
        return tuple(self._state.loops)

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Give all attempts to send a webhook, as values: with the request and the answer."""
        self.settle()
        return tuple(self._state.attempts)

    def timeline(self, *, values: bool = False) -> pd.DataFrame:
        """Give what happened, in order, as a table.

        Columns: `time` (UTC), `user`, `what`, `campaign` (or Canvas), `step`, `detail`, `status`,
        `chain` (all that follows from one beginning has the same number), `hop` (how many
        campaigns and Canvases led to it). Texts that may be personal are left out, unless
        `values` asks for a column with them.
        """
        return tables.timeline(self.records, values=values)

    def diagram(self) -> SequenceDiagram:
        """Give what happened as a sequence diagram, which JupyterLab draws."""
        return SequenceDiagram(self.records)

    def activity_log(self) -> pd.DataFrame:
        """Give Braze's Message Activity Log: `timestamp, type, app name, message, details`.

        Like Braze's, it shows what failed in the last 60 hours, and of one type at most 20 for a
        campaign or step in one clock hour. `webhooks` has everything.
        """
        self.settle()
        return tables.activity(seen(self._state.activity, self.now))

    def webhooks(self) -> pd.DataFrame:
        """Give every attempt to send a webhook, also those that Braze does not show.

        Columns: `time`, `user`, `campaign`, `step`, `attempt`, `method`, `host`, `path`, `status`,
        `outcome`, `errors` (in an accepted answer), `next_attempt`, `test`.
        """
        return tables.attempts(self.attempts)

    def messages(self) -> pd.DataFrame:
        """Give the messages that were sent: `time, user, campaign, step, channel, text`."""
        self.settle()
        return tables.messages(self._state.sent)

    # trying out

    def test_send(
        self,
        sender: str,
        user: str,
        step: str = "",
        *,
        properties: Mapping[str, Any] | None = None,
    ) -> Attempt:
        """Send a webhook as the Test tab does: for real, once, and marked as a test in the log.

        As in Braze it writes to the user's profile, and what it writes may start others. It counts
        as no message and is not tried again.

        Args:
            sender: Name or id of the campaign or Canvas.
            user: External id.
            step: The webhook step; may be left away where there is only one.
            properties: Of the event that would trigger it, or what an API trigger would bring.

        Raises:
            MessagingError: If there is no such user or webhook.
        """
        with self._turn():
            flow, profile = self._flow(sender), self._profile(user)
            return send_test(self._state, self._post_office, flow, profile, step, properties or {})

    def close(self) -> None:
        """Stop listening to the sandbox, and let go of connections."""
        self._rest.close()
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        count = len(self.flows)
        return f"<Messaging {count} campaigns and Canvases, {self.now:%Y-%m-%d %H:%M} UTC>"

    def _launch(self) -> None:
        for flow in self.flows:
            self._rest.key(flow.key)
        self._rest.expect(self.flows)
        self._engine.launch()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Answer what came before, let something happen, and answer that."""
        with self._lock:
            self._engine.run_ready()
            yield
            self._engine.run_ready()

    def _flow(self, sender: str) -> Flow:
        for flow in self.flows:
            if sender in {flow.name, flow.id}:
                return flow
        names = ", ".join(flow.name for flow in self.flows)
        raise MessagingError(f"There is no campaign or Canvas {sender!r}. There is: {names}.")

    def _profile(self, user: str) -> Profile:
        profile = self._rest.find(user)
        if profile is None:
            raise MessagingError(f"The sandbox has no user {user!r}.")
        return profile
