"""Sign-ins with break-glass accounts, past the directory of the authority."""

from django.db import models
from django.db.models import F, Q

from registry.accounts.models import User
from registry.accounts.states import MANAGE
from registry.codes import new_reference
from registry.directory.states import BREAK_GLASS, BreakGlassStatus
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


def break_glass_reference() -> str:
    return new_reference("ZB")


class BreakGlassQuerySet(CoveredQuerySet["BreakGlassSignIn"]):
    def visible_to(self, user: User) -> "BreakGlassQuerySet":
        return self.all() if user.has_perm(MANAGE) or user.has_perm("registry.read_trail") else self.none()


class BreakGlassSignIn(CoveredModel):
    """One sign-in with an account that the directory does not know, until another administrator has said that it was right."""

    lifecycle = BREAK_GLASS

    reference = models.CharField(max_length=20, unique=True, default=break_glass_reference, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="break_glass_sign_ins")
    status = models.CharField(max_length=20, choices=BreakGlassStatus, default=BREAK_GLASS.first)
    signed_in_at = models.DateTimeField()
    due_on = models.DateField(help_text="by when another administrator confirms it")
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    used_for = models.TextField(blank=True, help_text="what the account was used for")

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="break_glass_newest", fields=["-signed_in_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="break_glass_confirmed_by_another",
                condition=Q(status=BreakGlassStatus.UNCONFIRMED, confirmed_by=None)
                | Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("person")),
            )
        ]
