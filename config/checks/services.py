"""What other services are asked: the scanner, mail, text messages, cards, the companies register, the telephone, the directory."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.utils import timezone

from config import telemetry
from config.checks.databases import HERE
from registry.clients.notify import KEY
from registry.directory_service.faults import faults

NOT_SENT = ("console", "filebased", "locmem", "dummy")


@register(Tags.security, deploy=True)
def documents_are_scanned(**_: Any) -> list[CheckMessage]:
    """Without a scanner documents are held, which is safe; to let them through unscanned is for the demonstration alone."""
    address = settings.CLAMD_ADDRESS
    if address == "":
        words = "CLAMD_ADDRESS is not set: every document that is handed in is held, and nobody can open it."
        hint = "Give the address of a ClamAV daemon: host:port, or the path of its socket."
        return [Caution(words, hint=hint, id="config.W006")]
    if address == "none":
        words = "CLAMD_ADDRESS is none: documents of strangers would be opened without having been scanned."
        hint = "Give the address of a ClamAV daemon, or unset it: documents are then held until there is one."
        return [Error(words, hint=hint, id="config.E006")]
    if _is_host_and_port(address) or Path(address).is_socket():
        return []
    words = f"CLAMD_ADDRESS is neither a socket of this machine nor host:port: {address}."
    hint = "Start clamd, and give the LocalSocket of its clamd.conf, such as /run/clamav/clamd.ctl."
    return [Error(words, hint=hint, id="config.E013")]


def _is_host_and_port(address: str) -> bool:
    host, _colon, port = address.rpartition(":")
    return bool(host) and not address.startswith("/") and port.isdigit() and 0 < int(port) < 65536


@register(Tags.security, deploy=True)
def mail_is_sent(**_: Any) -> list[CheckMessage]:
    """And neither its password nor codes and letters in clear over a network."""
    found: list[CheckMessage] = []
    if any(name in settings.EMAIL_BACKEND for name in NOT_SENT):
        found.append(Caution("Mail is not sent: letters and sign-in codes would reach nobody.", id="config.W001"))
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        found.append(Error("Set EMAIL_USE_TLS or EMAIL_USE_SSL, not both.", id="config.E018"))
    elif settings.EMAIL_HOST_PASSWORD and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        words = "The password of the mail server would be sent without encryption."
        hint = "Set EMAIL_USE_TLS=1 (port 587), or EMAIL_USE_SSL=1 (port 465)."
        found.append(Error(words, hint=hint, id="config.E018"))
    elif _leaves_in_clear():
        words = f"Letters and codes to sign in would go to {settings.EMAIL_HOST} without encryption."
        hint = "Set EMAIL_USE_TLS=1 (port 587), or EMAIL_USE_SSL=1 (port 465)."
        found.append(Error(words, hint=hint, id="config.E033"))
    return found


def _leaves_in_clear() -> bool:
    encrypts = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    return (
        settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
        and not encrypts
        and not HERE.fullmatch(settings.EMAIL_HOST)
    )


@register(Tags.security, deploy=True)
def text_messages_are_sent(**_: Any) -> list[CheckMessage]:
    if not settings.TEXT_SENDER.endswith(".RecordedSender"):
        return []
    return [
        Caution(
            "Text messages are only recorded: codes would reach nobody.",
            hint="Set TEXT_SENDER to a class that sends, or leave it unset: then no page offers them.",
            id="config.W005",
        )
    ]


@register(Tags.security, deploy=True)
def notify_can_send(**_: Any) -> list[CheckMessage]:
    used = {
        "NOTIFY_TEXT_TEMPLATE": settings.TEXT_SENDER.endswith(".NotifySender"),
        "NOTIFY_MAIL_TEMPLATE": settings.EMAIL_BACKEND.endswith(".NotifyMail"),
    }
    missing = [name for name, is_used in used.items() if is_used and not getattr(settings, name)]
    if any(used.values()) and not KEY.search(settings.NOTIFY_KEY):
        missing.append("NOTIFY_KEY")
    return [Error(f"Notify cannot send without {name}.", id="config.E026") for name in missing]


def _is_whole_or_absent(addresses: list[str], *secrets: str) -> bool:
    """Half a provider is none, and one without TLS would be told our key on the open road."""
    given = (addresses[0], *secrets)
    return not any(given) or (all(given) and all(one.startswith("https://") for one in addresses))


@register(Tags.security, deploy=True)
def cards_are_taken_safely(**_: Any) -> list[CheckMessage]:
    addresses = [settings.CARD_PAYMENTS_URL, *settings.CARD_PAYMENTS_PAGES]
    if _is_whole_or_absent(addresses, settings.CARD_PAYMENTS_KEY, settings.CARD_PAYMENTS_SECRET):
        return []
    return [
        Error(
            "Payments by card need an address and pages of https, a key and a secret.",
            hint="Set CARD_PAYMENTS_URL, CARD_PAYMENTS_KEY and CARD_PAYMENTS_SECRET, or none of them.",
            id="config.E007",
        )
    ]


@register(Tags.security, deploy=True)
def companies_are_asked_safely(**_: Any) -> list[CheckMessage]:
    if _is_whole_or_absent([settings.COMPANIES_URL], settings.COMPANIES_KEY):
        return []
    return [
        Error(
            "To ask the companies register needs an address of https and a key.",
            hint="Set COMPANIES_URL and COMPANIES_KEY, or neither: then the monthly snapshot is asked.",
            id="config.E021",
        )
    ]


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
def directory_is_configured(**_: Any) -> list[CheckMessage]:
    """A fault in the file of the directory lets no one in, or the wrong people: it is told before anyone signs in."""
    return [
        Error(
            f"DIRECTORY_FILE: {fault}", hint="See “Sign-in by your directory” in docs/operations.md.", id="config.E027"
        )
        for fault in faults(at=timezone.now())
    ]


@register(Tags.security, deploy=True)
def traces_can_be_sent(**_: Any) -> list[CheckMessage]:
    """By TLS, as a trace tells which pages staff open; a collector of this machine needs none."""
    if not (address := telemetry.endpoint()):
        return []
    found: list[CheckMessage] = []
    parts = urlsplit(address)
    if parts.scheme != "https" and not HERE.fullmatch(parts.hostname or "."):
        hint = "Give an address of https, or a collector of this machine."
        found.append(Error(f"Traces would be sent without encryption, to {address}.", hint=hint, id="config.E031"))
    if not find_spec("opentelemetry"):
        words = "OTEL_EXPORTER_OTLP_ENDPOINT is set, and OpenTelemetry is not installed."
        found.append(Error(words, hint="Install requirements/telemetry.txt, or unset it.", id="config.E032"))
    return found
