"""The questions of the pack, walked without a database."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import URLResolver
from django.utils import translation

from config import urls
from config.demo.answers import Profile, answers
from licensing.application_form.rules.facts import PageAnswers, Progress
from licensing.application_form.rules.filled import ApplicationForm
from registry import schemes
from registry.schemes import Scheme
from registry.schemes.form_faults import TAKEN_SLUGS
from tests.conftest import NOW
from tests.stories import SCHEME, a_profile

PACK = schemes.in_force(SCHEME, NOW.date())
NOTHING = ApplicationForm.of(PACK, ())


def filled(**pages: dict[str, Any]) -> ApplicationForm:
    """Pages by slug with underscores: `filled(legal_status={"legal_status": "company"})`."""
    return ApplicationForm.of(
        PACK, [PageAnswers(slug.replace("_", "-"), "", data, True) for slug, data in pages.items()]
    )


def whole(profile: Profile | None = None) -> list[PageAnswers]:
    return list(answers(PACK, profile or a_profile()))


def without(items: Iterable[PageAnswers], *slugs: str) -> ApplicationForm:
    return ApplicationForm.of(PACK, [item for item in items if item.page not in slugs])


def codes(of: ApplicationForm) -> list[tuple[str, str]]:
    return [(reason.code, reason.where) for reason in of.missing()]


def addresses(patterns: Iterable[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, here)
        else:
            yield here


def all_schemes() -> list[Scheme]:
    return [schemes.get(name, version) for name in schemes.names() for version in schemes.versions(name)]


def test_a_pack_may_name_no_page_by_an_address_of_ours() -> None:
    routes = list(addresses(urls.urlpatterns))
    ours = {route.split("/")[2] for route in routes if route.startswith("apply/<") and route.count("/") > 2}

    assert {word for word in ours if not word.startswith("<")} | {"add", "remove"} == TAKEN_SLUGS


@pytest.mark.parametrize("scheme", all_schemes(), ids=str)
def test_the_plainest_answers_complete_every_version_of_every_form(scheme: Scheme) -> None:
    assert list(ApplicationForm.of(scheme, answers(scheme, a_profile())).missing()) == []


def test_an_empty_form_misses_every_page_that_is_always_asked_at_once() -> None:
    missing = codes(NOTHING)

    assert ("page_not_started", "legal-status") in missing
    assert ("page_not_started", "declaration") in missing
    assert len(missing) > 20
    assert {code for code, _where in missing} == {"page_not_started"}


def test_a_list_that_may_be_empty_is_not_missed() -> None:
    assert NOTHING.progress(PACK.form.page("controllers")) is Progress.OPTIONAL
    assert "controllers" not in {where for _code, where in codes(NOTHING)}


def test_a_page_is_called_for_by_an_answer_on_another() -> None:
    company, trader = (
        filled(legal_status={"legal_status": "company"}),
        filled(legal_status={"legal_status": "sole_trader"}),
    )

    assert PACK.form.page("directors") in company.pages()
    assert PACK.form.page("company") not in trader.pages()
    assert PACK.form.page("directors") not in trader.pages()


def test_an_answer_on_a_page_that_is_not_asked_any_more_does_not_count() -> None:
    changed = filled(legal_status={"legal_status": "sole_trader"}, company={"company_number": "00445790"})

    assert "company_number" not in changed.facts


def test_an_answer_to_a_question_that_is_not_asked_any_more_does_not_count() -> None:
    changed = filled(tax={"utr": "1955839661", "vat_registered": False, "vat_number": "980780684"})

    assert changed.facts["vat_registered"] is False
    assert "vat_number" not in changed.facts


def test_what_falls_away_takes_along_what_it_called_for() -> None:
    """`legal_status` takes `company` away; nothing that hangs on an answer there is left either."""
    items = [item for item in whole() if item.page != "legal-status"]
    changed = ApplicationForm.of(PACK, [*items, PageAnswers("legal-status", "", {"legal_status": "sole_trader"}, True)])

    assert {page.slug for page in changed.pages()}.isdisjoint({"company", "directors", "secretaries", "partners"})
    assert list(changed.listed("person")) == []


def test_a_list_needs_as_many_things_as_the_pack_says() -> None:
    partnership = a_profile(legal_status="partnership", company_number="")
    one = [item for item in whole(partnership) if (item.page, item.name) != ("partners", "item-2")]

    assert codes(ApplicationForm.of(PACK, one)) == [("page_incomplete", "partners")]


def test_a_list_is_needed_only_when_a_fact_calls_for_it() -> None:
    users = PACK.form.page("labour-users")

    assert filled(workers={"worker_numbers_now": 3}).needed(users) == 1
    assert filled(workers={"worker_numbers_now": 0}).needed(users) == 0


def test_one_thing_of_a_list_that_is_not_right_keeps_the_list_open() -> None:
    items = [*whole(), PageAnswers("directors", "second", {"full_name": "Bedwyr"}, False)]

    assert set(codes(ApplicationForm.of(PACK, items))) == {("not_answered", "directors")}


def test_a_page_saved_as_complete_opens_again_when_another_answer_calls_for_more() -> None:
    items = [item for item in whole() if item.page != "transport"]
    changed = ApplicationForm.of(PACK, [*items, PageAnswers("transport", "", {"transport": True}, True)])

    assert ("not_answered", "transport") in codes(changed)
    assert ("page_not_started", "vehicles") in codes(changed)


def test_a_page_typed_but_not_right_is_not_complete() -> None:
    items = [item for item in whole() if item.page != "tax"]

    typed = {"utr": "12", "vat_registered": False, "paye_registered": False}
    assert codes(ApplicationForm.of(PACK, [*items, PageAnswers("tax", "", typed, False)])) == [
        ("page_incomplete", "tax")
    ]


def test_the_next_page_is_the_next_that_is_asked() -> None:
    trader = filled(legal_status={"legal_status": "sole_trader"})
    company = filled(legal_status={"legal_status": "company"})
    named, role = PACK.form.page("job-titles"), PACK.form.page("alternative-representative")

    assert trader.after(role) == PACK.form.page("named-individuals")
    assert company.after(role) == PACK.form.page("directors")
    assert company.after(named) == trader.after(named) == PACK.form.page("convictions")
    assert company.after(PACK.form.page("declaration")) is None


def test_a_no_and_a_nought_are_answers() -> None:
    assert filled(workers={"worker_numbers_now": 0}).facts["worker_numbers_now"] == 0
    assert filled(transport={"transport": False}).facts["transport"] is False


@pytest.mark.parametrize(
    ("turnover", "band", "fee"),
    [
        ("0", "D", "400"), ("999999.99", "D", "400"), ("1000000", "C", "1200"), ("4999999", "C", "1200"),
        ("5000000", "B", "2000"), ("9999999.99", "B", "2000"), ("10000000", "A", "2600"),
    ],
)  # fmt: skip
def test_the_fee_follows_from_the_turnover(turnover: str, band: str, fee: str) -> None:
    answered = ApplicationForm.of(
        schemes.get(SCHEME, "2018-10-01"), [PageAnswers("turnover", "", {"turnover": turnover}, True)]
    )

    assert answered.facts["turnover_band"] == band
    assert answered.fee() == Decimal(fee)


@pytest.mark.parametrize("turnover", ["", "much", "-5", "NaN", None])
def test_what_is_no_turnover_has_no_band_and_no_fee(turnover: str | None) -> None:
    answered = filled(turnover={"turnover": turnover})

    assert "turnover_band" not in answered.facts
    assert answered.fee() is None


def test_the_nation_is_that_of_the_organisations_address() -> None:
    assert filled(address={"address": {"line_1": "1 High Street", "country": "scotland"}}).facts["nation"] == "scotland"
    assert "nation" not in filled(address={"address": {"line_1": "1 High Street"}}).facts


def test_nobodys_particulars_are_among_the_facts_of_the_organisation() -> None:
    facts = ApplicationForm.of(PACK, whole()).facts

    assert not facts.keys() & {"full_name", "date_of_birth", "nationality", "nino", "premises_name"}


def test_the_pages_about_one_person_are_read_together() -> None:
    principal = ApplicationForm.of(PACK, whole()).person("principal_authority")

    assert principal["full_name"] == "Angharad Rees"
    assert principal["job_title"] == "Managing director"


def signed(*, changed_after: timedelta) -> ApplicationForm:
    items = [PageAnswers(item.page, item.name, item.data, True, NOW) for item in whole() if item.page != "tax"]
    tax = next(item for item in whole() if item.page == "tax")
    return ApplicationForm.of(PACK, [*items, PageAnswers("tax", "", tax.data, True, NOW + changed_after)])


def test_an_answer_saved_after_the_signature_is_not_what_was_signed() -> None:
    assert signed(changed_after=timedelta(seconds=1)).changed_since_signed()
    assert not signed(changed_after=timedelta(0)).changed_since_signed()
    assert not signed(changed_after=-timedelta(seconds=1)).changed_since_signed()


def test_what_is_not_signed_has_not_changed_since() -> None:
    assert not NOTHING.changed_since_signed()


def words(page: str, key: str, value: Any) -> str:
    return NOTHING.in_words(PACK.form.page(page).question(key), value)


ADDRESS = {"line_1": "1 High Street", "town": "Bangor", "postcode": "LL57 1AA", "country": "wales"}


@pytest.mark.parametrize(
    ("page", "key", "value", "said"),
    [
        ("tax", "vat_registered", True, "Yes"),
        ("tax", "vat_registered", "no", "No"),
        ("legal-status", "legal_status", "sole_trader", "Sole trader"),
        ("address", "address", ADDRESS, "1 High Street\nBangor\nLL57 1AA\nWales"),
        ("turnover", "turnover", "640000", "£640,000"),
        ("turnover", "turnover", "640000.5", "£640,000.50"),
        ("contact", "telephone", "+441632960123", "01632 960123"),
        ("company", "registered_on", "2015-03-27", "27 March 2015"),
        ("names", "trading_names", ["One", "Two"], "One\nTwo"),
        ("workers", "worker_numbers_now", 0, "0"),
        ("names", "legal_name", "", ""),
        ("names", "legal_name", None, ""),
    ],
)  # fmt: skip
def test_an_answer_is_said_as_people_read_it(page: str, key: str, value: Any, said: str) -> None:
    assert words(page, key, value) == said


@pytest.mark.parametrize(
    ("page", "key", "value", "said"),
    [
        ("company", "registered_on", ["27", "", "2015"], "27\n2015"),
        ("turnover", "turnover", "much", "much"),
        ("contact", "telephone", "+44 nobody", "+44 nobody"),
        ("address", "address", {"town": "Bangor"}, "Bangor"),
    ],
)
def test_what_is_not_yet_right_is_shown_as_it_was_typed(page: str, key: str, value: Any, said: str) -> None:
    assert words(page, key, value) == said


def test_choices_are_said_in_the_language_of_the_reader() -> None:
    with translation.override("cy"):
        assert words("legal-status", "legal_status", "sole_trader") == "Unig fasnachwr"


def test_a_thing_of_a_list_is_called_by_its_first_answer() -> None:
    directors = PACK.form.page("directors")

    assert (
        NOTHING.title_of(directors, PageAnswers("directors", "a", {"full_name": "Gethin Parry"}, True))
        == "Gethin Parry"
    )
    assert NOTHING.title_of(directors, PageAnswers("directors", "a", {}, False)) == ""
