"""How addresses are asked: by a real client of a real server, which stands on this machine and answers badly."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import quote

import pytest

from milepost.check.links.client import Address, LinkClient, is_any, is_public

HERE = "127.0.0.1"
SLOW = 0.6
"""Seconds that a client of these tests waits; the server's slow answers take longer than that by far."""


class Server(ThreadingHTTPServer):
    """Remembers what it was asked, and lets go of whoever still waits when it is closed."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__((HERE, 0), Handler)
        self.requests: list[tuple[str, str]] = []
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://{HERE}:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers each path in a way of its own: a number with that status, to/... with a redirect."""

    server: Server

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        self.server.requests.append((method, self.path))
        name, _, rest = self.path.strip("/").partition("/")
        if name == "never":
            self.server.closing.wait()
        elif name == "drip":
            self.drip()
        elif name == "rubbish":
            self.wfile.write(b"this is no HTTP\n")
        elif name == "to":
            self.say(302, rest)
        elif name == "circle":
            self.say(301, f"/circle/{1 - int(rest)}")
        elif name == "chain":
            self.say(307, f"/chain/{int(rest) - 1}" if rest != "0" else "/200")
        elif name == "get-only":
            self.say(200 if method == "GET" else 405)
        elif name == "head-is-wrong":
            self.say(200 if method == "GET" else 404)
        else:
            self.say(int(name))

    def say(self, status: int, target: str | None = None) -> None:
        self.send_response(status)
        if target is not None:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        """A byte now and then, so that no single wait is ever long."""
        try:
            while not self.server.closing.wait(SLOW / 6):
                self.wfile.write(b"H")
        except OSError:
            # The client has gone, as it should.
            return

    def log_message(self, *_: object) -> None:
        """Nothing: the tests print nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.closing.set()
        running.shutdown()
        thread.join()


def is_here_or_public(address: Address) -> bool:
    """What the command allows, and this machine's server beside it."""
    return address == ip_address(HERE) or is_public(address)


CLIENT = LinkClient(is_here_or_public, patience=30)
HASTY = LinkClient(is_here_or_public, patience=SLOW)


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("200", ""),
        ("204", ""),
        ("404", "answers with status 404"),
        ("410", "answers with status 410"),
        ("500", "answers with status 500"),
        ("to//200", ""),
        ("to//404", "answers with status 404"),
        ("to//to//410", "answers with status 410"),
        ("get-only", ""),
        ("head-is-wrong", ""),
        ("circle/0", "redirects in a circle"),
        ("chain/4", ""),
        ("chain/5", "redirects more than 5 times"),
        ("rubbish", "does not answer"),
        ("to/ftp://files.example/x", "leads to an address that is neither http nor https"),
        ("to/file:///etc/hosts", "leads to an address that is neither http nor https"),
        ("to/http://[broken/", "is not an address that can be asked"),
        ("to/http://name:word@127.0.0.1/", "holds a user's name or password, and is not asked"),
    ],
)
def test_what_an_answer_means(server: Server, path: str, fault: str) -> None:
    assert CLIENT.fault(f"{server.address}/{path}") == fault


@pytest.mark.parametrize("status", [401, 403, 407, 429])
def test_whoever_asks_for_a_login_or_for_patience_is_there(server: Server, status: int) -> None:
    assert CLIENT.fault(f"{server.address}/{status}") == ""


@pytest.mark.parametrize("path", ["never", "drip"])
def test_whoever_does_not_finish_an_answer_is_left(server: Server, path: str) -> None:
    assert HASTY.fault(f"{server.address}/{path}") == f"does not answer within {SLOW:g} seconds"


def test_a_port_where_nobody_listens_is_told() -> None:
    with socket.socket() as bound:
        bound.bind((HERE, 0))
        assert CLIENT.fault(f"http://{HERE}:{bound.getsockname()[1]}/") == "does not answer"


def test_a_server_that_speaks_no_tls_is_told(server: Server) -> None:
    assert CLIENT.fault(server.address.replace("http:", "https:")) == "does not answer"


def test_head_is_enough_where_it_succeeds_and_get_has_the_last_word(server: Server) -> None:
    CLIENT.fault(f"{server.address}/200")
    CLIENT.fault(f"{server.address}/get-only")
    assert server.requests == [("HEAD", "/200"), ("HEAD", "/get-only"), ("GET", "/get-only")]


def test_each_address_is_asked_once_and_told_in_the_order_given(server: Server) -> None:
    paths = [f"{number}" for number in range(404, 430) if number not in {407, 429}]
    asked = [f"{server.address}/{path}" for path in [*paths, "200"]]
    faults = CLIENT.ask(asked)
    assert list(faults) == asked[:-1]
    heads = [f"{server.address}{path}" for method, path in server.requests if method == "HEAD"]
    assert sorted(heads) == sorted(asked)


def test_letters_beyond_ascii_are_sent_as_the_web_writes_them(server: Server) -> None:
    assert CLIENT.fault(f"{server.address}/404/é b?q=ü&r=%20") == "answers with status 404"
    assert server.requests[0] == ("HEAD", f"/404/{quote('é')}%20b?q={quote('ü')}&r=%20")


# Server-side request forgery


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://inside.example/",
        "http://10.0.0.1/",
        "http://192.168.1.1:8080/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706434/",
        "http://0x7f000002/",
        "http://127.2/",
    ],
)
def test_a_redirect_into_a_private_network_is_not_followed(
    server: Server, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the address is spelled: what it resolves to is judged, before anything is sent."""
    resolve = socket.getaddrinfo

    def with_a_name(host: str, port: int, **named: int) -> object:
        return resolve("127.0.0.2" if host == "inside.example" else host, port, **named)

    monkeypatch.setattr(socket, "getaddrinfo", with_a_name)
    fault = CLIENT.fault(f"{server.address}/to/{target}")
    assert fault == "leads into a private network, and is not asked"
    assert [path for _, path in server.requests] == [f"/to/{target}"]


def test_a_private_address_is_asked_only_where_that_is_allowed(server: Server) -> None:
    assert LinkClient(is_public).fault(f"{server.address}/200") == "leads into a private network, and is not asked"
    assert server.requests == []
    assert LinkClient(is_any).fault(f"{server.address}/200") == ""


def test_the_address_that_was_judged_is_the_one_that_is_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means another address the second time it is looked up gains nothing."""
    looked_up = []

    def rebinding(host: str, port: int, **_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        looked_up.append(host)
        place = HERE if len(looked_up) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (place, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert CLIENT.fault(f"http://rebinding.example:{server.server_port}/200") == ""
    assert looked_up == ["rebinding.example"]


def test_of_several_addresses_only_the_public_ones_are_tried(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def both(_: str, port: int, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (place, port)) for place in ("127.0.0.2", HERE)]

    judged = []

    def allowed(address: Address) -> bool:
        judged.append(str(address))
        return is_here_or_public(address)

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert LinkClient(allowed).fault(f"http://both.example:{server.server_port}/200") == ""
    assert judged == ["127.0.0.2", HERE]


def test_a_name_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert CLIENT.fault("https://nobody.example/") == "has a host that nobody knows"


def test_a_proxy_of_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would connect for us, wherever it likes."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.2:9/")
    assert CLIENT.fault(f"{server.address}/200") == ""


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("172.16.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("ff02::1", False),
        ("::", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("2001:0:5db8:d822:0:0:f5ff:fffe", False),
    ],
)
def test_which_addresses_are_public(address: str, *, public: bool) -> None:
    assert is_public(ip_address(address)) is public
