"""A second scheme asks what it adds: the rest is held, offered, and confirmed with the signature."""

import pytest
from django.urls import reverse

from licensing.application_form.rules import effort, steps
from licensing.application_form.rules.facts import PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.actions import start
from licensing.applications.models import Application
from licensing.applications.queries.applications import form_of
from licensing.holding.queries.reuse import KnownAnswers, carried
from registry import schemes
from registry.accounts.models import User
from tests.conftest import NOW
from tests.licensing.applications.walking import Walk
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import a_licence
from tests.people import signed_in
from tests.stories import PRINCIPAL, a_provider, an_application_submitted

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BAR = 40
TYPED = {
    "_day": "1",
    "_month": "4",
    "_year": "2026",
    "worker_numbers_now": "4",
    "worker_numbers_peak": "6",
    "turnover": "500000",
    "turnover_basis": "last_year",
    "site_notified": "notified",
    "signature": PRINCIPAL,
    **dict.fromkeys(("worker_countries", "recruitment", "induction_languages", "user_name", "site_name"), "Words"),
    **dict.fromkeys(("site_place", "principal_contractor"), "Words"),
}


def typing(name: str) -> str | None:
    return next((words for end, words in TYPED.items() if name.endswith(end)), None)


def begun_by_holder() -> tuple[Walk, Application]:
    licence = a_licence()
    walk = Walk(signed_in(the_holder(licence)), typing)
    walk.open(reverse("start_application"))
    walk.client.post(walk.seen[-1], {"scheme": "construction", "organisation": licence.organisation.reference})
    return walk, Application.objects.get(scheme="construction")


def test_a_second_scheme_is_walked_with_at_most_forty_fields() -> None:
    walk, application = begun_by_holder()

    tasks = walk.open(reverse("application_tasks", args=[application.reference]))
    assert "What we know of your business is filled in." in tasks.text_content()
    walk.answer_until(tasks, "check-answers/")

    assert not list(form_of(application, today=NOW.date()).missing())
    assert len(walk.fields) == 38 <= BAR
    assert application.answers.get(page="names").data["legal_name"] == application.organisation.legal_name
    assert application.answers.get(page="directors").data["full_name"] == "Gethin Parry"


@pytest.mark.parametrize(("held", "wanted"), [("gla-food", "construction"), ("construction", "gla-food")])
def test_an_ordinary_company_is_asked_at_most_forty_fields_for_the_other_scheme(held: str, wanted: str) -> None:
    before, scheme = (schemes.in_force(name, NOW.date()) for name in (held, wanted))
    known = KnownAnswers(before, effort.ordinary_company(before, is_registered=True).items)

    begun = [one for one in carried(a_provider(), known, scheme) if one.page not in scheme.renewals.of_scheme]
    filled = ApplicationForm.of(scheme, [PageAnswers(one.page, one.item, one.data, one.is_complete) for one in begun])

    asked = steps.open_steps(filled, filled.pages())
    assert 0 < effort.effort_of(filled, asked, language="en").fields <= BAR
    # No one is asked again who they are.
    assert not [one for one in steps.open_steps(filled, filled.pages()) if one.code in ("name", "birth", "address")]


def test_what_was_only_handed_in_is_known_too_and_the_security_questions_begin_empty() -> None:
    first = an_application_submitted()

    second = start.start(first.organisation, scheme="construction", by=the_applicant(first), at=NOW)

    pages = set(second.answers.values_list("page", flat=True))
    assert {"names", "directors", "pay"} <= pages
    assert not pages & {"convictions", "judgments", "history", "consent", "declaration", "sectors", "turnover"}
    assert "own_trial" not in second.answers.get(page="directors").data


def the_applicant(application: Application) -> User:
    return application.started_by
