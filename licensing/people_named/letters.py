"""Links by which named people answer for themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.queries import applications
from licensing.letters.letters import queue
from licensing.people_named.models import Part
from registry import signing
from registry.codes import make_code
from registry.letters.letters import sending
from registry.letters.models import Letter


def part(one: Part, *, seed: str, at: datetime) -> Letter:
    """Asks a named person to fill in and sign their own part. The letter keeps the seed of the link, not the link."""
    subject = _("Fill in your part of an application")
    return _queue_part(one, "part", subject, {"seed": seed, "until": one.expires_at, "name": one.name}, at=at)


def part_pin(one: Part, *, pin: str, at: datetime) -> Letter:
    """The number that opens the link, to whom the link was sent."""
    return _queue_part(
        one, "part_pin", _("The number that opens your part"), {"pin": pin, "until": one.pin_until}, at=at
    )


def part_refused(one: Part, *, at: datetime) -> Letter:
    """Tells who applies that a named person does not answer, and how to go on."""
    subject = _("A person you named does not answer")
    return queue(one.application, template="part_refused", subject=subject, facts={"name": one.name}, at=at)


def part_code(seed: str) -> str:
    """The code of a link, made of its seed and our key: whoever reads the letters without the key cannot use them."""
    drawn = bytes.fromhex(signing.keyed_digest(settings.SECRET_KEY, f"part {seed}"))
    return "-".join(make_code(drawn[place : place + 5]) for place in (0, 5, 10, 15))


def _queue_part(one: Part, template: str, subject: str | Promise, facts: Mapping[str, Any], *, at: datetime) -> Letter:
    with translation.override(one.language):
        return sending.queue(
            f"licensing/letters/{template}.html",
            to=one.address,
            subject=subject,
            facts={
                "scheme": one.application.scheme,
                "organisation": one.application.organisation.legal_name,
                "reports": applications.is_reported(one.application, today=timezone.localdate(at)),
                **facts,
            },
            about=one.reference,
            at=at,
        )
