"""Intelligence: recorded, read, graded again, passed on. The trail keeps grades and subjects, and no word of it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import actions as guard
from compliance.guarded_sharing.states import SharingWay
from compliance.hand_overs import actions as hand_overs
from compliance.hand_overs import rules as handing
from compliance.hand_overs.models import HandOver
from compliance.intelligence import rules
from compliance.intelligence.models.intelligence import Dissemination, Intelligence, IntelligenceSubject
from compliance.intelligence.models.sources import Source
from compliance.intelligence.queries import intelligence as queries
from compliance.intelligence.rules import Grade
from compliance.reports.models.reports import Report
from registry import permissions, schemes
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.reasons import reason_blockers
from registry.trail.actions import events as trail
from registry.trail.models.events import Event


@transaction.atomic
def record(
    *,
    scheme: str,
    grade: Grade,
    source_text: str,
    sanitised_text: str,
    learnt_on: date,
    about: Sequence[Organisation] = (),
    report: Report | None = None,
    source: Source | None = None,
    by: User,
    at: datetime,
) -> Intelligence:
    """Keep a piece of intelligence as a person has graded it, about these organisations; it changes no score by itself.

    Graded in the words of the scheme of that day. Raises `Refused` (no_source_grade, no_information_grade, no_handling,
    no_conditions, conditions_without_code, unknown_condition, no_source_text, no_sanitised_text, wrong_day,
    conflicted).
    """
    permissions.require(by, "compliance.record_intelligence")
    pack = schemes.in_force(scheme, timezone.localdate(at))
    assert pack.intelligence is not None
    refuse_for(
        [
            *rules.grade_blockers(grade, pack.intelligence),
            *rules.record_blockers(
                source_text=source_text,
                sanitised_text=sanitised_text,
                learnt_on=learnt_on,
                today=timezone.localdate(at),
                percent=pack.intelligence.nearly_equal_percent,
            ),
            *(reason for one in about for reason in permissions.conflict_blockers(by, one)),
        ]
    )
    kept = Intelligence.objects.create(
        reference=new_reference("N"),
        scheme=pack.name,
        version=pack.version,
        report=report,
        source=source,
        source_grade=grade.source,
        information_grade=grade.information,
        handling=grade.handling,
        conditions=list(grade.conditions),
        conditions_said=grade.conditions_said,
        source_text=source_text,
        sanitised_text=sanitised_text,
        text_by=by,
        learnt_on=learnt_on,
        recorded_by=by,
        recorded_at=at,
        graded_by=by,
    )
    IntelligenceSubject.objects.bulk_create(
        IntelligenceSubject(intelligence=kept, organisation=one) for one in dict.fromkeys(about)
    )
    trail.record(
        kept,
        "record",
        by=by,
        at=at,
        after=kept.status,
        grade=kept.grade,
        about=[one.reference for one in dict.fromkeys(about)],
        report=report.reference if report else "",
    )
    return kept


@transaction.atomic
def grade_anew(intelligence: Intelligence, *, grade: Grade, because: str, by: User, at: datetime) -> Intelligence:
    """Grade it differently, in the words it was first graded in; the trail keeps both grades and the reason.

    A second person has to agree with it again. Raises `Refused` as `record` does, and no_reason.
    """
    permissions.require(by, "compliance.record_intelligence")
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    words = schemes.get(intelligence.scheme, intelligence.version).intelligence
    assert words is not None
    refuse_for([*rules.grade_blockers(grade, words), *reason_blockers(because)])
    before = intelligence.grade
    intelligence.source_grade = grade.source
    intelligence.information_grade = grade.information
    intelligence.handling = grade.handling
    intelligence.conditions = list(grade.conditions)
    intelligence.conditions_said = grade.conditions_said
    intelligence.graded_by, intelligence.grade_agreed_by, intelligence.grade_agreed_at = by, None, None
    graded = ("source_grade", "information_grade", "handling", "conditions", "conditions_said")
    intelligence.save(update_fields=[*graded, "graded_by", "grade_agreed_by", "grade_agreed_at"])
    trail.record(intelligence, "grade_anew", by=by, at=at, because=because, former=before, grade=intelligence.grade)
    return intelligence


@transaction.atomic
def read(intelligence: Intelligence, *, because: str, by: User, at: datetime) -> Event:
    """Note why somebody opens a piece of intelligence, before they see it. Raises `Refused` (no_reason)."""
    permissions.require(by, "compliance.read_intelligence")
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    refuse_for(reason_blockers(because))
    return trail.record(intelligence, "read", by=by, at=at, because=because)


@transaction.atomic
def pass_on(
    intelligence: Intelligence, *, agency: Agency | None, purpose: str, by: User, at: datetime
) -> Dissemination:
    """Give another authority the sanitised text as it is now, on the conditions of its handling code.

    A guarded authority is given only what a second person has approved. Raises `Refused` (not_released, no_agency, no_purpose, and
    those of `guarded_sharing.actions.share`).
    """
    permissions.require(by, "compliance.record_intelligence")
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    refuse_for([*rules.shared_blockers(intelligence), *rules.pass_on_blockers(agency, purpose=purpose)])
    assert agency is not None
    guard.share(
        intelligence,
        agency,
        way=SharingWay.INTELLIGENCE,
        texts=[intelligence.sanitised_text],
        checked=[purpose, intelligence.conditions_said],
        by=by,
        at=at,
    )
    passed = Dissemination.objects.create(
        reference=new_reference("E"),
        intelligence=intelligence,
        agency=agency,
        text=intelligence.sanitised_text,
        grade=intelligence.grade,
        conditions=intelligence.conditions,
        conditions_said=intelligence.conditions_said,
        purpose=purpose,
        by=by,
        at=at,
    )
    trail.record(
        intelligence,
        "pass_on",
        by=by,
        at=at,
        also_about=[passed],
        agency=agency,
        dissemination=passed,
        grade=passed.grade,
    )
    return passed


@transaction.atomic
def hand_over_intelligence(
    intelligence: Intelligence, *, to: str, organisation: Organisation | None, by: User, at: datetime
) -> HandOver:
    """Hand the released text over to a visit or to licensing; the conditions of its handling code go with it.

    Raises `Refused` (not_released, no_kind, other_organisation, handed_over_already, conflicted).
    """
    permissions.require(by, "compliance.record_intelligence")
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    known = [subject.organisation for subject in intelligence.subjects.select_related("organisation")]
    already = intelligence.hand_overs.open().filter(to=to, organisation=organisation).exists()
    refuse_for(
        [
            *rules.shared_blockers(intelligence),
            *handing.open_blockers(to=to, organisation=organisation, known=known, already=already),
        ]
    )
    assert organisation is not None
    refuse_for(permissions.conflict_blockers(by, organisation))
    licence = organisation.licences.order_by("-pk").first()
    text = "\n\n".join(filter(None, (intelligence.sanitised_text.strip(), queries.conditions_in_words(intelligence))))
    made = hand_overs.open_for(
        intelligence=intelligence,
        to=to,
        text=text,
        organisation=organisation,
        licence_number=licence.number if licence else "",
        scheme=licence.scheme if licence else intelligence.scheme,
        by=by,
        at=at,
    )
    trail.record(intelligence, "hand_over_intelligence", by=by, at=at, hand_over=made, to=to)
    return made
