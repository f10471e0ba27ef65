"""What a log never says."""

import logging

import pytest
from django.test import Client, RequestFactory

from config.logs import Unlogged


def logged(message: str, *args: object, path: str = "") -> str | None:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    if path:
        record.request = RequestFactory().get(path)
    return record.getMessage() if Unlogged().filter(record) else None


@pytest.mark.parametrize(
    "address",
    [
        "/check/",
        "/check/ABCD0001/",
        "/cy/check/?q=Meadow",
        "/c/7KQ2M9XD/",
        "/report/",
        "/badge/ABCD0001.svg",
        "/follow/7-2f1d/stop/",
        "/verify/",
        "/api/v1/register?q=Meadow",
        "/api/v1/register/ABCD0001",
    ],
)
def test_nothing_is_logged_of_who_looked_up_whom(address: str) -> None:
    assert logged("Not Found: %s", address) is None
    assert logged("Something went wrong", path=address) is None


def test_an_address_is_logged_without_its_query() -> None:
    line = logged('"GET %s HTTP/1.1" 500', "/staff/organisations/?q=Meadow+Hands&page=2")

    assert line == '"GET /staff/organisations/ HTTP/1.1" 500'


def test_other_lines_are_logged_as_they_are() -> None:
    assert (
        logged("Letter %s was not sent: %s", "L-7KQ2-M9XD", "time-out") == "Letter L-7KQ2-M9XD was not sent: time-out"
    )


def test_a_fault_is_logged_wherever_the_service_is_installed() -> None:
    line = (
        'cannot tell: OSError\n  File "/check/registry/public_lookup/views/look_up.py", line 5, in check\n    fails()'
    )

    assert logged("%s", line) == line
    assert logged("%s", line.replace("fails()", '"/check/ABCD0001/"')) is None


@pytest.mark.django_db
def test_the_log_of_the_service_keeps_to_it(caplog: pytest.LogCaptureFixture) -> None:
    console = next(one for one in logging.root.handlers if any(isinstance(f, Unlogged) for f in one.filters))

    Client().get("/check/no-such-number-Meadow/")
    Client().get("/no-such-page/?q=Meadow")

    passed = [record.getMessage() for record in caplog.records if console.filter(record)]
    assert passed == ["Not Found: /no-such-page/"]
