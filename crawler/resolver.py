"""Which addresses a name may lead to: public ones alone, or the replica web in its place.

Every connection asks here, for start addresses, links and redirects alike, and connects to the
very address that was approved; a name that changes its mind in between gains nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

_CLOSED_4 = tuple(
    map(
        ipaddress.IPv4Network,
        # carriers' own, protocol assignments, 6to4 relays, benchmarks, documentation, reserved
        ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "192.0.2.0/24",
         "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"),
    )
)  # fmt: skip
_OPEN_6 = ipaddress.IPv6Network("2000::/3")  # all that has been given out
_CLOSED_6 = tuple(
    map(
        ipaddress.IPv6Network,
        # protocol assignments with Teredo and ORCHID, documentation
        ("2001::/23", "2001:db8::/32", "3fff::/20"),
    )
)


def is_public(host: str) -> bool:
    """Whether an IP address belongs to the public internet.

    An IPv6 address that stands for an IPv4 one (mapped, 6to4) is as public as that; what else
    leads through a gateway into a net nobody here can see (NAT64, Teredo) is not.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        closed = any(address in net for net in _CLOSED_4)
        return address.is_global and not address.is_multicast and not closed
    if address.scope_id is not None:
        return False
    inner = address.ipv4_mapped or address.sixtofour
    if inner is not None:
        return is_public(str(inner))
    return address in _OPEN_6 and not any(address in net for net in _CLOSED_6)


class _PublicOnly:
    """Passes on the public ones among the addresses that a name has."""

    def __init__(self, receiver: Any) -> None:
        self._receiver = receiver

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802
        if is_public(address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


class _Answered:
    """The resolution of a name that needs no asking."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


@implementer(IHostnameResolver)
class PublicResolver:
    """Scrapy's TWISTED_DNS_RESOLVER: with TASHAN_REPLICA every name is the replica web's."""

    def __init__(self, reactor: Any, replica: str) -> None:
        self._reactor = reactor
        self._asked = reactor.nameResolver
        host, _, port = replica.rpartition(":")
        self._replica = (host, int(port)) if replica else None

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> PublicResolver:
        """As Scrapy makes it."""
        return cls(reactor, crawler.settings.get("TASHAN_REPLICA") or "")

    def install_on_reactor(self) -> None:
        """As Scrapy asks for it."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Twisted's question: the addresses of a name."""
        if self._replica is None:
            return self._asked.resolveHostName(
                _PublicOnly(resolutionReceiver),
                hostName,
                portNumber,
                addressTypes,
                transportSemantics,
            )
        answered = _Answered(hostName)
        resolutionReceiver.resolutionBegan(answered)
        resolutionReceiver.addressResolved(IPv4Address("TCP", *self._replica))
        resolutionReceiver.resolutionComplete()
        return answered
