"""People who may be victims: referrals and notifications in closed fields, and who they are in a sealed table of its own.

Nothing here takes free text. An adult who has not consented is identified by nothing that is stored: the tables of identities
take no row for them, and triggers say so too (migration 0030; docs/decisions/0056).
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.safeguarding.states import REFERRAL, ReferralStatus
from registry.conflicts.models import Conflict
from registry.waits import TaskPriority

if TYPE_CHECKING:
    from registry.accounts.models import User


class ReferralKind(models.TextChoices):
    NRM = "nrm", _("Referral to the National Referral Mechanism")
    NOTIFY = "notify", _("Notification under the duty to notify")


class ReferralConsent(models.TextChoices):
    """Whether the person may be identified: an adult by their informed consent alone, a child always."""

    GIVEN = "given", _("An adult who consents, having been told what it means")
    REFUSED = "refused", _("An adult who does not consent, or has not been asked")
    CHILD = "child", _("A child: no consent is needed")
    WITHDRAWN = "withdrawn", _("May not be identified any more")


#: Those who may be identified.
MAY_BE_NAMED = (ReferralConsent.GIVEN, ReferralConsent.CHILD)


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class YesNoUnknown(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("Not known")


class WhyErased(models.TextChoices):
    """Why an identity was erased. A closed list, so that the reason says nothing of the person."""

    WITHDRAWN = "withdrawn", _("The person has withdrawn the consent")
    ADULT = "adult", _("Not a child after all, and an adult has not consented")
    MISTAKE = "mistake", _("Written down by mistake")


class WhyReturned(models.TextChoices):
    CONSENT = "consent", _("How consent was obtained is not clear")
    FACTS = "facts", _("Facts do not fit together")
    INCOMPLETE = "incomplete", _("Something that is known is missing")
    IDENTITY = "identity", _("The identity is incomplete or has a mistake")


class WhyDropped(models.TextChoices):
    OTHERS = "others", _("Another first responder has done it")
    TWICE = "twice", _("Prepared twice")
    NO_SIGN = "no_sign", _("Nothing points to slavery or trafficking after all")


STATUSES: list[tuple[str, str | Promise]] = [
    (ReferralStatus.PREPARED.value, _("To be read by a second person")),
    (ReferralStatus.RETURNED.value, _("Returned to the author")),
    (ReferralStatus.READ.value, _("Read, to be sent")),
    (ReferralStatus.SENT.value, _("Sent")),
    (ReferralStatus.ANSWERED.value, _("Reasonable grounds decided")),
    (ReferralStatus.CONCLUDED.value, _("Conclusive grounds decided")),
    (ReferralStatus.DROPPED.value, _("Not sent")),
]
#: Until it has been sent it can still change.
BEFORE_SENT = (ReferralStatus.PREPARED, ReferralStatus.RETURNED, ReferralStatus.READ)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: "User") -> "ReferralQuerySet":
        """A safeguarding lead sees all, whoever prepares them their own; never of an organisation they have a conflict with."""
        if user.has_perm("compliance.read_referrals"):
            return self.open_to(user)
        if user.has_perm("compliance.prepare_referral"):
            return self.open_to(user).filter(prepared_by=user)
        return self.none()

    def open_to(self, officer: "User") -> "ReferralQuerySet":
        return self.exclude(organisation__in=Conflict.objects.organisations_of(officer))

    def waiting_for(self, user: "User") -> "ReferralQuerySet":
        """Where it is this person's turn: to correct, to read as the second, or to send."""
        turn = Q(status=ReferralStatus.RETURNED, prepared_by=user)
        if user.has_perm("compliance.read_referrals"):
            turn |= Q(status=ReferralStatus.PREPARED) & ~Q(prepared_by=user) | Q(status=ReferralStatus.READ)
        return self.visible_to(user).filter(turn)


class Referral(models.Model):
    """What is reported of one person who may be a victim. Every field is a code, a yes or no, or a day."""

    lifecycle = REFERRAL

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=ReferralKind)
    status = models.CharField(max_length=20, choices=STATUSES, default=REFERRAL.first)
    scheme = models.CharField(max_length=60, help_text="whose words the codes are")
    version = models.DateField()
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    report = models.ForeignKey(
        "compliance.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    inspection = models.ForeignKey(
        "compliance.Inspection", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )

    is_child = models.BooleanField(help_text="is under 18, or may be")
    consent = models.CharField(max_length=10, choices=ReferralConsent)
    told_nrm = models.BooleanField(default=False, help_text="was told what the mechanism is")
    told_support = models.BooleanField(default=False, help_text="was told which support there is")
    told_outcomes = models.BooleanField(default=False, help_text="was told how it may end")
    told_sharing = models.BooleanField(default=False, help_text="was told who will be told what")
    in_own_language = models.BooleanField(default=False, help_text="was told it in a language they understand")
    consented_on = models.DateField(null=True, blank=True)

    gender = models.CharField(max_length=20)
    age_band = models.CharField(max_length=20)
    nationality = models.CharField(
        max_length=2, blank=True, help_text="because the regulations ask for it: exported, and read by nothing else"
    )
    child_then = models.CharField(max_length=10, choices=YesNoUnknown, help_text="was under 18 when it began")
    slavery = models.BooleanField()
    trafficking = models.BooleanField()
    natures = models.JSONField(default=list)
    country = models.CharField(max_length=2, help_text="where it happened")
    region = models.CharField(max_length=20)
    sector = models.CharField(max_length=40, blank=True)
    police_told = models.BooleanField()
    police_force = models.CharField(max_length=40, blank=True, help_text="that was told")
    police_area = models.CharField(max_length=40, help_text="in which the person was found")

    prepared_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    returned_why = models.CharField(max_length=10, choices=WhyReturned, blank=True)
    read_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    reasonable = models.CharField(max_length=3, choices=YesNo, blank=True)
    reasonable_on = models.DateField(null=True, blank=True)
    conclusive = models.CharField(max_length=3, choices=YesNo, blank=True)
    conclusive_on = models.DateField(null=True, blank=True)
    dropped_why = models.CharField(max_length=10, choices=WhyDropped, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        permissions = [
            ("prepare_referral", "Prepare referrals of people who may be victims"),
            ("read_referrals", "Read every referral as the second person, send it and keep what is answered"),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_child_needs_no_consent",
                condition=Q(is_child=True, consent__in=["child", "withdrawn"])
                | Q(is_child=False, consent__in=["given", "refused", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="referral_consent_is_informed",
                condition=~Q(consent="given")
                | Q(
                    told_nrm=True,
                    told_support=True,
                    told_outcomes=True,
                    told_sharing=True,
                    in_own_language=True,
                    consented_on__isnull=False,
                ),
            ),
            models.CheckConstraint(name="referral_nrm_needs_consent", condition=~Q(kind="nrm") | ~Q(consent="refused")),
            models.CheckConstraint(
                name="referral_sent_to_nrm_with_consent",
                condition=~Q(kind="nrm", status="read") | Q(consent__in=["given", "child"]),
            ),
            models.CheckConstraint(
                name="referral_read_by_another", condition=Q(read_by=None) | ~Q(read_by=F("prepared_by"))
            ),
            models.CheckConstraint(
                name="referral_sent_was_read",
                condition=~Q(status__in=["read", "sent", "answered", "concluded"])
                | Q(read_by__isnull=False, read_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_sent_by_somebody",
                condition=~Q(status__in=["sent", "answered", "concluded"])
                | Q(sent_by__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_answered_on_a_day",
                condition=Q(reasonable="", reasonable_on=None) | Q(reasonable__gt="", reasonable_on__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_concluded_on_a_day",
                condition=Q(conclusive="", conclusive_on=None)
                | Q(conclusive__gt="", conclusive_on__isnull=False, reasonable="yes"),
            ),
        ]
        indexes = [
            models.Index(name="referral_newest", fields=["-prepared_at", "-id"]),
            models.Index(name="referral_by_status", fields=["status", "-prepared_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def task_priority(self) -> TaskPriority:
        """A child's referral is urgent."""
        return TaskPriority.URGENT if self.is_child else TaskPriority.NORMAL

    @property
    def may_be_named(self) -> bool:
        return self.consent in MAY_BE_NAMED


class SealedPerson(models.Model):
    """Who the person is, by name and day of birth, and whom they suspect: sealed, and only of those who may be identified."""

    referral = models.OneToOneField(Referral, primary_key=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()

    def __str__(self) -> str:
        return f"sealed identity of {self.referral_id}"


class PersonLook(models.Model):
    """Somebody opened who a person is: written before it is handed out, and never changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="looks")
    by = models.CharField(max_length=20, help_text="reference of the user")
    because = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="person_look_says_why", condition=~Q(because=""))]

    def __str__(self) -> str:
        return f"{self.referral_id} by {self.by}"


class PersonErased(models.Model):
    """That there was an identity, and when and why it was erased; nothing of it."""

    referral = models.OneToOneField(Referral, primary_key=True, on_delete=models.PROTECT, related_name="erased")
    why = models.CharField(max_length=10, choices=WhyErased)
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.why}"


class Support(models.Model):
    """Help that a person was offered: which, when, and whether they took it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="support")
    service = models.CharField(max_length=30)
    offered_on = models.DateField()
    accepted = models.BooleanField()
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "support"

    def __str__(self) -> str:
        return f"{self.referral}: {self.service}"
