"""Whatever happens to the databases, the look-up says what is so or that it cannot tell now; and comes back by itself."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Timer

import pytest

from tests.serving.conftest import ALONE, Answer, Service

pytestmark = pytest.mark.postgresql

WELL = {200, 303}
SLOW = """
    ALTER TABLE registry_entry RENAME TO registry_entry_kept;
    CREATE VIEW registry_entry AS SELECT kept.* FROM pg_sleep(20) AS slept, registry_entry_kept AS kept
"""
QUICK = "DROP VIEW registry_entry; ALTER TABLE registry_entry_kept RENAME TO registry_entry"


def assert_all_is_well(service: Service) -> None:
    """At the latest after as long as a process leaves alone what has failed."""
    for _try in range(30):
        with suppress(OSError):
            if {answer.status for answer in service.ask_all().values()} <= WELL:
                return
        time.sleep(0.5)
    raise AssertionError({name: answer.status for name, answer in service.ask_all().items()})


def assert_cannot_tell(answers: dict[str, Answer]) -> None:
    """503 everywhere, with a telephone number or a problem, and never a word of who is licensed."""
    assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(answers, 503)
    for name, answer in answers.items():
        assert answer.headers["Cache-Control"] == "no-store", name
        assert "ETag" not in answer.headers, name
        assert "Traceback" not in answer.text and "Harvest" not in answer.text, name
        _says_so(name, answer)


def _says_so(name: str, answer: Answer) -> None:
    if "problem+json" in answer.headers["Content-Type"]:
        problem = json.loads(answer.text)
        assert (problem["type"], problem["licensed"]) == ("/problems/cannot-tell", None), name
    elif name == "badge":
        assert "We cannot tell now" in answer.text
    else:
        assert "We cannot tell now" in answer.text and "01632 960999" in answer.text, name


def test_all_is_well_at_first(mended: Service) -> None:
    answers = mended.ask_all()

    assert {name for name, answer in answers.items() if answer.status not in WELL} == set()
    assert json.loads(answers["API: entry"].text)["standing"] == "licensed"


def test_what_the_public_leaves_with_us_is_written_to_the_primary(mended: Service) -> None:
    proof = mended.ask(f"/check/{mended.number}/proof/", {})
    wish = mended.ask("/follow/", {"number": mended.number, "email": "someone@people.example"})

    listed = mended.ask("/check/many/", {"text": f"Harvest Hands Ltd\nNobody at all Ltd\n{mended.number}"})
    looked_up = mended.ask(listed.headers["Location"], {"column_0": "name"})

    assert (proof.status, wish.status) == (303, 200)
    assert (listed.status, looked_up.status) == (302, 302)
    assert mended.number in mended.ask(looked_up.headers["Location"]).text
    assert mended.ask(proof.headers["Location"]).status == 200
    assert mended.primary.says("SELECT count(*) FROM public_lookup_receipt") == 1


def test_the_look_up_reads_the_replica_alone_for_a_while_and_then_cannot_tell(mended: Service) -> None:
    assert_all_is_well(mended)
    before = mended.standing()

    mended.primary.stop()
    try:
        alone = mended.ask_all()
        ready, probe = mended.ask("/health/ready"), mended.ask("/health/look-up")
        wish = mended.ask("/follow/", {"number": mended.number, "email": "someone@people.example"})
        time.sleep(ALONE + 1)
        later = mended.ask_all()
        gone = mended.ask("/health/look-up")
    finally:
        mended.primary.start()

    assert {name for name, answer in alone.items() if answer.status not in WELL} == set()
    assert json.loads(alone["API: entry"].text)["standing"] == before
    assert (ready.status, wish.status, probe.status, gone.status) == (503, 503, 200, 503)
    assert "We cannot save this now" in wish.text and "someone@people.example" in wish.text
    assert_cannot_tell(later)
    assert_all_is_well(mended)


#: Of each kind: public and behind the sign-in, to read and to send.
PAGES = ("/", "/account/login/", "/apply/", "/home/", "/staff/", "/licences/", "/report/", "/statistics/", "/contact/")


def test_without_the_primary_no_page_is_a_fault_and_what_was_typed_is_kept(mended: Service) -> None:
    assert_all_is_well(mended)
    secret = "a" * 32
    cookie = f"session={'x' * 32}; csrf={secret}"
    mended.primary.stop()
    try:
        read = {page: mended.ask(page, Cookie=cookie) for page in PAGES}
        sent = mended.ask("/apply/start/", {"csrfmiddlewaretoken": secret, "words": "typed for an hour"}, Cookie=cookie)
    finally:
        mended.primary.start()

    assert {page for page, answer in read.items() if answer.status not in {200, 302, 303, 503}} == set()
    assert read["/apply/"].status == sent.status == 503
    assert "We cannot show this page now" in read["/apply/"].text
    assert "We cannot save this now" in sent.text and "typed for an hour" in sent.text
    assert_all_is_well(mended)


def test_a_primary_that_hangs_is_waited_for_once_and_then_left_alone_for_some_seconds(mended: Service) -> None:
    """A process that waited for it at each page would have no time for the look-up."""
    assert_all_is_well(mended)
    cookie = f"session={'x' * 32}"
    assert mended.ask("/apply/", Cookie=cookie).status == 200
    mended.to_primary.go_dead()
    try:
        first = mended.ask("/apply/", Cookie=cookie)
        others = [mended.ask("/apply/", Cookie=cookie) for _time in range(3)]
    finally:
        mended.to_primary.mend()

    assert {answer.status for answer in (first, *others)} == {503}
    assert first.seconds < 6
    assert max(answer.seconds for answer in others) < 1
    assert_all_is_well(mended)


def said_of_the_replica(service: Service) -> tuple[str, dict[str, object]]:
    """What is said once no process goes by what the primary said last, nor leaves it alone; for as long as a busy machine takes."""
    for _try in range(15):
        time.sleep(1.1)
        ready = json.loads(service.ask("/health/ready").text)
        if ready["ready"] and ready["replica"] == "behind":
            break
    return service.standing(), ready


def test_a_replica_that_is_behind_is_not_read(mended: Service) -> None:
    assert_all_is_well(mended)
    mended.replica.says("SELECT pg_wal_replay_pause()")
    try:
        mended.play("suspend")
        standing, ready = said_of_the_replica(mended)
        assert mended.replica.says("SELECT suspended_from FROM registry_entry WHERE shown_until IS NULL") is None
        mended.to_primary.go_dead()
        without_primary = mended.ask_all()
    finally:
        mended.replica.says("SELECT pg_wal_replay_resume()")
        mended.to_primary.mend()

    assert standing == "suspended"
    assert (ready["ready"], ready["replica"]) == (True, "behind")
    assert_cannot_tell(without_primary)
    mended.replica_has_caught_up()
    assert_all_is_well(mended)
    assert mended.standing() == "suspended"
    assert json.loads(mended.ask("/health/ready").text)["replica"] == "current"


def test_a_replica_that_is_gone_is_not_missed(mended: Service) -> None:
    mended.replica.stop()
    try:
        assert_all_is_well(mended)
        assert json.loads(mended.ask("/health/ready").text)["replica"] == "behind"
    finally:
        mended.replica.start()
    assert_all_is_well(mended)


def both_stopped(service: Service) -> None:
    service.replica.stop()
    service.primary.stop()


def both_started(service: Service) -> None:
    service.primary.start()
    service.replica.start()


def dead(service: Service) -> None:
    service.to_replica.go_dead()
    service.to_primary.go_dead()


def alive(service: Service) -> None:
    service.to_replica.mend()
    service.to_primary.mend()


def slow(service: Service) -> None:
    service.primary.says(SLOW)
    service.replica_has_caught_up()


def quick(service: Service) -> None:
    service.primary.says(QUICK)
    service.replica_has_caught_up()


def cut_while_answering(service: Service) -> None:
    slow(service)
    for wire in (service.to_primary, service.to_replica):
        Timer(0.4, wire.cut).start()


def ended_while_answering(service: Service) -> None:
    slow(service)
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state = 'active'"
    for server in (service.primary, service.replica):
        Timer(0.4, server.says, [end + " AND backend_type = 'client backend'"]).start()


FAULTS: dict[str, tuple[Callable[[Service], None], Callable[[Service], None]]] = {
    "stopped": (both_stopped, both_started),
    "dead": (dead, alive),
    "slow": (slow, quick),
    "cut while answering": (cut_while_answering, quick),
    "ended while answering": (ended_while_answering, quick),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_cannot_tell_while_the_databases_are(fault: str, mended: Service) -> None:
    break_it, mend_it = FAULTS[fault]
    assert_all_is_well(mended)

    break_it(mended)
    try:
        answers = mended.ask_all()
    finally:
        mend_it(mended)

    assert_cannot_tell(answers)
    assert max(answer.seconds for answer in answers.values()) < 10
    assert_all_is_well(mended)


def test_what_has_failed_is_in_the_log_without_what_was_asked(mended: Service) -> None:
    log = mended.log.read_text()

    assert "cannot tell: OperationalError" in log
    assert "Harvest" not in log and mended.number not in log
