from typing import Any, ClassVar, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.identifiers import new_reference
from registry.models.covered import CoveredModel, CoveredQuerySet


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
