"""What a log says, one line of JSON for each event; and what it never says: who looked up which business (docs/rules.md G15)."""

import logging
import logging.config
import re
import sys
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from types import TracebackType
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import LazyObject
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, WrappedLogger

QUERY = re.compile(r"\?[^\s\"']*")
#: A file of the program in a traceback is no address that somebody asked for, wherever the service is installed.
FRAME = re.compile(r'^\s*File "[^"\n]*"', re.MULTILINE)
#: Of the request that this thread works on; the proxy may have given it, so that its log and ours name the same one.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
GIVEN = re.compile(r"[0-9a-f]{32}")
#: The order of fields in a line. What is empty is left out.
FIELDS = ("time", "level", "logger", "message", "who", "request_id", "exception")

BETWEEN = re.compile(r"[\s\"'`(),;<>\[\]{}|=]+")
#: What comes before the path of an address: its scheme and host, slashes too many, and the language.
BEFORE = re.compile(r"([^/]*(?:(?<=:)//[^/]*)?/+)(?:[a-z]{2,3}(?:-[a-z]+)?/+)?")

logger = logging.getLogger(__name__)


class Unlogged(logging.Filter):
    """Drops every line that names an address below `settings.UNLOGGED_PATHS`, and the query of every other address.

    Below is from the beginning: `/staff/trail/verify/` is no address of `/verify/`, and an error that names it must be seen. A
    traceback that names one stays, without the address: what failed must be seen.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        record.msg, record.args = QUERY.sub("", line), None
        if record.exc_info and record.exc_info[0]:
            record.exc_text = _without_addresses(logging.Formatter().formatException(record.exc_info))
        asked = f"{FRAME.sub('', line)} {getattr(getattr(record, 'request', None), 'path', '')}"
        return not any(_is_unlogged(word) for word in BETWEEN.split(asked))


def _is_unlogged(word: str) -> bool:
    """With its language and without: `/c/` is an address, and could be a language."""
    before = BEFORE.match(word)
    if before is None:
        return False
    return any(f"/{word[end:]}".startswith(settings.UNLOGGED_PATHS) for end in (before.end(), before.end(1)))


def _without_addresses(trace: str) -> str:
    """Each frame's own line stays as it is, as the service may be installed below a folder of any name."""
    unlogged = re.compile(rf"({'|'.join(map(re.escape, settings.UNLOGGED_PATHS))})[^\s\"']*")
    lines = (line if FRAME.match(line) else unlogged.sub(r"\1…", QUERY.sub("", line)) for line in trace.splitlines())
    return "\n".join(lines)


def json_lines() -> ProcessorFormatter:
    """Each record as one line of JSON: docs/operations.md, *What a line of the log holds*."""
    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _fields,
        ],
        processors=[structlog.processors.JSONRenderer(ensure_ascii=False)],
    )


def _fields(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The exception is the text that the filter has looked at, where there was one."""
    record: logging.LogRecord = event["_record"]
    said = {
        **event,
        "message": event["event"],
        "who": _who(record),
        "request_id": REQUEST_ID.get(),
        "exception": record.exc_text or _text_of(record.exc_info),
    }
    return {name: said[name] for name in FIELDS if said[name]}


def _who(record: logging.LogRecord) -> str:
    """The reference of the account behind the request that the line is about; no one is looked up for it."""
    known = vars(record).get("request")
    facts = vars(known) if isinstance(known, HttpRequest) else {}
    user = facts.get("user")
    return str(getattr(facts.get("_cached_user") if isinstance(user, LazyObject) else user, "reference", ""))


def _text_of(fault: Any) -> str:
    return logging.Formatter().formatException(fault) if fault and fault[0] else ""


def of_the_server(level: str = "WARNING") -> dict[str, Any]:
    """The lines that granian writes itself, in the same form. It merges this into its own configuration."""
    return {
        "formatters": {"json": {"()": "config.logs.json_lines"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {"_granian": {"handlers": ["console"], "level": level, "propagate": False}},
    }


def log_what_ends_the_process() -> None:
    """An exception that no code catches is one line too, and no traceback over many."""

    def log(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        logger.critical("The process ended: %s", fault, exc_info=(kind, fault, trace))

    if not logging.root.handlers:  # the settings themselves may be what is wrong
        basic = {"version": 1, "disable_existing_loggers": False, "root": {"handlers": ["console"], "level": "WARNING"}}
        logging.config.dictConfig(of_the_server() | basic)
    sys.excepthook = log


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WithRequestId:
    """A WSGI application each of whose log lines names the request: by the id of the proxy, or else one of our own."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        token = REQUEST_ID.set(given if GIVEN.fullmatch(given) else uuid4().hex)
        try:
            return self.application(environ, start)
        finally:
            REQUEST_ID.reset(token)
