"""What the messaging side knows: users' deeds, what was received, and everything written down.

Decisions are in `engine`, `steps` and `posting`; this is their common memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns import Deed, Facts
from b2bkit.messaging.agenda import Agenda
from b2bkit.messaging.chains import Chain, Loop
from b2bkit.messaging.errors import MessagingError
from b2bkit.messaging.journal import Journal, shown
from b2bkit.messaging.rest_side import label_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from b2bkit.campaigns import Flow
    from b2bkit.messaging.activity import Entry
    from b2bkit.messaging.attempts import Attempt
    from b2bkit.messaging.journal import What
    from b2bkit.messaging.journeys import Journey, Sent
    from b2bkit.messaging.rest_side import RestSide
    from b2bkit.profiles import Profile


@dataclass(slots=True)
class Memory:
    """Remember one user.

    Args:
        deeds: What the user did or received, in order.
        received: When which campaign was last received, by its id.
        entered: When which Canvas was last entered, by its id.
        waiting: Campaigns that wait for their delay to pass.
    """

    deeds: list[Deed] = field(default_factory=list)
    received: dict[str, datetime] = field(default_factory=dict)
    entered: dict[str, datetime] = field(default_factory=dict)
    waiting: list[Journey] = field(default_factory=list)


class State:
    """Hold what the messaging side knows.

    Args:
        rest: The sandbox.
        clock: The clock that is shared with it.
        seed: What ids are made from.
    """

    def __init__(self, rest: RestSide, clock: Callable[[], datetime], seed: int) -> None:
        self.rest = rest
        self.clock = clock
        self.agenda = Agenda()
        self.journal = Journal()
        self.attempts: list[Attempt] = []
        self.sent: list[Sent] = []
        self.activity: list[Entry] = []
        self.loops: list[Loop] = []
        self._memory: dict[str, Memory] = {}
        self._causes: dict[str, Chain] = {}
        self._random = Random(seed)  # noqa: S311 - ids to practise with, no secrets
        self._places = 0
        self._roots = 0

    @property
    def now(self) -> datetime:
        """Give the moment."""
        return self.clock()

    def memory(self, user: str) -> Memory:
        """Give what is remembered of a user; nothing at first."""
        if user not in self._memory:
            self._memory[user] = Memory()
        return self._memory[user]

    def learn(self, profile: Profile) -> None:
        """Take over the events and purchases that a profile has already."""
        self._memory[profile.braze_id] = Memory(self.rest.history(profile))

    def forget(self, user: str) -> None:
        """Forget a user; all of them if blank."""
        if user:
            self._memory.pop(user, None)
        else:
            self._memory.clear()

    def next_place(self) -> int:
        """Give the next place in the order of everything."""
        self._places += 1
        return self._places

    def new_chain(self, *, by_app: bool = False) -> Chain:
        """Begin a chain of causes."""
        self._roots += 1
        return Chain(self._roots, by_app=by_app)

    def token_for(self, chain: Chain) -> str:
        """Give a token by which the sandbox tells what came of this chain."""
        token = str(len(self._causes) + 1)
        self._causes[token] = chain
        return token

    def chain_of(self, token: str) -> Chain:
        """Give the chain of a token; a new one where nobody here was the cause."""
        return self._causes.get(token) or self.new_chain()

    def new_dispatch_id(self) -> str:
        """Make up an id as Braze's look: 32 hexadecimal digits, the same in every run."""
        return f"{self._random.getrandbits(128):032x}"

    def remember(self, user: str, deed: Deed) -> Deed:
        """Put a deed in its place in the order, and remember it."""
        placed = replace(deed, at=self.next_place())
        self.memory(user).deeds.append(placed)
        return placed

    def last_received(self, profile: Profile, flow: Flow, step: str = "") -> str:
        """Give the step whose message a user received last.

        Raises:
            MessagingError: If there is none.
        """
        for deed in reversed(self.memory(profile.braze_id).deeds):
            if deed.kind == "received" and deed.id == flow.id and step in {"", deed.step}:
                return deed.step
        raise MessagingError(f'{label_of(profile)!r} has received no message of "{flow.name}".')

    def facts(self, user: str, journey: Journey | None = None) -> Facts:
        """Give what filters look at, now."""
        profile = self.rest.profile(user)
        return Facts(
            now=self.now,
            attributes=profile.attributes if profile else {},
            custom_attributes=profile.custom_attributes if profile else {},
            context=journey.context if journey else {},
            deeds=self.memory(user).deeds,
            entered=journey.entered if journey else None,
        )

    def label(self, user: str) -> str:
        """Name a user as tables show it."""
        profile = self.rest.profile(user)
        return label_of(profile) if profile else user

    def note(self, what: What, label: str, chain: Chain | None = None, **parts: Any) -> None:
        """Write into the journal."""
        self.journal.add(self.now, label, what, chain, **parts)

    def note_step(self, journey: Journey, what: What, step: str, **parts: Any) -> None:
        """Write into the journal what happened in a step."""
        where = {"campaign": journey.flow.name, "step": step}
        self.note(what, journey.label, journey.chain, **where, **parts)

    def note_deed(self, label: str, chain: Chain, deed: Deed) -> None:
        """Write a deed into the journal."""
        if deed.kind == "attribute":
            detail = f"{deed.name}: {shown(deed.before)} → {shown(deed.after)}"
            values = f"{deed.before!r} → {deed.after!r}"
        else:
            detail, values = deed.name, repr(dict(deed.properties)) if deed.properties else ""
        what: What = _WHAT[deed.kind]
        self.note(what, label, chain, detail=detail, values=values)


_WHAT: dict[str, What] = {
    "attribute": "attribute",
    "event": "event",
    "purchase": "purchase",
    "api": "API trigger",
}
