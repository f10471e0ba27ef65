"""The pages on which holders tell and ask, and those on which officers answer: as they are used, and by whom not."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.holding.actions import changes
from licensing.holding.models import Change, StartOfSupply
from registry.errors import Refused
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from tests.conftest import NOW, SetClock
from tests.licensing.holding.world import a_change, somebody_joins, the_holder
from tests.licensing.stories import TODAY, a_licence, later
from tests.people import person, signed_in
from tests.registry.stories import a_condition
from tests.ticks import ticked

pytestmark = [pytest.mark.django_db, pytest.mark.once]
THAT_DAY = {"happened_on_day": "2", "happened_on_month": "11", "happened_on_year": "2026"}
ADDRESS = {
    "address_line_1": "4 Quay Street",
    "address_town": "Cardigan",
    "address_postcode": "SA43 1HR",
    "address_country": "wales",
    **ticked("elsewhere"),
}


@pytest.fixture
def licence() -> Licence:
    return a_licence()


@pytest.fixture
def holder(licence: Licence) -> Client:
    return signed_in(the_holder(licence))


def page(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


def test_the_page_of_the_licence_leads_to_all_of_it(holder: Client, licence: Licence) -> None:
    shown = holder.get(page("licence", licence.number)).content.decode()

    for name in ("tell_supply", "licence_changes", "report_misuse", "surrender_licence"):
        assert page(name, licence.number) in shown
    assert "tell us by 30 November 2026" in shown
    assert page("poster_of", licence.number) in shown


def test_starting_to_supply_is_one_click_with_today_filled_in(holder: Client, licence: Licence) -> None:
    offered = holder.get(page("tell_supply", licence.number)).context["form"].initial["began_on"]
    typed = {"began_on_day": offered.day, "began_on_month": offered.month, "began_on_year": offered.year}

    answer = holder.post(page("tell_supply", licence.number), typed)

    assert answer.status_code == 302
    assert StartOfSupply.objects.get(licence=licence).began_on == TODAY


def test_the_list_of_changes_says_by_when_and_what_follows(holder: Client, licence: Licence) -> None:
    shown = " ".join(holder.get(page("licence_changes", licence.number)).content.decode().split())

    assert "Within 20 working days. An officer looks at it." in shown
    assert "Ends the licence only if one of these changes: Unique taxpayer reference (UTR), VAT number." in shown
    assert "Must be applied for before it happens." in shown
    assert "A partner joins" not in shown  # a company has none


def test_a_change_is_told_on_a_page_that_shows_what_is_known(holder: Client, licence: Licence) -> None:
    address = page("tell_change", licence.number, "address")
    assert "Boston" in holder.get(address).content.decode()

    answer = holder.post(address, {**ADDRESS, **THAT_DAY}, follow=True)

    change = Change.objects.get()
    assert change.data["address"]["town"] == "Cardigan"
    assert change.reference in answer.content.decode()


def test_what_was_typed_wrongly_is_kept_and_said(holder: Client, licence: Licence) -> None:
    answer = holder.post(page("tell_change", licence.number, "address"), {**ADDRESS, "happened_on_day": "40"})

    assert answer.status_code == 422
    assert "Cardigan" in answer.content.decode()
    assert not Change.objects.exists()


def test_a_number_that_ends_the_licence_says_so_before_and_asks_whether_that_is_understood(
    holder: Client, licence: Licence
) -> None:
    address = page("tell_change", licence.number, "company_number")
    assert (
        "your licence ends on the day on which we record it: today, 2 November 2026"
        in holder.get(address).content.decode()
    )

    number = {"company_number": "01234567", **THAT_DAY}
    assert holder.post(address, number).status_code == 422
    assert holder.post(address, {**number, "understood": "on"}).status_code == 302


def test_a_new_paye_reference_is_told_without_a_word_about_the_end_of_the_licence(
    holder: Client, licence: Licence
) -> None:
    address = page("tell_change", licence.number, "tax")
    same = {"utr": "1955839661", "vat_registered": "yes", "vat_number": "980780684", "paye_registered": "yes"}
    since = {
        f"{key}_since_{part}": value
        for key in ("vat", "paye")
        for part, value in [("day", 1), ("month", 4), ("year", 2012)]
    }
    tax = {**same, **since, "paye_reference": "123/AB999", "paye_more": "no", **THAT_DAY}

    assert holder.post(address, {**tax, "utr": "1234567895"}).status_code == 422
    answer = holder.post(address, tax)

    assert answer.status_code == 302, answer.context["form"].errors


def test_of_the_last_director_who_leaves_it_is_asked_who_follows(holder: Client, licence: Licence) -> None:
    director = licence.organisation.roles.get(kind="director")
    address, left = page("tell_change", licence.number, "director_leaves"), {**THAT_DAY}
    assert director.person
    left["item"] = director.person.reference

    unsaid = holder.post(address, left)
    assert unsaid.status_code == 422 and "Fewer are left than the licence needs." in unsaid.content.decode()
    director.refresh_from_db()
    assert director.until is None

    told = holder.post(address, {**left, "follows": "Gethin Parry, from Monday."}, follow=True).content.decode()
    director.refresh_from_db()
    assert director.until == TODAY and "Gethin Parry, from Monday." in told
    officer = signed_in(person("case_officer"))
    seen = officer.get(reverse("change", args=[Change.objects.get().reference])).content.decode()
    assert "Who follows?" in seen and "Gethin Parry, from Monday." in seen


def test_no_other_way_lets_the_last_director_leave_unasked(holder: Client, licence: Licence) -> None:
    director = licence.organisation.roles.get(kind="director")
    assert director.person
    leaving: dict[str, Any] = {"kind": "director_leaves", "item": director.person.reference, "happened_on": TODAY}

    with pytest.raises(Refused) as refused:
        changes.tell(licence, **leaving, data={}, by=the_holder(licence), at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["who_follows"]


def test_while_another_director_stays_nothing_is_asked(holder: Client, licence: Licence) -> None:
    director = licence.organisation.roles.get(kind="director")
    organisations.name(
        licence.organisation,
        kind="director",
        particulars={"full_name": "Gethin Parry", "date_of_birth": "1980-01-01"},
        since=TODAY,
        by=the_holder(licence),
        at=NOW,
    )
    assert director.person

    holder.post(page("tell_change", licence.number, "director_leaves"), {"item": director.person.reference, **THAT_DAY})

    director.refresh_from_db()
    assert director.until == TODAY


def test_what_must_be_applied_for_leads_there(holder: Client, licence: Licence) -> None:
    answer = holder.get(page("tell_change", licence.number, "principal_authority"))
    assert answer["Location"] == page("alter_licence", licence.number, "principal_authority")

    begun = holder.post(answer["Location"])

    application = Application.objects.get(alters=licence)
    assert begun["Location"] == page("application_tasks", application.reference)
    assert "Altering licence" in holder.get(begun["Location"]).content.decode()


def test_giving_the_licence_up_says_what_it_means_and_waits_for_a_decision(holder: Client, licence: Licence) -> None:
    address = page("surrender_licence", licence.number)
    assert "revoke it with your consent" in holder.get(address).content.decode()

    day = {"takes_effect_day": "1", "takes_effect_month": "12", "takes_effect_year": "2026", "because": "I retire."}
    answer = holder.post(address, day, follow=True)

    assert "you asked to surrender the licence from 1 December 2026" in answer.content.decode()
    assert Decision.objects.get(kind="surrender").status == "proposed"


def test_misuse_is_reported_and_its_mailbox_can_be_opened(holder: Client, licence: Licence) -> None:
    address = page("report_misuse", licence.number)
    ticket = holder.get(address).context["ticket"]

    answer = holder.post(address, {"ticket": ticket, "text": "A van in Boston carries our name."})

    opened = Client().post(page("mailbox"), {"passphrase": answer.context["passphrase"]})
    assert answer.context["report"].reference in opened.content.decode()


def test_evidence_is_sent_and_stays_on_the_page(holder: Client, licence: Licence) -> None:
    condition = a_condition(licence)

    answer = holder.post(
        page("send_evidence", licence.number, condition.reference), {"text": "Every worker has a payslip."}, follow=True
    )

    assert "Every worker has a payslip." in answer.content.decode()


def test_the_officer_sees_what_was_so_far_and_accepts(licence: Licence) -> None:
    change = a_change(licence=licence)
    officer = signed_in(person("case_officer"))
    shown = officer.get(page("change", change.reference)).content.decode()
    assert "4 Quay Street" in shown
    assert "1 Market Place" in shown

    officer.post(page("accept_change", change.reference))

    change.refresh_from_db()
    assert change.status == "accepted"


def test_the_reply_to_a_check_about_a_change_is_recorded(licence: Licence) -> None:
    change = somebody_joins(licence)
    check = change.checks.get()
    typed = {
        "result": "nil",
        "replied_on_day": "2",
        "replied_on_month": "11",
        "replied_on_year": "2026",
        "evidence": "",
    }

    signed_in(person("case_officer")).post(page("record_check", check.reference), typed)

    check.refresh_from_db()
    assert check.result == "nil"


def test_the_page_of_the_licence_shows_the_officer_what_the_holder_told_and_sent(
    holder: Client, licence: Licence
) -> None:
    change, condition = a_change(licence=licence), a_condition(licence)
    holder.post(page("send_evidence", licence.number, condition.reference), {"text": "Payslips since October."})
    holder.post(
        page("tell_supply", licence.number), {"began_on_day": "2", "began_on_month": "11", "began_on_year": "2026"}
    )

    shown = signed_in(person("case_officer")).get(page("staff_licence", licence.number)).content.decode()

    assert change.reference in shown
    assert "Payslips since October." in shown
    assert "The scheme proposes a new business compliance inspection:" in shown


@pytest.mark.both
def test_the_work_list_costs_the_same_however_many_there_are(
    licence: Licence, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_change(licence=licence)
    client = signed_in(person("case_officer"))
    client.get(page("changes"))
    with django_assert_num_queries(9):
        client.get(page("changes"))
    for kind in ("ruling", "security", "other"):
        a_change(kind, {"what_changed": "Something."}, licence=licence)

    with django_assert_num_queries(9):
        shown = client.get(page("changes"))

    assert len(shown.context["page"].rows) == 4


@pytest.mark.both
@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=dyffryn", 2), ("?q=nobody", 0), ("?kind=address", 1), ("?status=noted", 1), ("?late=on", 0)],
)
def test_the_work_list_is_narrowed(licence: Licence, query: str, found: int) -> None:
    a_change(licence=licence)
    changes.note(a_change("other", {"what_changed": "Much."}, licence=licence), by=person("case_officer"), at=NOW)

    shown = signed_in(person("case_officer")).get(page("changes") + query)

    assert len(shown.context["page"].rows) == found


@pytest.mark.both
@pytest.mark.parametrize("name", ["licence_changes", "tell_supply", "surrender_licence", "report_misuse"])
def test_what_is_somebody_elses_is_not_there(licence: Licence, name: str) -> None:
    assert signed_in(person("applicant")).get(page(name, licence.number)).status_code == 404
    assert Client().get(page(name, licence.number)).status_code == 302
    assert signed_in(person("case_officer")).get(page(name, licence.number)).status_code == 403


def test_the_last_day_for_whoever_began_at_once_is_not_said_once_it_has_passed(
    licence: Licence, set_clock: SetClock
) -> None:
    set_clock(later(40))
    holder = signed_in(the_holder(licence))

    for name in ("licence", "tell_supply"):
        shown = " ".join(holder.get(page(name, licence.number)).content.decode().split())
        assert "within 20 working days of the first day on which you supply workers" in shown
        assert "30 November 2026" not in shown
