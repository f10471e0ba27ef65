"""The address of the service, the proxy in front, and the contacts that it prints."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.utils import timezone
from django.utils.http import is_same_domain

from registry.schemes import contact

#: Numbers that no one has: those kept for films and examples (Ofcom), and zeros.
SAMPLE_NUMBER = re.compile(r"(?:\+?44|0)(?:1632960|2079460|7700900|8081570|9098790|3069990|300000)\d*|\+?[\D0]*")


#: Domains that are kept for examples, so that no one has them.
SAMPLE_DOMAIN = re.compile(r"(?:^|[@.])(?:example(?:\.(?:com|org|net))?|invalid|localhost)$")


@register(Tags.security, deploy=True)
def site_address_leads_here(**_: Any) -> list[CheckMessage]:
    address = settings.SITE_ADDRESS
    found: list[CheckMessage] = [
        Error(f"SITE_ADDRESS, {address}, {fault}", hint=hint, id="config.E014")
        for fault, hint in _faults_of_address(address)
    ]
    if not address.startswith("https://"):
        words = "SITE_ADDRESS, printed on certificates, does not begin with https://."
        found.append(Caution(words, id="config.W003"))
    return found


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
