from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.inspections.models import Inspection
from licensing.decisions.models.decisions import Decision
from registry import schemes
from registry.licences.models import Licence
from registry.schemes import said
from tests.conftest import NOW, SetClock
from tests.licensing.decisions.test_views import a_day, officer, text_of
from tests.licensing.stories import (
    TODAY,
    a_grant_proposed,
    a_licence,
    a_revocation_proposed,
    a_suspension_proposed,
    an_inspection_of,
    day,
    decided,
    notified,
)
from tests.people import person, signed_in
from tests.registry import stories as registry_stories

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/staff/licences/"


def address(licence: Licence, move: str = "") -> str:
    return f"{LIST}{licence.number}/{move}"


@pytest.mark.both
class TestList:
    def test_staff_find_every_licence(self) -> None:
        licence = a_licence()

        for role in ("case_officer", "decision_maker", "manager", "auditor", "intelligence_analyst"):
            page = text_of(signed_in(person(role)).get(LIST))
            assert licence.number in page and "1 licence<" in page

    @pytest.mark.parametrize("role", ["applicant", "inspector", "labour_user", "people_administrator"])
    def test_others_have_no_such_page(self, role: str) -> None:
        assert signed_in(person(role)).get(LIST).status_code == 403

    def test_the_signed_out_are_sent_to_sign_in(self) -> None:
        assert Client().get(LIST).headers["Location"].startswith("/account/login/")

    @pytest.mark.parametrize("query", ["?status=splendid", "?sector=x", "?term=x", "?q=" + "x" * 101])
    def test_a_filter_that_cannot_be_read_is_said_and_not_passed_over(self, query: str) -> None:
        assert officer().get(LIST + query).status_code == 422

    @pytest.mark.parametrize("query", ["?status=revoked", "?q=blodwen", "?sector=shellfish"])
    def test_each_filter_leaves_what_it_says(self, query: str) -> None:
        other = a_licence()
        wanted = a_licence(legal_name="Blodwen Cyf", sectors=["shellfish"])
        decided(notified(a_revocation_proposed(wanted)))

        page = text_of(officer().get(LIST + query))

        assert wanted.number in page and other.number not in page

    def test_open_conditions_can_be_asked_for(self) -> None:
        with_one = registry_stories.a_condition().licence
        without = a_licence()

        page = text_of(officer().get(f"{LIST}?conditions=on"))

        assert with_one.number in page and without.number not in page

    def test_what_has_run_out_is_told_from_what_is_in_force(self, set_clock: SetClock) -> None:
        licence = a_licence()

        set_clock(NOW + (licence.valid_until - TODAY))
        assert licence.number in text_of(officer().get(f"{LIST}?term=in_force"))
        assert licence.number not in text_of(officer().get(f"{LIST}?term=run_out"))

        set_clock(NOW + (licence.valid_until - TODAY) + timedelta(days=1))
        assert licence.number not in text_of(officer().get(f"{LIST}?term=in_force"))
        listed = text_of(officer().get(f"{LIST}?term=run_out"))
        assert "Expired</strong>" in listed
        assert "Active</strong>" not in listed

    def test_a_licence_that_has_run_out_offers_only_what_can_be_done(self, set_clock: SetClock) -> None:
        licence = a_licence()
        running = text_of(officer().get(f"{LIST}{licence.number}/"))
        set_clock(NOW + (licence.valid_until - TODAY) + timedelta(days=1))

        page = text_of(officer().get(f"{LIST}{licence.number}/"))

        assert "Propose to revoke" in running
        for gone in ("Active</strong>", "Propose to suspend", "Propose to revoke", "Commission an inspection"):
            assert gone not in page

    def test_a_suspended_licence_is_called_so_and_found_while_it_is_suspended(self, set_clock: SetClock) -> None:
        other, licence = a_licence(), a_licence(legal_name="Blodwen Cyf")
        decided(notified(a_suspension_proposed(licence)))
        licence.refresh_from_db()
        assert licence.suspended_from and licence.suspended_until

        for days, there in ((-1, False), (0, True)):
            set_clock(NOW + (licence.suspended_from - TODAY) + timedelta(days=days))
            page = text_of(officer().get(f"{LIST}?term=suspended"))
            assert (licence.number in page, other.number in page) == (there, False)
        assert "Suspended</strong>" in page
        assert "Suspended</strong>" in text_of(officer().get(address(licence)))

        set_clock(NOW + (licence.suspended_until - TODAY) + timedelta(days=1))
        assert licence.number not in text_of(officer().get(f"{LIST}?term=suspended"))
        assert "Active</strong>" in text_of(officer().get(address(licence)))

    def test_the_list_costs_the_same_however_long_it_is(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = officer()
        for name in ("Abercwm Ltd", "Blodwen Ltd", "Cadwgan Ltd"):
            a_licence(legal_name=name)

        with django_assert_num_queries(QUERIES_OF_THE_LIST):
            client.get(LIST)


QUERIES_OF_THE_LIST = 9


class TestFile:
    def test_it_shows_the_whole_licence(self) -> None:
        licence = a_licence()
        inspection = an_inspection_of(licence, "2.1")
        decision = a_revocation_proposed(licence)

        page = text_of(officer().get(address(licence)))

        for shown in (
            licence.number,
            "Dyffryn Labour Ltd",
            "2 November 2026 until the end of 1 November 2027",
            inspection.reference,
            decision.reference,
            licence.applications.get().reference,
            "Your licence is granted",
            f"/check/{licence.number}/",
            "Another decision has been proposed and is still open.",
        ):
            assert shown in page, shown

    def test_after_it_is_revoked_nothing_more_can_be_done(self) -> None:
        licence = a_licence()
        decided(notified(a_revocation_proposed(licence)))

        page = officer().get(address(licence))

        assert [one.name for one in page.context["moves"]] == ["add_to_file"]
        assert "Licensed, to be revoked" in text_of(page)

    def test_a_number_that_nobody_has_is_not_found(self) -> None:
        assert officer().get(f"{LIST}ABCD9999/").status_code == 404


class TestMoves:
    def test_an_inspection_is_commissioned(self) -> None:
        licence, inspector = a_licence(), person("inspector")
        sent = {"brief": "See the wages.", "inspector": inspector.reference, **a_day("due_on", day(14))}

        assert officer().post(address(licence, "commission-inspection/"), sent).status_code == 302

        inspection = Inspection.objects.get()
        assert (inspection.licence_number, inspection.kind) == (licence.number, "compliance")

    def test_a_condition_says_under_which_standard_it_stands(self) -> None:
        condition = registry_stories.a_condition(a_licence())
        title = said(schemes.get(condition.licence.scheme, condition.licence.version).standard("3.1").title, "en")

        for page in (
            address(condition.licence),
            address(condition.licence, f"conditions/{condition.reference}/propose/extend/"),
        ):
            assert f"3.1 {title}" in text_of(officer().get(page))

    def test_a_revocation_is_proposed(self) -> None:
        licence = a_licence()
        sent = {
            "because": "Unpaid.",
            "immediate": "on",
            "immediate_because": "Workers would go unpaid.",
            "rows": "1",
            **a_day("takes_effect", day(2)),
            "ground-0-standard": "2.2",
            "ground-0-text": "Nothing was paid.",
            "ground-0-evidence": "Payslips.",
        }

        assert officer().post(address(licence, "propose/revoke/"), sent).status_code == 302

        decision = Decision.objects.get(kind="revoke")
        assert (decision.licence, decision.immediate, decision.takes_effect) == (licence, True, day(2))

    def test_a_suspension_is_proposed(self) -> None:
        licence = a_licence()
        sent = {
            "because": "Unsafe.",
            "rows": "1",
            **a_day("takes_effect", day(60)),
            **a_day("until", day(90)),
            "ground-0-standard": "3.1",
            "ground-0-text": "Unsafe.",
            "ground-0-evidence": "Seen.",
        }

        assert officer().post(address(licence, "propose/suspend/"), sent).status_code == 302

        decision = Decision.objects.get(kind="suspend")
        assert (decision.immediate, decision.takes_effect, decision.until) == (False, day(60), day(90))

    def test_what_is_wrong_is_said_and_all_that_was_typed_is_kept(self) -> None:
        licence = a_licence()
        sent = {
            "because": "Unsafe.",
            "rows": "1",
            **a_day("takes_effect", day(60)),
            **a_day("until", day(59)),
            "ground-0-standard": "3.1",
            "ground-0-text": "Bald tyres.",
            "ground-0-evidence": "Seen.",
        }

        response = officer().post(address(licence, "propose/suspend/"), sent)

        assert response.status_code == 422
        assert "would end before it starts" in text_of(response)
        assert 'href="#id_until' in text_of(response)
        assert "Bald tyres.</textarea>" in text_of(response)

    def test_a_changed_number_ends_the_licence(self) -> None:
        licence = a_licence()
        sent = {"company_number": "1234567", "utr": licence.organisation.utr, "vat_number": "GB 980 7806 84"}

        assert officer().post(address(licence, "change-numbers/"), sent).status_code == 302

        licence.refresh_from_db()
        assert (licence.status, licence.organisation.company_number) == ("ended", "01234567")

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"utr": "1234567890"}, "Enter a Unique Taxpayer Reference"),
            ({"vat_number": "1"}, "Enter a VAT registration number"),
            ({"company_number": "x"}, "Enter a company number"),
            ({}, "None of the numbers has changed."),
        ],
    )
    def test_a_wrong_number_is_said_and_nothing_ends(self, typed: dict[str, str], said: str) -> None:
        licence = a_licence()
        now = {name: getattr(licence.organisation, name) for name in ("company_number", "utr", "vat_number")}

        response = officer().post(address(licence, "change-numbers/"), {**now, **typed})

        assert response.status_code == 422
        assert said in text_of(response)
        licence.refresh_from_db()
        assert licence.status == "active"

    @pytest.mark.parametrize(
        "move", ["commission-inspection/", "propose/suspend/", "propose/revoke/", "change-numbers/"]
    )
    def test_others_may_not(self, move: str) -> None:
        licence = a_licence()

        for role in ("applicant", "decision_maker", "inspector", "manager", "auditor"):
            client = signed_in(person(role))
            assert client.get(address(licence, move)).status_code == 403
            assert client.post(address(licence, move), {}).status_code == 403

    def test_a_licence_is_neither_granted_nor_refused(self) -> None:
        licence = a_licence()

        for kind in ("grant", "refuse"):
            assert officer().get(address(licence, f"propose/{kind}/")).status_code == 404

    def test_what_is_proposed_for_an_application_does_not_show_on_the_licence(self) -> None:
        licence = a_licence()
        other: Any = a_grant_proposed(legal_name="Blodwen Cyf")

        assert other.reference not in text_of(officer().get(address(licence)))
