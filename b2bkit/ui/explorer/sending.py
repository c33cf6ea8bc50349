"""Send from the Explorer: with which key, to whom, and what came of it. No widgets here.

A key is kept for the place it was given for and goes nowhere else. In the sandbox the user is put
there before the first request, and looked at before and after.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from b2bkit.client import Client
from b2bkit.client.credentials import VARIABLE, checked_key, from_keyring
from b2bkit.client.errors import ClientError, KeyMissing
from b2bkit.errors import B2bkitError
from b2bkit.secrets import Secret, redact
from b2bkit.transport import OutcomeUnknown
from b2bkit.ui.explorer.target import CUSTOM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from b2bkit.client import Response
    from b2bkit.sandbox import Sandbox
    from b2bkit.ui.explorer.target import Target
    from b2bkit.ui.session import Session
    from b2bkit.webhook import Request

STOPPED: Final = (
    "Stopped while waiting for the answer, so the outcome is unknown: look at the profile before "
    "you send again."
)


class NotTicked(ClientError):  # noqa: N818 - named for what happened
    """Raised when something else than the sandbox is chosen and the tick is not set."""


@dataclass(frozen=True)
class Result:
    """Hold what came of one click on Send.

    Args:
        at: When it was sent.
        to: Name of the instance; its address where it is one of one's own.
        user: External id of the user that was filled in; blank when there was none.
        request: What was sent.
        response: The answer; `None` when none came.
        error: Why none came; blank when one did.
        is_unknown: Whether it may have been applied though no answer came.
        was_watched: Whether it went to the sandbox, where profiles are looked at.
        before: The profile before; `None` where there was none, or it was not looked at.
        after: The profile after.
        dropped: What the sandbox left out without a word in its answer.
        notes: What else the sandbox's log says, such as a trigger that was received.
        use_case: Title of the use case.
    """

    at: datetime
    to: str
    user: str
    request: Request
    response: Response | None = None
    error: str = ""
    is_unknown: bool = False
    was_watched: bool = False
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    use_case: str = ""

    @property
    def outcome(self) -> str:
        """Say in a word or two what became of the request."""
        if self.response is not None:
            return self.response.outcome
        return "unknown" if self.is_unknown else "not sent"

    @property
    def summary(self) -> str:
        """Say in a sentence what became of it, and what to do."""
        return self.response.summary if self.response is not None else self.error


@dataclass
class Sender:
    """Hold keys and clients, and send.

    Args:
        session: Whose sandbox it is.
        make_client: Makes a client; another one for tests.
    """

    session: Session
    make_client: Callable[..., Client] = Client
    _keys: dict[str, Secret] = field(default_factory=dict, repr=False)
    _clients: dict[str, Client] = field(default_factory=dict, repr=False)

    def use_key(self, target: Target, typed: str) -> None:
        """Keep a key for the place that is chosen.

        Raises:
            KeyMissing: If what was typed is no key.
        """
        key = checked_key(typed)
        self._keys[target.place] = key
        self._forget_client(target)

    def forget_key(self, target: Target) -> None:
        """Let go of the key of the place that is chosen."""
        self._keys.pop(target.place, None)
        self._forget_client(target)

    def has_key(self, target: Target) -> bool:
        """Tell whether a key was given for the place that is chosen."""
        return target.place in self._keys

    def hide(self, text: str) -> str:
        """Make the keys unreadable in a text that is to be shown."""
        return redact(text, *self._keys.values())

    def client(self, target: Target) -> Client:
        """Give the client for the place that is chosen.

        Raises:
            NotTicked: If it is not the sandbox and the tick is not set.
            UnknownInstance: If the address is not one to send to.
            KeyMissing: If there is no key for it.
        """
        if not target.is_sandbox and not target.understood:
            raise NotTicked(
                "Nothing was sent: tick first that you understand that this writes to a live "
                "workspace."
            )
        if target.place not in self._clients:
            self._clients[target.place] = self._made_client(target)
        return self._clients[target.place]

    def _made_client(self, target: Target) -> Client:
        sandbox = self.session.sandbox
        instance = target.instance(sandbox)
        key = self._keys.get(target.place)
        if target.is_sandbox:
            return self.make_client(instance, key=key or sandbox.key)
        if key is None and not instance.is_braze:
            raise KeyMissing(
                f"Nothing was sent: there is no key for {instance.rest_url}. Type one and choose "
                f"Use key; {VARIABLE} is only read for Braze's own instances."
            )
        if key is None and not os.environ.get(VARIABLE) and not from_keyring(instance):
            raise KeyMissing(
                f"Nothing was sent: there is no key for {instance.name}. Type one and choose "
                f"Use key, or set {VARIABLE} in the environment of JupyterLab."
            )
        allowed = () if instance.is_braze else (instance.host,)
        return self.make_client(instance, key=key, live=True, allow_host=allowed)

    def _forget_client(self, target: Target) -> None:
        if client := self._clients.pop(target.place, None):
            client.close()

    async def send(self, request: Request, target: Target, user: str) -> Result:
        """Send, and say what came of it; only what was never tried is raised.

        Raises:
            ClientError: If it was refused here.
        """
        client = self.client(target)
        at = datetime.now().astimezone()
        to = client.instance.rest_url if target.choice == CUSTOM else client.instance.name
        if not target.is_sandbox:
            return Result(at, to, user, request, **await _exchange(client, request))
        async with self.session.turn:
            watch = _Watch(self.session.sandbox, user)
            came = await _exchange(client, request)
            return Result(at, to, user, request, **came, **watch.seen())


async def _exchange(client: Client, request: Request) -> dict[str, Any]:
    """Send, and give what came of it as arguments of `Result`."""
    try:
        return {"response": await client.asend(request)}
    except ClientError:
        raise
    except asyncio.CancelledError:
        return {"error": STOPPED, "is_unknown": True}
    except B2bkitError as error:
        return {"error": str(error), "is_unknown": isinstance(error, OutcomeUnknown)}


class _Watch:
    """Look at a user in the sandbox before and after, and at what the sandbox logs between."""

    def __init__(self, sandbox: Sandbox, user: str) -> None:
        self._sandbox, self._user = sandbox, user
        self._before = self._profile()
        self._logged = len(sandbox.log)

    def seen(self) -> dict[str, Any]:
        new = self._sandbox.log[self._logged :]
        dropped = [
            f"{item['attribute']}: {item['reason']}" if item["attribute"] else item["reason"]
            for line in new
            for item in line["dropped"]
        ]
        return {
            "was_watched": True,
            "before": self._before,
            "after": self._profile(),
            "dropped": tuple(dropped),
            "notes": tuple(line["note"] for line in new if line.get("note")),
        }

    def _profile(self) -> dict[str, Any] | None:
        return self._sandbox.profile(self._user) if self._user else None
