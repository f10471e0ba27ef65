import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from public_lookup import jobs, web
from public_lookup.private.views import pages as private
from registry import signing
from registry.web import asset, out_of_order


class Command(BaseCommand):
    help = (
        "Write the signed register, and the page that asks it in private, into a folder that any web server can serve. "
        "Run it again at least every hour: a copy answers for 24 hours."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            count = jobs.publish_snapshot(folder, at=timezone.now())
            self._write_page(folder)
        except OSError as error:
            raise CommandError(f"Nothing more could be written into {folder}: {error}") from error
        self.stdout.write(f"{count} entries in {folder}")

    def _write_page(self, folder: Path) -> None:
        for source, name in (*private.ASSETS.items(), *_fonts()):
            _put(folder / name, asset(source))
        for language, _name in settings.LANGUAGES:
            _put(folder / private.page_alone(language), private.alone(language).encode())
        _put(folder / "manifest.webmanifest", json.dumps(private.manifest()).encode())
        for name, words in words_for_a_web_server().items():
            _put(folder / name, words)
        keys = signing.key_set(settings.SIGNING_KEY, settings.FORMER_PUBLIC_KEYS)
        _put(folder / "jwks.json", json.dumps(keys).encode())


def words_for_a_web_server() -> dict[str, bytes]:
    """What it says itself where it finds no process of ours, or turns a client away: in every language, and for programs."""
    title = str(_("Too many requests: wait a little"))
    too_many = {"type": "/problems/too-many-requests", "title": title, "status": 429, "licensed": None, "reasons": []}
    return {
        "cannot-tell.html": out_of_order("public_lookup/cannot_tell_anybody.html").content,
        "cannot-save.html": out_of_order("public_lookup/cannot_save_anybody.html").content,
        "cannot-tell.json": web.problem_of(Exception()).content,
        "too-many.html": out_of_order("public_lookup/too_many_anybody.html").content,
        "too-many.json": JsonResponse(too_many).content,
    }


def _fonts() -> list[tuple[str, str]]:
    """Those that the style sheet asks for: it expects them in a folder beside it."""
    found = finders.find("vendor/fonts")
    return [(f"vendor/fonts/{path.name}", f"fonts/{path.name}") for path in sorted(Path(str(found)).iterdir())]


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
