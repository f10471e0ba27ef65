"""No machine that we ask can hold us: it is left at our time, and a page says that we cannot tell now (docs/decisions/0202).

Every client of the service is asked of servers that drip, never end, say nothing, or send us to another machine.
"""

import ast
import socket
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from licensing.cards import client as cards
from public_lookup.clients import web
from public_lookup.service_figures.jobs import ask_look_up
from public_lookup.service_figures.models import LookUpDay
from registry import company_service
from registry.clients import machines, texts
from registry.directory_service import provider as directory
from registry.directory_service import staff_directory
from registry.silences import silences
from registry.telephone.recordings import ProviderRecordings, RecordingLost
from registry.uploads import scanner
from tests import stories
from tests.architecture.source import Source, chain, product
from tests.conftest import NOW
from tests.people import signed_in
from tests.public_lookup.telephone.provider import Call
from tests.registry.stories import a_licence

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: Between two bytes of a server that drips.
DRIP = 0.2
Talk = Callable[[socket.socket, threading.Event], None]


def _drip(first: bytes, byte: bytes) -> Talk:
    def talk(client: socket.socket, ended: threading.Event) -> None:
        client.sendall(first)
        while not ended.wait(DRIP):
            client.sendall(byte)

    return talk


def _flood(first: bytes, more: bytes) -> Talk:
    def talk(client: socket.socket, ended: threading.Event) -> None:
        client.sendall(first)
        while not ended.is_set():
            client.sendall(more)

    return talk


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
KINDS: dict[str, Talk] = {
    "drips its head": _drip(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
    "drips its body": _drip(OK + b"Content-Length: 100000\r\n\r\n{", b" "),
    "drips a body without an end": _drip(OK + b"\r\n{", b" "),
    "never ends": _flood(OK + b"\r\n", b" " * 65536),
    "never begins": _flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "says nothing": _drip(b"", b""),
}


class Machine:
    """A server of somebody else; `asked` counts who came."""

    def __init__(self, talk: Talk) -> None:
        self.asked, self._ended, self._talk = 0, threading.Event(), talk
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                client, _where = self._server.accept()
            except OSError:
                return
            self.asked += 1
            threading.Thread(target=self._answer, args=[client], daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with client:
            try:
                client.recv(65536)
                self._talk(client, self._ended)
            except OSError:
                return

    def end(self) -> None:
        self._ended.set()
        self._server.close()


@pytest.fixture(autouse=True)
def nothing_is_left_alone() -> Iterator[None]:
    silences.forget()
    cache.clear()
    yield
    silences.forget()


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each question took; what a page does beside asking is not counted."""
    found: list[float] = []
    ask = machines.ask

    def timed(*given: Any, **named: Any) -> machines.MachineAnswer:
        begun = time.monotonic()
        try:
            return ask(*given, **named)
        finally:
            found.append(time.monotonic() - begun)

    monkeypatch.setattr(machines, "ask", timed)
    return found


@pytest.fixture
def machine(request: pytest.FixtureRequest) -> Iterator[Machine]:
    one = Machine(KINDS[request.param])
    yield one
    one.end()


# --- the clients: each is set up to ask this address, asks, and says whether it could tell


def _companies(address: str, settings: Settings) -> bool:
    settings.COMPANIES_URL, settings.COMPANIES_KEY = address, "key"
    try:
        return company_service.ask("95000001", today=NOW.date()).company is not None
    except company_service.RegisterSilent:
        return False


def _cards(address: str, settings: Settings) -> bool:
    try:
        return bool(cards.ask(cards.Provider(address, "key"), "one"))
    except cards.NoAnswer:
        return False


def _recordings(address: str, settings: Settings) -> bool:
    settings.TELEPHONE_PROVIDER = address
    try:
        return bool(ProviderRecordings().take(f"{address}/one").strip())
    except RecordingLost:
        return False


def _notify(address: str, settings: Settings) -> bool:
    settings.NOTIFY_URL, settings.NOTIFY_TEXT_TEMPLATE = address, "a template"
    settings.NOTIFY_KEY = "tests-1a2b3c4d-0000-4000-8000-000000000001-5e6f7a8b-0000-4000-8000-000000000002"
    settings.TEXT_SENDER = "registry.clients.notify.NotifySender"
    return not texts.fault_in_sending(number="+447700900123", words="Licensed", reference="T-1")


def _directory(address: str, settings: Settings) -> bool:
    settings.DIRECTORY = {
        "directory": {"name": "Directory", "issuer": address, "client_id": "us", "groups": {"a": ["inspector"]}}
    }
    settings.DIRECTORY_SECRET = "a secret"
    found = staff_directory()
    assert found is not None
    try:
        return bool(directory.discover(found))
    except directory.ProviderSilent:
        return False


def _look_up(address: str, settings: Settings) -> bool:
    settings.SITE_ADDRESS = address
    a_licence()
    ask_look_up(at=NOW)
    return LookUpDay.objects.get().answered > 0


def _webhook(address: str, settings: Settings) -> bool:
    """An answer of any code is one; only what gives the challenge back confirms a webhook."""
    try:
        answer = web.post(address, headers={}, body=b"{}", stand_in=address, within=web.WITHIN)
    except machines.MachineSilent:
        return False
    return b"challenge" in answer.body


#: By the file that asks: the client, and the name of its time.
CLIENTS: dict[str, tuple[Callable[[str, Settings], bool], str]] = {
    "licensing/cards/client.py": (_cards, "WITHIN"),
    "public_lookup/clients/web.py": (_webhook, "WITHIN"),
    "public_lookup/service_figures/jobs.py": (_look_up, "SECONDS"),
    "registry/clients/notify.py": (_notify, "WITHIN"),
    "registry/company_service/__init__.py": (_companies, "WITHIN"),
    "registry/directory_service/provider.py": (_directory, "WITHIN"),
    "registry/telephone/recordings.py": (_recordings, "WITHIN"),
}
FOR_PAGES = ("licensing/cards", "registry/company_service", "registry/directory_service", "registry/telephone")


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def asks_machines(source: Source) -> bool:
    names = [chain(node) for node in ast.walk(source.tree) if isinstance(node, ast.Attribute)]
    imported = [
        name.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module == machines.__name__
        for name in node.names
    ]
    return ["machines", "ask"] in names or "ask" in imported


def test_every_client_is_in_the_list() -> None:
    assert {source.path for source in product() if asks_machines(source)} == set(CLIENTS)


@pytest.mark.parametrize("machine", KINDS, indirect=True)
@pytest.mark.parametrize("path", CLIENTS)
def test_each_ends_at_its_time_and_cannot_tell(
    path: str, machine: Machine, settings: Settings, monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    client, seconds = CLIENTS[path]
    monkeypatch.setattr(import_module(module_of(path)), seconds, 3 * DRIP)

    assert client(machine.address, settings) is False

    assert machine.asked == 1
    assert sum(waited) < 3 * DRIP + 1


@pytest.mark.parametrize("code", [301, 302, 307, 308])
@pytest.mark.parametrize("path", CLIENTS)
def test_nobody_is_sent_to_another_machine(path: str, code: int, settings: Settings) -> None:
    other = Machine(_drip(OK + b"Content-Length: 2\r\n\r\n{}", b""))
    here = Machine(
        _drip(f"HTTP/1.1 {code} Go\r\nLocation: {other.address}/\r\nContent-Length: 0\r\n\r\n".encode(), b"")
    )

    assert CLIENTS[path][0](here.address, settings) is False

    assert (here.asked, other.asked) == (1, 0)
    here.end()
    other.end()


def test_for_a_page_no_client_has_more_time_than_the_page() -> None:
    times = {
        path: getattr(import_module(module_of(path)), name)
        for path, (_client, name) in CLIENTS.items()
        if path.startswith(FOR_PAGES)
    }

    assert machines.A_PAGE_WAITS == 4.0
    assert times and all(seconds <= machines.A_PAGE_WAITS for seconds in times.values()), times


# --- pages


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> float:
    """A page waits for less, so that these tests do too; the time of each client stays what it is."""
    monkeypatch.setattr(machines, "A_PAGE_WAITS", 5 * DRIP)
    return 5 * DRIP


def _company_page(address: str, settings: Settings) -> tuple[int, str]:
    settings.COMPANIES_URL, settings.COMPANIES_KEY = address, "key"
    application = stories.an_application()
    browser = signed_in(stories.holder_of(application.organisation))
    here = f"/apply/{application.reference}"
    browser.post(f"{here}/legal-status/", {"legal_status": "company"})
    return _seen(browser, f"{here}/company-register/?number=95000001")


def _card_page(address: str, settings: Settings) -> tuple[int, str]:
    settings.CARD_PAYMENTS_URL, settings.CARD_PAYMENTS_KEY, settings.CARD_PAYMENTS_SECRET = address, "key", "secret"
    application = stories.an_application_submitted()
    browser = signed_in(stories.holder_of(application.organisation))
    return _sent(browser, reverse("pay_by_card", args=[application.reference]))


def _sign_in_page(address: str, settings: Settings) -> tuple[int, str]:
    settings.DIRECTORY = {
        "directory": {"name": "Directory", "issuer": address, "client_id": "us", "groups": {"a": ["inspector"]}}
    }
    return _sent(Client(), "/account/directory/sign-in/")


def _seen(browser: Client, address: str) -> tuple[int, str]:
    answer = browser.get(address)
    return answer.status_code, answer.content.decode()


def _sent(browser: Client, address: str) -> tuple[int, str]:
    answer = browser.post(address)
    return answer.status_code, answer.content.decode()


PAGES = {
    "the companies register": (_company_page, 200, "We cannot ask the companies register now."),
    "paying by card": (_card_page, 503, "the payment service does not answer"),
    "signing in by the directory": (_sign_in_page, 503, "does not answer"),
}


@pytest.mark.parametrize("machine", ["drips its body", "never begins"], indirect=True)
@pytest.mark.parametrize("asked", PAGES)
def test_the_page_says_in_time_that_it_cannot_tell(
    asked: str, machine: Machine, settings: Settings, short: float, waited: list[float]
) -> None:
    ask, status, words = PAGES[asked]

    code, said = ask(machine.address, settings)

    assert code == status and words in said
    assert machine.asked and sum(waited) < short + 1


@pytest.mark.parametrize("machine", ["drips its body"], indirect=True)
def test_a_caller_is_told_that_the_recording_was_not_kept(
    machine: Machine, settings: Settings, short: float, waited: list[float]
) -> None:
    settings.TELEPHONE_SECRET, settings.TELEPHONE_PROVIDER = "secret", machine.address
    settings.TELEPHONE_RECORDINGS = "registry.telephone.recordings.ProviderRecordings"
    call = Call().press("01").press("4").press("2")

    call.record(f"{machine.address}/one")

    assert machine.asked and "not-kept" in call.words
    assert sum(waited) < short + 1


@pytest.mark.parametrize("machine", ["drips its body"], indirect=True)
def test_all_that_one_page_asks_shares_the_time_of_the_page(machine: Machine, short: float) -> None:
    quick = Machine(_drip(OK + b"Content-Length: 2\r\n\r\n{}", b""))
    begun = time.monotonic()

    with machines.for_a_page():
        assert machines.ask("GET", quick.address, within=9, most=10).body == b"{}"
        for address in (machine.address, machine.address.replace("127.0.0.1", "localhost"), quick.address):
            with pytest.raises(machines.MachineSilent):
                machines.ask("GET", address, within=9, most=10**6)

    assert time.monotonic() - begun < short + 1
    assert quick.asked == 1
    quick.end()


@pytest.mark.parametrize("machine", ["says nothing"], indirect=True)
def test_a_machine_that_kept_a_page_waiting_is_left_alone_by_the_next(machine: Machine, short: float) -> None:
    for _page in range(3):
        with machines.for_a_page(), pytest.raises(machines.MachineSilent):
            machines.ask("GET", machine.address, within=9, most=10)

    assert machine.asked == 1
    with pytest.raises(machines.MachineSilent):  # the background worker asks all the same
        machines.ask("GET", machine.address, within=DRIP, most=10)
    assert machine.asked == 2


# --- what looks whole, and is not


def test_an_answer_that_breaks_off_is_none() -> None:
    """A recording of which half has come is not deleted at the provider."""
    broken = Machine(lambda client, _ended: client.sendall(OK + b"Content-Length: 10\r\n\r\nhalf"))

    with pytest.raises(machines.MachineSilent) as silent:
        machines.ask("GET", broken.address, within=5, most=100)

    assert silent.value.code == "no_answer"
    broken.end()


@pytest.mark.parametrize("machine", ["drips a body without an end"], indirect=True)
def test_what_was_cut_off_at_our_time_is_not_taken_for_whole(machine: Machine) -> None:
    with pytest.raises(machines.MachineSilent) as silent:
        machines.ask("GET", machine.address, within=2 * DRIP, most=100)

    assert silent.value.code == "too_slow"


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/", "http://[::1", "http:///", "file:///etc/passwd", "nowhere"])
def test_what_is_no_address_is_not_asked(address: str) -> None:
    with pytest.raises(machines.MachineSilent) as silent:
        machines.ask("GET", address, within=1, most=1)

    assert silent.value.code == "no_name"


# --- not over HTTP, and held to the same


@pytest.mark.parametrize("talk", ["drips its body", "never ends"])
def test_a_scanner_that_goes_on_without_end_leaves_the_file_unknown(
    talk: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(KINDS[talk])
    settings.CLAMD_ADDRESS = machine.address.removeprefix("http://")
    monkeypatch.setattr(scanner, "SECONDS", 3 * DRIP)
    begun = time.monotonic()

    assert scanner.scanned(b"a file") == scanner.ScanVerdict.UNKNOWN

    assert time.monotonic() - begun < 3 * DRIP + 1
    machine.end()
