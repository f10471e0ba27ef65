from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry import schemes


class Command(BaseCommand):
    help = "Any two versions side by side: each key that differs, with what the old and the new one say."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", help="as in <scheme>/<day>")
        parser.add_argument("new", help="as in <scheme>/<day>")

    def handle(self, *args: Any, old: str, new: str, **options: Any) -> None:
        before, after = _version(old), _version(new)
        found = list(schemes.changes(before, after))
        for change in found:
            self.stdout.write(f"{schemes.file_of(after, change.key)}: {change.key}")
            self.stdout.write(f"  - {_words(change.before)}")
            self.stdout.write(f"  + {_words(change.after)}")
        self.stdout.write(f"{len(found)} differences between {before} and {after}.")


def _version(named: str) -> schemes.Scheme:
    name, _, day = named.partition("/")
    try:
        return schemes.get(name, day)
    except (schemes.Unknown, ValueError):
        raise CommandError(f"There is no version {named}.") from None


def _words(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):  # which has a method named title
        return value
    if isinstance(value, tuple):
        return "; ".join(map(_words, value))
    named = next((getattr(value, name) for name in ("title", "label", "name") if hasattr(value, name)), value)
    return str(named)
