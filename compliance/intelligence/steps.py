"""What is done with intelligence: graded again, handed over, passed on, tagged and connected; and how a source is handed over."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.intelligence import forms
from compliance.intelligence.actions import intelligence as actions
from compliance.intelligence.actions import sources, ties
from compliance.intelligence.actions.methods import tag_methods
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.sources import Source
from compliance.intelligence.models.ties import Tie
from compliance.intelligence.queries import intelligence as queries
from compliance.intelligence.queries import methods
from compliance.intelligence.rules import ComparedName, named, shared_blockers
from compliance.intelligence.states import EntityKind
from registry.accounts.models import User
from registry.conflicts.queries import called_by
from registry.form_fields import Because
from registry.organisations.models import Organisation
from registry.steps import Step, Steps

RECORDS, HANDLES = "compliance.record_intelligence", "compliance.handle_sources"


def why_first(one: Intelligence, by: User, at: datetime) -> str:
    """Where to say why the intelligence is read, for who has not said so within the hour."""
    return "" if queries.may_read_on(one, by=by, at=at) else reverse("intelligence", args=[one.reference])


def _of_intelligence(data: Any, one: Intelligence, on: date) -> forms.HandOverIntelligence:
    subjects = Organisation.objects.filter(pk__in=one.subjects.values("organisation")).order_by("legal_name", "pk")
    known = {"organisation": subjects.first()}
    return forms.HandOverIntelligence(data, organisations=subjects, initial=known)


def _methods(data: Any, one: Intelligence, on: date) -> forms.TagMethods:
    offered = methods.choices_for(one)
    return forms.TagMethods(data, methods=offered, initial={"methods": methods.codes_of(one)})


def _grade_anew(data: Any, one: Intelligence, on: date) -> forms.GradeAnew:
    graded = {
        "source": one.source_grade,
        "information": one.information_grade,
        "handling": one.handling,
        "conditions": one.conditions,
        "conditions_said": one.conditions_said,
    }
    return forms.GradeAnew(data, words=queries.choices(queries.words_of(one)), initial=graded)


def _passed_on(one: Intelligence, by: User, on: date) -> Mapping[str, Any]:
    return {"one": one, "file": queries.intelligence_file(one, by=by)}


def _tie(one: Intelligence, *, by: User, at: datetime, **typed: Any) -> object:
    said = {name: typed[name] for name in ("how", "strength", "since", "until")}
    return ties.tie(one, first=_named(typed, "first"), second=_named(typed, "second"), **said, by=by, at=at)


def _named(typed: dict[str, Any], where: str) -> ComparedName:
    kind, name = typed[f"{where}_kind"], typed[where]
    return named(kind, name, called_by(name) if kind == EntityKind.ORGANISATION else None, where=where)


def _hand_over_source(data: Any, source: Source, on: date) -> forms.HandOver:
    return forms.HandOver(data, handlers=queries.handlers(source.handler))


def _shared_text(one: Intelligence) -> tuple[str, ...]:
    return tuple(filter(None, (one.sanitised_text, queries.conditions_in_words(one))))


#: Intelligence reaches those who act as a report does. Another authority is given it on the conditions that it accepts.
FROM_INTELLIGENCE = Steps(
    Intelligence,
    "intelligence",
    url="staff/intelligence/<str:reference>",
    permission=RECORDS,
    steps=(
        Step(
            "hand_over",
            _("Hand over for a visit or to licensing"),
            press=_("Hand over"),
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
            first=why_first,
            form=_methods,
            about=lambda one: one.sanitised_text,
            action=tag_methods,
            slug="methods",
            done=_("Methods of offenders chosen"),
            then=lambda one, made: reverse("intelligence", args=[made.reference]),
        ),
        Step(
            "grade_anew",
            _("Grade again"),
            press=_("Save"),
            first=why_first,
            form=_grade_anew,
            typed=lambda form: {"grade": form.grade, "because": form.cleaned_data["because"]},
            about=lambda one: one.sanitised_text,
            action=actions.grade_anew,
            done=_("Graded again"),
        ),
        Step(
            "pass_on",
            _("Pass on to another authority"),
            press=_("Pass on"),
            first=why_first,
            form=forms.PassOn,
            action=actions.pass_on,
            template="compliance/intelligence/pass_on.html",
            facts=_passed_on,
            done=_("Passed on to another authority"),
        ),
        Step(
            "tie",
            _("Record a connection"),
            press=_("Save"),
            first=why_first,
            form=forms.Tie,
            about=lambda one: one.sanitised_text,
            action=_tie,
            verb="tie",
            done=_("Link said"),
        ),
    ),
)

TIE = Steps(
    Tie,
    "tie",
    url="staff/intelligence/<str:reference>/tie/<int:key>",
    lookups={"reference": "intelligence__reference", "key": "pk"},
    keys=lambda tie: (tie.intelligence.reference, tie.pk),
    address_of=lambda tie: reverse("intelligence", args=[tie.intelligence.reference]),
    related=("first", "second", "intelligence"),
    also_made_of=lambda tie: (("intelligence", tie.intelligence.reference),),
    facts=lambda tie: {"subject": tie.intelligence},
    steps=(
        Step(
            "take_back",
            _("Take back a link"),
            press=_("Save"),
            permission=RECORDS,
            first=lambda tie, by, at: why_first(tie.intelligence, by, at),
            form=Because,
            about=lambda tie: f"{tie.first} {tie.how} {tie.second}",
            action=ties.untie,
            slug="untie",
            kind="intelligence",
            then=lambda tie, nothing: reverse("intelligence", args=[tie.intelligence.reference]),
            done=_("Link taken back"),
        ),
    ),
)

SOURCE = Steps(
    Source,
    "source",
    url="staff/sources/<str:reference>",
    related=("handler",),
    permission=HANDLES,
    steps=(
        Step(
            "look",
            _("Open who it is"),
            action=sources.look,
            by_hand=True,
            done=_("Identity opened"),
        ),
        Step(
            "hand_over",
            lambda source: gettext("Hand over source %(reference)s") % {"reference": source.reference},
            label=_("Hand over to another handler"),
            press=_("Save"),
            form=_hand_over_source,
            action=sources.hand_over,
            then=lambda source, done: reverse("sources"),
            done=_("Handed over to another handler"),
        ),
    ),
)
