"""Who acts for an organisation in this service, as what, on whose consent; and who has been asked to."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from registry.codes import new_reference
from registry.memberships.states import Act
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import holder_wait


class MembershipKind(models.TextChoices):
    PRINCIPAL_AUTHORITY = "principal_authority", _("Principal authority")
    REPRESENTATIVE = "representative", _("Representative")
    AGENT = "agent", _("Agent")


class ConsentQuerySet(CoveredQuerySet["Consent"]):
    def holding(self, on: date) -> "ConsentQuerySet":
        """Those by which an agent may act on this day."""
        return self.filter(ended_at=None, starts__lte=on).filter(Q(until=None) | Q(until__gte=on))


class Consent(CoveredModel):
    """What an organisation lets its agent do, from a day until a day. Recorded by its own people, who may end it at any time."""

    membership = models.ForeignKey("registry.Membership", on_delete=models.PROTECT, related_name="consents")
    covers = models.JSONField(help_text="acts by their codes")
    starts = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="the last day; none: until it is withdrawn")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="withdrawn, or replaced by another")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consent_one_each", fields=["membership"], condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="consent_ends_after_it_starts", condition=Q(until=None) | Q(until__gte=F("starts"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}, from {self.starts}"

    @property
    def titles(self) -> list[str]:
        """What it covers, in the words of the language that is spoken now."""
        return [str(Act(act).label) for act in self.covers]


class MembershipQuerySet(CoveredQuerySet["Membership"]):
    def acting(self, on: date) -> "MembershipQuerySet":
        """Those by which somebody acts on this day: an agent does so only while a consent holds."""
        consent = Consent.objects.filter(membership=OuterRef("pk")).holding(on)
        return self.filter(until=None).filter(~Q(kind=MembershipKind.AGENT) | Exists(consent))

    def answering(self) -> "MembershipQuerySet":
        """Those of the organisation's own people, who decide for it."""
        return self.filter(until=None).exclude(kind=MembershipKind.AGENT)


class Membership(CoveredModel):
    """Which user acts for which organisation in this service."""

    waits = (
        holder_wait(
            "consent",
            (),
            _("Say what your agent may do"),
            Act.MANAGE,
            asks="registry.memberships.queries.lacks_consent",
            page="record_consent",
            args=("organisation.reference", "user.reference"),
            missed=_("The agent cannot do anything for you before you have said what they may do."),
        ),
    )

    Kind = MembershipKind

    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=30, choices=MembershipKind)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="membership_once_at_a_time", fields=["organisation", "user"], condition=Q(until=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.organisation}"

    @property
    def reference(self) -> str:
        """Of the person: within an organisation it is known by that."""
        return self.user.reference


def invitation_reference() -> str:
    return new_reference("N")


class InvitationQuerySet(CoveredQuerySet["Invitation"]):
    def unanswered(self) -> "InvitationQuerySet":
        """Those that nobody has accepted, declined or withdrawn, whether or not their time is up."""
        return self.filter(accepted_at=None, ended_at=None)

    def waiting(self, at: datetime) -> "InvitationQuerySet":
        """Those that can be accepted at this moment."""
        return self.unanswered().filter(expires_at__gt=at)


class Invitation(CoveredModel):
    """Somebody has been asked to act for an organisation. It waits for whoever proves that the address is theirs."""

    reference = models.CharField(max_length=20, unique=True, default=invitation_reference, editable=False)
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    kind = models.CharField(max_length=30, choices=MembershipKind)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True, help_text="withdrawn, declined, or replaced by another")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_one_each",
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, ended_at=None),
            ),
        ]
        indexes = [models.Index(name="invitation_by_address", fields=["email", "expires_at"])]

    def __str__(self) -> str:
        return self.reference
