"""The table of bank holidays: read by all who work with dates, edited by managers."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry import forms, queries, web
from registry.actions import holidays as actions
from registry.models import Holiday


@require_safe
@web.needs("registry.view_holidays")
def holidays(request: web.SignedIn) -> HttpResponse:
    years, today = queries.holiday_years(), timezone.localdate()
    return web.list_page(
        request,
        "registry/staff/holidays.html",
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
    if form.is_valid():
        with web.reasons_on(form):
            actions.add(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("holidays")
    return render(request, "registry/staff/add_holiday.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.edit_holidays")
def remove_holiday(request: web.SignedIn, calendar: str, day: str) -> HttpResponse:
    one = get_object_or_404(Holiday, nation=calendar, day=_day(day))
    form = forms.HolidayBecause(web.posted(request))
    if form.is_valid():
        with web.reasons_on(form):
            actions.remove(one, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("holidays")
    facts = {"form": form, "holiday": one}
    return render(request, "registry/staff/remove_holiday.html", facts, status=422 if form.errors else 200)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404 from None
