"""What `check --deploy` refuses: a demo, keys that everybody knows, documents that no one scans, and the like."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.utils import timezone

from config.compiled import stale
from registry import signing
from registry.clients.notify import KEY
from registry.papers import pades

KNOWN = ("django-insecure", "only for tests", "changeme", "secret", "demo")
SHORTEST_KEY = 50  # as many as Django asks for
NOT_SENT = ("console", "filebased", "locmem", "dummy")


@register(Tags.translation, deploy=True)
def catalogues_are_compiled(**_: Any) -> list[CheckMessage]:
    """Without them everyone reads English, whatever they asked for."""
    if not (found := stale()):
        return []
    names = ", ".join(source.parent.parent.name for source in found)
    message = f"Translations are not compiled, or have changed since: {names}."
    return [Error(message, hint="Run python -m config.compiled, or manage.py set_up.", id="config.E020")]


@register(Tags.security, deploy=True)
def demo_is_off(**_: Any) -> list[CheckMessage]:
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO is on: anyone could sign in as anyone with one click.",
            hint="Unset the environment variable DEMO.",
            id="config.E001",
        )
    ]


@register(Tags.security, deploy=True)
def keys_are_our_own(**_: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{name} is short, or one that everybody knows.",
            hint=f"python -m config.new_secrets makes one. It needs {SHORTEST_KEY} random characters or more.",
            id="config.E002",
        )
        for name in ("SECRET_KEY", "NAMES_KEY")
        if len(getattr(settings, name)) < SHORTEST_KEY or getattr(settings, name).lower().startswith(KNOWN)
    ]


@register(Tags.security, deploy=True)
def no_way_past_the_permissions(**_: Any) -> list[CheckMessage]:
    """The admin site writes rows without asking any rule, and leaves nothing on the trail (docs/rules.md T46)."""
    if "django.contrib.admin" not in settings.INSTALLED_APPS:
        return []
    return [Error("The Django admin is installed: it goes round every rule and the trail.", id="config.E003")]


@register(Tags.security, deploy=True)
def sign_in_is_asked_for(**_: Any) -> list[CheckMessage]:
    needed = {"config.middleware.SignInMiddleware", "config.middleware.SecondFactorMiddleware"}
    return [
        Error(f"{name} is not in MIDDLEWARE.", id="config.E004") for name in sorted(needed - {*settings.MIDDLEWARE})
    ]


@register(Tags.security, deploy=True)
def documents_are_scanned(**_: Any) -> list[CheckMessage]:
    """Without a scanner documents are held, which is safe; to let them through unscanned is for the demonstration alone."""
    if settings.CLAMD_ADDRESS == "none":
        return [
            Error(
                "CLAMD_ADDRESS is none: documents of strangers would be opened without having been scanned.",
                hint="Give the address of a ClamAV daemon, or unset it: documents are then held until there is one.",
                id="config.E006",
            )
        ]
    if settings.CLAMD_ADDRESS:
        return []
    return [
        Caution(
            "CLAMD_ADDRESS is not set: every document that is handed in is held, and nobody can open it.",
            hint="Give the address of a ClamAV daemon: host:port, or the path of its socket.",
            id="config.W006",
        )
    ]


@register(Tags.security, deploy=True)
def mail_is_sent(**_: Any) -> list[CheckMessage]:
    if not any(name in settings.EMAIL_BACKEND for name in NOT_SENT):
        return []
    return [Caution("Mail is not sent: letters and sign-in codes would reach nobody.", id="config.W001")]


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


@register(Tags.security, deploy=True)
def cards_are_taken_safely(**_: Any) -> list[CheckMessage]:
    """Half a provider is none, and one without TLS would be told our key on the open road."""
    given = (settings.CARD_PAYMENTS_URL, settings.CARD_PAYMENTS_KEY, settings.CARD_PAYMENTS_SECRET)
    if not any(given):
        return []
    if all(given) and all(one.startswith("https://") for one in (given[0], *settings.CARD_PAYMENTS_PAGES)):
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
    given = (settings.COMPANIES_URL, settings.COMPANIES_KEY)
    if not any(given) or (all(given) and settings.COMPANIES_URL.startswith("https://")):
        return []
    return [
        Error(
            "To ask the companies register needs an address of https and a key.",
            hint="Set COMPANIES_URL and COMPANIES_KEY, or neither: then the monthly snapshot is asked.",
            id="config.E021",
        )
    ]


# How long before its end somebody should see to a new one.
CERTIFICATE_ENDS_SOON = timedelta(days=30)


@register(Tags.security, deploy=True)
def pdfs_can_be_signed(**_: Any) -> list[CheckMessage]:
    """Once a certificate is configured no PDF leaves without its signature: better told here than by a page."""
    try:
        found = pades.configured()
    except pades.NotACertificate as fault:
        return [
            Error(f"PDFs cannot be signed: {fault}.", hint="Set PDF_CERTIFICATE right, or unset it.", id="config.E008")
        ]
    if found is None or found.until > timezone.now() + CERTIFICATE_ENDS_SOON:
        return []
    words = f"The certificate that signs PDFs ({found.subject}) ends on {found.until:%Y-%m-%d}."
    if found.until > timezone.now():
        return [Caution(words, hint="Get a new one in time.", id="config.W007")]
    return [Error(words, hint="Readers of PDFs call its signatures wrong: get a new one.", id="config.E008")]


@register(Tags.security, deploy=True)
def names_have_a_key_of_their_own(**_: Any) -> list[CheckMessage]:
    if settings.NAMES_KEY != settings.SECRET_KEY:
        return []
    return [
        Caution(
            "NAMES_KEY is the same as SECRET_KEY: changing the one would make the digests of named people useless.",
            id="config.W002",
        )
    ]


@register(Tags.security, deploy=True)
def signatures_have_a_key_of_their_own(**_: Any) -> list[CheckMessage]:
    derived = signing.private_key_from(settings.SECRET_KEY)
    if derived != settings.SIGNING_KEY:
        return []
    return [
        Caution(
            "SIGNING_KEY is not set: changing SECRET_KEY would make every certificate look forged.",
            hint="Make one with manage.py new_signing_key.",
            id="config.W004",
        )
    ]


@register(Tags.security)
def keys_can_sign(**_: Any) -> list[CheckMessage]:
    """A key that cannot be read stops the service at once, and not with the first certificate."""
    try:
        signing.key_set(settings.SIGNING_KEY, settings.FORMER_PUBLIC_KEYS)
    except ValueError:
        return [
            Error(
                "SIGNING_KEY or one of FORMER_PUBLIC_KEYS is not a key.",
                hint="Each is 43 characters, as manage.py new_signing_key prints them.",
                id="config.E005",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def site_address_is_https(**_: Any) -> list[CheckMessage]:
    if settings.SITE_ADDRESS.startswith("https://"):
        return []
    return [Caution("SITE_ADDRESS, printed on certificates, does not begin with https://.", id="config.W003")]
