"""Which host a request goes to, and whether it may. Nothing is sent here.

The instance decides: a documented REST host of Braze in a webhook means the instance that was
chosen, so the article's `https://rest.iad-06.braze.com/users/track` can be practised on a sandbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.addresses import Address, AddressError
from b2bkit.braze.instances import Instance, not_the_rest_host
from b2bkit.client.errors import HostRefused

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class HostRules:
    """Say what a client may contact.

    Args:
        instance: Where requests to Braze go.
        live: Whether anything but this machine may be contacted.
        allow_host: Hosts beside Braze's that may be contacted.
    """

    instance: Instance
    live: bool = False
    allow_host: Collection[str] = ()

    def __post_init__(self) -> None:
        hosts = (self.allow_host,) if isinstance(self.allow_host, str) else self.allow_host
        object.__setattr__(self, "allow_host", frozenset(host.strip().lower() for host in hosts))

    def target(self, url: str) -> Target:
        """Find where a request to a URL goes.

        Raises:
            HostRefused: If it may not go there.
        """
        asked, home = _address(url), _address(self.instance.rest_url)
        documented = Instance.of_host(asked.host)
        if asked.scheme != "https" and not asked.is_loopback:
            raise HostRefused(
                f"{asked.origin} is not contacted without https: the key would travel in clear."
            )
        if documented:
            self._refuse_another_live_instance(documented)
            address = home
        else:
            address = asked
        self._refuse_host(address)
        return Target(address.origin + asked.target, asked.path, address.origin == home.origin)

    def _refuse_another_live_instance(self, named: Instance) -> None:
        if self.instance.is_braze and named != self.instance:
            raise HostRefused(
                f"This request is meant for {named.name}, and the client sends to "
                f"{self.instance.name}. Choose the instance that is meant, or change the URL."
            )

    def _refuse_host(self, address: Address) -> None:
        if address.is_loopback:
            return
        if address.scheme != "https":
            raise HostRefused(f"{address.origin} is not contacted without https.")
        if hint := not_the_rest_host(address.host):
            raise HostRefused(hint)
        if not self.live:
            raise HostRefused(
                f"{address.host} is not on this machine, and this client was not told to send for "
                "real. If that is what you want, make it with live=True."
            )
        if Instance.of_host(address.host) is None and address.host not in self.allow_host:
            raise HostRefused(
                f"{address.host} is not one of Braze's hosts. If you trust it with this request, "
                f'make the client with allow_host=["{address.host}"].'
            )


@dataclass(frozen=True, slots=True)
class Target:
    """Say where a request goes.

    Args:
        url: The whole address that is contacted.
        path: Its path, without the query.
        is_home: Whether it is the client's own instance; only there the key may go.
    """

    url: str
    path: str
    is_home: bool


def _address(url: str) -> Address:
    try:
        return Address.read(url)
    except AddressError as error:
        raise HostRefused(str(error)) from error
