"""Which addresses may be fetched from: public ones, and loopback where the caller allows it."""

from __future__ import annotations

import ipaddress
from typing import TypeAlias

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses that carry an IPv4 address inside, which is where the packets may end up.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")


def embedded(address: IPAddress) -> tuple[IPAddress, ...]:
    """The address, and the IPv4 addresses that it maps or tunnels to."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64:
        return (last,)
    if address in _COMPATIBLE and not address.is_loopback:
        return (address, last)
    if address.sixtofour is not None:
        return (address, address.sixtofour)
    if address.teredo is not None:
        return (address, *address.teredo)
    return (address,)


def is_public(address: IPAddress) -> bool:
    """Whether an address is on the public internet, with everything that it maps to."""
    return all(
        each.is_global
        and not (
            each.is_multicast
            or each.is_private
            or each.is_loopback
            or each.is_link_local
            or each.is_reserved
            or each.is_unspecified
        )
        for each in embedded(address)
    )


def is_loopback(address: IPAddress) -> bool:
    """Whether an address is this machine, in plain or mapped form."""
    return all(each.is_loopback for each in embedded(address))
