"""Databases and folders: chosen, encrypted, writable, outside the code."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

DATABASE_URLS = ("DATABASE_URL", "OWNER_DATABASE_URL", "REGISTER_DATABASE_URL", "POOLER_URL")


#: Of this machine: nothing between us and such a database can be listened to.
HERE = re.compile(r"|localhost|127\.[\d.]+|::1|(?:/|%2f).*", re.IGNORECASE)


@register(Tags.database, deploy=True)
def database_is_chosen(**_: Any) -> list[CheckMessage]:
    """SQLite serves a small installation that wants it; no one should come to it by a line that is missing."""
    if settings.DATABASE_URL:
        return []
    return [
        Error(
            "DATABASE_URL is not set: the register would be kept in a file of SQLite.",
            hint="Give the address of PostgreSQL, or say sqlite:///FILE if that is what you want.",
            id="config.E010",
        )
    ]


@register(Tags.database, deploy=True)
def pages_do_not_own_the_tables(**_: Any) -> list[CheckMessage]:
    owner, pages = urlsplit(settings.OWNER_DATABASE_URL), urlsplit(settings.DATABASE_URL)
    if not owner.username or owner.username != pages.username:
        return []
    return [
        Error(
            f"OWNER_DATABASE_URL and DATABASE_URL name the same role, {owner.username}.",
            hint="The role of the pages must own nothing: make one, and give the other to set_up alone.",
            id="config.E011",
        )
    ]


@register(Tags.database, deploy=True)
def databases_are_asked_by_tls(**_: Any) -> list[CheckMessage]:
    """libpq goes on without encryption, and trusts any certificate, unless the address says otherwise."""
    urls = {name: urlsplit(getattr(settings, name)) for name in DATABASE_URLS}
    return [
        Error(
            f"{name} leads to another machine, and does not ask for a certificate of its name.",
            hint="Add ?sslmode=verify-full to it, and sslrootcert if the certificate is of your own.",
            id="config.E030",
        )
        for name, url in urls.items()
        if url.scheme.startswith("postgres")
        and not HERE.fullmatch(url.hostname or "")
        and parse_qs(url.query).get("sslmode") != ["verify-full"]
    ]


@register(Tags.files, deploy=True)
def folders_can_be_written(**_: Any) -> list[CheckMessage]:
    places = {"VAR_DIR": settings.VAR_DIR, "STATIC_ROOT": settings.STATIC_ROOT}
    if settings.TRAIL_HEAD_FILE:
        places["the folder of TRAIL_HEAD_FILE"] = Path(settings.TRAIL_HEAD_FILE).parent
    return [
        Error(
            f"{name} cannot be written: {place}.",
            hint="Make the folder, and let the user of the service own it.",
            id="config.E012",
        )
        for name, place in places.items()
        if not _writable(Path(place))
    ]


def _writable(folder: Path) -> bool:
    """Whether files can be written there, or the folder be made."""
    while not folder.exists():
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


@register(Tags.files, deploy=True)
def files_lie_outside_the_code(**_: Any) -> list[CheckMessage]:
    if settings.BASE_DIR not in Path(settings.VAR_DIR).resolve().parents:
        return []
    return [
        Caution(
            f"VAR_DIR is inside the folder of the code: {settings.VAR_DIR}.",
            hint="An update replaces that folder. Set VAR_DIR to another, such as /var/lib/registry.",
            id="config.W012",
        )
    ]
