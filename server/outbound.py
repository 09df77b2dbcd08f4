"""Connections to addresses that others chose: only to the internet, and never for long."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

MOST_BYTES = 1_000_000
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]


class InsideError(Exception):
    """A name that leads to a private address: this server is not to be used to look inside."""


def is_public(address: str) -> bool:
    """Say whether an IP address lies on the internet, also when wrapped in another one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast


def may_be_public(host: str) -> bool:
    """Say whether a host name or address could lie on the internet, without asking anybody."""
    try:
        return is_public(host)
    except ValueError:
        return "." in host and not host.endswith((".localhost", ".local", ".internal"))


def resolve(host: str, port: int) -> list[str]:
    """Return every address a name stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to the very addresses that were checked, within one time limit for everything.

    One instance serves one request. ``trusted`` is left unchecked, for tests.
    """

    def __init__(self, patience: float, resolve: Resolve, *, trusted: bool = False) -> None:
        self._until = time.monotonic() + patience
        self._resolve = resolve
        self._trusted = trusted

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        fault: Exception = httpcore.ConnectError("The name has no address.")
        for address in self._checked(host, port):
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    address, port, self._left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as one:
                fault = one
            else:
                return _TimedStream(stream, self._left)
        raise fault

    def _checked(self, host: str, port: int) -> list[str]:
        found = self._resolve(host, port)
        # One address inside is enough to refuse: who mixes them is up to something.
        if not self._trusted and not all(is_public(address) for address in found):
            raise InsideError
        return found

    def _left(self, most: float | None) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("The other side took too long.")
        return left if most is None else min(left, most)


class _TimedStream(httpcore.NetworkStream):
    """A connection on which even a byte at a time does not outlast the time limit."""

    def __init__(
        self, inner: httpcore.NetworkStream, left: Callable[[float | None], float]
    ) -> None:
        self._inner = inner
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _TimedStream(inner, self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """Lets a library that speaks httpx go out through here, with one time limit for each request.

    ``trusted`` is for an address the administrator chose, which may well stand inside.
    """

    def __init__(
        self, patience: float, *, trusted: bool = False, resolve: Resolve = resolve
    ) -> None:
        self._patience = patience
        self._trusted = trusted
        self._resolve = resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request over a connection of its own; an answer that never ends is cut off."""
        network = GuardedBackend(self._patience, self._resolve, trusted=self._trusted)
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        headers = [
            (name, value) for name, value in request.headers.raw if name != b"accept-encoding"
        ]
        try:
            with (
                httpcore.ConnectionPool(network_backend=network) as pool,
                pool.stream(request.method, url, headers=headers, content=request.read()) as answer,
            ):
                body = b""
                for part in answer.iter_stream():
                    body += part
                    if len(body) > MOST_BYTES:
                        raise httpx.ReadError("The answer is too long.", request=request)
                return httpx.Response(answer.status, headers=answer.headers, content=body)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as fault:
            raise httpx.TransportError(type(fault).__name__, request=request) from None
