"""Nothing known, for several open checks of a case at once: never over a reply, and never over what was not seen."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from licensing import jobs
from licensing.applications.models import Application
from licensing.checks.actions import checks
from licensing.checks.models import Check
from registry.errors import Refused
from tests import stories
from tests.conftest import NOW
from tests.licensing.checks.agencies import an_agency, answered
from tests.licensing.stories import TODAY, a_check_answered
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
BECAUSE = "The search of the registers of today."
DAY = {"replied_on_day": "2", "replied_on_month": "11", "replied_on_year": "2026"}


@pytest.fixture
def case() -> Application:
    """Being assessed; the tax check was put to an authority, all others are with the officer."""
    an_agency()
    application = stories.an_application_being_assessed()
    jobs.ask_authorities(at=NOW)
    return application


def address(case: Application) -> str:
    return reverse("record_nil_checks_of_case", args=[case.reference])


def opened(case: Application) -> tuple[Client, dict[str, Any]]:
    """The page as an officer has it open, with what the form would send."""
    officer = signed_in(person("case_officer"))
    page = officer.get(address(case))
    form = page.context["form"]
    return officer, {
        "version": page.context["form"].page_version,
        "checks": form["checks"].value(),
        "because": BECAUSE,
        **DAY,
    }


def test_all_open_checks_of_the_officer_are_answered_at_once(case: Application) -> None:
    officer, form = opened(case)
    open_checks = case.checks.of_others().unanswered()
    with_officer = set(open_checks.filter(agency=None).values_list("reference", flat=True))
    assert len(with_officer) > 3
    assert set(form["checks"]) == with_officer
    assert address(case) in officer.get(reverse("application", args=[case.reference])).content.decode()

    assert officer.post(address(case), form).status_code == 302

    done = Check.objects.filter(reference__in=with_officer)
    assert set(done.values_list("result", "replied_on")) == {("nil", TODAY)}
    assert {check.replies.get().evidence for check in done} == {BECAUSE}
    assert list(open_checks.values_list("code", flat=True)) == ["tax"]


def test_a_check_that_has_changed_since_is_not_overwritten(case: Application) -> None:
    officer, form = opened(case)
    one = Check.objects.get(reference=form["checks"][0])
    a_check_answered(one, "adverse")

    sent = officer.post(address(case), form)

    assert sent.status_code == 409
    assert "This has changed since you opened the page" in sent.content.decode()
    assert one.reference in sent.content.decode()
    assert Check.objects.get(pk=one.pk).result == "adverse"
    assert case.checks.filter(result="nil", replies__way="officer").count() == 0


def test_what_an_authority_replied_itself_stays(case: Application) -> None:
    tax = case.checks.get(code="tax")
    _officer, form = opened(case)
    answered(tax)
    with pytest.raises(Refused) as refused:
        checks.record_nil(
            case, checks=[*form["checks"], tax.reference], because=BECAUSE, replied_on=TODAY,
            by=person("case_officer"), at=NOW,
        )  # fmt: skip
    assert {reason.code for reason in refused.value.reasons} == {"reply_of_authority", "answered"}
    assert tax.reference in str(refused.value.reasons[0].text)
    assert not case.checks.filter(replies__way="officer").exists(), "all of them or none"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"checks": []}, ["nothing_chosen"]),
        ({"because": "Nil."}, ["no_reason"]),
        ({"checks": ["K-NONE"]}, ["nothing_chosen"]),
    ],
)
def test_it_needs_checks_and_a_reason(case: Application, given: dict[str, Any], expected: list[str]) -> None:
    whole = {"checks": [case.checks.of_others()[0].reference], "because": BECAUSE, "replied_on": TODAY}
    with pytest.raises(Refused) as refused:
        checks.record_nil(case, **{**whole, **given}, by=person("case_officer"), at=NOW)
    assert [reason.code for reason in refused.value.reasons] == expected


def test_a_check_of_another_case_is_refused(case: Application) -> None:
    other = stories.an_application_being_assessed(legal_name="Nant Glas Labour Ltd")
    one, theirs = case.checks.of_others()[0], other.checks.of_others()[0]
    with pytest.raises(Refused) as refused:
        checks.record_nil(
            case, checks=[one.reference, theirs.reference], because=BECAUSE, replied_on=TODAY,
            by=person("case_officer"), at=NOW,
        )  # fmt: skip
    assert [reason.code for reason in refused.value.reasons] == ["unknown_check"]
    assert not theirs.replies.exists()
