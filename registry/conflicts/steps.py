"""How a conflict of interest is declared, and is over."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.conflicts import actions, forms, queries, rules
from registry.conflicts.models import Conflict
from registry.steps import Start, Step, Steps


def _declare(data: Any, by: User, at: datetime) -> forms.Declare:
    """One's own; who manages the work may declare anyone's."""
    officers = queries.officers() if by.has_perm("registry.manage_conflicts") else None
    return forms.Declare(data, initial={"since": timezone.localdate(at)}, officers=officers)


def _declared(*, officer: User | None = None, by: User, at: datetime, **typed: Any) -> object:
    return actions.declare(officer or by, **typed, by=by, at=at)


CONFLICT = Start(
    "declare_conflict",
    _("Declare a conflict of interest"),
    url="staff/conflicts/declare/",
    permission="registry.work_for_authority",
    form=_declare,
    action=_declared,
    back="conflicts",
    back_text=_("Conflicts of interest"),
    press=_("Declare it"),
    about=(
        _(
            "Declare it if you, your family or your friends work for the organisation, own or advise it, or compete with it. Declare it too if anyone might doubt that you judge it fairly."
        ),
        _(
            "From then on only others see its cases. If you hold one, a manager gives it to another person. Your proposals about it are dropped and proposed again."
        ),
    ),
    is_held=False,
)


def _over(conflict: Conflict) -> tuple[str, str]:
    words = gettext("%(officer)s may then take part again in what is about %(organisation)s.")
    return words % {"officer": conflict.officer, "organisation": conflict.organisation}, conflict.because


END = Steps(
    Conflict,
    "conflict",
    url="staff/conflicts/<str:reference>",
    address_of=lambda conflict: reverse("conflicts"),
    related=("officer", "organisation"),
    rows=lambda by: Conflict.objects.all(),
    is_held=False,
    steps=(
        Step(
            "end",
            _("Say that a conflict of interest is over"),
            press=_("It is over"),
            permission="registry.manage_conflicts",
            form=forms.ConflictOver,
            about=_over,
            blockers=lambda conflict, by, on: rules.end_conflict_blockers(conflict, by=by),
            action=actions.end,
            verb="end_conflict",
            done=_("Conflict of interest over"),
        ),
    ),
)
