"""What `check --deploy` refuses of settings that are wrong, without connecting to anything.

What can only be known by connecting is told by `manage.py check_services`.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.utils import timezone
from django.utils.http import is_same_domain

from registry import directory_service
from registry.schemes import contact

#: Numbers that no one has: those kept for films and examples (Ofcom), and zeros.
SAMPLE_NUMBER = re.compile(r"(?:\+?44|0)(?:1632960|2079460|7700900|8081570|9098790|3069990|300000)\d*|\+?[\D0]*")
#: Domains that are kept for examples, so that no one has them.
SAMPLE_DOMAIN = re.compile(r"(?:^|[@.])(?:example(?:\.(?:com|org|net))?|invalid|localhost)$")

DATABASE_URLS = ("DATABASE_URL", "OWNER_DATABASE_URL", "REGISTER_DATABASE_URL")


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


#: Of this machine: nothing between us and such a database can be listened to.
HERE = re.compile(r"|localhost|127\.[\d.]+|::1|(?:/|%2f).*", re.IGNORECASE)


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


def _writable(folder: Path) -> bool:
    """Whether files can be written there, or the folder be made."""
    while not folder.exists():
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


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


@register(Tags.security, deploy=True)
def scanner_has_an_address(**_: Any) -> list[CheckMessage]:
    address = settings.CLAMD_ADDRESS
    if address in {"", "none"} or _is_host_and_port(address) or Path(address).is_socket():
        return []
    return [
        Error(
            f"CLAMD_ADDRESS is neither a socket of this machine nor host:port: {address}.",
            hint="Start clamd, and give the LocalSocket of its clamd.conf, such as /run/clamav/clamd.ctl.",
            id="config.E013",
        )
    ]


def _is_host_and_port(address: str) -> bool:
    host, _colon, port = address.rpartition(":")
    return bool(host) and not address.startswith("/") and port.isdigit() and 0 < int(port) < 65536


@register(Tags.security, deploy=True)
def site_address_leads_here(**_: Any) -> list[CheckMessage]:
    return [
        Error(f"SITE_ADDRESS, {settings.SITE_ADDRESS}, {fault}", hint=hint, id="config.E014")
        for fault, hint in _faults_of_address(settings.SITE_ADDRESS)
    ]


def _faults_of_address(address: str) -> Iterator[tuple[str, str]]:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        yield "is no address.", "Write it as https://register.authority.example."
        return
    if parts.path or parts.query or parts.fragment:
        yield "has something after the host.", "Leave out the slash at the end, and what follows."
    if not any(host == "*" or is_same_domain(parts.hostname, host) for host in settings.ALLOWED_HOSTS):
        yield "is not answered: its host is not in ALLOWED_HOSTS.", f"Add {parts.hostname} to ALLOWED_HOSTS."


@register(Tags.security, deploy=True)
def hosts_are_named(**_: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ALLOWED_HOSTS lets any host through.", hint="Name each host.", id="config.E015")]


@register(Tags.security, deploy=True)
def proxy_is_believed(**_: Any) -> list[CheckMessage]:
    """The server itself speaks HTTP alone: without the word of the proxy each request looks as if it came without TLS."""
    if not settings.SECURE_SSL_REDIRECT or getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return []
    return [
        Error(
            "BEHIND_PROXY is not set: each page would redirect to itself for ever.",
            hint="Set BEHIND_PROXY=1, and let the proxy set X-Forwarded-Proto as docs/serving/nginx.conf does.",
            id="config.E016",
        )
    ]


@register(Tags.security, deploy=True)
def contacts_are_not_samples(**_: Any) -> list[CheckMessage]:
    """They are printed in letters and on pages: who rings such a number reaches no one."""
    today = timezone.localdate()
    numbers = {
        "CONTACT_TELEPHONE": contact.telephone(today),
        "SAFEGUARDING_TELEPHONE": settings.SAFEGUARDING_TELEPHONE,
    }
    emails = {
        "CONTACT_EMAIL": contact.email(today),
        "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip("> "),
        "SECURITY_CONTACT": settings.SECURITY_CONTACT,
    }
    samples = [name for name, number in numbers.items() if number and _is_sample_number(number)]
    samples += [name for name, address in emails.items() if not address or SAMPLE_DOMAIN.search(address)]
    return [
        Error(
            f"{name} is missing, or an example that reaches no one.",
            hint=f"Set the environment variable {name}.",
            id="config.E017",
        )
        for name in samples
    ]


def _is_sample_number(number: str) -> bool:
    return bool(SAMPLE_NUMBER.fullmatch(re.sub(r"[^\d+]", "", number.replace("(0)", ""))))


@register(Tags.security, deploy=True)
def telephone_is_set_up(**_: Any) -> list[CheckMessage]:
    """A number in a language that we do not speak, or a recording that can be fetched from nowhere, is met by a caller alone."""
    spoken = dict(settings.LANGUAGES)
    faults = [
        (
            f"TELEPHONE_LANGUAGES names a language that is not there: {number}={code}.",
            f"Choose from {', '.join(spoken)}.",
        )
        for number, code in settings.TELEPHONE_LANGUAGES.items()
        if code not in spoken
    ]
    fetches = settings.TELEPHONE_RECORDINGS.endswith(".ProviderRecordings")
    if fetches and not settings.TELEPHONE_PROVIDER.startswith("https://"):
        hint = "Give the address of the provider, such as https://api.provider.example, or unset TELEPHONE_RECORDINGS."
        faults.append(("TELEPHONE_PROVIDER is no address with https: no report by voice can be kept.", hint))
    return [Error(fault, hint=hint, id="config.E022") for fault, hint in faults]


@register(Tags.security, deploy=True)
def mail_is_not_in_clear(**_: Any) -> list[CheckMessage]:
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        return [Error("Set EMAIL_USE_TLS or EMAIL_USE_SSL, not both.", id="config.E018")]
    if settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or not settings.EMAIL_HOST_PASSWORD:
        return []
    return [
        Error(
            "The password of the mail server would be sent without encryption.",
            hint="Set EMAIL_USE_TLS=1 (port 587), or EMAIL_USE_SSL=1 (port 465).",
            id="config.E018",
        )
    ]


@register(Tags.security, deploy=True)
def directory_is_configured(**_: Any) -> list[CheckMessage]:
    """A fault in the file of the directory lets no one in, or the wrong people: it is told before anyone signs in."""
    return [
        Error(
            f"DIRECTORY_FILE: {fault}", hint="See “Sign-in by your directory” in docs/operations.md.", id="config.E027"
        )
        for fault in directory_service.faults()
    ]
