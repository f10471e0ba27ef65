"""A holder renews: last year's answers are there, what is different now is marked, for the holder and for the officer."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from config.demo.answers import still_to_answer
from licensing.application_form.rules.facts import PageAnswers
from licensing.applications.models import Application
from licensing.applications.queries import applications
from registry.licences.models import Licence
from registry.tasks import jobs
from tests.conftest import NOW, SetClock
from tests.journeys.applying import NO_SCRIPT, Applying, somebody
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, scheme_on
from tests.licensing.stories import a_licence, weeks_before_the_end
from tests.stories import a_profile, a_provider

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRM, HOLDER = "Dyffryn Labour Ltd", "Angharad Rees"
NEW_NAME, NEW_TURNOVER = "Dyffryn Pickers", "1250000"


def begins(desk: Desk, licence: Licence) -> str:
    """From what the holder must do, by way of what it costs and what happens otherwise."""
    jobs.open_due(at=timezone.now())  # as the worker does each day
    desk.page.reload()
    desk.follow("Renew the licence")
    desk.must_say("If you renew it, it continues without a break and keeps its number.", "If it is not renewed in time")
    desk.press("Start the renewal")
    desk.must_say(f"Renewing licence {licence.number}", "Your last answers are filled in.")
    return desk.page.url.split("/")[-3]


def to_be_typed(application: Application, at: datetime) -> list[PageAnswers]:
    """What the form still asks, and what is not so any more: one more trading name, and another turnover."""
    filled = applications.form_of(application, today=at.date())
    asked = {item.page: item for item in still_to_answer(filled, a_profile())}
    names, turnover = filled.item(filled.scheme.form.page("names"), ""), asked["turnover"]
    assert names
    asked["names"] = PageAnswers("names", "", {**names.data, "trading_names": ["Dyffryn Harvest", NEW_NAME]}, True)
    asked["turnover"] = PageAnswers("turnover", "", {**turnover.data, "turnover": NEW_TURNOVER}, True)
    return list(asked.values())


def marked_as_changed(desk: Desk) -> set[str]:
    desk.unfold("Changed since last time")
    marked = desk.page.locator("h3, h4, summary").filter(has_text="Changed since last time")
    return {text.replace("Changed since last time", "").strip() for text in marked.all_inner_texts()}


def test_a_licence_is_renewed_with_changes(sit_down: SitDown, set_clock: SetClock) -> None:
    licence = a_licence(a_provider(FIRM, by=somebody(HOLDER)))
    at = weeks_before_the_end(licence, 6)
    set_clock(at)
    (membership,) = licence.organisation.memberships.select_related("user")
    holder = Applying(sit_down, set_clock, membership.user, scheme_on(at.date()), [], at)

    desk = holder.sits_down()
    holder.reference = begins(desk, licence)
    holder.items = to_be_typed(holder.application, at)
    holder.opens(desk, "names")
    assert desk.typed["trading_names"] == "Dyffryn Harvest"
    holder.looks_back(desk, holder.item("names"))
    desk.open("application_tasks", holder.reference)
    holder.opens(desk, "turnover")
    assert desk.typed["turnover"] == "640000"
    left = holder.leaves(desk, "turnover", turnover="rather more")
    desk = holder.comes_back(left, **NO_SCRIPT)
    desk.type_answers(holder.scheme, holder.item("turnover"))
    desk.press("Save for later")
    holder.goes_on_by_the_tasks(desk, [item for item in holder.items if item.page not in ("names", "turnover")])

    changed = {"What is the organisation called?", "What is the turnover in the regulated sector?"}
    assert changed <= marked_as_changed(desk)
    assert "Where is the organisation?" not in marked_as_changed(desk)
    desk.must_say("The fee is £1,860")
    holder.sends(desk)

    assert holder.application.renews == licence
    officer = holder.an_officer_reads(licence.number, NEW_NAME)
    assert changed <= marked_as_changed(officer)
    assert "Where is the organisation?" not in marked_as_changed(officer)
    licence.refresh_from_db()
    assert licence.valid_until - NOW.date() < timedelta(days=366), "nothing has been renewed by handing in"
