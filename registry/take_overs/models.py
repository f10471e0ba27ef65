"""Registers that were taken over from another authority: the reading, who it has brought, and what a person must look at."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from registry.accounts.models import User
from registry.imports.models import Import
from registry.organisations.models import Organisation
from registry.take_overs.states import COMPLETES, LACKS, QUESTION, SEES, QuestionKind, QuestionStatus
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class TakeOver(CoveredModel):
    """One set of files of another authority's register, and how far it has been taken over. Its `under` counts holders."""

    #: What `Import.source` is of all of them: one at a time.
    SOURCE = "register"

    under = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="take_over")
    authority = models.CharField(max_length=200, help_text="whose register it was")
    run_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    files = models.JSONField(default=list, help_text="name, rows, encoding and SHA-256 of each")
    given = models.JSONField(default=dict, help_text="what the files hold: by status, and by year of grant")
    refused = models.JSONField(default=list, help_text="file, row, field and fault of what was not taken over")

    waits = (COMPLETES,)

    class Meta:
        permissions = [("view_take_overs", "See registers that were taken over, and settle their questions")]

    def __str__(self) -> str:
        return f"{self.authority} ({self.reference})"

    @property
    def reference(self) -> str:
        return self.under.reference

    @property
    def has_some_that_lack(self) -> bool:
        return self.questions.filter(status=QuestionStatus.OPEN, kind__in=LACKS).exists()

    @property
    def lacking_address(self) -> str:
        asked = [("status", QuestionStatus.OPEN.value), *(("kind", kind.value) for kind in LACKS)]
        return f"{reverse('take_over_questions')}?{urlencode(asked)}"

    @property
    def is_finished(self) -> bool:
        return self.under.finished_at is not None


class TakenOverHolder(CoveredModel):
    """A holder of the other authority, by the name that it has there, and the digest of all that its files say of it."""

    authority = models.CharField(max_length=200)
    key = models.CharField(max_length=60, help_text="how the other authority names it")
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="taken_over")
    first_under = models.ForeignKey(TakeOver, on_delete=models.PROTECT, related_name="holders")
    digests = models.JSONField(help_text="by file: SHA-256 of its rows about this holder")

    class Meta:
        constraints = [models.UniqueConstraint(name="holder_taken_over_once", fields=["authority", "key"])]

    def __str__(self) -> str:
        return f"{self.key} of {self.authority}"


class TakeOverQuestionQuerySet(CoveredQuerySet["TakeOverQuestion"]):
    def visible_to(self, user: User) -> "TakeOverQuestionQuerySet":
        """None about a business with which this person has a conflict of interest."""
        if not user.has_perm(SEES):
            return self.none()
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class TakeOverQuestion(CoveredModel):
    """Something about a holder that was taken over, which a person must look at."""

    lifecycle = QUESTION
    waits_with = ("take_over",)

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=30, choices=QuestionStatus, default=QUESTION.first)
    take_over = models.ForeignKey(TakeOver, on_delete=models.PROTECT, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=QuestionKind)
    other = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="which it looks like"
    )
    found = models.TextField(blank=True, help_text="what was found, once a person has looked")
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = TakeOverQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="take_over_question_settled_whole",
                condition=Q(status="question_open", settled_by=None, settled_at=None)
                | Q(status="question_settled", found__gt="", settled_by__isnull=False, settled_at__isnull=False),
            ),
            models.UniqueConstraint(name="take_over_question_once", fields=["organisation", "kind"]),
        ]
        indexes = [models.Index(name="take_over_question_newest", fields=["-id"])]

    @property
    def is_of_its_own(self) -> bool:
        """Whether a person must look at this very business. What many lack is one task of the take-over."""
        return self.kind not in LACKS
