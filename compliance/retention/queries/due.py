"""What reports, intelligence and visits left that has been held for as long as the schemes say, and what keeps it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from compliance.danger.models import DangerSign
from compliance.danger.states import DangerStatus
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.prosecution import ProsecutorFile
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.states.cases import CaseStatus
from compliance.enforcement.states.sanctions import ConvictionOrderStatus, UnderpaymentStatus
from compliance.enforcement.states.undertakings import UndertakingStatus
from compliance.follow_ups.models import FollowUp
from compliance.follow_ups.states import FollowUpStatus
from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import SharingStatus
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HandOverStatus
from compliance.inspections.models import OPEN, Inspection
from compliance.inspections.states import InspectionStatus
from compliance.intelligence.models.intelligence import Dissemination, Intelligence
from compliance.intelligence.models.sources import Source
from compliance.intelligence.states import DisseminationStatus
from compliance.joint_cases.models import JointCase
from compliance.joint_cases.states import JointCaseStatus
from compliance.passed_on.models import PartnerMessage
from compliance.reports.models.contacts import ReportContact
from compliance.reports.models.reports import Report, ReportMessage
from compliance.reports.states import ReportStatus
from compliance.safeguarding.models.codes import ReferralKind, YesNo
from compliance.safeguarding.models.concerns import SafeguardingConcern
from compliance.safeguarding.models.follow_ups import ReferralFollowUp
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.states import ConcernStatus, ReferralFollowUpStatus, ReferralStatus
from registry.agencies.models import AgencyChannel
from registry.organisations.models import Organisation
from registry.retention import queries as retention
from registry.retention.queries import DueErasure

Rows = QuerySet[Any, Any]

#: What no one waits for any more.
UNDERPAYMENT_OVER = (UnderpaymentStatus.LEFT, UnderpaymentStatus.PAID, UnderpaymentStatus.WITHDRAWN)
ORDER_OVER = (ConvictionOrderStatus.STRUCK, ConvictionOrderStatus.LIFTED, ConvictionOrderStatus.OVER)
UNDERTAKING_OVER = (
    *(UndertakingStatus.DISCARDED, UndertakingStatus.REFUSED, UndertakingStatus.LAPSED, UndertakingStatus.RELEASED),
    *(UndertakingStatus.BREACHED, UndertakingStatus.ENDED, UndertakingStatus.ORDER_DISMISSED),
    *(UndertakingStatus.ORDER_DISCHARGED, UndertakingStatus.ORDER_ENDED),
)


def due_for_erasure(today: date) -> Iterator[DueErasure]:
    """All that is due by the rules of today. Files for prosecutors come first: they keep what belongs to their case."""
    for rule, find in FOUND.items():
        before = retention.ends_before(rule, today)
        if before is not None:
            for thing in find(before).order_by("pk").iterator():
                yield DueErasure(rule, str(thing._meta.model_name), thing.reference, thing)


def is_due(thing: models.Model, rule: str, today: date) -> bool:
    """Whether this very thing is due now, asked again with the thing and its organisations locked."""
    before = retention.ends_before(rule, today)
    return before is not None and FOUND[rule](before).filter(pk=thing.pk).exists()


# --- what keeps ---

_SUBJECTS = "subjects__organisation"
#: By which ways a thing is about an organisation. A source is about none: it goes after all that it told.
OF_ORGANISATIONS: dict[type[models.Model], tuple[str, ...]] = {
    UnlicensedCase: ("organisation",),
    Report: ("organisation", "hand_overs__organisation", f"intelligence__{_SUBJECTS}"),
    HandOver: ("organisation", f"intelligence__{_SUBJECTS}"),
    JointCase: ("hand_over__organisation", f"dissemination__intelligence__{_SUBJECTS}"),
    Intelligence: (_SUBJECTS, "hand_overs__organisation"),
    Referral: ("organisation",),
    Inspection: ("organisation",),
}


def organisations_with_open_business() -> Iterator[Rows]:
    """Organisations that are being visited, prosecuted, or owe something: of them nothing goes."""
    yield Inspection.objects.filter(status__in=OPEN).values("organisation")
    yield UnlicensedCase.objects.exclude(status=CaseStatus.CLOSED).values("organisation")
    yield UnderpaymentNotice.objects.exclude(status__in=UNDERPAYMENT_OVER).values("organisation")
    yield ConvictionOrder.objects.exclude(status__in=ORDER_OVER).values("case__organisation")
    yield Undertaking.objects.exclude(status__in=UNDERTAKING_OVER).values("case__organisation")
    unsettled = FollowUp.objects.filter(status__in=[FollowUpStatus.OPEN, FollowUpStatus.ANSWERED])
    yield unsettled.values("inspection__organisation")
    yield open_referrals().values("organisation")
    yield SafeguardingConcern.objects.filter(status=ConcernStatus.TO_CONSIDER).values("organisation")


def open_referrals() -> "QuerySet[Referral]":
    """Those on which someone still acts, decides or records something."""
    over = (
        Q(status__in=[ReferralStatus.DROPPED, ReferralStatus.CONCLUDED])
        | Q(status=ReferralStatus.SENT, kind=ReferralKind.NOTIFY)
        | Q(status=ReferralStatus.ANSWERED, reasonable=YesNo.NO)
    )
    to_do = ReferralFollowUp.objects.filter(referral=OuterRef("pk"), status=ReferralFollowUpStatus.TO_DO)
    return Referral.objects.filter(~over | (~Q(status=ReferralStatus.DROPPED) & Exists(to_do)))


def organisations_of(thing: models.Model) -> "QuerySet[Organisation]":
    """Those of which a hold or open business keeps the thing, in the order in which everyone locks them."""
    model = type(thing)
    rows = model._default_manager.filter(pk=thing.pk)
    known = {key for path in OF_ORGANISATIONS.get(model, ()) for key in rows.values_list(path, flat=True)}
    return Organisation.objects.filter(pk__in=[key for key in known if key is not None]).order_by("pk")


def _not_kept(rows: Rows) -> Rows:
    """Those of which no organisation is kept."""
    return retention.without_kept(rows, *OF_ORGANISATIONS[rows.model])


def _open_hand_overs() -> "QuerySet[HandOver]":
    return HandOver.objects.exclude(status=HandOverStatus.CLOSED)


def _open_sharings() -> "QuerySet[GuardedSharing]":
    """What someone still has to approve, or may share."""
    return GuardedSharing.objects.filter(status__in=[SharingStatus.ASKED, SharingStatus.APPROVED])


def _cases_that_keep() -> "QuerySet[UnlicensedCase]":
    """Open cases, and closed ones of which a file for the prosecutor is kept: a court relies on what belongs to them."""
    filed = ProsecutorFile.objects.filter(case=OuterRef("pk")).exclude(content={})
    return UnlicensedCase.objects.filter(~Q(status=CaseStatus.CLOSED) | Exists(filed))


def _without(rows: Rows, *keepers: tuple[Rows, str]) -> Rows:
    """Those rows to which none of these leads by the name of its column."""
    for keeper, column in keepers:
        rows = rows.exclude(pk__in=keeper.exclude(**{column: None}).values(column))
    return rows


# --- what is due, by the code of the table ---


def _exports(before: datetime) -> "QuerySet[UnlicensedCase]":
    whole = ProsecutorFile.objects.filter(case=OuterRef("pk")).exclude(content={})
    closed: Rows = UnlicensedCase.objects.filter(Exists(whole), status=CaseStatus.CLOSED, approved_at__lt=before)
    closed = closed.filter(Q(result_on=None) | Q(result_on__lt=before.date()))
    orders = ConvictionOrder.objects.exclude(status__in=ORDER_OVER)
    undertakings = Undertaking.objects.exclude(status__in=UNDERTAKING_OVER)
    closed = _without(closed, (orders, "case"), (undertakings, "case"))
    return retention.not_erased(_not_kept(closed), "exports")


def _closed_reports(before: datetime) -> "QuerySet[Report]":
    """Closed before then, and no one acts on them, waits for an answer, or needs them in a case."""
    closed: Rows = Report.objects.filter(status=ReportStatus.DONE, closed_at__lt=before)
    # None: no one has written since; True: we did. A reporter who wrote last waits for us.
    closed = closed.exclude(authority_wrote_last=False)
    raised = DangerSign.objects.filter(status=DangerStatus.RAISED)
    kept_by = (_open_hand_overs(), open_referrals(), _cases_that_keep(), raised)
    closed = _without(closed, *((keeper, "report") for keeper in kept_by))
    return _not_kept(closed)


def _mailboxes(before: datetime) -> "QuerySet[Report]":
    of_it = {"report": OuterRef("pk")}
    written = ReportMessage.objects.filter(**of_it)
    has_some = Exists(written) | Exists(ReportContact.objects.filter(**of_it)) | Q(mailbox_key__isnull=False)
    closed = _closed_reports(before).filter(has_some, ~Exists(written.filter(at__gte=before)))
    return retention.not_erased(closed, "mailboxes")


def _reports(before: datetime) -> "QuerySet[Report]":
    later = ReportMessage.objects.filter(report=OuterRef("pk"), at__gte=before)
    return retention.not_erased(_closed_reports(before).filter(~Exists(later)), "reports")


def _hand_overs(before: datetime) -> "QuerySet[HandOver]":
    closed: Rows = HandOver.objects.filter(status=HandOverStatus.CLOSED, handed_at__lt=before)
    closed = closed.filter(Q(noted_at=None) | Q(noted_at__lt=before))
    later = PartnerMessage.objects.filter(hand_over=OuterRef("pk"), at__gte=before)
    closed = closed.filter(~Exists(later))
    joint = JointCase.objects.filter(status=JointCaseStatus.OPEN)
    closed = _without(closed, (joint, "hand_over"), (_open_sharings(), "hand_over"))
    cases = _cases_that_keep()
    for column in ("report", "intelligence"):
        closed = closed.exclude(**{f"{column}__in": cases.exclude(**{column: None}).values(column)})
    return retention.not_erased(_not_kept(closed), "hand_overs")


def _joint_cases(before: datetime) -> "QuerySet[JointCase]":
    closed = JointCase.objects.filter(status=JointCaseStatus.CLOSED, closed_at__lt=before)
    return retention.not_erased(_not_kept(closed), "joint_cases")


def _intelligence(before: datetime) -> "QuerySet[Intelligence]":
    old: Rows = Intelligence.objects.filter(recorded_at__lt=before)
    passed = Dissemination.objects.filter(intelligence=OuterRef("pk"))
    answered = Q(status=DisseminationStatus.NOTED) | ~Q(agency__way=AgencyChannel.ACCOUNT)
    of_passed = {"dissemination__intelligence": OuterRef("pk")}
    keeps = (
        Exists(passed.filter(at__gte=before)),
        Exists(passed.exclude(answered)),
        Exists(PartnerMessage.objects.filter(at__gte=before, **of_passed)),
        Exists(JointCase.objects.filter(status=JointCaseStatus.OPEN, **of_passed)),
    )
    for keeper in keeps:
        old = old.filter(~keeper)
    kept_by = (_open_hand_overs(), _cases_that_keep(), _open_sharings())
    old = _without(old, *((keeper, "intelligence") for keeper in kept_by))
    return retention.not_erased(_not_kept(old), "intelligence")


def _sources(before: datetime) -> "QuerySet[Source]":
    told = Intelligence.objects.filter(source=OuterRef("pk"))
    return retention.not_erased(Source.objects.filter(~Exists(told), opened_at__lt=before), "sources")


def _referrals(before: datetime) -> "QuerySet[Referral]":
    day = before.date()
    over = Referral.objects.exclude(pk__in=open_referrals().values("pk")).filter(prepared_at__lt=before)
    for column, limit in (("sent_at", before), ("reasonable_on", day), ("conclusive_on", day)):
        over = over.filter(Q(**{column: None}) | Q(**{f"{column}__lt": limit}))
    cases = _cases_that_keep()
    for column in ("report", "inspection"):
        over = over.exclude(**{f"{column}__in": cases.exclude(**{column: None}).values(column)})
    return retention.not_erased(_not_kept(over), "referrals")


def _visits(before: datetime) -> "QuerySet[Inspection]":
    """Confirmed or called off before then, and nothing that rests on them is open."""
    confirmed = Q(status=InspectionStatus.CONFIRMED, confirmed_at__lt=before)
    off = Q(status=InspectionStatus.CALLED_OFF, commissioned_at__lt=before, due_on__lt=before.date())
    over = Inspection.objects.filter(confirmed | off)
    raised = DangerSign.objects.filter(status=DangerStatus.RAISED)
    due = UnderpaymentNotice.objects.exclude(status__in=UNDERPAYMENT_OVER)
    keepers = (open_referrals(), _cases_that_keep(), _open_hand_overs(), raised, due)
    return _not_kept(_without(over, *((one, "inspection") for one in keepers)))


def _interviews(before: datetime) -> "QuerySet[Inspection]":
    held = ("interviews", "samples", "signatures", "field_items", "guarded_sharings")
    return retention.not_erased(_holding(_visits(before), *held), "interviews")


def _exhibits(before: datetime) -> "QuerySet[Inspection]":
    return retention.not_erased(_holding(_visits(before), "exhibits"), "exhibits")


def _holding(visits: "QuerySet[Inspection]", *relations: str) -> "QuerySet[Inspection]":
    """Those that have rows of any of these kinds."""
    there = Q()
    for relation in relations:
        rows = Inspection.objects.filter(**{f"{relation}__isnull": False})
        there |= Q(pk__in=rows.values("pk"))
    return visits.filter(there)


#: In this order: a file keeps its case, intelligence keeps its source, a hand-over is older than what it is from.
FOUND: dict[str, Callable[[datetime], Rows]] = {
    "exports": _exports,
    "mailboxes": _mailboxes,
    "reports": _reports,
    "hand_overs": _hand_overs,
    "joint_cases": _joint_cases,
    "intelligence": _intelligence,
    "sources": _sources,
    "referrals": _referrals,
    "interviews": _interviews,
    "exhibits": _exhibits,
}
