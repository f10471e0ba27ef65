"""Editions of the quarterly statistics: announced dates, frozen tables, who signed them and who saw them before."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from registry.accounts.models import User
from registry.editions.states import AGREEMENT, EDITION, PUBLISHES, SEES_PARTNERS, AgreementStatus, EditionStatus
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

#: Within how many days a correction is signed, which no announced date waits for.
CORRECTED_WITHIN = timedelta(days=7)


class EditionQuerySet(CoveredQuerySet["Edition"]):
    def visible_to(self, user: User) -> "EditionQuerySet":
        return self if user.has_perm(PUBLISHES) else self.none()


class Edition(CoveredModel):
    """The statistics of one quarter: announced with the minute at which the public may read them."""

    lifecycle = EDITION

    code = models.CharField(max_length=7, unique=True, help_text="2026-Q3")
    first_day = models.DateField()
    last_day = models.DateField()
    publish_at = models.DateTimeField(help_text="the announced minute: nothing is shown before")
    status = models.CharField(max_length=20, choices=EditionStatus, default=EDITION.first)
    late_because = models.TextField(blank=True, help_text="why nothing was signed at the announced minute; public")
    announced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        permissions = [("publish_statistics", "Prepare, sign and correct the public statistics")]
        constraints = [
            models.CheckConstraint(name="edition_runs_forward", condition=Q(last_day__gt=F("first_day"))),
            models.CheckConstraint(name="edition_announced_ahead", condition=Q(publish_at__gt=F("announced_at"))),
        ]
        indexes = [models.Index(name="edition_newest", fields=["-first_day", "-id"])]

    def __str__(self) -> str:
        return self.code

    @property
    def reference(self) -> str:
        return self.code

    @property
    def open_version(self) -> "EditionVersion | None":
        """The set of tables that waits for a signature."""
        return self.versions.open().first()

    @property
    def signed_by(self) -> User | None:
        """Who has signed the tables that wait for a second signature."""
        version = self.open_version
        return version.signed_by if version else None

    @property
    def sign_by(self) -> datetime:
        """By when the tables are to be signed: the announced minute, or a week after a published figure was corrected."""
        version = self.open_version
        return (
            version.made_at + CORRECTED_WITHIN
            if version and version.made_at >= self.publish_at and version.is_correction
            else self.publish_at
        )

    def is_over_on(self, day: date) -> bool:
        """Whether the quarter is over."""
        return day > self.last_day


class EditionVersionQuerySet(CoveredQuerySet["EditionVersion"]):
    def published(self, at: datetime) -> "EditionVersionQuerySet":
        """What the public may read at this instant: signed by two, and its announced minute has come.

        Not what was corrected before its minute, even if the correction is not signed: no one publishes what is known to be wrong.
        """
        corrected = EditionVersion.objects.filter(
            edition=OuterRef("edition"),
            number__gt=OuterRef("number"),
            refused_at=None,
            made_at__lt=OuterRef("edition__publish_at"),
        )
        return self.filter(countersigned_at__lte=at, edition__publish_at__lte=at).exclude(Exists(corrected))

    def open(self) -> "EditionVersionQuerySet":
        return self.filter(countersigned_at=None, refused_at=None)


class EditionVersion(CoveredModel):
    """One frozen set of the tables of an edition: the first, or a correction. It never changes, and both stay readable."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    because = models.TextField(blank=True, help_text="of a correction: what was wrong; public")
    digest = models.CharField(max_length=64, help_text="over the digests of the tables, in order")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    countersigned_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    countersigned_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)

    objects = EditionVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="edition_version_number_once", fields=["edition", "number"], condition=Q(refused_at=None)
            ),
            models.UniqueConstraint(
                name="edition_version_one_open",
                fields=["edition"],
                condition=Q(countersigned_at=None, refused_at=None),
            ),
            models.CheckConstraint(
                name="edition_version_signed_by_two",
                condition=Q(countersigned_by=None) | (Q(signed_by__isnull=False) & ~Q(countersigned_by=F("signed_by"))),
            ),
            models.CheckConstraint(
                name="edition_version_signed_whole",
                condition=Q(signed_by=None, signed_at=None) | Q(signed_by__isnull=False, signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="edition_version_countersigned_whole",
                condition=Q(countersigned_by=None, countersigned_at=None)
                | Q(countersigned_by__isnull=False, countersigned_at__isnull=False, refused_at=None),
            ),
            models.CheckConstraint(
                name="edition_correction_says_why", condition=Q(number=1) | Q(number__gt=1, because__gt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, version {self.number}"

    @property
    def address(self) -> str:
        """Of this version for good; the code of the edition alone leads to the one that holds now."""
        return f"{self.edition.code}-v{self.number}"

    @property
    def is_correction(self) -> bool:
        return self.number > 1

    @property
    def corrects(self) -> str:
        """What was wrong in what the public had read; empty where nothing was published before."""
        return self.because if self.made_at >= self.edition.publish_at else ""

    @property
    def published_at(self) -> datetime | None:
        """From when the public could read it; nothing until a second person has signed it."""
        return max(self.countersigned_at, self.edition.publish_at) if self.countersigned_at else None


class EditionTable(CoveredModel):
    """One table of one version, as JSON (`registry/editions/rules/content.py`). The database refuses any change."""

    version = models.ForeignKey(EditionVersion, on_delete=models.PROTECT, related_name="tables")
    place = models.PositiveSmallIntegerField(help_text="in the order of the edition")
    code = models.SlugField(max_length=60)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    for_partners = models.BooleanField(default=False, help_text="for authorities under agreement alone")

    class Meta:
        constraints = [models.UniqueConstraint(name="edition_table_once", fields=["version", "code"])]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.version}: {self.code}"


class EditionDateMove(CoveredModel):
    """That an announced date was moved, and why: the public reads it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="moves")
    was = models.DateTimeField()
    now = models.DateTimeField()
    because = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="edition_move_says_why", condition=~Q(because=""))]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.edition}: {self.was} to {self.now}"


class PreReleaseReaderQuerySet(CoveredQuerySet["PreReleaseReader"]):
    def listed(self) -> "PreReleaseReaderQuerySet":
        return self.filter(removed_at=None)


class PreReleaseReader(CoveredModel):
    """Someone who may see an edition in the 24 hours before it is published. The public reads post and reason, not the name."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="readers")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    because = models.TextField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PreReleaseReaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="edition_reader_number_once", fields=["edition", "number"]),
            models.CheckConstraint(
                name="edition_reader_has_post_and_reason", condition=~Q(name="") & ~Q(post="") & ~Q(because="")
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.edition}: {self.post}"


class PartnerAgreementQuerySet(CoveredQuerySet["PartnerAgreement"]):
    def visible_to(self, user: User) -> "PartnerAgreementQuerySet":
        return self if any(map(user.has_perm, SEES_PARTNERS)) else self.none()

    def in_force(self) -> "PartnerAgreementQuerySet":
        return self.filter(status=AgreementStatus.IN_FORCE, agency__closed_at=None)

    def before(self, version: EditionVersion) -> "PartnerAgreementQuerySet":
        """Under which a version could be read after its second signature and before the public minute."""
        if version.countersigned_at is None or version.published_at == version.countersigned_at:
            return self.none()
        ended = Q(ended_at=None) | Q(ended_at__gt=version.countersigned_at)
        confirmed = self.exclude(status=AgreementStatus.REFUSED).filter(decided_at__lt=version.published_at)
        return confirmed.filter(ended).select_related("agency")


class PartnerAgreement(CoveredModel):
    """Another authority reads the signed tables before the public does. The public reads its name, the post and the reason."""

    lifecycle = AGREEMENT

    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey("registry.Agency", on_delete=models.PROTECT, related_name="statistics_agreements")
    scheme = models.CharField(max_length=60, blank=True, help_text="whose tables it reads; empty: those of all schemes")
    post = models.CharField(max_length=200, help_text="who of the authority reads them; public")
    because = models.TextField(help_text="why they cannot wait; public")
    basis = models.TextField(help_text="the agreement in writing, and its day")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=AgreementStatus, default=AGREEMENT.first)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PartnerAgreementQuerySet.as_manager()

    class Meta:
        permissions = [
            ("share_statistics", "Agree that another authority reads the statistics before the public"),
            ("read_shared_statistics", "Read the statistics that are shared with one's own authority"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="partner_agreement_once_an_agency",
                fields=["agency"],
                condition=Q(ended_at=None) & ~Q(status="agreement_refused"),
            ),
            models.CheckConstraint(
                name="partner_agreement_decided_by_another",
                condition=Q(decided_by=None, decided_at=None, status="agreement_proposed")
                | ~Q(status="agreement_proposed")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("given_by")),
            ),
            models.CheckConstraint(
                name="partner_agreement_says_why", condition=~Q(post="") & ~Q(because="") & ~Q(basis="")
            ),
            models.CheckConstraint(
                name="partner_agreement_ended_whole",
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.post}"
