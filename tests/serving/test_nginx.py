"""The sample configuration of nginx: accepted, silent about who looks up whom, and strict with who asks too much."""

import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.utils import timezone

from public_lookup.management.commands.publish_snapshot import words_for_a_web_server
from registry.schemes import contact
from tests.serving import nginx
from tests.serving.conftest import Service
from tests.serving.nginx import Front
from tests.serving.ports import HOST, free_port

pytestmark = pytest.mark.skipif(nginx.program() is None, reason="nginx is not installed")

NEEDLE = "Zebedee"


def carry(folder: Path) -> None:
    """The words that publish_snapshot writes for a web server."""
    carried = folder / "srv/registry/carried"
    carried.mkdir(parents=True)
    for name, content in words_for_a_web_server().items():
        (carried / name).write_bytes(content)


@pytest.fixture
def front(service: Service, tmp_path: Path) -> Iterator[Front]:
    front = nginx.prepare(tmp_path, to=service.port)
    carry(tmp_path)
    with nginx.running(front) as found:
        yield found


@pytest.mark.once
def test_nginx_accepts_the_sample(tmp_path: Path) -> None:
    judged = nginx.judge(nginx.prepare(tmp_path, to=8000))

    assert judged.returncode == 0, judged.stderr
    assert "warn" not in judged.stderr


@pytest.mark.once
def test_the_sample_leaves_out_of_its_log_what_the_service_leaves_out() -> None:
    words = nginx.SAMPLE.read_text()
    unlogged = [block for block in words.split("location ")[1:] if "access_log off" in block]

    for path in settings.UNLOGGED_PATHS:
        word = path.strip("/").split("/")[0]
        assert any(word in block.split("{")[0] and "error_log /dev/null" in block for block in unlogged), path


@pytest.mark.once
def test_nobody_answering_is_told_as_not_being_able_to_tell(tmp_path: Path) -> None:
    front = nginx.prepare(tmp_path, to=free_port())
    carry(tmp_path)

    with nginx.running(front):
        page, program = front.ask("/check/ABCD0001/"), front.ask("/api/v1/register/ABCD0001")
        file = front.ask("/data/register.csv")
        asked, sent = front.ask("/check/", {"q": NEEDLE}), front.ask("/cy/report/", {"text": "It took an hour."})

    assert (page.status, program.status, file.status) == (503, 503, 503)
    assert "We cannot tell now" in asked.text and "may not have been saved" not in asked.text
    assert "What you sent last may not have been saved." in sent.text and sent.status == 503
    assert "We cannot tell now" in page.text and contact.telephone(timezone.localdate()) in page.text
    assert page.headers["Cache-Control"] == program.headers["Cache-Control"] == "no-store"
    for answer in (page, program, file):  # of nginx itself, so that its own headers protect them
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000; includeSubDomains")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    for problem in (program, file):
        assert problem.headers["Content-Type"] == "application/problem+json"
        assert json.loads(problem.text)["licensed"] is None
        assert json.loads(problem.text)["type"] == "/problems/cannot-tell"


class _Machine(BaseHTTPRequestHandler):
    """Answers each page with its method."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.command.encode())

    do_POST = do_GET

    def log_message(self, *_said: object) -> None:
        return


@pytest.mark.once
def test_of_two_machines_the_one_that_is_there_answers_forms_too(tmp_path: Path) -> None:
    with ThreadingHTTPServer((HOST, 0), _Machine) as machine:
        Thread(target=machine.serve_forever, daemon=True).start()
        with nginx.running(nginx.prepare(tmp_path, to=free_port(), also=machine.server_port)) as front:
            answers = [front.ask("/check/", form) for form in (None, {"q": NEEDLE}) for _time in range(5)]
        machine.shutdown()

    assert [answer.text for answer in answers] == ["GET"] * 5 + ["POST"] * 5


@pytest.mark.once
def test_a_machine_that_takes_connections_and_is_silent_keeps_one_question_waiting(tmp_path: Path) -> None:
    """It is left alone after that, and yet asked where it is the last one."""
    with socket.create_server((HOST, 0), backlog=100) as silent, ThreadingHTTPServer((HOST, 0), _Machine) as machine:
        Thread(target=machine.serve_forever, daemon=True).start()
        front_of_both = nginx.prepare(tmp_path, to=machine.server_port, also=silent.getsockname()[1])
        with nginx.running(front_of_both) as front:
            waits, answers = [], []
            for path, form in [("/check/", None), ("/check/", {"q": NEEDLE})] * 4:
                begun = time.monotonic()
                answers.append(front.ask(path, form).text)
                waits.append(time.monotonic() - begun)
            machine.shutdown()
            machine.server_close()
            silent.close()
            away = front.ask("/check/").status
            with ThreadingHTTPServer(machine.server_address, _Machine) as back:
                Thread(target=back.serve_forever, daemon=True).start()
                found = front.ask("/check/", {"q": NEEDLE}).text
                back.shutdown()

    assert answers == ["GET", "POST"] * 4, "a form that only asks is asked of the other machine too"
    assert [wait > 1 for wait in waits].count(True) == 1 and max(waits) < 7
    assert (away, found) == (503, "POST"), "both had just failed"


def test_only_forms_that_ask_are_sent_to_a_second_machine() -> None:
    words = nginx.SAMPLE.read_text()
    (place,) = [part for part in words.split("location ")[1:] if "non_idempotent" in part]

    assert place.startswith("~ ^/([a-z-]+/)?(check/([A-Z0-9]+/)?|c/[^/]+/|badge/[^/]+)$ {")


@pytest.mark.once
def test_before_the_words_are_written_the_status_is_still_true(tmp_path: Path) -> None:
    with nginx.running(nginx.prepare(tmp_path, to=free_port())) as front:
        silent = [front.ask(path).status for path in ("/check/ABCD0001/", "/api/v1/register/ABCD0001")]
        often = [front.ask("/cy/account/login/", {"login": "x"}).status for _form in range(100)]
        copies = [front.ask("/data/register.csv").status for _time in range(10)]

    assert silent == [503, 503]
    assert {*often} == {*copies} == {503, 429}


@pytest.mark.once
def test_an_office_behind_one_address_signs_in_and_too_many_are_told_in_words(tmp_path: Path) -> None:
    """Twelve colleagues sign in for the first time in one minute: five forms each."""
    front = nginx.prepare(tmp_path, to=free_port())
    carry(tmp_path)

    with nginx.running(front):
        office = [front.ask("/account/login/", {"login": "x"}).status for _form in range(60)]
        attack = [front.ask("/cy/account/login/", {"login": "x"}) for _form in range(40)]
        program = [front.ask("/data/register.csv") for _time in range(10)][-1]

    assert {*office} == {503}  # none is refused by nginx; no service answers here
    refused = [answer for answer in attack if answer.status == 429]
    assert len(refused) > 20
    assert "Too many requests from this connection" in refused[0].text
    assert refused[0].headers["Retry-After"] == "60" and contact.telephone(timezone.localdate()) in refused[0].text
    assert (program.status, json.loads(program.text)["type"]) == (429, "/problems/too-many-requests")


@pytest.mark.postgresql
def test_no_log_knows_who_looked_up_whom(service: Service, front: Front) -> None:
    asked = [
        front.ask("/check/", {"q": NEEDLE}),
        front.ask(f"/check/?q={NEEDLE}"),
        front.ask(f"/cy/check/{NEEDLE}/"),
        front.ask(f"/c/{NEEDLE}/"),
        front.ask("/verify/", {"code": NEEDLE}),
        front.ask(f"/badge/{NEEDLE}.svg"),
        front.ask(f"/follow/7-{NEEDLE}/"),
        front.ask(f"/report/?about={NEEDLE}"),
        front.ask(f"/api/v1/register?q={NEEDLE}"),
        front.ask(f"/contact/?q={NEEDLE}", Referer=f"https://registry.example/check/{NEEDLE}/"),
    ]

    assert {answer.status for answer in asked} <= {200, 303, 404, 422}
    assert front.has_logged('200 GET "/contact/"')
    assert NEEDLE not in front.logged()
    assert NEEDLE not in service.log.read_text()


@pytest.mark.postgresql
def test_who_asks_too_much_waits_and_still_reads_pages(front: Front) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _time: front.ask(f"/check/?q={NEEDLE}").status, range(50)))

    assert set(answers) == {200, 429}
    assert 20 <= Counter(answers)[200] <= 30
    assert front.ask("/contact/").status == 200
    assert "limiting" not in front.logged()


@pytest.mark.postgresql
def test_headers_that_protect_are_sent_once(front: Front, service: Service) -> None:
    through, direct = front.ask(f"/check/{service.number}/"), service.ask(f"/check/{service.number}/")

    for name in (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "X-Frame-Options",
        "Cache-Control",
    ):
        assert through.headers.get_all(name) == direct.headers.get_all(name), name
    assert through.headers["ETag"] == direct.headers["ETag"]


@pytest.mark.postgresql
def test_data_files_are_whole_and_known_already_through_it(front: Front, service: Service) -> None:
    first, again = front.ask("/data/register.csv"), front.ask("/data/register.csv")
    known = front.ask("/data/register.csv", None, **{"If-None-Match": first.headers["ETag"]})
    past = front.ask("/data/register.csv?at=2026-01-01")

    assert first.text == again.text == service.ask("/data/register.csv").text
    assert first.headers["Register-Position"]
    assert known.status == 304
    assert (past.status, len(past.text.splitlines())) == (200, 1)
