"""The table of bank holidays: read by all who work with dates, edited by managers."""

from datetime import date

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from registry import web
from registry.holidays import actions, forms
from registry.holidays.lists import HOLIDAYS
from registry.holidays.models import Holiday
from registry.templatetags.registry_parts import day as day_in_words


@web.page_with_form("registry.edit_holidays")
def add_holiday(request: web.SignedIn) -> HttpResponse:
    form = forms.AddHoliday(web.posted(request))
    tried = web.attempt(request, form, actions.add)
    if tried.is_done:
        return redirect("holidays")
    return _page(request, form, title=_("Add a holiday"), press=_("Add the holiday"))


@web.page_with_form("registry.edit_holidays")
def remove_holiday(request: web.SignedIn, calendar: str, day: str) -> HttpResponse:
    one = get_object_or_404(Holiday, nation=calendar, day=_day(day))
    form = forms.HolidayBecause(web.posted(request))
    tried = web.attempt(request, form, actions.remove, one)
    if tried.is_done:
        return redirect("holidays")
    caption = f"{one.name}, {one.get_nation_display()}, {day_in_words(one.day)}"
    return _page(request, form, title=_("Remove a holiday"), press=_("Remove the holiday"), caption=caption)


def _page(request: web.SignedIn, form: Form, *, title: str, press: str, caption: str = "") -> HttpResponse:
    return web.show_form(
        request,
        form,
        title=title,
        press=press,
        caption=caption,
        about=_(
            "Dates that people have been told stay as they were told. New dates are counted by the table as it then is."
        ),
        back=reverse("holidays"),
        back_text=HOLIDAYS.title,
        is_held=False,
    )


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404 from None
