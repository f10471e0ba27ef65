"""What is done with an application, from its start until a decision."""

import logging
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from licensing.application_form.rules.facts import PARTICULARS, SIGNATURE
from licensing.application_form.rules.filled import ApplicationForm, digest_of, people_of
from licensing.application_form.rules.gathered import facts_of_all
from licensing.application_form.rules.people import SAME
from licensing.applications import letters
from licensing.applications.actions import grants
from licensing.applications.models import Answer, Application
from licensing.applications.queries import applications, companies
from licensing.applications.queries import documents as documents_queries
from licensing.applications.rules import applications as rules
from licensing.applications.rules import documents
from licensing.applications.rules import papers as paper_rules
from licensing.applications.rules.particulars import particulars_of, vehicles_of
from licensing.checks.models import Check, Reply
from licensing.checks.queries import own_checks, subjects
from licensing.checks.queries.subjects import checks_to_ask
from licensing.decisions.queries.readiness import open_decisions_of
from licensing.phoenix_matches import actions as looking
from licensing.requests.actions import asking
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import make_code
from registry.errors import refuse_for
from registry.memberships.states import Act
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.premises import actions as premises
from registry.premises.actions import GivenPlace
from registry.register.actions import listings
from registry.trail.actions import events as trail

logger = logging.getLogger(__name__)


@transaction.atomic
def save_page(
    application: Application,
    *,
    page: str,
    item: str = "",
    data: Mapping[str, Any],
    is_complete: bool,
    keys: Collection[str] | None = None,
    opened: int | None = None,
    was: Mapping[str, str] = rules.NOTHING,
    by: User,
    at: datetime,
) -> Answer:
    """Keep what was answered on a page; what is not yet right is kept too, and marked incomplete.

    With `keys` only these questions were answered: what is kept of the others stays, also of those that are not asked now.
    `opened` is the version of the answer that was opened to be changed, 0 when there was none yet. What somebody else has
    saved or removed since raises `Refused` (saved_meanwhile, removed_meanwhile), and nothing is changed. `was` has the tags
    of the answers as opened: what was not changed here takes nothing from what the same person saved in another window.
    """
    application = _own(application, Act.FILL_IN, by=by, at=at)
    filled = applications.form_of(application, today=timezone.localdate(at))
    kept = application.answers.select_related("saved_by").filter(page=page, item=item).first()
    refuse_for(
        chain(
            paper_rules.signing_blockers(application, filled, page, by=by, on=timezone.localdate(at)),
            rules.save_blockers(application, filled, page=page, item=item, parts=application.parts.standing()),
            rules.overtaken_blockers(kept, data, keys=keys, opened=opened, was=was, by=by),
        )
    )
    # The trail keeps that a page was saved and by whom, not the personal details typed on it.
    event = trail.record(application, "save_page", by=by, at=at, page=page, item=item)
    # The application is locked, so nobody else makes the same answer meanwhile.
    answer = kept or Answer(application=application, page=page, item=item)
    answer.others_version = kept.version_of_others(by) if kept else 0
    left = rules.left_alone(kept, data, was=was, by=by)
    answer.data = rules.merged(answer.data, data, keys=keys, left=left)
    answer.is_complete = is_complete and (answer.is_complete or not left)
    answer.saved_by, answer.part, answer.saved_at, answer.version = by, None, at, event.number
    answer.save()
    return answer


@transaction.atomic
def add_person(application: Application, *, page: str, item: str, person: str, by: User, at: datetime) -> Answer:
    """Add to a list somebody who is named in the form already, by the place where they are named.

    What is answered there is not asked again. Raises `Refused` (not_offered, and what keeps an answer from being saved).
    """
    filled = applications.form_of(application, today=timezone.localdate(at))
    refuse_for(rules.person_blockers(filled, page=page, person=person))
    return save_page(
        application, page=page, item=item, data={SAME: person}, is_complete=True, keys={SAME}, opened=0, by=by, at=at
    )


@transaction.atomic
def add_items(
    application: Application, *, page: str, answers: Iterable[Mapping[str, Any]], by: User, at: datetime
) -> list[Answer]:
    """Add many things to a list at once, each as if it were typed: all of them, or none."""
    return [
        save_page(
            application, page=page, item=secrets.token_hex(5), data=data, is_complete=True, opened=0, by=by, at=at
        )
        for data in answers
    ]


@transaction.atomic
def remove_item(
    application: Application, *, page: str, item: str, opened: int | None = None, by: User, at: datetime
) -> None:
    """Take one thing off a list. A link that was sent to the person whom it is about leads nowhere from now on.

    `opened` is the version that was shown; one changed since raises `Refused` (saved_meanwhile).
    """
    application = _own(application, Act.FILL_IN, by=by, at=at)
    found = application.answers.filter(page=page, item=item).exclude(item="")
    kept = found.select_related("saved_by").first()
    seen = opened if kept else None
    refuse_for(chain(rules.remove_blockers(application), rules.overtaken_blockers(kept, None, opened=seen, by=by)))
    found.delete()
    parts = list(application.parts.standing().filter(page=page, item=item).exclude(item=""))
    for part in parts:
        part.withdrawn_at = at
        part.save(update_fields=["withdrawn_at"])
    trail.record(application, "remove_item", by=by, at=at, also_about=parts, page=page, item=item)


@transaction.atomic
def submit(application: Application, *, by: User, at: datetime) -> Application:
    """Hand the application in: pin the scheme of the day, write down the facts, open the checks, show the applicant.

    An unpaid fee does not stop it; it stops the assessment. Raises `Refused` with everything that is missing.
    """
    application = _own(application, Act.SUBMIT, by=by, at=at)
    trail.locked(application.organisation)
    today = timezone.localdate(at)
    scheme = schemes.in_force(application.scheme, today)
    filled = applications.filled(application, scheme)
    shown = documents_queries.documents_shown(application, filled)
    match = companies.company_match(filled, today=today)
    refuse_for(
        [
            *rules.submit_blockers(application, filled, parts=application.parts.standing(), today=today),
            *documents.missing(shown),
            *(match.blockers() if match else ()),
        ]
    )
    application.facts = {key: value for key, value in facts_of_all(filled).items() if key != SIGNATURE}
    application.save(update_fields=["facts"])
    trail.move(
        application,
        "submit",
        by=by,
        at=at,
        version=scheme.version,
        submitted_at=at,
        signed_name=filled.facts.get(SIGNATURE, ""),
        **_fee(application, filled),
    )
    # What is to be altered stays as it is until it has been granted.
    if application.alters_id is None:
        _write_down(application, filled, by=by, at=at)
    opened = [*_look_up(application, match, at=at), *_open_checks(application, filled, at=at)]
    # What was answered can be checked against the trail without the trail repeating it.
    trail.record(application, "hand_in_answers", also_about=opened, by=by, at=at, digest=digest_of(filled))
    grants.show(application, by=by, at=at)
    _look_for_look_alikes(application.organisation, at=at)
    letters.received(application, at=at)
    return application


@transaction.atomic
def withdraw(application: Application, *, because: str, by: User, at: datetime) -> Application:
    """Take the application back. The fee is not refunded (2009 Rules, r.6); the register stops showing the applicant.

    What has been proposed about it falls with it: there is nothing left to decide.
    """
    application = _own(application, Act.WITHDRAW, by=by, at=at)
    open_decisions = [trail.locked(decision) for decision in open_decisions_of(application)]
    refuse_for(rules.withdraw_blockers(application))
    was_handed_in = application.submitted_at is not None
    trail.move(application, "withdraw", by=by, at=at, because=because, closed_at=at)
    application.checks.all().let_go()
    for request in application.requests.open():
        asking.close(request, by=by, at=at)
    for decision in open_decisions:
        trail.move(decision, "drop", by=by, at=at, because=gettext("The application was withdrawn."))
    if was_handed_in:
        listings.hide_applicant(application.organisation, scheme=application.scheme, by=by, at=at)
        letters.withdrawn(application, at=at)
    return application


def _own(application: Application, act: Act, *, by: User, at: datetime) -> Application:
    """The application, locked, if this user acts for its organisation and may do this for it; or types in its paper."""
    types_in = paper_rules.types_in(application, by)
    permissions.require(by, "licensing.enter_paper_application" if types_in else "licensing.apply")
    own = Application.objects.filled_in_by(by).select_related("organisation", "paper")
    application = trail.locked(application, among=own)
    refuse_for(paper_rules.act_blockers(application, act, by=by, on=timezone.localdate(at)))
    return application


def _fee(application: Application, filled: ApplicationForm) -> dict[str, Any]:
    """What it costs, and what to write on the payment; nothing is asked for altering a licence."""
    if application.alters_id is not None:
        return {"fee": Decimal(0)}
    band = filled.scheme.band(filled.facts["turnover"])
    return {
        "fee_band": band.code,
        "fee": filled.scheme.fee(band.code, application.fee_kind),
        "payment_reference": make_code(secrets.token_bytes(5)),
    }


def _write_down(application: Application, filled: ApplicationForm, *, by: User, at: datetime) -> None:
    """Particulars, people, places and facts go to the organisation's file, where inspectors and the register find them."""
    source, changes = f"application {application.reference}", particulars_of(filled)
    application.organisation = organisations.update(application.organisation, changes=changes, by=by, at=at)
    _name_people(application.organisation, filled, by=by, at=at)
    organisations.name_premises(
        application.organisation,
        premises=[
            {"kind": page.slug, "name": item.data["premises_name"], "address": item.data["premises_address"]}
            for page, item in filled.listed("premises")
        ],
        by=by,
        at=at,
    )
    if filled.asks_for_places:
        premises.name_places_of_supply(
            application.organisation,
            places=[
                GivenPlace(
                    name=place["name"],
                    address=place["address"],
                    reference=place.get("reference", ""),
                    labour_user=filled.title_of(page, item) if page.list_of else "",
                )
                for page, item, place in filled.places()
            ],
            source=source,
            by=by,
            at=at,
        )
    known = {key: value for key, value in application.facts.items() if key not in PARTICULARS}
    known["vehicles"] = vehicles_of(filled)
    if filled.agents_taking_fees is not None:
        known["agents_taking_fees"] = filled.agents_taking_fees
    organisations.write_down(application.organisation, facts=known, source=source, at=at)


def _name_people(organisation: Organisation, filled: ApplicationForm, *, by: User, at: datetime) -> None:
    """Everyone the application names has their role from today; who had one and is not named any more has it no longer."""
    today = timezone.localdate(at)
    named = []
    for kind, data in people_of(filled):
        title = data.get("job_title", "")
        role = organisations.name(organisation, kind=kind, particulars=data, title=title, since=today, by=by, at=at)
        named.append(role.pk)
    for role in organisation.roles.filter(until=None).exclude(pk__in=named).order_by("pk"):
        organisations.stand_down(role, until=today, by=by, at=at)


def _look_up(application: Application, match: companies.CompanyMatch | None, *, at: datetime) -> list[Check]:
    """What the registry can find by itself, it finds at once: of an alteration the licence has been looked up before."""
    if application.alters_id is not None:
        return []
    looked = own_checks.looked_up(application, match, at=at)
    Check.objects.bulk_create(check for check, _reply in looked)
    Reply.objects.bulk_create(reply for _check, reply in looked)
    trail.record(application, "look_up", by=None, at=at, found={check.code: reply.result for check, reply in looked})
    return [check for check, _reply in looked]


def _look_for_look_alikes(organisation: Organisation, *, at: datetime) -> None:
    """Whatever goes wrong with it, the application is in: `run_due` then looks again."""
    try:
        looking.look([organisation], by=None, at=at)
    except Exception:
        logger.exception("Look-alikes of %s could not be looked for", organisation.reference)


def _open_checks(application: Application, filled: ApplicationForm, *, at: datetime) -> list[Check]:
    """Put the scheme's questions to the other authorities: one for each subject."""
    asked = checks_to_ask(application, filled)
    return Check.objects.bulk_create(subjects.opened(application, asked, scheme=filled.scheme, at=at))
