"""Asks addresses of the web whether a reader would get there. The only module that opens a connection.

The addresses may come from a stranger's pull request, and the machine that asks may stand inside a network that the
stranger cannot reach (server-side request forgery, CWE-918). So a name is resolved once, what it resolves to is judged,
and the connection goes to that very address; every redirect is judged in the same way. Nothing but status lines and
headers is read, nothing that a server says is repeated, and no proxy, cookie or password is ever used.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTP_PORT, HTTPS_PORT, HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

AT_ONCE = 8
REDIRECTS = 5
PATIENCE = 15.0
"""Seconds that one address may take, with all its redirects; resolving a name is the system's own affair."""
REDIRECTED = frozenset({301, 302, 303, 307, 308})
THERE_BUT_CLOSED = frozenset({401, 403, 407, 429})
FAILED = 400
# What quote() must leave as it is in a path or query that may be quoted already.
KEPT = "/%:=&?~+!$,;'@()*[]"
HEADERS = {"User-Agent": "milepost (link check)", "Accept": "*/*", "Connection": "close"}
NAT64 = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


class _UnreachableError(Exception):
    """A reader would not get there; the message is the end of a sentence that begins with the address."""


@dataclass(frozen=True, slots=True)
class LinkClient:
    """Asks addresses, several at once.

    is_allowed: judges the numeric address that a connection would go to. patience: seconds that an address may take.
    """

    is_allowed: Callable[[Address], bool]
    patience: float = PATIENCE

    def ask(self, addresses: Sequence[str]) -> Mapping[str, str]:
        """Those of `addresses` that fail, each with what is wrong, in the order given."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            faults = zip(addresses, pool.map(self.fault, addresses), strict=True)
            return {address: fault for address, fault in faults if fault}

    def fault(self, address: str) -> str:
        """What is wrong with `address`, as the end of a sentence; empty where a reader gets there."""
        deadline = time.monotonic() + self.patience
        try:
            status = self._status(address, deadline)
        except _UnreachableError as unreachable:
            return str(unreachable)
        except TimeoutError:
            return f"does not answer within {self.patience:g} seconds"
        except ssl.SSLCertVerificationError:
            return "has a certificate that does not hold"
        except (OSError, HTTPException):
            # Whoever ran out of time has had the connection taken away.
            late = time.monotonic() >= deadline
            return f"does not answer within {self.patience:g} seconds" if late else "does not answer"
        except ValueError:
            return "is not an address that can be asked"
        return f"answers with status {status}" if status >= FAILED and status not in THERE_BUT_CLOSED else ""

    def _status(self, address: str, deadline: float) -> int:
        """The status at the end of the redirects. Some servers answer HEAD wrongly, so GET has the last word."""
        status = self._followed("HEAD", address, deadline)
        return self._followed("GET", address, deadline) if status >= FAILED else status

    def _followed(self, method: str, address: str, deadline: float) -> int:
        seen = {address}
        for _ in range(REDIRECTS + 1):
            status, target = self._answer(method, address, deadline)
            if target is None:
                return status
            address = urljoin(address, target).partition("#")[0]
            if address in seen:
                raise _UnreachableError("redirects in a circle")
            seen.add(address)
        raise _UnreachableError(f"redirects more than {REDIRECTS} times")

    def _answer(self, method: str, address: str, deadline: float) -> tuple[int, str | None]:
        """The status of one answer, and where it redirects to, if anywhere."""
        parts = urlsplit(address)
        path = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT)}" if parts.query else "")
        connection = _connection(parts)
        plain = self._socket(connection.host, connection.port, deadline)
        # The time-out of a socket begins anew with each byte, the patience does not.
        watch = Timer(max(0.0, deadline - time.monotonic()), _cut, [plain])
        watch.daemon = True
        watch.start()
        try:
            connection.sock = _secured(plain, connection)
            connection.request(method, path, headers=HEADERS)
            with closing(connection.getresponse()) as response:
                target = response.getheader("Location") if response.status in REDIRECTED else None
                # A Location is read as Latin-1, and is UTF-8 where it is not quoted.
                return response.status, target and target.encode("latin-1").decode("utf-8", "replace")
        finally:
            watch.cancel()
            connection.close()
            plain.close()

    def _socket(self, host: str, port: int, deadline: float) -> socket.socket:
        """A connection to the first of the host's addresses that is allowed and answers."""
        allowed = [found for found in _resolved(host, port) if self.is_allowed(found[1])]
        if not allowed:
            raise _UnreachableError("leads into a private network, and is not asked")
        failure: OSError | None = None
        for family, address in allowed:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection = socket.socket(family, socket.SOCK_STREAM)
            connection.settimeout(left)
            try:
                connection.connect((str(address), port))
            except OSError as error:
                connection.close()
                failure = error
            else:
                return connection
        raise failure or OSError


def _connection(parts: SplitResult) -> HTTPConnection:
    """What will speak to the host of `parts`; nothing is connected yet."""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _UnreachableError("leads to an address that is neither http nor https")
    if parts.username is not None or parts.password is not None:
        raise _UnreachableError("holds a user's name or password, and is not asked")
    if parts.scheme == "http":
        return HTTPConnection(parts.hostname, parts.port or HTTP_PORT)
    return HTTPSConnection(parts.hostname, parts.port or HTTPS_PORT)


def _secured(plain: socket.socket, connection: HTTPConnection) -> socket.socket:
    """The socket as the connection needs it: with TLS for https, the certificate held to the host's name."""
    if not isinstance(connection, HTTPSConnection):
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=connection.host)


def is_public(address: Address) -> bool:
    """Whether `address` is one of the public internet's, also where it only wraps another (RFC 6890, RFC 6052)."""
    if isinstance(address, IPv6Address):
        inner = _wrapped(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def is_any(_: Address) -> bool:
    """Every address, private ones too."""
    return True


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, if it does."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _resolved(host: str, port: int) -> Iterator[tuple[int, Address]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror:
        raise _UnreachableError("has a host that nobody knows") from None
    for family, _, _, _, place in found:
        yield family, ip_address(str(place[0]))


def _cut(connection: socket.socket) -> None:
    """End a connection that another thread waits for."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It has ended by itself meanwhile, which is as good.
        return
