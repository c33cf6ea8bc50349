"""The engine: hears what the sandbox applied, starts campaigns and Canvases, and keeps the order.

It runs in the thread of whoever calls, never on the server's event loop, so it can call the server.
Order, where Braze documents none: what happened first is answered first; of several campaigns on
one event, the one declared first comes first; what a step led to is taken in before the next step.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from b2bkit.campaigns import (
    ApiTrigger,
    Campaign,
    Deed,
    Message,
    Schedule,
    first_failing,
    in_words,
)
from b2bkit.messaging.chains import Chain, Loop
from b2bkit.messaging.conversions import Conversions
from b2bkit.messaging.journeys import Journey, may_again
from b2bkit.messaging.schedules import first_start

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from b2bkit.campaigns import Flow
    from b2bkit.messaging.guard import Guard
    from b2bkit.messaging.rest_side import Heard
    from b2bkit.messaging.state import State
    from b2bkit.messaging.walking import Walker

_LINK = {
    "event": "event",
    "purchase": "purchase",
    "attribute": "attribute",
    "api": "API trigger",
    "received": "message",
    "interacted": "interaction",
}
_NO_CHAIN = Chain(0)
_IN_APP = frozenset({"in-app message", "in-app", "iam"})


class Engine:
    """Run campaigns and Canvases.

    Args:
        state: The common memory.
        flows: What is declared, in order.
        guard: Stops chains that feed themselves.
    """

    def __init__(self, state: State, flows: Sequence[Flow], guard: Guard) -> None:
        self._state = state
        self._flows = tuple(flows)
        self._guard = guard
        self._conversions = Conversions(state)
        self.walker: Walker

    def launch(self) -> None:
        """Take over what profiles did before, and put schedules down."""
        for profile in self._state.rest.profiles():
            self._state.learn(profile)
        for flow in self._flows:
            if isinstance(flow.trigger, Schedule):
                self._plan(flow, first_start(flow, flow.trigger, self._state.now))

    def run_ready(self) -> None:
        """Do everything that is due now."""
        self._state.rest.settle()
        self.hear()
        while task := self._state.agenda.take(self._state.now):
            task()
            self.hear()

    def run_until(self, end: datetime, move_to: Callable[[datetime], None]) -> None:
        """Do everything that is due until a moment, and be there."""
        self.run_ready()
        while (moment := self._next_moment) is not None and moment <= end:
            move_to(max(moment, self._state.now))
            self.run_ready()
        move_to(end)
        self.run_ready()

    @property
    def _next_moment(self) -> datetime | None:
        due = (self._state.agenda.next_moment, self._state.rest.next_due)
        return min((moment for moment in due if moment is not None), default=None)

    def hear(self) -> None:
        """Take in what the sandbox has told, and put the answers down."""
        for heard in self._state.rest.heard():
            if heard.forget:
                self._forget(heard.braze_id)
            elif not heard.braze_id:
                self._broadcast(heard)
            else:
                self._take_in(heard, self._state.chain_of(heard.cause))

    def received(self, journey: Journey, step: str) -> None:
        """Remember that a user received a message, and let it start what waits for it."""
        state, flow = self._state, journey.flow
        memory = state.memory(journey.user)
        memory.received[flow.id] = state.now
        if isinstance(flow, Campaign):
            self._conversions.begin(journey)
        self._happened(
            journey.user,
            Deed("received", flow.name, state.now, step=step, id=flow.id),
            journey.chain,
        )

    def interacted(self, user: str, flow: Flow, step: str, action: str) -> None:
        """Remember that a user did something with a message."""
        deed = Deed("interacted", flow.name, self._state.now, step=step, action=action, id=flow.id)
        chain = self._state.new_chain(by_app=True)
        self._state.note(
            "interaction", self._state.label(user), chain, campaign=flow.name, step=step,
            detail=action,
        )  # fmt: skip
        self._happened(user, deed, chain)

    def _forget(self, user: str) -> None:
        rest = self._state.rest
        self._state.forget(user)
        known = [rest.profile(user)] if user else rest.profiles()
        for profile in known:
            if profile is not None:
                self._state.learn(profile)

    def _take_in(self, heard: Heard, chain: Chain) -> None:
        if heard.created:
            self._state.note("profile", heard.label, chain, status="created")
        for deed in heard.deeds:
            self._state.note_deed(heard.label, chain, deed)
            self._happened(heard.braze_id, deed, chain)
        for attribute, reason in heard.left_out:
            self._state.note(
                "attribute", heard.label, chain, detail=attribute, status=f"left out: {reason}"
            )

    def _broadcast(self, heard: Heard) -> None:
        """Start an API-triggered campaign or Canvas for everybody in its audience."""
        chain = self._state.chain_of(heard.cause)
        for deed in heard.deeds:
            addressed = [flow for flow in self._flows if is_addressed(flow, deed)]
            longer = chain.then("API trigger", deed.name)
            status = "for everybody in the audience" if addressed else _unknown(deed)
            self._state.note("API trigger", "", chain, detail=deed.name, status=status)
            for flow in addressed:
                self._admit_all(flow, deed, longer)

    def _admit_all(self, flow: Flow, deed: Deed | None, chain: Chain | None) -> None:
        """Let in everybody whom Braze would, without a word about the others."""
        for profile in self._state.rest.profiles():
            user = profile.braze_id
            if self._why_not(flow, user, deed, chain or _NO_CHAIN) is None:
                self._admit(flow, user, deed, chain or self._state.new_chain())

    def _happened(self, user: str, deed: Deed, chain: Chain) -> None:
        placed = self._state.remember(user, deed)
        longer = chain.then(_LINK[deed.kind], deed.name)
        self._state.agenda.soon(partial(self._respond, user, placed, longer))

    def _respond(self, user: str, deed: Deed, chain: Chain) -> None:
        self._conversions.look_at(user, deed)
        if deed.kind == "api" and not any(is_addressed(flow, deed) for flow in self._flows):
            label = self._state.label(user)
            self._state.note("no entry", label, chain, detail=deed.name, status=_unknown(deed))
        for flow in self._flows:
            if isinstance(flow, Campaign) and any(each.matches(deed) for each in flow.unless):
                self._call_off(flow, user)
            if is_addressed(flow, deed) if deed.kind == "api" else flow.trigger.matches(deed):
                self._admit(flow, user, deed, chain)

    def _call_off(self, flow: Campaign, user: str) -> None:
        waiting = self._state.memory(user).waiting
        for journey in [each for each in waiting if each.flow is flow]:
            waiting.remove(journey)
            self._note_exit(journey, "exception event: not sent")

    def _admit(self, flow: Flow, user: str, deed: Deed | None, chain: Chain) -> None:
        """Let a user in, if Braze would."""
        if self._guard.is_stopped(chain, user):
            return
        why_not = self._why_not(flow, user, deed, chain)
        label = self._state.label(user)
        if why_not:
            status, detail = why_not
            parts = {"campaign": flow.name, "status": status, "detail": detail}
            self._state.note("no entry", label, chain, **parts)
        elif self._guard.stops(chain, user):
            self._stop(flow, label, chain)
        else:
            self._enter(flow, user, label, deed, chain.then(flow.kind, flow.name))

    def _why_not(
        self, flow: Flow, user: str, deed: Deed | None, chain: Chain
    ) -> tuple[str, str] | None:
        """Say why a user does not get in, and what keeps them out; `None` if they do."""
        if _is_in_app(flow) and _is_from_rest(deed, chain):
            return "in-app messages start from the app only", ""
        failing = first_failing(flow.audience, self._state.facts(user))
        if failing is not None:
            return "not in the audience", str(failing)
        memory = self._state.memory(user)
        of_campaign = isinstance(flow, Campaign)
        last = (memory.received if of_campaign else memory.entered).get(flow.id)
        if not may_again(flow, last, self._state.now):
            return "not re-eligible", "received before" if of_campaign else "entered before"
        is_waiting = any(journey.flow is flow for journey in memory.waiting)
        if is_waiting and flow.again_after is None:
            return "not re-eligible", "on its way already"
        return None

    def _enter(self, flow: Flow, user: str, label: str, deed: Deed | None, chain: Chain) -> None:
        state = self._state
        journey = Journey(
            flow, user, label, chain, deed, state.next_place(), state.now, state.new_dispatch_id()
        )
        state.memory(user).entered[flow.id] = state.now
        delay = flow.delay if isinstance(flow, Campaign) else timedelta(0)
        detail = f"starts after {in_words(delay)}" if delay else str(flow.trigger)
        state.note("entry", label, chain, campaign=flow.name, detail=detail)
        if not isinstance(flow, Campaign):
            self._conversions.begin(journey)
        if delay:
            state.memory(user).waiting.append(journey)
            state.agenda.at(state.now + delay, partial(self._after_delay, journey))
        else:
            state.agenda.soon(partial(self.walker.go_on, journey))

    def _after_delay(self, journey: Journey) -> None:
        memory = self._state.memory(journey.user)
        if journey not in memory.waiting:
            return
        memory.waiting.remove(journey)
        if may_again(journey.flow, memory.received.get(journey.flow.id), self._state.now):
            self.walker.go_on(journey)
        else:
            self._note_exit(journey, "not re-eligible: received while it waited")

    def _note_exit(self, journey: Journey, status: str) -> None:
        self._state.note(
            "exit", journey.label, journey.chain, campaign=journey.flow.name, status=status
        )

    def _stop(self, flow: Flow, label: str, chain: Chain) -> None:
        links = chain.loop or chain.links
        loop = Loop(links, chain.hops, self._state.now, label)
        self._state.loops.append(loop)
        self._state.note(
            "loop", label, chain, campaign=flow.name, detail=loop.message, status="stopped"
        )

    def _plan(self, flow: Flow, moment: datetime) -> None:
        schedule = flow.trigger
        if isinstance(schedule, Schedule) and (schedule.until is None or moment <= schedule.until):
            self._state.agenda.at(moment, partial(self._occur, flow, moment))

    def _occur(self, flow: Flow, moment: datetime) -> None:
        """Start a scheduled campaign or Canvas for everybody in its audience."""
        self._state.note("schedule", "", campaign=flow.name, detail=str(flow.trigger))
        self._admit_all(flow, None, None)
        if isinstance(flow.trigger, Schedule) and flow.trigger.every:
            self._plan(flow, moment + flow.trigger.every)


def is_addressed(flow: Flow, deed: Deed) -> bool:
    """Tell whether an API trigger names this campaign or Canvas, by its id or its name."""
    named = deed.name in {flow.id, flow.name} and flow.kind.lower() == deed.action
    return named and isinstance(flow.trigger, ApiTrigger)


def _unknown(deed: Deed) -> str:
    kind = "Canvas" if deed.action == "canvas" else deed.action
    return f"no API-triggered {kind} with this id"


def _is_in_app(flow: Flow) -> bool:
    return isinstance(flow, Campaign) and any(
        isinstance(step, Message) and step.channel.lower() in _IN_APP for step in flow.steps
    )


def _is_from_rest(deed: Deed | None, chain: Chain) -> bool:
    return (
        deed is not None
        and deed.kind in {"event", "purchase"}
        and not (chain.by_app and len(chain.links) == 1)
    )
