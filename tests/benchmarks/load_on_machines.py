"""Clients of two web machines: look-ups with a known right answer, downloads, and forms whose "saved" is found again afterwards."""

import http.client
import io
import itertools
import json
import math
import re
import ssl
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from urllib.parse import urlencode

from PIL import Image

from tests.benchmarks.machines import Machines
from tests.serving.ports import HOST

#: Seconds after which a client has given up; nginx gives up sooner.
PATIENCE = 60
BOUNDARY = "a-boundary-of-the-benchmarks"
CSRF = "c" * 32
COOKIES = "__Host-session={session}; __Host-csrf=" + CSRF
FORM = "application/x-www-form-urlencoded"
MAY_NOT = "may not have been saved"
#: Of each page of ours that says no.
IN_WORDS = (
    "We cannot",
    "We could not",
    "You cannot save changes at the moment",
    "/problems/cannot-tell",
    "This page does not work now",
    MAY_NOT,
)
TYPED = "They keep our passports, number"
GOOD, WRONG, AWAY, LOST, OTHER = "good", "wrong", "away", "lost", "other"
LOOK_UP, DOWNLOAD, PROOF, REPORT, UPLOAD = "look-up", "download", "proof", "report", "upload"
WRITES = (PROOF, REPORT, UPLOAD)
#: Requests in a second: look-ups, and each other kind; half as many uploads, of which a draft takes ten.
LOOK_UPS, OTHERS, UPLOADS, FILES_A_DRAFT = 12, 1, 0.5, 10

_anybody = ssl.create_default_context()
_anybody.check_hostname, _anybody.verify_mode = False, ssl.CERT_NONE


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    location: str

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Front:
    """Asks nginx, each time from another address of this machine and on a connection of its own."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session, self._next = port, session, itertools.count()

    def ask(self, path: str, body: bytes | None = None, *, kind: str = FORM, signed_in: bool = False) -> Answer:
        """Raises `OSError` where nothing is answered."""
        nth = next(self._next)
        source = (f"127.0.{1 + nth // 200 % 4}.{1 + nth % 200}", 0)
        headers = {"Host": "localhost", "Origin": "https://localhost"}
        if body is not None:
            headers |= {"Content-Type": kind}
        if signed_in:
            headers |= {"Cookie": COOKIES.format(session=self.session), "X-CSRFToken": CSRF}
        asked = http.client.HTTPSConnection(HOST, self.port, timeout=PATIENCE, source_address=source, context=_anybody)
        try:
            asked.request("GET" if body is None else "POST", path, body, headers)
            found = asked.getresponse()
            return Answer(found.status, found.read(), found.headers.get("Location", ""))
        except http.client.HTTPException as cut:
            raise OSError(cut) from cut
        finally:
            asked.close()


@dataclass
class Told:
    """What clients were told, by phase, kind and outcome; and what was said to be saved, or not."""

    phase: str = ""
    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    slowest: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    saved: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    not_saved: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, phase: str, kind: str, outcome: str, seconds: float, why: str = "") -> None:
        with self.lock:
            self.counts[phase, kind][outcome] += 1
            self.slowest[phase] = max(self.slowest[phase], seconds)
            if why and len(self.faults) < 50:
                self.faults.append(f"{phase}: {kind}: {why}")

    def total(self, *kinds: str) -> Counter[str]:
        return sum((count for (_phase, kind), count in self.counts.items() if kind in kinds), Counter[str]())


class Load:
    """Clients that go on until they are stopped, each at an even rate."""

    def __init__(self, machines: Machines) -> None:
        self.machines, self.told, self.stop = machines, Told(), threading.Event()
        self.front = Front(machines.front.port, machines.session)
        self.document, self.digest = self._a_document()
        self.numbers = itertools.count(1)
        self.firms = itertools.cycle(machines.firms.items())
        self.drafts = itertools.cycle(machines.drafts)
        self.ways = itertools.cycle((by_name, by_link, by_number, by_api, by_api_name, unknown))
        rates = [(self.look_up, LOOK_UPS / 4)] * 4
        rates += [(one, OTHERS) for one in (self.download, self.proof, self.report)]
        rates += [(self.upload, UPLOADS)]
        self.threads = [threading.Thread(target=self._go_on, args=rate) for rate in rates]

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def _go_on(self, do: Callable[[], tuple[str, str, str]], rate: float) -> None:
        kind = do.__name__.replace("_", "-")
        while not self.stop.wait(1 / rate):
            phase, begun = self.told.phase, time.monotonic()
            try:
                kind, outcome, why = do()
            except OSError as cut:
                outcome, why = LOST, f"{type(cut).__name__} after {time.monotonic() - begun:.1f} s"
            self.told.add(phase, kind, outcome, time.monotonic() - begun, why)

    # --- to read ---

    def look_up(self) -> tuple[str, str, str]:
        name, (number, standing) = next(self.firms)
        way = next(self.ways)
        answer = way(self.front, name, number)
        if answer.status == 503 and is_in_words(answer):
            return LOOK_UP, AWAY, ""
        if answer.status not in {200, 303}:
            return LOOK_UP, OTHER, f"{way.__name__} answered {answer.status}"
        is_right = RIGHT[way](answer, number, standing)
        return (LOOK_UP, GOOD, "") if is_right else (LOOK_UP, WRONG, f"{way.__name__} of {number}")

    def download(self) -> tuple[str, str, str]:
        answer = self.front.ask(self.document, signed_in=True)
        if answer.status == 503 and is_in_words(answer):
            return DOWNLOAD, AWAY, ""
        if answer.status != 200:
            return DOWNLOAD, OTHER, f"answered {answer.status}"
        return DOWNLOAD, GOOD if sha256(answer.body).hexdigest() == self.digest else WRONG, ""

    # --- to write ---

    def proof(self) -> tuple[str, str, str]:
        _name, (number, _standing) = next(self.firms)
        answer = self.front.ask(f"/check/{number}/proof/", b"")
        saved = answer.location.split("/")[2] if answer.status == 303 and answer.location.startswith("/proofs/") else ""
        return self._judged(PROOF, answer, saved=saved, mark="", typed="")

    def report(self) -> tuple[str, str, str]:
        mark = f"{TYPED} {next(self.numbers)}."
        page = self.front.ask("/report/")
        ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
        if ticket is None:
            return (
                REPORT,
                AWAY if page.status == 503 and is_in_words(page) else OTHER,
                f"the first page answered {page.status}",
            )
        told = {
            "danger": "no",
            "text": mark,
            "kinds": "papers",
            "about_name": "Dyffryn Labour Ltd",
            "contact": "mailbox",
        }
        body = urlencode({**told, "ticket": unescape(ticket[1]), "step": "send"}).encode()
        answer = self.front.ask("/report/", body)
        is_saved = answer.status == 200 and 'translate="no"' in answer.text
        return self._judged(REPORT, answer, saved=mark if is_saved else "", mark=mark, typed=mark)

    def upload(self) -> tuple[str, str, str]:
        nth = next(self.numbers)
        path = f"/apply/{next(self.drafts)}/documents/other/"
        name = f"picture-{nth}.png"
        answer = self._sent(path, name, nth)
        is_saved = answer.status == 302 and answer.location == path
        return self._judged(
            UPLOAD, answer, saved=name.removesuffix("png") if is_saved else "", mark=name.removesuffix("png"), typed=""
        )

    def _sent(self, path: str, name: str, nth: int) -> Answer:
        return self.front.ask(path, a_form(name, nth), kind=f"multipart/form-data; boundary={BOUNDARY}", signed_in=True)

    def _judged(self, kind: str, answer: Answer, *, saved: str, mark: str, typed: str) -> tuple[str, str, str]:
        """Saved, or 503 in words with what was typed; anything else is a fault."""
        with self.told.lock:
            if saved:
                self.told.saved[kind].add(saved)
                return kind, GOOD, ""
            if mark:
                self.told.not_saved[kind].add(mark)
        is_told = answer.status == 503 and is_in_words(answer)
        # nginx, which lost the process while it had the form, says so without it.
        if is_told and (typed in unescape(answer.text) or MAY_NOT in answer.text):
            return kind, AWAY, ""
        return kind, OTHER, f"answered {answer.status}{' without what was typed' if is_told else ''}{refusal(answer)}"

    def _a_document(self) -> tuple[str, str]:
        """A picture that was uploaded and that the worker has let through; its address and what is served."""
        path = f"/apply/{self.machines.drafts[0]}/documents/other/"
        assert self._sent(path, "first.png", 0).status == 302
        for _try in range(120):
            page = self.front.ask(path, signed_in=True)
            if found := re.search(r'href="(/apply/[^"]+/files/[^"/]+/)"', page.text):
                answer = self.front.ask(found[1], signed_in=True)
                if answer.status == 200:
                    return found[1], sha256(answer.body).hexdigest()
            time.sleep(1)
        raise AssertionError(page.text)


def drafts_for(seconds: float) -> int:
    """How many drafts take all that is uploaded in this time, with the first picture."""
    return math.ceil((UPLOADS * seconds + 1) / FILES_A_DRAFT)


def by_name(front: Front, name: str, _number: str) -> Answer:
    return front.ask("/check/", urlencode({"q": name}).encode())


def by_link(front: Front, name: str, _number: str) -> Answer:
    return front.ask(f"/check/?{urlencode({'q': name})}")


def by_number(front: Front, _name: str, number: str) -> Answer:
    return front.ask(f"/check/{number}/")


def by_api(front: Front, _name: str, number: str) -> Answer:
    return front.ask(f"/api/v1/register/{number}")


def by_api_name(front: Front, name: str, _number: str) -> Answer:
    return front.ask(f"/api/v1/register?{urlencode({'q': name})}")


def unknown(front: Front, _name: str, _number: str) -> Answer:
    return front.ask("/check/", urlencode({"q": "Quagmire Zephyr Holdings"}).encode())


def _on_page(answer: Answer, number: str, standing: str) -> bool:
    return number in answer.text and f'app-answer--{"yes" if standing == "licensed" else "no"}"' in answer.text


def _in_api(answer: Answer, number: str, standing: str) -> bool:
    said = json.loads(answer.body)
    return bool((said["number"], said["standing"]) == (number, standing))


def _in_search(answer: Answer, number: str, standing: str) -> bool:
    said = json.loads(answer.body)
    return any((one["number"], one["standing"]) == (number, standing) for one in said["items"])


def _not_there(answer: Answer, _number: str, _standing: str) -> bool:
    return "app-answer--none" in answer.text


RIGHT: dict[Callable[[Front, str, str], Answer], Callable[[Answer, str, str], bool]] = {
    by_name: _on_page,
    by_link: _on_page,
    by_number: _on_page,
    by_api: _in_api,
    by_api_name: _in_search,
    unknown: _not_there,
}


def is_in_words(answer: Answer) -> bool:
    """A page or a problem of ours, and not the bare words of a server."""
    return any(words in answer.text for words in IN_WORDS)


def refusal(answer: Answer) -> str:
    """The first sentence with which a page says what is wrong with a form."""
    _before, _list, below = answer.text.partition("govuk-error-summary__list")
    found = re.search(r"<li>(.*?)</li>", below, re.DOTALL)
    return f": {unescape(re.sub(r'<[^>]*>', '', found[1])).strip()}" if found else ""


def a_form(name: str, nth: int) -> bytes:
    """A picture of one colour, unlike any other, as a browser sends it."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), (nth % 256, nth // 256 % 256, 90)).save(picture, "PNG")
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="documents"; filename="{name}"\r\n'
    return f"{head}Content-Type: image/png\r\n\r\n".encode() + picture.getvalue() + f"\r\n--{BOUNDARY}--\r\n".encode()
