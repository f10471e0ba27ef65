"""Letters: what was said to whom, with the facts as they were, and the editions of a letter that was corrected."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.outbox.models import OutboxItem
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class LetterQuerySet(CoveredQuerySet["Letter"]):
    def to_post(self) -> "LetterQuerySet":
        """To organisations and agencies that have no email address: printed, and posted by somebody."""
        return self.of_business().filter(address="", posted_at=None)

    def of_business(self) -> "LetterQuerySet":
        """To organisations and to other authorities: not to followers, to somebody who reports, or to a colleague."""
        return self.filter(models.Q(organisation__isnull=False) | models.Q(agency__isnull=False))

    def about(self, reference: str) -> "LetterQuerySet":
        return self.filter(reference=reference)

    def written_to(self, user: "User") -> "LetterQuerySet":
        """Those that went to this person's address, as the first or as one of all who act for the organisation."""
        of_theirs = models.Q(organisation__memberships__user=user, copies__icontains=f'"{user.email}"')
        return self.filter(models.Q(address__iexact=user.email) | of_theirs).distinct()


class Letter(CoveredModel):
    """What was said to whom: the template, and the facts as they were. Mailed after commit, and can be printed again exactly."""

    trail_omits = frozenset({"outbox", "reached", "refused", "posted_at"})

    number = models.CharField(max_length=20, unique=True)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    agency = models.ForeignKey(
        "registry.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    address = models.EmailField(blank=True)
    copies = models.JSONField(default=list, help_text="the addresses of all others who act for the organisation")
    reached = models.JSONField(default=list, help_text="the addresses whose mail server has taken it")
    refused = models.JSONField(default=dict, help_text="what the mail server said, by the address refused for good")
    subject = models.CharField(max_length=300)
    reference = models.CharField(_("about"), max_length=40)
    facts = models.JSONField(default=dict)
    sheet = models.TextField(
        blank=True, help_text="the words as they were sent; empty where the template has always been filled in anew"
    )
    edition = models.PositiveSmallIntegerField(default=1, help_text="one more for each time it was corrected")
    at = models.DateTimeField()
    trail_number = models.BigIntegerField(help_text="head of the trail when it was written")
    trail_hash = models.CharField(max_length=64)
    message_id = models.CharField(max_length=120, unique=True)
    outbox = models.OneToOneField(
        OutboxItem, on_delete=models.PROTECT, help_text="when it is mailed, and how often that was tried"
    )
    posted_at = models.DateTimeField(
        null=True, blank=True, help_text="by somebody, where there is no address to mail it to"
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        permissions = [
            ("correct_letter", "Correct a slip in a letter, which is sent anew under its number"),
            ("post_letters", "Print letters that go by post, and say when they are posted"),
        ]
        indexes = [
            models.Index(name="letter_about_one_thing", fields=["reference", "-at"]),
            models.Index(name="letter_to_post", fields=["at", "id"], condition=models.Q(address="", posted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.subject}"

    @property
    def receiver(self) -> str:
        """Whom it is for, as staff read it."""
        return str(self.organisation or self.agency or self.address)

    @property
    def addresses(self) -> list[str]:
        """Everybody whom it goes to, each once."""
        return list(dict.fromkeys(one for one in (self.address, *self.copies) if one))

    @property
    def left(self) -> list[str]:
        """The addresses that are still to be tried."""
        return [one for one in self.addresses if one not in self.reached and one not in self.refused]


class FormerLetter(CoveredModel):
    """A letter as it was before it was corrected: kept as it was sent, to be read and printed, marked as replaced."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="former")
    edition = models.PositiveSmallIntegerField()
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    sheet = models.TextField()
    addresses = models.JSONField(default=list, help_text="to whom it went")
    at = models.DateTimeField()
    trail_number = models.BigIntegerField()
    trail_hash = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    because = models.TextField(help_text="what was wrong; its receiver reads it")

    class Meta:
        constraints = [models.UniqueConstraint(name="former_letter_once_an_edition", fields=["letter", "edition"])]

    def __str__(self) -> str:
        return f"{self.letter.number}, edition {self.edition}"

    @property
    def number(self) -> str:
        """The number that it shares with the letter that replaces it."""
        return self.letter.number

    @property
    def reference(self) -> str:
        """What it is about."""
        return self.letter.reference
