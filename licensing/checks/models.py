"""What is asked of other authorities about an application, or about what a holder says has changed; and what they reply."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.checks.states import ASKED_OF_NOBODY, OWN_WORD, AskingKind, CheckResult, ReplyWay
from licensing.holding.models import Change
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.conflicts.models import Conflict
from registry.organisations.models import Organisation
from registry.overdue import has_passed, passed
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import agency_wait, staff_wait


class CheckQuerySet(CoveredQuerySet["Check"]):
    def unanswered(self) -> "CheckQuerySet":
        """What still waits for a result."""
        return self.filter(result="")

    def overdue_on(self, day: date) -> "CheckQuerySet":
        """What still waits for a result after its day."""
        return self.unanswered().filter(passed("due_on", day))

    def open_to(self, officer: User) -> "CheckQuerySet":
        """All but those about organisations with which this officer has a conflict of interest."""
        kept = Conflict.objects.organisations_of(officer)
        return self.exclude(application__in=Application.objects.filter(organisation__in=kept).values("pk")).exclude(
            change__in=Change.objects.filter(licence__organisation__in=kept).values("pk")
        )

    def of_others(self) -> "CheckQuerySet":
        """What other authorities are asked: not what the registry looks up by itself."""
        return self.exclude(code__in=ASKED_OF_NOBODY)

    def put_to(self, user: User) -> "CheckQuerySet":
        """What this person of another authority may see: what was asked of that authority, as long as it is asked at all."""
        if user.agency_id is None or not user.has_perm("licensing.answer_checks"):
            return self.none()
        asked = self.exclude(result=CheckResult.NOT_NEEDED).exclude(asked_at=None)
        return asked.filter(agency=user.agency_id, agency__closed_at=None)

    def let_go(self) -> int:
        """Of a case that is over, what still waits is not needed any more: nobody is asked or reminded of it."""
        return self.unanswered().update(result=CheckResult.NOT_NEEDED, chase_on=None)

    def to_be_asked(self) -> "CheckQuerySet":
        """Put to an authority that has not been told so yet."""
        return self.unanswered().filter(agency__isnull=False, agency__closed_at=None, asked_at=None)

    def to_be_chased(self, day: date) -> "CheckQuerySet":
        """Of which the authority that was asked is to be reminded on that day."""
        return self.unanswered().filter(agency__isnull=False, agency__closed_at=None, chase_on__lte=day)


class Check(CoveredModel):
    """One question about one subject, put to one authority, or answered by the registry itself; and its result."""

    is_late: bool  # of a row of a list: whether its reply is overdue (`PartnerFilter.dress`)

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, null=True, blank=True, on_delete=models.PROTECT, related_name="checks")
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.PROTECT, related_name="checks")
    code = models.CharField(
        max_length=60, help_text="of the check in the pack, or of one that the registry makes itself"
    )
    subject = models.CharField(max_length=200)
    person = models.ForeignKey(
        "registry.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="checks"
    )
    agency = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="checks",
        help_text="to which it is put; none: an officer asks, or the registry answers itself",
    )
    sent_on = models.DateField()
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True, help_text="when the authority was first asked")
    chase_on = models.DateField(null=True, blank=True, help_text="when the authority is reminded next")
    looked_at = models.DateTimeField(null=True, blank=True, help_text="when the registry last looked by itself")
    result = models.CharField(max_length=20, choices=CheckResult, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    handling = models.JSONField(
        default=dict, help_text="what may be done with a reply that says nothing of it: as the pack has it"
    )

    waits = (
        agency_wait(
            "answer",
            (),
            _("Answer the check"),
            "licensing.answer_checks",
            due="due_on",
            when="is_with_agency",
            page="partner_check",
        ),
        staff_wait(
            "chase",
            (),
            _("Get the overdue reply to a check, or record that there is none"),
            "licensing.record_check",
            first_owner="application.case_officer",
            after="due_on",
            when="is_with_agency",
            page="staff_check",
            seen_with="licensing.view_applications",
        ),
        staff_wait(
            "ask",
            (),
            _("Make the check and record the reply"),
            "licensing.record_check",
            first_owner="application.case_officer",
            due="due_on",
            when="is_with_officer",
            page="staff_check",
            seen_with="licensing.view_applications",
        ),
    )

    objects = CheckQuerySet.as_manager()

    class Meta:
        permissions = [
            ("read_replies", "Read what other authorities reply, restricted or not"),
            ("answer_checks", "Answer the checks that are put to one's own authority"),
        ]
        constraints = [
            models.CheckConstraint(
                name="check_is_about_one_case",
                condition=Q(application__isnull=False, change=None) | Q(application=None, change__isnull=False),
            ),
            models.CheckConstraint(
                name="check_result_has_a_day",
                condition=Q(result__in=["", "not_needed"], replied_on=None)
                | (~Q(result__in=["", "not_needed"]) & Q(replied_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="check_of_case", fields=["application", "result", "due_on"]),
            models.Index(name="check_open_by_due", fields=["due_on", "id"], condition=Q(result="")),
            models.Index(name="check_answered_by_day", fields=["replied_on", "id"], condition=~Q(result="")),
            models.Index(name="check_of_agency", fields=["agency", "result", "due_on", "id"]),
            models.Index(
                name="check_to_be_chased", fields=["chase_on"], condition=Q(result="", chase_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.code}: {self.subject}"

    @property
    def case(self) -> Application | Change:
        case = self.application or self.change
        assert case is not None, "a constraint keeps that a check is about one case"
        return case

    @property
    def organisation(self) -> Organisation:
        return self.case.organisation

    @property
    def is_own(self) -> bool:
        """Whether the registry looks for itself, and asks nobody."""
        return self.code in ASKED_OF_NOBODY

    @property
    def is_waited_for(self) -> bool:
        """Whether it has no result yet, and its case still needs one."""
        return not self.result and self.case.closed_at is None

    @property
    def is_with_agency(self) -> bool:
        """Whether another authority was asked and has not answered."""
        is_asked = self.asked_at is not None and self.agency is not None and self.agency.closed_at is None
        return is_asked and self.is_waited_for

    @property
    def is_with_officer(self) -> bool:
        """Whether an officer must make it, because no other authority was asked by this service."""
        return self.is_waited_for and self.agency is None

    @property
    def reply_of_agency(self) -> "Reply | None":
        """The last that the authority gave itself, by its people or its file, whatever was decided about it since."""
        return max((one for one in self.replies.all() if one.way in OWN_WORD), key=lambda one: one.pk, default=None)

    @property
    def is_overridden(self) -> bool:
        """Whether two officers decided otherwise than the authority replied."""
        return any(reply.replaced_at is None and reply.way == ReplyWay.OVERRIDE for reply in self.replies.all())

    def is_overdue(self, day: date) -> bool:
        return not self.result and has_passed(self.due_on, day)


class Asking(CoveredModel):
    """One time that an authority was asked about a check, or reminded of it."""

    asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="askings")
    kind = models.CharField(max_length=10, choices=AskingKind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(
        "registry.Letter", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="that told it"
    )
    request = models.UUIDField(
        null=True, blank=True, unique=True, help_text="under which a file asked it, and its reply answers"
    )
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="asking_of_check", fields=["asked", "at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"


class ReplyQuerySet(CoveredQuerySet["Reply"]):
    def standing(self) -> "ReplyQuerySet":
        """The last that came to each check: those before it were replaced."""
        return self.filter(replaced_at=None)


class Reply(CoveredModel):
    """What was replied to a check, word for word. A later one replaces it and leaves it as it is.

    Who may read it is said in one place: licensing/checks/rules/handling.py.
    """

    reference = models.CharField(max_length=20, unique=True)
    asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="replies")
    result = models.CharField(max_length=20, choices=CheckResult)
    evidence = models.TextField(blank=True)
    items = models.JSONField(default=list, help_text="what it says one by one: code, date, summary, reference")
    may_be_shown_to_subject = models.BooleanField()
    may_be_passed_on = models.BooleanField()
    restriction = models.TextField(blank=True, help_text="in the words of the authority, or of the pack")
    answered_by = models.CharField(max_length=200, blank=True, help_text="who answered, at the authority")
    replied_on = models.DateField()
    way = models.CharField(max_length=10, choices=ReplyWay)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True, help_text="of the file's answer: the same one changes nothing")
    sanitised = models.TextField(blank=True, help_text="what may be said of it to anybody")
    sanitised_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sanitised_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(name="reply_one_standing", fields=["asked"], condition=Q(replaced_at=None)),
            models.CheckConstraint(
                name="reply_has_recorder", condition=Q(way="system", recorded_by=None) | Q(recorded_by__isnull=False)
            ),
            models.CheckConstraint(
                name="reply_adverse_has_evidence", condition=~Q(result="adverse") | Q(evidence__gt="")
            ),
            models.CheckConstraint(
                name="reply_sanitised_by_somebody",
                condition=Q(sanitised="", sanitised_by=None, sanitised_at=None)
                | Q(sanitised__gt="", sanitised_by__isnull=False, sanitised_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_result_display()}"


class Release(CoveredModel):
    """An authority has agreed, in words that are kept, that its reply may be shown to the subject or passed on."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="releases")
    to_subject = models.BooleanField()
    to_others = models.BooleanField()
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    words = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="release_says_of_what", condition=Q(to_subject=True) | Q(to_others=True)),
            models.CheckConstraint(name="release_has_words", condition=Q(words__gt="", given_by__gt="")),
        ]

    def __str__(self) -> str:
        return f"{self.given_by}, {self.given_on}"
