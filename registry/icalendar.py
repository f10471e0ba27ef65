"""Files for calendar programs (iCalendar, RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime


def calendar(name: str, events: Iterable[Iterable[str]]) -> str:
    """A calendar of these events, each as its lines; `name` says of what it is, for the program."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Labour Licensing Registry//{name}//EN"]
    lines = [*head, *(line for event in events for line in event), "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text(words: str) -> str:
    """Words as the value of a line: with what has a meaning there written so that it has none."""
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """At most 75 bytes a line, the rest on lines that begin with a space (section 3.1)."""
    part, size = "", 0
    for character in line:
        if size + len(character.encode()) > 74:
            yield part
            part, size = " ", 1
        part, size = part + character, size + len(character.encode())
    yield part
