"""What is held about a person, why and until when: for the person's own page, and to be given out on request.

Left out, and said so: what is held about others, what another authority has told us and does not let us pass on
(ACT s.19(3)), and what people report in confidence (Data Protection Act 2018, Schedule 2).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from licensing.appeals.models import Appeal
from licensing.applications.models import Answer, Application
from licensing.applications.queries.applications import form_of
from licensing.cases.models import Note
from licensing.checks.models import Check
from licensing.checks.queries.checks import all_checks
from licensing.checks.rules import handling
from licensing.checks.rules.handling import Reader
from licensing.holding.models import Change, Transfer
from licensing.messages.models import Message
from licensing.people_named.models import Part
from licensing.retention.queries.periods import RetentionLine, kept_on
from registry import names, signing
from registry.accounts.models import User
from registry.documents.models import Document
from registry.letters.models import Letter
from registry.memberships.models import Membership
from registry.organisations.models import Organisation, Person, Role
from registry.trail.models.events import Event


@dataclass(frozen=True, slots=True)
class YourData:
    """What the page shows: how much there is of each thing; the file to download holds all of it."""

    user: User
    memberships: list[Membership]
    named_as: list[Role]
    answers: int
    documents: int
    messages: int
    letters: int
    events: int
    kept: list[RetentionLine]


def your_data(user: User, *, today: date) -> YourData:
    """What is held about somebody who has an account; whoever an application names is known by the confirmed address."""
    return YourData(
        user=user,
        memberships=list(user.memberships.select_related("organisation").order_by("since", "pk")),
        named_as=list(_roles_of(user)),
        answers=Answer.objects.filter(saved_by=user).count(),
        documents=Document.objects.filter(uploaded_by=user).count(),
        messages=Message.objects.filter(author=user).count(),
        letters=Letter.objects.written_to(user).count(),
        events=Event.objects.filter(by=user.reference).count(),
        kept=list(kept_on(today)),
    )


def export_of(user: User) -> dict[str, Any]:
    """All of it, for a program to read: the right to a copy and to take it elsewhere (UK GDPR articles 15 and 20)."""
    data: dict[str, Any] = signing.plain(
        {
            "account": {
                "reference": user.reference,
                "email": user.email,
                "name": user.name,
                "language": user.language,
                "joined_at": user.joined_at,
                "roles": sorted(user.roles),
            },
            "acts_for": [
                {"organisation": one.organisation.legal_name, "as": one.kind, "since": one.since, "until": one.until}
                for one in user.memberships.select_related("organisation").order_by("pk")
            ],
            # Not more: an address may have been typed by mistake, so the particulars are given when we know who asks.
            "named": [_role(role) for role in _roles_of(user)],
            "answers_saved": [
                {
                    "application": one.application.reference,
                    "page": one.page,
                    "item": one.item,
                    "answers": one.data,
                    "at": one.saved_at,
                }
                for one in Answer.objects.filter(saved_by=user).select_related("application").order_by("pk")
            ],
            "documents_uploaded": list(
                Document.objects.filter(uploaded_by=user)
                .order_by("pk")
                .values("reference", "name", "about", "uploaded_at")
            ),
            "messages_written": list(
                Message.objects.filter(author=user).order_by("pk").values("application__reference", "text", "at")
            ),
            "notes_written": list(
                Note.objects.filter(author=user).order_by("pk").values("application__reference", "text", "at")
            ),
            "appeals_told": list(
                Appeal.objects.filter(told_by=user)
                .order_by("pk")
                .values("reference", "decision__reference", "sent_on", "told_at")
            ),
            "transfers_asked_or_answered": list(
                Transfer.objects.filter(Q(asked_by=user) | Q(answered_by=user))
                .order_by("pk")
                .values("reference", "licence__number", "to_name", "because", "from_day", "asked_at", "answered_at")
            ),
            "letters_received": list(
                Letter.objects.written_to(user).order_by("pk").values("number", "subject", "reference", "at", "facts")
            ),
            "what_you_did": list(
                Event.objects.filter(by=user.reference)
                .order_by("number")
                .values("at", "verb", "kind", "reference", "because")
            ),
            "left_out": left_out(),
        }
    )
    return data


def person_export(person: Person, *, today: date) -> dict[str, Any]:
    """What is held about somebody whom an application or a licence names."""
    checks = list(all_checks().filter(person=person).order_by("pk"))
    data: dict[str, Any] = signing.plain(
        {
            "reference": person.reference,
            "particulars": {field: getattr(person, field) for field in Person.PERSONAL},
            "roles": [_role(role) for role in person.roles.select_related("organisation").order_by("pk")],
            "facts": list(person.facts.filter(handling={}).order_by("pk").values("key", "value", "source", "at")),
            "checks": [_check(check) for check in checks],
            "answers": list(_answers_about(person, today=today)),
            "changes": list(_changes_about(person)),
            "appeals": list(_appeals_about(person)),
            "left_out": left_out(),
        }
    )
    return data


def left_out() -> list[str]:
    return [
        _("What is held about other people."),
        _("What another authority has told us and does not let us pass on: ask that authority."),
        _("What people have reported to us in confidence, and what is held to prevent or detect crime."),
    ]


def _roles_of(user: User) -> Iterable[Role]:
    """By the address that the account has confirmed. A name alone is nobody."""
    return Role.objects.filter(person__email__iexact=user.email).select_related("organisation").order_by("pk")


def _role(role: Role) -> dict[str, Any]:
    return {
        "organisation": role.organisation.legal_name,
        "role": role.kind,
        "title": role.title,
        "since": role.since,
        "until": role.until,
    }


def _check(check: Check) -> dict[str, Any]:
    """With every reply as far as its subject may read it: `handling.shown` says how far."""
    replies = [_reply(handling.shown(reply, Reader.SUBJECT)) for reply in check.replies.all()]
    return {"case": check.case.reference, "check": check.code, "sent_on": check.sent_on, "replies": replies}


def _reply(shown: handling.VisibleReply) -> dict[str, Any]:
    if shown.is_withheld:
        return {"withheld": True, "may_be_said": shown.sanitised}
    return {
        "withheld": False,
        "result": shown.result,
        "evidence": shown.evidence,
        "items": list(shown.items),
        "replied_on": shown.replied_on,
        "may_be_said": shown.sanitised,
    }


def _answers_about(person: Person, *, today: date) -> Iterator[dict[str, Any]]:
    """What applications say of this person, and the part that they filled in themselves."""
    named_in = Application.objects.filter(organisation__roles__person=person).distinct().order_by("pk")
    for application in named_in.prefetch_related("parts"):
        for page, item, answers in form_of(application, today=today).told_of_people():
            if _is_about(person, answers):
                own = [part for part in application.parts.all() if (part.page, part.item) == (page, item)]
                parts = [_part(part) for part in own]
                yield {"application": application.reference, "page": page, "answers": answers, "own_parts": parts}


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "sent_to": part.address,
        "sent_at": part.sent_at,
        "opened_at": part.opened_at,
        "signed_at": part.signed_at,
        "signed_name": part.signed_name,
        "withdrawn_at": part.withdrawn_at,
    }


def _changes_about(person: Person) -> Iterator[dict[str, Any]]:
    """What holders have told of this person since: that they join, or leave."""
    told = Change.objects.filter(licence__organisation__roles__person=person).distinct().select_related("role")
    for change in told.order_by("pk"):
        if (change.role and change.role.person_id == person.pk) or _is_about(person, change.data):
            yield {
                "change": change.reference,
                "kind": change.kind,
                "answers": change.data,
                "told_at": change.told_at,
                "happened_on": change.happened_on,
            }


def _appeals_about(person: Person) -> Iterator[dict[str, Any]]:
    """What was said in appeals of organisations that this person answers for, where it names them or there is nobody else."""
    answers_for = Organisation.objects.filter(roles__person=person)
    of_them = Appeal.objects.of(answers_for).select_related(
        "decision__application__organisation", "decision__licence__organisation"
    )
    people = Organisation.objects.filter(pk__in=answers_for.values("pk")).annotate(
        people=Count("roles__person", distinct=True)
    )
    alone = set(people.filter(people=1).values_list("pk", flat=True))
    for appeal in of_them.order_by("pk"):
        words = {field: getattr(appeal, field) for field in ("grounds", "reply_text", "outcome_because")}
        named = names.fold(person.full_name) in names.fold(" ".join(words.values()))
        if appeal.organisation.pk in alone or named:
            yield {
                "appeal": appeal.reference,
                "decision": appeal.decision.reference,
                "received_on": appeal.received_on,
                "outcome": appeal.outcome,
                **words,
            }


def _is_about(person: Person, answers: Mapping[str, Any]) -> bool:
    """The name and the day of birth are as in the file: a name alone is nobody."""
    return answers.get("full_name") == person.full_name and _same_day(
        answers.get("date_of_birth"), person.date_of_birth
    )


def _same_day(written: Any, day: date | None) -> bool:
    return day is None or bool(written == day.isoformat())
