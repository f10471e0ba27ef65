"""What happens to a case on its way: checks answered, more asked for, an inspection made."""

from datetime import datetime, timedelta

from django.utils import timezone

from compliance.inspection_reports import actions as visit_reports
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.rules import StandardFinding
from compliance.interviews import actions as interviews
from config.demo import papers
from config.demo.answered import answer_all
from config.demo.answers import Profile, still_to_answer
from config.demo.casting import DAY, Cast, Story, StoryPart
from config.demo.inspecting import SEEN, signed
from licensing.application_form.rules.facts import SIGNATURE
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.checks.actions import checks
from licensing.checks.models import Check
from licensing.requests.actions import answering, asking
from licensing.requests.rules import GivenItem
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Licence

TO_REPLY = 15  # days that a business has, from the report of its inspection


def answer_newer_form(made: Application, profile: Profile, *, by: User, at: datetime) -> None:
    """It is judged by the version in force when it is handed in: what that asks, and the one before did not, is answered too."""
    filled = applications_queries.form_of(made, today=timezone.localdate(at))
    answer_all(made, list(still_to_answer(filled, profile)), by=by, at=at)
    papers.hand_in(made, by=by, at=at)
    signed = [item for item in filled.items if SIGNATURE in item.data]
    answer_all(made, signed, by=by, at=at + timedelta(minutes=5))


def answer_check(cast: Cast, check: Check, *, adverse: bool, at: datetime) -> None:
    """By the authority itself where it answers here, else by the case officer who has its letter."""
    result, evidence = ("adverse", "Three returns are missing for the last tax year.") if adverse else ("nil", "")
    if cast.partner and Check.objects.put_to(cast.partner).filter(pk=check.pk).exists():
        checks.answer(
            check,
            result=result,
            evidence=evidence,
            may_be_shown_to_subject=False,
            may_be_passed_on=False,
            by=cast.partner,
            at=at,
        )
    else:
        on = timezone.localdate(at)
        checks.record_result(check, result=result, evidence=evidence, replied_on=on, by=cast.case_officer, at=at)


def commission(cast: Cast, licence: Licence, brief: str, *, days: int, at: datetime) -> Inspection:
    """A visit to a holder, in so many days."""
    return inspections.commission(
        licence.organisation,
        kind="compliance",
        scheme=schemes.get(licence.scheme, licence.version),
        facts={},
        brief=brief,
        licence_number=licence.number,
        inspector=cast.inspector,
        due_on=timezone.localdate(at + days * DAY),
        by=cast.case_officer,
        at=at,
    )


def ask_for_more(cast: Cast, part: StoryPart, made: Application, at: datetime) -> Story:
    yield (at := at + DAY)
    asked = asking.ask(
        made,
        items=[GivenItem(text="Send us the written agreement that you use with farms, and say who signs it.")],
        due_on=timezone.localdate(at + 35 * DAY),
        by=cast.case_officer,
        at=at,
    )
    if part.ends == "answered":
        yield (at := at + 5 * DAY)
        answering.answer(
            asked,
            answers={1: "The agreement names our managing director, who signs each one."},
            files={1: [papers.paper("Agreement with farms")]},
            by=part.user,
            at=at,
        )


def inspected(cast: Cast, inspection: Inspection, at: datetime, *, unmet: int, stop: str = "") -> Story:
    """Visit, report, quality control, the report sent to the business. The first `unmet` standards that are not critical are found not met."""
    yield (at := at + 7 * DAY)
    scheme = schemes.get(inspection.scheme, inspection.version)
    fails = [code for code in inspection.standards if not scheme.standard(code).critical][:unmet]
    inspections.record_findings(
        inspection,
        findings=[
            {
                "standard": code,
                "finding": "not_met" if code in fails else "met",
                "evidence": "Two of eight files seen lacked it." if code in fails else SEEN,
            }
            for code in inspection.standards
        ],
        summary="Met the principal authority and spoke with eight workers, two of them through an interpreter.",
        business_comments="The business agreed with what was found." if fails else "",
        visited_on=timezone.localdate(at),
        by=cast.inspector,
        at=at,
    )
    if stop == "inspection_reported":
        _contradict(inspection, at=at)
    else:
        signed(inspection, at=at)
    inspection = inspections.report(inspection, by=cast.inspector, at=at)
    if stop == "inspection_reported":
        return
    yield (at := at + 2 * DAY)
    if stop == "inspection_returned":
        inspections.return_for_correction(
            inspection, because="Say how many files were seen for standard 2.4.", by=cast.quality, at=at
        )
        return
    inspection = inspections.confirm(inspection, by=cast.quality, at=at)
    yield (at := at + DAY)
    reply_by = timezone.localdate(at + TO_REPLY * DAY)
    visit_reports.send(inspection, reply_by=reply_by, by=cast.quality, at=at)


def _contradict(inspection: Inspection, *, at: datetime) -> None:
    """A sign of forced labour is noted, and no reason is given why the standard that it speaks against is met."""
    terms = schemes.get(inspection.scheme, inspection.version).contradictions
    sign, doubtful = next((one.sign, one.standards[0]) for one in terms.speaks_against if one.sign)
    by = inspection.inspector
    words = "Two workers would not speak while the supervisor stood near."
    interviews.note_indicator(inspection, code=sign, seen=True, evidence=words, by=by, at=at)
    said: StandardFinding = {"standard": doubtful, "finding": "met", "evidence": ""}
    inspections.record_findings(inspection, findings=[said], by=by, at=at)
