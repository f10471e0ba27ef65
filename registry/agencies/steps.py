"""How another authority is added, and what is changed about how it is asked."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry import forms as registry_forms
from registry.agencies import actions, forms, queries, rules
from registry.agencies.models import Agency
from registry.steps import Start, Step, Steps

MANAGE = "registry.manage_agencies"


def _particulars(data: Any, on: date, **options: Any) -> forms.AgencyParticulars:
    checks, guards = queries.checks_of_packs(), queries.guard_choices(on)
    return forms.AgencyParticulars(data, checks=checks, guards=guards, **options)


def _change(data: Any, agency: Agency, on: date) -> forms.AgencyParticulars:
    known = {**agency.address, **{field: getattr(agency, field) for field in actions.FIELDS}}
    known["remits"] = [str(remit) for remit in agency.remits.all()]
    return _particulars(data, on, initial=known)


ADDED = Start(
    "add_agency",
    _("Add an authority"),
    url="staff/agencies/add/",
    permission=MANAGE,
    form=lambda data, by, at: _particulars(data, timezone.localdate(at)),
    action=actions.open_for,
    back="agencies",
    back_text=_("Other authorities"),
    press=_("Save"),
    about=_("It is asked from now on. What it may be told of each check is set by the scheme."),
    then=lambda agency: reverse("agency", args=[agency.reference]),
)

AGENCY = Steps(
    Agency,
    "agency",
    url="staff/agencies/<str:reference>",
    rows=lambda by: Agency.objects.all(),
    permission=MANAGE,
    steps=(
        Step(
            "change",
            lambda agency: gettext("Change how %(agency)s is asked") % {"agency": agency},
            press=_("Save"),
            form=_change,
            about=_("What has been put to it stays with it."),
            action=actions.change,
            done=_("Changed"),
        ),
        Step(
            "close",
            lambda agency: gettext("Ask %(agency)s no more") % {"agency": agency},
            press=_("Ask no more"),
            form=registry_forms.Because,
            about=_("Its contacts no longer see any check, and it gets no new ones. Its replies stay."),
            blockers=lambda agency, by, on: rules.close_agency_blockers(agency),
            action=actions.close,
            done=_("Closed"),
        ),
    ),
)
