"""The rota of those on duty for danger, and how each person is alerted."""

from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import web
from registry.alerts import actions, forms, queries
from registry.alerts.models import AlertSettings, DutyShift
from registry.alerts.steps import EDITS
from registry.forms import Confirm
from registry.templatetags.registry_parts import moment

ON_DUTY = "registry.be_on_duty"


@web.page(ON_DUTY, EDITS)
def rota(request: web.SignedIn) -> HttpResponse:
    """Who is on duty now, and the shifts to come."""
    now = timezone.now()
    page = {"now": DutyShift.objects.at(now), "shifts": list(queries.shifts(now))}
    return render(request, "registry/alerts/rota.html", page)


@web.page_with_form(EDITS)
def remove_shift(request: web.SignedIn, shift: int) -> HttpResponse:
    one = get_object_or_404(DutyShift.objects.select_related("officer", "deputy"), pk=shift)
    form = Confirm(web.typed(request))
    if web.attempt(request, form, actions.remove_shift, one).is_done:
        return redirect("rota")
    return web.show_form(
        request,
        form,
        title=_("Remove a shift"),
        press=_("Remove the shift"),
        back=reverse("rota"),
        about=f"{one.officer}, {moment(one.starts)} – {moment(one.until)}",
    )


@web.page_with_form("registry.work_for_authority")
def own_alerts(request: web.SignedIn) -> HttpResponse:
    """One's own settings: the number for text messages about danger, and which mails one gets."""
    form = forms.ChooseAlerts(web.typed(request), initial=model_to_dict(AlertSettings.objects.of(request.user)))
    if web.attempt(request, form, actions.choose_alerts).is_done:
        return redirect("staff_home")
    return web.show_form(
        request,
        form,
        title=_("Alerts to you"),
        press=_("Save"),
        back=reverse("staff_home"),
        about=_("Alerts about danger cannot be turned off. No email is sent while you are away."),
    )
