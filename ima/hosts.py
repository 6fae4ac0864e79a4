"""Which addresses may be talked to: https, and plain http on this machine only."""

from __future__ import annotations

import ipaddress

import httpx


def base_url(text: str, name: str) -> httpx.URL:
    """A host that the key may be sent to. Raises ValueError, which names the parameter.

    Any https host is taken, since a gateway may stand in between: whoever sets it decides that.
    """
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        raise ValueError(f"{name} is not a URL") from None
    if url.userinfo or url.query or url.fragment:
        raise ValueError(f"{name} must not have a user, a query or a fragment")
    if not is_allowed(text, allow_loopback=True):
        raise ValueError(f"{name} must be an https URL; http only on loopback")
    return url


def endpoint(base: httpx.URL, path: str) -> httpx.URL:
    """The path below the base URL, which may have a path of its own (a gateway's)."""
    return base.copy_with(path=base.path.rstrip("/") + path)


def is_allowed(text: str, *, allow_loopback: bool) -> bool:
    """Whether this is an https URL with a host, or, where allowed, an http one on loopback."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    if not url.host or (url.port or 0) > 65535:
        return False
    return url.scheme == "https" or (allow_loopback and url.scheme == "http" and is_loopback(url.host))


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
