"""Read a web address strictly: its scheme, host, port and path, and whether it is this machine.

The rules are narrow on purpose, so that the host that was checked is the host that is contacted.
Which hosts may be contacted is decided in `b2bkit.client`.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from b2bkit.errors import B2bkitError

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_NOT_IN_AN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f\\]")
_USUAL_PORT = {"http": 80, "https": 443}


class AddressError(B2bkitError):
    """Raised for a text that is not a plain `http://` or `https://` address."""


@dataclass(frozen=True, slots=True)
class Address:
    """Hold the parts of an address; `Address.read` makes one from text.

    Args:
        scheme: `http` or `https`.
        host: Name or IP address in lower case, IPv6 without its brackets.
        port: The port where it is not the scheme's own, else `None`.
        path: The path, at least `/`.
        query: What follows the `?`, blank when there is none. A fragment is dropped.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str

    @classmethod
    def read(cls, text: str) -> Address:
        """Read an address.

        Raises:
            AddressError: If it is not http(s), has no host, names a user, or holds blanks,
                control characters or backslashes.
        """
        if _NOT_IN_AN_ADDRESS.search(text):
            raise AddressError(
                "The address holds a blank, a line break or a backslash, which no address may. In "
                "a webhook, a value that may hold one needs the filter url_param_escape."
            )
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError as error:
            raise AddressError(f"The address cannot be read: {error}.") from None
        if parts.scheme not in _USUAL_PORT or not parts.netloc:
            raise AddressError("The address must begin with https:// (or http://) and a host.")
        if "@" in parts.netloc:
            raise AddressError(
                "The address names a user before the host (user@host). Leave that out: the key "
                "belongs in the Authorization header."
            )
        port = None if port == _USUAL_PORT[parts.scheme] else port
        host = _checked_host(parts.hostname or "", bracketed="[" in parts.netloc)
        return cls(parts.scheme, host, port, parts.path or "/", parts.query)

    @property
    def origin(self) -> str:
        """Give scheme, host and port, as in `http://127.0.0.1:8080`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port is None else f":{self.port}")

    @property
    def target(self) -> str:
        """Give what follows the host: the path, and the query if there is one."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def is_loopback(self) -> bool:
        """Tell whether the host is this very machine."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine: `localhost`, `127.0.0.0/8` or `::1`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked_host(host: str, *, bracketed: bool) -> str:
    if bracketed:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            raise AddressError(f"[{host}] is not an IPv6 address.") from None
    if not _HOST_NAME.fullmatch(host):
        raise AddressError(f"{host!r} is not a host name: letters, digits, hyphens and dots.")
    return host
