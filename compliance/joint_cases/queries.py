"""Joint cases in words."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.joint_cases.models import JointCase, JointStep
from registry.accounts.models import User
from registry.trail.queries import history as happened


def steps_of(case: JointCase) -> "QuerySet[JointStep]":
    return case.steps.select_related("done_by").order_by("due_on", "pk")


def joint_cases_of(user: User) -> "QuerySet[JointCase]":
    """Those of this person's authority, the open ones first."""
    return JointCase.objects.for_partner(user).order_by("-status", "-pk")


WORDS: happened.Words = {
    "jointcase": {"open_joint_case": _("Made a joint case")},
    "jointstep": {"set_step": _("Step set")},
}
