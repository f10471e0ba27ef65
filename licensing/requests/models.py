"""What is asked of an applicant: requests of one or more items, each a question or a kind of document of the pack."""

from datetime import date

from django.db import models
from django.db.models import Q

from licensing.applications.models import Application
from licensing.requests.states import REQUEST, RequestStatus
from registry import schemes
from registry.accounts.models import User
from registry.overdue import passed
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class InformationRequestQuerySet(CoveredQuerySet["InformationRequest"]):
    def visible_to(self, user: User) -> "InformationRequestQuerySet":
        """Those about applications that this user may see."""
        return self.filter(application__in=Application.objects.visible_to(user))

    def with_application(self) -> "InformationRequestQuerySet":
        return self.select_related("application__organisation")

    def open(self) -> "InformationRequestQuerySet":
        return self.filter(status=RequestStatus.OPEN)

    def past_due(self, on: date) -> "InformationRequestQuerySet":
        """Open ones whose day is before this one."""
        return self.open().filter(passed("due_on", on)).order_by("due_on", "pk")


class InformationRequest(CoveredModel):
    """Something asked of the applicant by a day. Several can be open at once."""

    lifecycle = REQUEST

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="requests")
    status = models.CharField(max_length=20, choices=RequestStatus, default=REQUEST.first)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="of this day; none after more time was given")
    wanted_on = models.DateField(null=True, blank=True, help_text="the day that the applicant asks for instead")
    wanted_because = models.TextField(blank=True, help_text="why the applicant needs more time")
    wanted_at = models.DateTimeField(null=True, blank=True)
    wanted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="withdrawn, or not answered in time")
    closed_because = models.TextField(blank=True, help_text="why it was withdrawn")

    objects = InformationRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_answered_by_someone",
                condition=Q(status="answered", answered_by__isnull=False, answered_at__isnull=False)
                | (~Q(status="answered") & Q(answered_by=None, answered_at=None)),
            ),
            models.CheckConstraint(
                name="request_wants_a_day",
                condition=Q(wanted_on=None, wanted_at=None, wanted_by=None)
                | Q(wanted_on__isnull=False, wanted_at__isnull=False, wanted_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="request_open_until", fields=["due_on", "id"], condition=Q(status="open")),
            models.Index(name="request_of_case", fields=["application", "status"]),
        ]

    @property
    def is_to_be_ended(self) -> bool:
        """Whether nothing has followed yet from its not being answered in time."""
        application = self.application
        return application.closed_at is None and not application.decisions.filter(is_over=False).exists()

    @property
    def terms(self) -> schemes.RequestTerms:
        """What the pack says of requests, in the version of the application."""
        application = self.application
        assert application.version is not None, "only applicants who have handed in are asked"
        return schemes.get(application.scheme, application.version).asking


class RequestItem(CoveredModel):
    """One thing that a request asks for: a question, a kind of document of the pack, or both."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    document = models.CharField(max_length=60, blank=True, help_text="code of the kind of document in the pack")
    text = models.TextField(blank=True, help_text="the question, or what about the document matters")
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="request_item_has_its_number", fields=["request", "number"]),
            models.CheckConstraint(name="request_item_asks_something", condition=Q(text__gt="") | Q(document__gt="")),
        ]

    def __str__(self) -> str:
        return f"{self.request}, {self.number}"

    @property
    def requirement(self) -> str:
        """Under what its files are filed: the kind of document, or for a question the request and the number of the item."""
        return self.document or (self.request.reference if self.number == 1 else f"{self.request}-{self.number}")
