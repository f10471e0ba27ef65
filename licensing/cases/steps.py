"""The steps of a case: it is begun, given to an officer, noted on and added to."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries import offices
from licensing.applications.rules import applications as rules
from licensing.applications.steps import of_case
from licensing.cases import forms
from licensing.cases.actions import assignment as actions
from licensing.cases.actions import notes
from licensing.cases.lists import ASSIGNS
from licensing.correspondence.steps import adding
from registry.steps import Step


def _assign(data: Any, application: Application, on: date) -> forms.Assign:
    return forms.Assign(data, officers=offices.case_officers())


CASE = of_case(
    "case",
    adding(),
    Step(
        "begin_assessment",
        _("Begin the assessment"),
        permission="licensing.assess_application",
        about=_("You become the case officer. The applicant sees that the assessment has begun."),
        blockers=lambda application, by, on: rules.begin_assessment_blockers(application),
        action=actions.begin_assessment,
        previews=True,
        is_button=False,
        url_name="begin_assessment",
        done=_("Assessment begun"),
    ),
    Step(
        "assign",
        _("Assign to a case officer"),
        press=_("Assign"),
        permission=ASSIGNS,
        form=_assign,
        blockers=lambda application, by, on: rules.in_hand_blockers(application),
        action=actions.assign,
        is_button=False,
        url_name="assign_application",
        done=_("Given to a case officer"),
    ),
    Step(
        "write_note",
        _("Write a note"),
        press=_("Keep the note"),
        permission="licensing.write_note",
        form=forms.Note,
        about=_("Staff of the authority who read the case can read it; the applicant cannot. It cannot be changed."),
        action=notes.write,
        is_button=False,
        slug="notes",
        url_name="write_note",
        verb="write_note",
        then=lambda application, note: reverse("application", args=[application.reference]) + "#notes",
        done=_("Note written"),
    ),
)
