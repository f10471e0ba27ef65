"""What is done with one person's own part: sent by whoever applies; opened, answered and signed by the person."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Answer, Application
from licensing.applications.queries import applications
from licensing.people_named import letters, queries, rules
from licensing.people_named.models import Part
from registry import permissions, signing
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Reason, refuse_for
from registry.memberships.states import Act
from registry.schemes import said
from registry.trail.actions import events as trail

# A number that was mailed opens the link for this long (docs/security/asvs.md, 6.5.5).
PIN_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PartInvitation:
    """A part with what opens it, which nobody can read again: mailed to the person, or told to whoever prints the link."""

    part: Part
    code: str = ""
    pin: str = ""


@transaction.atomic
def send(
    application: Application, *, page: str, item: str = "", name: str, address: str, by: User, at: datetime
) -> PartInvitation:
    """Let a person answer for themselves: mail them a link, or with no address hand it out to be printed.

    From now on nobody else answers for them, and nothing is handed in before they have signed. Raises `Refused`.
    """
    application = _writable(application, by=by, at=at)
    filled = applications.form_of(application, today=timezone.localdate(at))
    parts = application.parts.standing()
    refuse_for(rules.send_blockers(application, filled, page=page, item=item, name=name, parts=parts))
    first = filled.about_same_person(page)[0]
    part = Part(
        reference=new_reference("S"),
        application=application,
        page=first.slug,
        item=item,
        role=(first.list_of.role if first.list_of else first.person) or "",
        name=name.strip(),
        sent_by=by,
    )
    _name(part, filled, by=by, at=at)
    trail.record(application, "send_part", by=by, at=at, part=part, page=first.slug, item=item)
    return _linked(part, filled, address=address, at=at)


@transaction.atomic
def send_again(part: Part, *, address: str, by: User, at: datetime) -> PartInvitation:
    """Give the person a new link; the one before leads nowhere from now on. What was answered stays."""
    application = _writable(part.application, by=by, at=at)
    part = _locked(part, application)
    refuse_for(rules.again_blockers(part))
    filled = applications.form_of(application, today=timezone.localdate(at))
    invitation = _linked(part, filled, address=address, at=at)
    trail.record(application, "send_part_again", by=by, at=at, also_about=[part], part=part)
    return invitation


@transaction.atomic
def withdraw(part: Part, *, by: User, at: datetime) -> Part:
    """Take the link back. What the person answered is deleted, but for what whoever applies may read; a signature is void."""
    application = _writable(part.application, by=by, at=at)
    part = _locked(part, application)
    refuse_for(rules.withdraw_blockers(part))
    part.withdrawn_at = at
    part.save(update_fields=["withdrawn_at"])
    was_signed = part.signed_at is not None
    event = trail.record(
        application, "withdraw_part", by=by, at=at, also_about=[part], part=part, was_signed=was_signed
    )
    shown = applications.form_of(application, today=timezone.localdate(at)).scheme.parts
    for answer in part.answers.order_by("pk"):
        answer.data = {key: value for key, value in answer.data.items() if shown and key in shown.shown}
        answer.is_complete, answer.part, answer.saved_by, answer.saved_at = False, None, by, at
        answer.version = event.number
        answer.save()
    return part


@transaction.atomic
def ask_pin(part: Part, *, by: None, at: datetime) -> None:
    """Mail the number that opens the link to the address that the link went to. The number before is worth nothing."""
    part = trail.locked(part)
    refuse_for(rules.mail_blockers(part, at=at))
    pin = _new_pin()
    part.pin_digest, part.pin_until, part.tries = _pin_digest(part, pin), at + PIN_LASTS, 0
    part.save(update_fields=["pin_digest", "pin_until", "tries"])
    trail.record(part.application, "ask_pin", by=by, at=at, part=part)
    letters.part_pin(part, pin=pin, at=at)


@transaction.atomic
def try_pin(part: Part, *, pin: str, by: None, at: datetime) -> tuple[Reason, ...]:
    """Open the part by its number. A wrong one is counted, which a refusal would undo: so the reasons are returned."""
    part = trail.locked(part)
    typed = "".join(pin.split())
    reasons = (
        *rules.closed_blockers(part, at=at),
        *rules.open_blockers(part, pin=typed, pin_digest=_pin_digest(part, typed), at=at),
    )
    if any(reason.code == "wrong_pin" for reason in reasons):
        part.tries += 1
        part.save(update_fields=["tries"])
        trail.record(part.application, "mistype_pin", by=by, at=at, part=part)
    elif not reasons:
        _open(part, at=at)
        trail.record(part.application, "open_part", by=by, at=at, part=part)
    return reasons


@transaction.atomic
def answer(part: Part, *, page: str, data: Mapping[str, Any], is_complete: bool, by: None, at: datetime) -> Answer:
    """Keep what the person answered about themselves. What was signed and is now otherwise is not signed any more."""
    application = trail.locked(part.application)
    part = _locked(part, application)
    filled = applications.form_of(application, today=timezone.localdate(at))
    refuse_for(rules.answer_blockers(part, filled, page=page, at=at))
    event = trail.record(application, "answer_part", by=by, at=at, part=part, page=page)
    kept, _new = Answer.objects.update_or_create(
        application=application,
        page=page,
        item=part.item,
        defaults={
            "data": dict(data),
            "is_complete": is_complete,
            "saved_by": None,
            "part": part,
            "saved_at": at,
            "version": event.number,
        },
    )
    _void(part, application, at=at)
    return kept


@transaction.atomic
def sign(part: Part, *, name: str, by: None, at: datetime) -> Part:
    """The person signs what they answered, by typing their name under the words of the pack."""
    application = trail.locked(part.application)
    part = _locked(part, application)
    filled = applications.form_of(application, today=timezone.localdate(at))
    refuse_for(rules.sign_blockers(part, filled, name=name, at=at))
    part.signed_at, part.signed_name, part.signed_digest = at, name.strip(), _digest(part, filled)
    part.refused_at = None
    part.save(update_fields=["signed_at", "signed_name", "signed_digest", "refused_at"])
    # What was signed can be checked against the trail without the trail repeating it.
    trail.record(application, "sign_part", by=by, at=at, also_about=[part], part=part, digest=part.signed_digest)
    return part


@transaction.atomic
def refuse_part(part: Part, *, by: None, at: datetime) -> Part:
    """The person does not answer. Who applies is told, and goes on without them; the person may still change their mind."""
    application = trail.locked(part.application)
    part = _locked(part, application)
    refuse_for(rules.refuse_blockers(part, at=at))
    part.refused_at = at
    part.save(update_fields=["refused_at"])
    trail.record(application, "refuse_part", by=by, at=at, also_about=[part], part=part)
    letters.part_refused(part, at=at)
    return part


def _writable(application: Application, *, by: User, at: datetime) -> Application:
    """The application, locked, if this user fills it in."""
    permissions.require(by, "licensing.apply")
    application = trail.locked(application, among=Application.objects.acted_for_by(by).select_related("organisation"))
    refuse_for(permissions.act_blockers(by, application.organisation, Act.FILL_IN, on=timezone.localdate(at)))
    return application


def _locked(part: Part, application: Application) -> Part:
    part = trail.locked(part)
    part.application = application
    return part


def _name(part: Part, filled: ApplicationForm, *, by: User, at: datetime) -> None:
    """The person is in the application from now on, under the name that whoever applies gave."""
    page = filled.scheme.form.page(part.page)
    if filled.item(page, part.item) is None:
        Answer.objects.create(
            application=part.application,
            page=part.page,
            item=part.item,
            data={"full_name": part.name},
            saved_by=by,
            saved_at=at,
        )


def _linked(part: Part, filled: ApplicationForm, *, address: str, at: datetime) -> PartInvitation:
    """The part with a new link. Mailed, nobody but the person sees it; the letter keeps a seed of it, useless without our key."""
    assert filled.scheme.parts is not None
    seed = secrets.token_hex(16)
    code = letters.part_code(seed)
    part.address, part.language = address.strip(), get_language() or settings.LANGUAGE_CODE
    part.sent_at, part.expires_at = at, at + timedelta(days=filled.scheme.parts.link_days)
    part.code_digest, part.opened_at, part.refused_at = queries.digest_of_code(code), None, None
    pin = "" if part.address else _new_pin()
    part.pin_digest, part.pin_until, part.tries = _pin_digest(part, pin) if pin else "", None, 0
    part.save()
    if part.address:
        letters.part(part, seed=seed, at=at)
        return PartInvitation(part)
    return PartInvitation(part, code, pin)


def _open(part: Part, *, at: datetime) -> None:
    # A mailed number opens one browser; one on paper opens others, because nobody can ask for another at night.
    part.opened_at, part.tries = part.opened_at or at, 0
    if part.address:
        part.pin_digest, part.pin_until = "", None
    part.save(update_fields=["opened_at", "tries", "pin_digest", "pin_until"])


def _void(part: Part, application: Application, *, at: datetime) -> None:
    filled = applications.form_of(application, today=timezone.localdate(at))
    if part.signed_at and part.signed_digest != _digest(part, filled):
        part.signed_at, part.signed_name, part.signed_digest = None, "", ""
        part.save(update_fields=["signed_at", "signed_name", "signed_digest"])
        trail.record(application, "void_signature", by=None, at=at, also_about=[part], part=part)


def _new_pin() -> str:
    return f"{secrets.randbelow(1_000_000):06}"


def _pin_digest(part: Part, pin: str) -> str:
    return signing.keyed_digest(settings.SECRET_KEY, f"part {part.code_digest} {pin}")


def _digest(part: Part, filled: ApplicationForm) -> str:
    assert filled.scheme.parts is not None
    words = said(filled.scheme.parts.declaration, "en")
    return signing.digest({"answers": rules.answers_of(part, filled), "words": words})
