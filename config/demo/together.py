"""Cases that are worked on together with another authority, until when sample firms are insured, and who has stopped."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from compliance.intelligence.models.intelligence import Dissemination
from compliance.joint_cases import actions as joint
from compliance.joint_cases.models import JointCase
from compliance.passed_on import actions as partners
from config.demo.casting import DAY
from config.demo.papers import paper
from config.demo.people import person
from licensing.holding.actions.after_term import find_stopped
from licensing.holding.queries import after_term
from licensing.insurances import actions as insurances
from licensing.insurances import queries
from licensing.insurances.models import InsuranceProof
from registry import permissions
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.memberships.states import Act

PLANS = (
    ("us", "Visit the house and the packhouse on one morning.", "Look up who pays tax for the van and its drivers."),
    ("partner", "Ask the bank of the workers for statements.", "Compare the payroll with what workers were paid."),
)
PARTNER_FOUND = "Tax was paid for six of twenty people. The payroll names two firms."
PARTNER_NEXT = "Send the payroll of both firms to the licensing authority."
RESULT = "Both closed: the wages were paid, and the payroll was corrected."
CERTIFICATE = "Certificate of employers’ liability insurance"
NOT_IT = "The certificate names another business. Please send that of your own."
STOPPED = "Its telephone is off, and two labour users say that it has sent them no one since."
NONE_NEEDED = "It employs no one: the two partners work alone."


def together(at: datetime) -> Iterator[object]:
    yield from _joint_cases(at)
    yield from _insurances(at)
    yield from _after_terms(at)


def _joint_cases(at: datetime) -> Iterator[object]:
    """One that goes on, of which our step is nearly due and the other authority has set its next one; and one that is closed."""
    partner, analyst = person("partner"), person("analyst")
    passed_on = Dissemination.objects.for_partner(partner).filter(accepted_at=None, at__lt=at - 4 * DAY)
    for number, (passed, (lead, ours, theirs)) in enumerate(zip(passed_on.order_by("pk"), PLANS, strict=False)):
        passed = partners.accept_conditions(passed, by=partner, at=at - 4 * DAY)
        case = joint.open_joint_case(
            passed,
            lead=lead,
            our_step=ours,
            our_day=_day(at, 1),
            their_step=theirs,
            their_day=_day(at, 6),
            by=analyst,
            at=at - 3 * DAY,
        )
        joint.finish_step(case.steps.get(side="partner"), outcome=PARTNER_FOUND, by=partner, at=at - 2 * DAY)
        if number == 0:
            joint.add_step(case, side="partner", text=PARTNER_NEXT, due_on=_day(at, 9), by=partner, at=at - 2 * DAY)
            yield case
        else:
            yield _closed(case, analyst, at=at - DAY)


def _closed(case: JointCase, analyst: User, *, at: datetime) -> JointCase:
    joint.finish_step(case.steps.get(side="us"), outcome="The statements bear it out.", by=analyst, at=at)
    return joint.close_joint_case(case, result=RESULT, by=analyst, at=at)


def _insurances(at: datetime) -> Iterator[object]:
    """One of each: accepted, soon over, over, to be checked, refused, and not needed. Of the other firms the day is asked for."""
    officer = person("case-officer")
    long_ago, lately = at - 200 * DAY, at - 3 * DAY
    plan = (
        (lately, 360, "accept"),
        (long_ago, 18, "accept"),
        (long_ago, -9, "accept"),
        (lately, 330, ""),
        (lately, 300, "refuse"),
        (lately, 0, "excuse"),
    )
    for licence, (sent_at, days, answer) in zip(_insured_licences(long_ago, at), plan, strict=False):
        if answer == "excuse":
            (term, *_others) = queries.terms_of(licence, timezone.localdate(at))
            yield insurances.excuse(licence, code=term.code, because=NONE_NEEDED, by=officer, at=sent_at)
            continue
        proof = _sent(licence, _day(at, days), at=sent_at)
        if answer == "accept":
            insurances.accept_proof(proof, by=officer, at=sent_at + DAY)
        elif answer == "refuse":
            insurances.refuse_proof(proof, because=NOT_IT, by=officer, at=sent_at + DAY)
        yield proof


def _after_terms(at: datetime) -> Iterator[object]:
    """An officer has seen that businesses have stopped of which the licence ran out; those that ran out lately wait for it."""
    officer, today = person("case-officer"), _day(at, 0)
    over = Licence.objects.open_to(officer).filter(status=LicenceStatus.ACTIVE, valid_until__lt=_day(at, -14))
    for licence in over.order_by("pk"):
        if after_term.is_to_be_seen(licence, today):
            yield find_stopped(licence, because=STOPPED, by=officer, at=at - DAY)


def _insured_licences(since: datetime, at: datetime) -> Iterator[Licence]:
    """Those of which someone acts for the holder, the sample people first, and of which an insurance is asked for on both days."""
    began, today = timezone.localdate(since), timezone.localdate(at)
    active = Licence.objects.filter(status=LicenceStatus.ACTIVE, valid_from__lte=began, valid_until__gt=today)
    for licence in active.order_by("pk"):
        if _holder(licence, began) and queries.terms_of(licence, began):
            yield licence


def _sent(licence: Licence, ends_on: date, *, at: datetime) -> InsuranceProof:
    (term, *_others) = queries.terms_of(licence, timezone.localdate(at))
    holder = _holder(licence, timezone.localdate(at))
    assert holder is not None
    return insurances.send(licence, code=term.code, ends_on=ends_on, uploads=[paper(CERTIFICATE)], by=holder, at=at)


def _holder(licence: Licence, on: date) -> User | None:
    for membership in licence.organisation.memberships.answering().select_related("user").order_by("pk"):
        if not any(permissions.act_blockers(membership.user, licence.organisation, Act.NOTIFY, on=on)):
            return membership.user
    return None


def _day(at: datetime, days: int) -> date:
    return timezone.localdate(at) + timedelta(days=days)
