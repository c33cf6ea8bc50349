"""Braze's instances: the name, dashboard and REST address of each.

Source: Braze, API overview (2026-09-02). Which of them may be contacted is decided in
`b2bkit.client`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from b2bkit.addresses import Address
from b2bkit.errors import B2bkitError

_REST_AND_DASHBOARD = {
    "US-01": ("rest.iad-01.braze.com", "dashboard-01.braze.com"),
    "US-02": ("rest.iad-02.braze.com", "dashboard-02.braze.com"),
    "US-03": ("rest.iad-03.braze.com", "dashboard-03.braze.com"),
    "US-04": ("rest.iad-04.braze.com", "dashboard-04.braze.com"),
    "US-05": ("rest.iad-05.braze.com", "dashboard-05.braze.com"),
    "US-06": ("rest.iad-06.braze.com", "dashboard-06.braze.com"),
    "US-07": ("rest.iad-07.braze.com", "dashboard-07.braze.com"),
    "US-08": ("rest.iad-08.braze.com", "dashboard-08.braze.com"),
    "US-10": ("rest.us-10.braze.com", "dashboard.us-10.braze.com"),
    "EU-01": ("rest.fra-01.braze.eu", "dashboard-01.braze.eu"),
    "EU-02": ("rest.fra-02.braze.eu", "dashboard-02.braze.eu"),
    "AU-01": ("rest.au-01.braze.com", "dashboard.au-01.braze.com"),
    "ID-01": ("rest.id-01.braze.com", "dashboard.id-01.braze.com"),
    "JP-01": ("rest.jp-01.braze.com", "dashboard.jp-01.braze.com"),
    "KR-01": ("rest.kr-01.braze.com", "dashboard.kr-01.braze.com"),
}
_OLD_HOST = {"rest.iad-10.braze.com": "US-10"}
"""Hosts that older texts of Braze's name for an instance."""
_SPELLING = re.compile(r"([A-Z]{2})[-_ ]?0?(\d{1,2})")


class UnknownInstance(B2bkitError):  # noqa: N818 - named for what the person did
    """Raised when a name or address is not a Braze instance, or not one that can be used."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Name one Braze to send to: a documented instance, the sandbox, or an address of your own.

    Args:
        name: `US-06`; `sandbox`; or the host of an address of your own.
        rest_url: Where its REST API is, without a path: `https://rest.iad-06.braze.com`.
        dashboard_url: Where its dashboard is; blank when it has none.
        is_live: Whether sending to it leaves this machine.
    """

    name: str
    rest_url: str
    dashboard_url: str = ""
    is_live: bool = True

    @classmethod
    def named(cls, name: str) -> Instance:
        """Find a documented instance by name, in any case: `Instance.named("US-06")`.

        Raises:
            UnknownInstance: If there is none of that name.
        """
        asked = name.strip().upper()
        spelled = _SPELLING.fullmatch(asked)
        if spelled:
            asked = f"{spelled[1]}-{spelled[2]:0>2}"
        if asked not in _BY_NAME:
            raise UnknownInstance(_no_such_instance(asked))
        return _BY_NAME[asked]

    @classmethod
    def all(cls) -> tuple[Instance, ...]:
        """Give the 15 documented instances, in the order of Braze's page."""
        return tuple(_BY_NAME.values())

    @classmethod
    def sandbox(cls, url: str) -> Instance:
        """Name a Braze that runs on this machine, such as `b2bkit.Sandbox().url`.

        Raises:
            UnknownInstance: If the address is not on this machine.
        """
        address = _origin_only(url)
        if not address.is_loopback:
            raise UnknownInstance(
                f"{address.origin} is not on this machine, so it is not a sandbox. "
                "Use Instance.at(url) for a server elsewhere."
            )
        return cls("sandbox", address.origin, is_live=False)

    @classmethod
    def at(cls, url: str) -> Instance:
        """Name the instance at an address: a documented one, the sandbox, or one of your own.

        Raises:
            AddressError: If the address cannot be read.
            UnknownInstance: If it has a path, or is an SDK or dashboard address of Braze, or a
                REST host of Braze with a port or without https.
        """
        address = _origin_only(url)
        if address.is_loopback:
            return cls.sandbox(url)
        if documented := cls.of_host(address.host):
            if address.origin != documented.rest_url:
                raise UnknownInstance(
                    f"{documented.name} is at {documented.rest_url}, nowhere else."
                )
            return documented
        if hint := not_the_rest_host(address.host):
            raise UnknownInstance(hint)
        return cls(address.host, address.origin)

    @classmethod
    def of_host(cls, host: str) -> Instance | None:
        """Find the documented instance whose REST API is at a host; `None` if there is none."""
        return _BY_REST_HOST.get(host.lower())

    @property
    def host(self) -> str:
        """Give the host of its REST API."""
        return Address.read(self.rest_url).host

    def url_here(self, url: str) -> str:
        """Put this instance's REST address where a URL begins with that of a documented one.

        The URL may hold Liquid after the host; any other URL comes back unchanged.
        """
        for known in _BY_NAME.values():
            if f"{url}/".startswith(f"{known.rest_url}/"):
                return self.rest_url + url.removeprefix(known.rest_url)
        return url

    @property
    def is_braze(self) -> bool:
        """Tell whether it is one of Braze's documented instances."""
        return self in _BY_NAME.values()


_BY_NAME = {
    name: Instance(name, f"https://{rest}", f"https://{dashboard}")
    for name, (rest, dashboard) in _REST_AND_DASHBOARD.items()
}
_BY_REST_HOST = {instance.host: instance for instance in _BY_NAME.values()}
_OTHER_HOST = {
    **{host.replace("rest.", "sdk.", 1): ("SDK", it) for host, it in _BY_REST_HOST.items()},
    **{Address.read(it.dashboard_url).host: ("dashboard", it) for it in _BY_NAME.values()},
    **{host: ("old", _BY_NAME[name]) for host, name in _OLD_HOST.items()},
}


def not_the_rest_host(host: str) -> str:
    """Say which REST address is meant by an SDK, dashboard or old host; blank for other hosts."""
    kind, instance = _OTHER_HOST.get(host.lower(), ("", None))
    if instance is None:
        return ""
    return f"{host} is the {kind} address of {instance.name}; its REST API is {instance.rest_url}."


def _origin_only(url: str) -> Address:
    address = Address.read(url.strip())
    if address.target != "/":
        raise UnknownInstance(
            f"An instance is an address without a path: use {address.origin} alone."
        )
    return address


def _no_such_instance(asked: str) -> str:
    if asked == "SANDBOX":
        return 'The sandbox is known by its address: use Instance.sandbox("http://127.0.0.1:...").'
    near = get_close_matches(asked, _BY_NAME, n=3, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    return (
        f"There is no {asked or 'instance without a name'}. {hint}Braze has {', '.join(_BY_NAME)}."
    )
