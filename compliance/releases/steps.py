"""How a sanitised text is released by a second person, refused, or written again, and how a second person agrees with a grade."""

from datetime import date
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.steps import why_first
from compliance.releases import actions, forms, queries, rules
from compliance.releases.actions import RECORDS
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.steps import Step, Steps


def _release_form(data: Any, one: Intelligence, on: date) -> forms.Release:
    return forms.Release(data, terms=queries.terms_of(one))


def _rewrite_form(data: Any, one: Intelligence, on: date) -> forms.Rewrite:
    return forms.Rewrite(data, initial={"sanitised_text": one.sanitised_text})


def _release_blockers(one: Intelligence, by: User, on: date) -> list[Reason]:
    """What of sources is in the text is looked for when it is released: no one reads it from a button."""
    return list(rules.release_blockers(one, queries.terms_of(one), by=by))


TEXT = Steps(
    Intelligence,
    "text",
    url="staff/intelligence/<str:reference>/text",
    page="intelligence_text",
    unchanged_by=frozenset({"tie", "untie"}),
    permission=RECORDS,
    steps=(
        Step(
            "release",
            _("Release the sanitised text"),
            press=_("Release"),
            first=why_first,
            form=_release_form,
            about=lambda one: one.sanitised_text,
            blockers=_release_blockers,
            action=actions.release_text,
            done=_("Sanitised text released"),
        ),
        Step(
            "refuse",
            _("Refuse the sanitised text"),
            press=_("Refuse"),
            first=why_first,
            form=Because,
            about=lambda one: one.sanitised_text,
            blockers=lambda one, by, on: rules.refuse_blockers(one, by=by),
            action=actions.refuse_text,
            done=_("Sanitised text refused"),
        ),
        Step(
            "rewrite",
            _("Write the sanitised text again"),
            press=_("Save"),
            first=why_first,
            form=_rewrite_form,
            about=_("A second person must read it and release it again."),
            action=actions.rewrite_text,
            done=_("Sanitised text written again"),
        ),
    ),
)
GRADE = Steps(
    Intelligence,
    "grade",
    url="staff/intelligence/<str:reference>",
    page="intelligence",
    unchanged_by=frozenset({"tie", "untie"}),
    steps=(
        Step(
            "agree",
            _("Agree with the grade"),
            permission=RECORDS,
            first=why_first,
            about=lambda one: format_lazy(
                _(
                    "Grade {grade}. Until a second person agrees with it, it counts in a score only up to a small share."
                ),
                grade=one.grade,
            ),
            blockers=lambda one, by, on: rules.agree_blockers(one, by=by),
            action=actions.agree_grade,
            fits=lambda one, on: one.grade_waits,
            slug="agree-grade",
            done=_("Agreed with the grade"),
        ),
    ),
)
