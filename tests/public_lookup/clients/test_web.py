"""Posting to where somebody else says: only there, only once, and not for long (docs/rules.md T32)."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from public_lookup.clients.web import MOST_READ, WITHIN, is_for_everybody, post
from registry.clients.machines import Line, MachineSilent
from tests.public_lookup.clients.receivers import Receiver, a_certificate, listening

HOST = "hooks.receiver.example"


@dataclass
class Names:
    """A resolver that answers what the test says, another thing each time; and remembers what it was asked."""

    answers: list[list[str]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@dataclass
class Reached:
    """Where we tried to connect; nothing ever answers."""

    to: list[str] = field(default_factory=list)

    def __call__(self, where: tuple[str, int], timeout: float) -> socket.socket:
        self.to.append(where[0])
        raise ConnectionRefusedError


def posted(line: Line, address: str = f"https://{HOST}/hook", *, stand_in: str = "", within: float = WITHIN) -> str:
    """The code of what kept it from being handed over."""
    with pytest.raises(MachineSilent) as silent:
        post(address, headers={}, body=b"{}", line=line, stand_in=stand_in, within=within)
    return silent.value.code


def line_by(
    names: Callable[[str, int], list[str]],
    connect: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection,
) -> Line:
    """As posts go out, but for who tells addresses and who connects."""
    return Line(is_allowed=is_for_everybody, resolve=names, connect=connect)


def test_a_name_of_a_private_network_is_not_connected_to() -> None:
    reached = Reached()

    assert posted(line_by(Names([["10.1.2.3"]]), reached)) == "not_public"
    assert reached.to == []


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    reached = Reached()

    assert posted(line_by(Names([["8.8.8.8", "127.0.0.1"]]), reached)) == "not_public"
    assert reached.to == []


def test_a_name_that_changes_its_mind_leads_nowhere() -> None:
    """DNS rebinding: public when it is checked, private the next time. There is no next time."""
    names, reached = Names([["8.8.8.8"], ["127.0.0.1"]]), Reached()

    assert posted(line_by(names, reached)) == "no_connection"
    assert names.asked == [HOST]
    assert reached.to == ["8.8.8.8"]


def test_the_name_itself_is_never_given_to_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real way of connecting: whatever else asks the system for an address is given numbers only."""
    asked: list[str] = []

    def watched(host: str, *_args: object, **_kind: object) -> list[object]:
        asked.append(host)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", watched)

    assert posted(line_by(Names([["8.8.8.8"]]))) == "no_connection"
    assert asked == ["8.8.8.8"]


@pytest.mark.parametrize(
    "address",
    [
        f"http://{HOST}/",
        f"https://somebody@{HOST}/",
        f"https://{HOST}:8443/",
        f"https://{HOST}:x/",
        "https:///hook",
        "ftp://hooks.receiver.example/",
        "file:///etc/passwd",
        f"https://{'a' * 64}.example/",
    ],
)
def test_nothing_but_plain_https_is_even_looked_up(address: str) -> None:
    names = Names([["8.8.8.8"]])

    assert posted(line_by(names, Reached()), address) == "no_name"
    assert names.asked == []


def test_a_name_that_is_none_is_said_to_be_none() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror

    assert posted(line_by(unknown)) == "no_name"
    assert posted(line_by(Names([[]]))) == "no_name"


def test_a_resolver_that_never_answers_is_not_waited_for() -> None:
    release = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        release.wait(10)
        return []

    assert posted(line_by(slow), within=0.1) == "too_slow"
    release.set()


@contextmanager
def served(tmp_path: Path, receiver: Receiver, name: str = HOST) -> Iterator[Line]:
    """A server of this machine with a certificate for the name, to which the name leads; the check of addresses left out."""
    certificate = a_certificate(tmp_path, name)
    with listening(receiver, certificate.served()):
        yield Line(
            resolve=Names([["127.0.0.1"]]),
            is_allowed=lambda address: True,
            trust=certificate.trusted,
            port=receiver.port,
        )


def test_it_is_posted_by_the_name_to_the_address(tmp_path: Path) -> None:
    receiver = Receiver(answer=b"thanks")

    with served(tmp_path, receiver) as line:
        answer = post(f"https://{HOST}/hook?a=1", headers={"webhook-id": "D-1"}, body=b'{"a": 1}', line=line)

    (headers, body), *more = receiver.came
    assert (answer.code, answer.body, answer.is_taken) == (200, b"thanks", True)
    assert body == b'{"a": 1}'
    assert headers["host"].startswith(HOST)
    assert headers["webhook-id"] == "D-1"
    assert receiver.paths == ["/hook?a=1"]
    assert more == []


def test_a_certificate_of_another_name_is_not_spoken_to(tmp_path: Path) -> None:
    receiver = Receiver()

    with served(tmp_path, receiver, name="other.example") as line:
        assert posted(line) == "no_trust"

    assert receiver.came == []


def test_a_certificate_for_the_bare_address_is_not_one_for_the_name(tmp_path: Path) -> None:
    with served(tmp_path, Receiver(), name="127.0.0.1") as line:
        assert posted(line) == "no_trust"


def test_a_certificate_that_nobody_vouches_for_is_not_spoken_to(tmp_path: Path) -> None:
    receiver = Receiver()

    with served(tmp_path, receiver) as line:
        suspicious = Line(resolve=line.resolve, is_allowed=line.is_allowed, port=line.port)
        assert posted(suspicious) == "no_trust"

    assert receiver.came == []


def test_a_redirect_is_an_answer_and_not_a_way(tmp_path: Path) -> None:
    receiver = Receiver(code=307, headers={"location": f"https://{HOST}/elsewhere"})

    with served(tmp_path, receiver) as line:
        answer = post(f"https://{HOST}/hook", headers={}, body=b"{}", line=line)

    assert (answer.code, answer.is_taken) == (307, False)
    assert receiver.paths == ["/hook"]


def test_no_more_than_the_beginning_of_an_answer_is_read(tmp_path: Path) -> None:
    with served(tmp_path, Receiver(answer=b"x" * 1_000_000)) as line:
        answer = post(f"https://{HOST}/hook", headers={}, body=b"{}", line=line)

    assert len(answer.body) == MOST_READ


def test_whoever_answers_byte_by_byte_is_cut_off(tmp_path: Path) -> None:
    """Each byte comes in good time; all of them together do not."""
    certificate = a_certificate(tmp_path, HOST)
    stopped = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            plain, _where = server.accept()
            with certificate.served().wrap_socket(plain, server_side=True) as secured:
                while not stopped.wait(0.05):
                    try:
                        secured.send(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        line = Line(
            resolve=Names([["127.0.0.1"]]),
            is_allowed=lambda address: True,
            trust=certificate.trusted,
            port=server.getsockname()[1],
        )
        code = posted(line, within=0.6)
        took = time.monotonic() - began
        stopped.set()
        thread.join()

    assert code == "too_slow"
    assert took < 30  # all it may say would come in 200


def test_the_proxy_of_the_environment_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")

    with served(tmp_path, Receiver()) as line:
        assert post(f"https://{HOST}/hook", headers={}, body=b"{}", line=line).is_taken


# --- the stand-in of a demonstration ---


def test_the_stand_in_is_reached_by_plain_http_and_only_at_its_own_address() -> None:
    with listening(Receiver()) as receiver:
        answer = post(receiver.address, headers={}, body=b"{}", stand_in=receiver.address)

        assert answer.is_taken
        assert posted(Line(), f"{receiver.address}/other", stand_in=receiver.address) == "no_name"
        assert posted(Line(), receiver.address) == "no_name"
    assert len(receiver.came) == 1


@pytest.mark.parametrize("stand_in", ["http://10.0.0.1:80/", "http://localhost:80/", "https://127.0.0.1/"])
def test_a_stand_in_is_on_this_machine_or_nowhere(stand_in: str) -> None:
    assert posted(Line(), stand_in, stand_in=stand_in) == "not_public"
