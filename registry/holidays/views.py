"""The table of bank holidays: read by all who work with dates, edited by managers."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from registry import web
from registry.holidays import actions, forms
from registry.holidays.models import Holiday


@web.page_with_form("registry.edit_holidays")
def add_holiday(request: web.SignedIn) -> HttpResponse:
    form = forms.AddHoliday(web.posted(request))
    tried = web.attempt(request, form, actions.add)
    if tried.is_done:
        return redirect("holidays")
    return web.form_page(request, "registry/holidays/add_holiday.html", {"form": form})


@web.page_with_form("registry.edit_holidays")
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
