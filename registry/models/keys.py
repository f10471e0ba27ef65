"""Keys of programs: each is the key of a person who works for the authority, and does what that person may do."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry import signing
from registry.identifiers import new_reference
from registry.models.users import User

#: For how long the second factor that was shown for a key lets it decide (docs/rules.md G16), as in a session.
STEPPED_UP_FOR = timedelta(minutes=10)


class Scope(models.TextChoices):
    """What a key of a program may be used for: never for more than the person whose key it is may do."""

    READ = "read", _("Read lists, cases, licences, decisions, appeals and look-alikes")
    ASSIGN = "assign", _("Give cases to officers")
    ASSESS = "assess", _("Begin assessments, write notes, and set reasons to inspect aside")
    ASK = "ask", _("Ask applicants for information, and write to them")
    RECORD = "record", _("Record replies to checks, and what was found at the desk")
    INSPECT = "inspect", _("Commission inspections, give them to inspectors and call them off")
    CHANGE = "change", _("Accept, note and refuse changes that holders tell")
    JUDGE = "judge", _("Confirm and dismiss look-alikes")
    PROPOSE = "propose", _("Propose decisions, notify of them and take proposals back")
    APPEAL = "appeal", _("Write down what happens in appeals")
    DECIDE = "decide", _("Decide, within ten minutes of your second factor")


def key_reference() -> str:
    return new_reference("K")


def digest_of(secret: str) -> str:
    """What is kept of a key: it can be confirmed by whoever has it, and read by nobody."""
    return signing.keyed_digest(settings.NAMES_KEY, f"api key {secret}")


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def in_force(self, at: datetime) -> "ApiKeyQuerySet":
        """Not revoked and not expired, of somebody who has access. Asked for each request, so that it ends at once."""
        return self.filter(revoked_at=None, expires_at__gt=at, user__is_active=True)

    def of_secret(self, secret: str, *, at: datetime) -> "ApiKey | None":
        """The key with this secret, if it is in force."""
        return self.in_force(at).filter(digest=digest_of(secret)).select_related("user").first()


class ApiKey(models.Model):
    """A secret by which a program acts as the person who made it, for some things only and until a day.

    The secret is shown once and kept as a keyed digest.
    """

    reference = models.CharField(max_length=20, unique=True, default=key_reference, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=60, help_text="which program has it, as its person says it")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(help_text="what it may be used for, of `Scope`")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    stepped_up_at = models.DateTimeField(null=True, blank=True, help_text="its person showed a second factor for it")

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="api_key_ends_after_it_begins", condition=Q(expires_at__gt=models.F("made_at"))
            ),
        ]
        indexes = [models.Index(name="api_key_of_person", fields=["user", "made_at", "id"])]

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at

    def is_stepped_up(self, at: datetime) -> bool:
        """Whether it may be used to decide now."""
        return self.stepped_up_at is not None and self.stepped_up_at > at - STEPPED_UP_FOR
