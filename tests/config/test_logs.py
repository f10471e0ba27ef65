"""What a log never says."""

import io
import json
import logging
import logging.config
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from config import logs
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


@pytest.mark.parametrize(
    "address", ["/staff/trail/verify/", "/cy/staff/cases/C-7KQ2-M9XD/check/", "/my/proofs-of-chain/"]
)
def test_an_address_that_only_has_such_words_within_is_logged(address: str) -> None:
    assert logged("The trail does not hold: 3 faults, see %s", address) is not None
    assert logged("Internal Server Error", path=address) == "Internal Server Error"


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


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log of the service writes, by the configuration that it has in earnest."""
    stream = io.StringIO()
    made: Any = logging.config.DictConfigurator(settings.LOGGING)
    made.config["formatters"]["json"] = made.configure_formatter(made.config["formatters"]["json"])
    made.config["filters"]["unlogged"] = made.configure_filter(made.config["filters"]["unlogged"])
    handler = made.configure_handler(dict(settings.LOGGING["handlers"]["console"]))
    handler.setStream(stream)
    logging.root.addHandler(handler)
    yield stream
    logging.root.removeHandler(handler)


def fault_at(address: str) -> None:
    try:
        raise OSError(f"no answer at {address}?q=Meadow")
    except OSError:
        logging.getLogger("config.test").exception("Something failed\nover two lines")


def test_each_event_is_one_line_of_json_tracebacks_too(written: io.StringIO) -> None:
    fault_at("/staff/")
    logging.getLogger("config.test").warning("Welsh is “Cymraeg”: %s", 7)

    fault, words = (json.loads(line) for line in written.getvalue().splitlines())

    assert (fault["level"], fault["logger"]) == ("error", "config.test")
    assert fault["message"] == "Something failed\nover two lines"
    assert fault["exception"].startswith("Traceback") and fault["exception"].endswith("OSError: no answer at /staff/")
    assert datetime.fromisoformat(fault["time"]).utcoffset() is not None
    assert words["message"] == "Welsh is “Cymraeg”: 7" and "exception" not in words


def test_a_traceback_is_written_without_who_looked_up_whom(written: io.StringIO) -> None:
    fault_at("/check/ABCD0001/")

    assert "no answer at /check/…" in json.loads(written.getvalue())["exception"]
    assert "ABCD0001" not in written.getvalue() and "Meadow" not in written.getvalue()


@pytest.mark.parametrize(("given", "is_taken"), [("a1" * 16, True), ('x", "level": "', False), ("", False)])
def test_a_line_names_the_request_by_the_id_of_the_proxy_or_by_one_of_ours(
    written: io.StringIO, given: str, is_taken: bool
) -> None:
    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        logging.getLogger("config.test").error("Failed")
        return []

    logs.WithRequestId(application)({"HTTP_X_REQUEST_ID": given}, lambda _status, _headers: None)
    logging.getLogger("config.test").error("Outside")

    within, outside = (json.loads(line) for line in written.getvalue().splitlines())
    assert (within["request_id"] == given) is is_taken
    assert len(within["request_id"]) == 32
    assert "request_id" not in outside


@pytest.mark.once
def test_what_keeps_the_server_from_starting_is_lines_of_json_too() -> None:
    without_key = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    serve = subprocess.run(
        ["script/serve"],
        cwd=settings.BASE_DIR,
        env={**without_key, "PYTHON": sys.executable, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    lines = [json.loads(line) for line in serve.stderr.splitlines()]
    assert serve.returncode == 1
    assert [line["level"] for line in lines] == ["critical", "critical"]
    assert "Set the environment variable SECRET_KEY." in lines[0]["message"]


@pytest.mark.once
def test_the_lines_of_granian_have_the_same_form() -> None:
    program = (
        "from granian.log import configure_logging, LogLevels, logger; from config import logs; "
        "configure_logging(LogLevels.warning, logs.of_the_server()); logger.error('a worker died')"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )

    assert json.loads(told.stderr) | {"time": ""} == {
        "time": "",
        "level": "error",
        "logger": "_granian",
        "message": "a worker died",
    }
