"""How intelligence is handed over to those who act on it, and tagged by methods of offenders."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.intelligence import forms
from compliance.intelligence.actions import intelligence as actions
from compliance.intelligence.actions.methods import tag_methods
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.queries import methods
from compliance.intelligence.queries.intelligence import conditions_in_words, may_read_on
from compliance.intelligence.rules import shared_blockers
from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.steps import Step, Steps


def why_first(one: Intelligence, by: User, at: datetime) -> str:
    """Where to say why the intelligence is read, for who has not said so within the hour."""
    return "" if may_read_on(one, by=by, at=at) else reverse("intelligence", args=[one.reference])


def _of_intelligence(data: Any, one: Intelligence, on: date) -> forms.HandOverIntelligence:
    subjects = Organisation.objects.filter(pk__in=one.subjects.values("organisation")).order_by("legal_name", "pk")
    known = {"organisation": subjects.first()}
    return forms.HandOverIntelligence(data, organisations=subjects, initial=known)


def _methods(data: Any, one: Intelligence, on: date) -> forms.TagMethods:
    offered = methods.choices_for(one)
    return forms.TagMethods(data, methods=offered, initial={"methods": methods.codes_of(one)})


def _shared_text(one: Intelligence) -> str:
    return "\n\n".join(filter(None, (one.sanitised_text, conditions_in_words(one))))


#: Intelligence reaches those who act as a report does. Another authority is given it on the conditions that it accepts.
FROM_INTELLIGENCE = Steps(
    Intelligence,
    "intelligence",
    url="staff/intelligence/<str:reference>",
    unchanged_by=frozenset({"read"}),
    steps=(
        Step(
            "hand_over",
            _("Hand over for a visit or to licensing"),
            press=_("Hand over"),
            permission="compliance.record_intelligence",
            first=why_first,
            form=_of_intelligence,
            about=_shared_text,
            blockers=lambda one, by, on: shared_blockers(one),
            action=actions.hand_over_intelligence,
            verb="open_for",
            kind="handover",
            done=_("Handed over"),
            then=lambda one, made: reverse("hand_over", args=[made.reference]),
        ),
        Step(
            "tag_methods",
            _("Choose methods of offenders"),
            press=_("Save"),
            permission="compliance.record_intelligence",
            first=why_first,
            form=_methods,
            about=lambda one: one.sanitised_text,
            action=tag_methods,
            slug="methods",
            done=_("Methods of offenders chosen"),
            then=lambda one, made: reverse("intelligence", args=[made.reference]),
        ),
    ),
)
