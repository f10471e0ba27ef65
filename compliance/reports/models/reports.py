"""What anybody may tell the authority, and the mailbox in which both sides go on talking."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from compliance.passphrases import FORMER_LENGTH
from compliance.reports.states import MAY_BE_DANGER, REPORT, ConcernKind, ContactChoice, Danger, ReportStatus
from registry.conflicts.models import Conflict
from registry.fields import true_when
from registry.overdue import has_passed, hour_passed, passed
from registry.pagination import STILL_OPEN
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import TaskPriority, staff_wait

if TYPE_CHECKING:
    from registry.accounts.models import User


class Channel(models.TextChoices):
    """How a report came."""

    PAGE = "page", _("The page on which anybody reports")
    TELEPHONE = "telephone", _("A telephone call")
    POST = "post", _("A letter or an email")
    AGENCY = "agency", _("Another authority")
    OFFICER = "officer", _("An officer who saw or heard it")


class TriageDecision(models.TextChoices):
    """What becomes of a report."""

    DANGER = "danger", _("Immediate danger: emergency call made")
    INTELLIGENCE = "intelligence", _("To intelligence")
    INSPECTION = "inspection", _("To inspection")
    LICENSING = "licensing", _("To the decision maker of the application or licence")
    AGENCY = "agency", _("To another authority")
    NO_ACTION = "no_action", _("No further action")


#: The clue of reports that were sent together: the digest of words that one reporter gave the others.
GROUP = "group"
#: The kinds of clue that only a search asks for: nobody is told that two reports share a word, or are about the same thing.
WORD, ABOUT = "word", "about"
ONLY_SEARCHED = (WORD, ABOUT)

#: The order of the list: what nobody has decided on before what somebody has, and both before what is done; threat to
#: life first, then what is due first. Each of the columns that it is narrowed by has an index of its own in this order.
URGENT_FIRST = ("is_over", "is_decided", "urgency", "decide_by", "id")
LOOKED_FOR = ("is_waiting", "status", "danger", "decision", "channel")

HAS_FORMER_KEY = Q(Exact(Length("mailbox_key"), FORMER_LENGTH))


class ReportQuerySet(CoveredQuerySet["Report"]):
    def visible_to(self, user: "User") -> "ReportQuerySet":
        """Those who handle reports see all but those about an organisation they have a conflict of interest with.

        Nobody else sees any, inspectors and managers included.
        """
        if not user.has_perm("compliance.handle_reports"):
            return self.none()
        return self.exclude(organisation__in=Conflict.objects.organisations_of(user))

    def of_kind(self, kind: str) -> "ReportQuerySet":
        """By a clue, as no index finds a code in a list."""
        return self.filter(pk__in=self.model.objects.filter(clues__kind=ABOUT, clues__value=kind).values("pk"))

    def open(self) -> "ReportQuerySet":
        return self.filter(STILL_OPEN)

    def undecided(self) -> "ReportQuerySet":
        """Nobody has said yet what becomes of it."""
        return self.filter(STILL_OPEN, is_decided=False)

    def overdue_at(self, at: datetime) -> "ReportQuerySet":
        """Nobody has decided what becomes of it in time, or the reporter was not told in time."""
        late = Q(is_decided=False) & hour_passed("decide_by", at) | Q(is_decided=True) & passed("tell_by", at)
        return self.filter(STILL_OPEN, late)

    def tagged(self, kind: str, code: str) -> "ReportQuerySet":
        return self.filter(pk__in=self.model.objects.filter(tags__kind=kind, tags__code=code).values("pk"))

    def with_former_key(self) -> "ReportQuerySet":
        """Those whose mailbox is found by a digest that was cheaper to make (`compliance.passphrases`)."""
        return self.filter(HAS_FORMER_KEY)

    def waiting(self) -> "ReportQuerySet":
        """Where it is the authority's turn: nobody has begun, or the reporter wrote last."""
        return self.filter(is_waiting__in=[True])


class Report(CoveredModel):
    """One concern as somebody told it. No column says who: contact details are sealed in a table of their own."""

    lifecycle = REPORT.wait_for(
        staff_wait(
            "decide",
            {ReportStatus.RECEIVED, ReportStatus.BEING_LOOKED_AT},
            _("Decide what to do about the report"),
            "compliance.handle_reports",
            due="decide_by",
            when="is_to_be_decided",
            priority="task_priority",
            page="staff_report",
        ),
        staff_wait(
            "tell",
            {ReportStatus.BEING_LOOKED_AT},
            _("Tell the reporter the outcome and close the report"),
            "compliance.handle_reports",
            due="tell_by",
            when="is_to_be_told",
            page="staff_report",
        ),
        staff_wait(
            "answer",
            {ReportStatus.RECEIVED, ReportStatus.BEING_LOOKED_AT, ReportStatus.DONE},
            _("Read the message in the reporter’s mailbox"),
            "compliance.handle_reports",
            when="has_unread_message",
            page="staff_report",
        ),
    )

    trail_omits = frozenset({"mailbox_key"})  # an event would say when a reporter first read it after an upgrade

    reference = models.CharField(max_length=20, unique=True)
    once = models.CharField(max_length=64, unique=True, help_text="digest of the form: sent twice, it is one report")
    status = models.CharField(max_length=20, choices=ReportStatus, default=REPORT.first)
    scheme = models.CharField(max_length=60, blank=True, help_text="of the licence that it names, if any")
    language = models.CharField(max_length=10, help_text="that the reporter reads")
    text = models.TextField()
    kinds = models.JSONField(default=list, help_text="codes of what it is about")
    danger = models.CharField(max_length=10, choices=Danger)
    about_name = models.CharField(max_length=200, blank=True, help_text="as typed, like the three that follow")
    about_number = models.CharField(max_length=100, blank=True)
    about_place = models.TextField(blank=True)
    happened = models.TextField(blank=True)
    people = models.PositiveIntegerField(null=True, blank=True, help_text="how many it happens to, as told")
    contact = models.CharField(max_length=10, choices=ContactChoice)
    mailbox_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.PAGE)
    agency = models.ForeignKey(
        "registry.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="that told it"
    )
    organisation = models.ForeignKey(
        "registry.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="whom it is about, by the number it names or as a person has found out",
    )
    received_at = models.DateTimeField()
    # The clock: begun by what the reporter said, and counted from when the report came whatever is said later.
    priority = models.CharField(max_length=20, help_text="code of the pack")
    urgency = models.PositiveSmallIntegerField(help_text="place of the priority in the pack: 0 is the most urgent")
    decide_by = models.DateTimeField(help_text="by when a person says what becomes of it")
    tell_by = models.DateField(help_text="by when the reporter is told")
    decision = models.CharField(max_length=20, choices=TriageDecision, blank=True)
    is_late: bool  # of a row of the list: the clock has run out (`ReportFilter.dress`)
    # Columns of their own, so that an index serves the list.
    is_over = true_when(Q(status="done"))
    is_decided = true_when(~Q(decision=""))
    is_waiting = true_when(Q(status="received") | Q(authority_wrote_last__isnull=False, authority_wrote_last=False))
    authority_wrote_last = models.BooleanField(
        null=True, editable=False, help_text="none while nobody has written since"
    )
    begun_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, blank=True, help_text="code of a `ReportEnding`")
    outcome = models.TextField(blank=True, help_text="what the reporter is told at the end")

    objects = ReportQuerySet.as_manager()

    class Meta:
        permissions = [
            ("handle_reports", "Read what people report, ask them, and say what became of it"),
            ("count_reports", "See how many reports are overdue, and nothing of them"),
            ("take_reports", "Write down what somebody reports by telephone, by post or in person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_has_mailbox_unless_declined",
                condition=Q(contact="none", mailbox_key=None) | (~Q(contact="none") & Q(mailbox_key__isnull=False)),
            ),
            models.CheckConstraint(
                name="report_done_says_what_became_of_it",
                condition=~Q(status="done") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="report_begun_has_somebody",
                condition=Q(status="received") | Q(begun_by__isnull=False, begun_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="report_by_arrival", fields=["received_at", "id"]),
            models.Index(name="report_by_due", fields=["decide_by", "id"]),
            models.Index(name="report_urgent_first", fields=URGENT_FIRST),
            *(models.Index(name=f"report_by_{one}", fields=[one, *URGENT_FIRST]) for one in LOOKED_FOR),
            models.Index(name="report_of_number", fields=["about_number"]),
            models.Index(name="report_of_former_key", fields=["id"], condition=HAS_FORMER_KEY),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def has_mailbox(self) -> bool:
        return self.mailbox_key is not None

    @property
    def has_former_key(self) -> bool:
        return len(self.mailbox_key or "") == FORMER_LENGTH

    def is_overdue(self, at: datetime) -> bool:
        if self.status == ReportStatus.DONE:
            return False
        return has_passed(self.tell_by if self.decision else self.decide_by, at)

    @property
    def may_be_danger(self) -> bool:
        """Whether the reporter said so, or is not sure: who reports is shown whom to call."""
        return self.danger in MAY_BE_DANGER

    @property
    def is_to_be_decided(self) -> bool:
        return not self.decision

    @property
    def is_to_be_told(self) -> bool:
        return bool(self.decision)

    @property
    def has_unread_message(self) -> bool:
        """Whether the reporter wrote last, and waits for an answer."""
        return self.authority_wrote_last is False

    @property
    def task_priority(self) -> TaskPriority:
        """Urgent where the pack gives the most urgent priority. Danger has a task of its own (`compliance.danger`)."""
        return TaskPriority.URGENT if self.urgency == 0 else TaskPriority.NORMAL

    @property
    def kind_titles(self) -> list[str]:
        return [str(ConcernKind(kind).label) for kind in self.kinds]


class ReportMessage(CoveredModel):
    """One thing said after the report, by the reporter or by the authority."""

    report = models.ForeignKey("Report", on_delete=models.CASCADE, related_name="messages")
    once = models.CharField(max_length=64, unique=True, null=True, blank=True, help_text="as in a report")
    from_authority = models.BooleanField()
    text = models.TextField(blank=True)
    by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_message_of_the_authority_has_a_name",
                condition=Q(from_authority=True, by__isnull=False) | Q(from_authority=False, by=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.pk}"


class ReportPhoto(CoveredModel):
    """A photograph as it was made anew: nothing but the picture."""

    trail_omits = frozenset({"content"})

    report = models.ForeignKey("Report", on_delete=models.CASCADE, related_name="photos")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="report_photo_number", fields=["report", "number"])]

    def __str__(self) -> str:
        return f"{self.report}: photograph {self.number}"
