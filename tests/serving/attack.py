"""Hostile PDFs are uploaded and the trail is verified, again and again, while look-ups are timed."""

import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tests.registry.uploads import pdfs
from tests.serving.started import Started, play

#: Look-ups a second; each is timed from when it was due, so that one that waits does not hide those behind it.
RATE = 10
BOUNDARY = "a-boundary-of-the-tests"
CSRF = "c" * 32


def hostile() -> list[bytes]:
    """Files of about a megabyte, or that unpack to much more, each of which costs the scrubber as much as it may."""
    return [
        pdfs.with_small_streams(1_000_000),
        pdfs.with_streams_in_each_other(2000, 1_000_000),
        pdfs.with_stream_of(300),
        pdfs.with_object_stream_of(300),
    ]


@dataclass
class Answers:
    """How long look-ups took, in seconds, and how many were not answered well."""

    seconds: list[float] = field(default_factory=list)
    bad: int = 0
    beside: Counter[str] = field(default_factory=Counter)

    @property
    def within(self) -> float:
        """What 95 of 100 took at most."""
        return statistics.quantiles(self.seconds, n=100)[94]

    def __str__(self) -> str:
        return (
            f"{len(self.seconds)} look-ups, {self.bad} bad: median {statistics.median(self.seconds):.3f} s,"
            f" 95% within {self.within:.3f} s, slowest {max(self.seconds):.3f} s; beside: {dict(self.beside)}"
        )


class Attack:
    """On a service and its worker that run: two senders of hostile files, and someone who asks for verifications."""

    def __init__(self, started: Started, *, seed: int) -> None:
        self.started = started
        self.random = random.Random(seed)
        self.said: dict[str, Any] = play("attack", started.environment)
        self.files = hostile()
        self._opener = build_opener(_NoRedirect)

    def look_ups(self, seconds: float, *, uploads: bool = False, verifying: bool = False) -> Answers:
        """Time look-ups for so many seconds, with this beside them."""
        answers = Answers()
        beside = [self._upload] * 2 * uploads + [self._ask_for_verification] * verifying
        with self._going_on(beside, answers):
            begun = time.monotonic()
            for nth in range(int(seconds * RATE)):
                due = begun + nth / RATE
                time.sleep(max(0.0, due - time.monotonic()))
                answers.bad += not self._look_up(self.random.choice(self.said["names"]))
                answers.seconds.append(time.monotonic() - due)
        return answers

    def done_by_the_worker(self) -> dict[str, int]:
        """How many files it has judged, and how often it has read the whole trail."""
        found: dict[str, int] = play("count_work", self.started.environment)
        return found

    def _look_up(self, name: str) -> bool:
        with suppress(OSError):
            status, page = self.started.ask("/check/", urlencode({"q": name}).encode(), timeout=30)
            return status == 200 and "govuk-" in page
        return False

    @contextmanager
    def _going_on(self, beside: Sequence[Any], answers: Answers) -> Iterator[None]:
        stop, seeds = threading.Event(), [self.random.random() for _one in beside]

        def go_on(do: Any, chosen: random.Random) -> None:
            while not stop.is_set():
                with suppress(URLError, OSError):
                    answers.beside[do(chosen, stop)] += 1

        going = [
            threading.Thread(target=go_on, args=(do, random.Random(seed)))
            for do, seed in zip(beside, seeds, strict=True)
        ]
        for one in going:
            one.start()
        try:
            yield
        finally:
            stop.set()
            for one in going:
                one.join()

    def _upload(self, chosen: random.Random, _stop: threading.Event) -> str:
        path = f"/apply/{chosen.choice(self.said['drafts'])}/documents/other/"
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="documents"; filename="paper.pdf"\r\n'
        body = f"{head}Content-Type: application/pdf\r\n\r\n".encode() + chosen.choice(self.files)
        body += f"\r\n--{BOUNDARY}--\r\n".encode()
        status = self._post("applicant", path, body, f"multipart/form-data; boundary={BOUNDARY}")
        return "uploaded" if status == 302 else f"upload answered {status}"

    def _ask_for_verification(self, _chosen: random.Random, stop: threading.Event) -> str:
        stop.wait(1)
        status = self._post("auditor", "/staff/trail/verify/", b"", "application/x-www-form-urlencoded")
        return "verification asked for" if status == 302 else f"verification answered {status}"

    def _post(self, who: str, path: str, body: bytes, kind: str) -> int:
        cookies = f"session={self.said[who]}; csrf={CSRF}"
        headers = {"Content-Type": kind, "Cookie": cookies, "X-CSRFToken": CSRF}
        try:
            with self._opener.open(Request(self.started.address + path, body, headers), timeout=60) as answer:
                return int(answer.status)
        except HTTPError as answered:
            with answered:
                return answered.code


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_given: Any, **_named: Any) -> None:
        return None
