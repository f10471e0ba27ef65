"""Keys of programs: each is the key of a person who works for the authority, and does what that person may do."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import signing
from registry.accounts.states import ACCESS, MANAGE, AccessStatus
from registry.codes import new_reference
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


def user_reference() -> str:
    return new_reference("U")


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> CoveredQuerySet["User"]:
        return CoveredQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def who_may(self, permission: str) -> "models.QuerySet[User]":
        """Those with access whose role gives this permission, said as `app.codename`."""
        app, _dot, codename = permission.partition(".")
        # The groups first: nearly everybody is in one that gives nothing of the kind, and is not to be looked at. Joined to the
        # permission, and not "one of these groups", for which SQLite reads through all members of all groups.
        members = self.model.groups.through.objects.filter(
            group__permissions__codename=codename, group__permissions__content_type__app_label=app
        )
        return self.filter(is_active=True, pk__in=members.values("user"))


class User(AbstractBaseUser, PermissionsMixin, CoveredModel):
    """Somebody who signs in, or a job of the system that acts by itself. What each may do is in `registry.permissions`."""

    trail_omits = frozenset({"password", "last_login", "language", "passkey_offer_from"})
    trail_adds = ("groups",)

    reference = models.CharField(max_length=20, unique=True, default=user_reference, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    team = models.CharField(max_length=60, blank=True, help_text="whose work is shown together in the lists of staff")
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    agency = models.ForeignKey(
        "registry.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        help_text="the other authority for which this person answers, if any",
    )
    passkey_offer_from = models.DateField(
        null=True, blank=True, help_text="no passkey is offered before this day, as the person said “Not now”"
    )
    joined_at = models.DateTimeField(default=timezone.now)  # noqa: TID251 - signing up goes through allauth, which has no `at`

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        indexes = [
            models.Index(name="user_by_name", fields=["name", "email", "id"]),
            models.Index(name="user_by_access", fields=["is_active", "name", "email", "id"]),
        ]
        constraints = [
            # Nobody walks past the permissions (docs/rules.md T46).
            models.CheckConstraint(name="user_is_no_superuser", condition=models.Q(is_superuser=False)),
            models.CheckConstraint(name="user_email_is_lower_case", condition=models.Q(email=Lower("email"))),
        ]
        permissions = [
            ("manage_people", "Invite, change and off-board people"),
            ("read_trail", "Read the trail and verify it"),
            ("preview_packs", "Read scheme packs, and see what they ask and say before they are in force"),
            ("export_lists", "Take a list of staff away as a file"),
            ("work_for_authority", "Works for the authority: a second factor is compulsory"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def roles(self) -> frozenset[str]:
        """The names of the roles held now: read for each request, so that a removed right is gone at the next."""
        if not hasattr(self, "_roles"):
            self._roles = frozenset(self.groups.values_list("name", flat=True))
        return cast("frozenset[str]", self._roles)


class SignIn(User):
    """By what a person gets in: the password, and rights past all roles. No one has such rights, so each that is there was put in."""

    trail_omits = frozenset(field.name for field in User._meta.concrete_fields) - {"password"}
    trail_adds = ("user_permissions",)
    trail_secrets = frozenset({"password"})
    trail_person = "reference"

    class Meta:
        proxy = True
        default_permissions = ()


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
    SUPPLIERS = "suppliers", _("Read your supplier boards")


def key_reference() -> str:
    return new_reference("K")


def digest_of(secret: str) -> str:
    """What is kept of a key: it can be confirmed by whoever has it, and read by nobody."""
    return signing.keyed_digest(settings.NAMES_KEY, f"api key {secret}")


class ApiKeyQuerySet(CoveredQuerySet["ApiKey"]):
    def in_force(self, at: datetime) -> "ApiKeyQuerySet":
        """Not revoked and not expired, of somebody who has access. Asked for each request, so that it ends at once."""
        return self.filter(revoked_at=None, expires_at__gt=at, user__is_active=True)

    def of_secret(self, secret: str, *, at: datetime) -> "ApiKey | None":
        """The key with this secret, if it is in force."""
        return self.in_force(at).filter(digest=digest_of(secret)).select_related("user").first()


class ApiKey(CoveredModel):
    """A secret by which a program acts as the person who made it, for some things only and until a day.

    The secret is shown once and kept as a keyed digest.
    """

    trail_omits = frozenset({"last_used_at"})
    trail_secrets = frozenset({"digest"})
    trail_person = "user__reference"

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


# --- access that takes two administrators ---


def access_reference() -> str:
    return new_reference("ZA")


class AccessKind(models.TextChoices):
    ROLES = "roles", _("Roles")
    SECOND_FACTOR = "second_factor", _("Reset of the second factor")


class AccessRequestQuerySet(CoveredQuerySet["AccessRequest"]):
    def visible_to(self, user: User) -> "AccessRequestQuerySet":
        return self.all() if user.has_perm(MANAGE) or user.has_perm("registry.read_trail") else self.none()

    def open(self) -> "AccessRequestQuerySet":
        return self.filter(status=AccessStatus.ASKED)


class AccessRequest(CoveredModel):
    """What one administrator of people asks for and another approves: until then nothing of it holds.

    `roles` are all that the person is to hold. An invited person who is let in only by the approval is not active before.
    """

    lifecycle = ACCESS

    reference = models.CharField(max_length=20, unique=True, default=access_reference, editable=False)
    kind = models.CharField(max_length=20, choices=AccessKind)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="access_requests")
    roles = models.JSONField(default=list, blank=True)
    agency = models.ForeignKey("registry.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=AccessStatus, default=ACCESS.first)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField(help_text="by when another administrator decides")
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="access_request_one_open", fields=["person"], condition=Q(status=AccessStatus.ASKED)
            ),
            # Two administrators, and neither is the person (docs/decisions/0115).
            models.CheckConstraint(
                name="access_request_by_two",
                condition=~Q(status=AccessStatus.GIVEN)
                | Q(ended_by__isnull=False) & ~Q(ended_by=F("asked_by")) & ~Q(ended_by=F("person")),
            ),
            models.CheckConstraint(name="access_request_not_for_oneself", condition=~Q(asked_by=F("person"))),
        ]
