"""What is done with the report of an inspection beside confirming it: worded for the business, sent to it, replied to."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.inspection_reports import letters, rules
from compliance.inspection_reports import queries as visit_reports
from compliance.inspection_reports.models import ReportReply, ReportSending, Wording
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.rules import record_blockers
from registry import permissions, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def word(inspection: Inspection, *, wordings: Mapping[str, str], by: User, at: datetime) -> Inspection:
    """Keep what the business reads in place of the summary or of the evidence of a standard; empty: what was written.

    Raises `Refused` (wrong_state, not_the_inspector, not_tested_here).
    """
    permissions.require(by, "compliance.report_inspection")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(record_blockers(inspection, by=by))
    refuse_for(rules.word_blockers(inspection, parts=wordings))
    kept = {one.part: one.text for one in inspection.wordings.all()}
    changed = {part: text.strip() for part, text in wordings.items() if text.strip() != kept.get(part, "")}
    for part, text in changed.items():
        if text:
            Wording.objects.update_or_create(inspection=inspection, part=part, defaults={"text": text})
        else:
            inspection.wordings.filter(part=part).delete()
    if changed:
        trail.record(inspection, "word", by=by, at=at, parts=sorted(changed))
    return inspection


@transaction.atomic
def send(inspection: Inspection, *, reply_by: date, by: User, at: datetime) -> ReportSending:
    """Give the business what it may read of a confirmed report, and a day by which it may reply; it is told by letter.

    Raises `Refused` (not_confirmed, sent_already, no_time_to_reply).
    """
    permissions.require(by, "compliance.send_inspection_report")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    sent = ReportSending.objects.filter(inspection=inspection).exists()
    refuse_for(rules.send_blockers(inspection, sent=sent, reply_by=reply_by, on=timezone.localdate(at)))
    version = visit_reports.standing_version(inspection)
    whole = version.content if version else visit_reports.content_now(inspection)
    content = rules.disclosable(whole, scheme_of(inspection))
    sending = ReportSending.objects.create(
        inspection=inspection,
        content=content,
        digest=signing.digest(content),
        reply_by=reply_by,
        sent_by=by,
        sent_at=at,
    )
    trail.record(
        inspection, "send_report", by=by, at=at, also_about=[sending], digest=sending.digest, reply_by=reply_by
    )
    letters.report_sent(sending, at=at)
    return sending


@transaction.atomic
def reply(sending: ReportSending, *, text: str, by: User, at: datetime) -> ReportReply:
    """Keep what the business says to the report beside it. After its day it is kept too, and says that it is late.

    Raises `Refused` (nothing_said, acts_no_more, not_covered …).
    """
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(
        Organisation.objects.acted_for_by(by).get(pk=sending.inspection.organisation_id),
    )
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, organisation, Act.REPLY, on=today))
    refuse_for(rules.reply_blockers(sending, text=text))
    said = ReportReply.objects.create(
        sending=sending, text=text.strip(), is_late=not sending.is_open_on(today), replied_by=by, replied_at=at
    )
    # The words may name people: the trail keeps that they were written, and by which they can be known again.
    digest = signing.digest(said.text)
    trail.record(
        sending.inspection, "reply_to_report", by=by, at=at, also_about=[sending], text=digest, is_late=said.is_late
    )
    return said
