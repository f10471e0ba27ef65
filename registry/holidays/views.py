"""The table of bank holidays: read by all who work with dates, edited by managers."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import web
from registry.holidays import actions, forms, queries
from registry.holidays.models import Holiday


@require_safe
@web.needs("registry.view_holidays")
def holidays(request: web.SignedIn) -> HttpResponse:
    years, today = queries.holiday_years(), timezone.localdate()
    return web.list_page(
        request,
        "registry/holidays/holidays.html",
        queries.holiday_table(request.GET, years=years, today=today),
        title=_("Bank holidays"),
        ending=queries.holidays_end(today),
        begun=[year for year in years if year <= today.year],
        changes=queries.holiday_changes(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.edit_holidays")
def add_holiday(request: web.SignedIn) -> HttpResponse:
    form = forms.AddHoliday(web.posted(request))
    tried = web.attempt(request, form, actions.add)
    if tried.is_done:
        return redirect("holidays")
    return web.form_page(request, "registry/holidays/add_holiday.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.edit_holidays")
def remove_holiday(request: web.SignedIn, calendar: str, day: str) -> HttpResponse:
    one = get_object_or_404(Holiday, nation=calendar, day=_day(day))
    form = forms.HolidayBecause(web.posted(request))
    tried = web.attempt(request, form, actions.remove, one)
    if tried.is_done:
        return redirect("holidays")
    facts = {"form": form, "holiday": one}
    return web.form_page(request, "registry/holidays/remove_holiday.html", facts)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404 from None
