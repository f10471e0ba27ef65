"""The form in small steps: what comes next, what arises, the way back, and what is kept of what is not asked."""

from datetime import timedelta

import pytest
from django.test import Client

from licensing.applications.models import Answer, Application
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.stories import somebody_acting
from tests.stories import an_application, an_application_answered, holder_of
from tests.ticks import ticked

pytestmark = [pytest.mark.django_db, pytest.mark.once]

VAT = {"vat_number": "980780684", "vat_since_day": "6", "vat_since_month": "4", "vat_since_year": "2020"}


def applicant_of(application: Application) -> Client:
    return signed_in(holder_of(application.organisation))


def address(application: Application, *where: str, then: str = "") -> str:
    return f"/apply/{application.reference}/steps/{'/'.join(where)}/" + (f"?then={then}" if then else "")


def kept(application: Application, page: str, item: str = "") -> Answer:
    return Answer.objects.get(application=application, page=page, item=item)


def test_a_page_is_gone_through_step_by_step_and_what_is_not_asked_is_never_shown() -> None:
    application = an_application()
    client = applicant_of(application)

    first = client.get(address(application, "tax")).headers["Location"]
    assert first == address(application, "tax", "vat_registered")  # without an address there is no UTR to give
    said_yes = client.post(first, {"vat_registered": "yes"}).headers["Location"]
    assert said_yes == address(application, "tax", "vat")
    said_no = client.post(first, {"vat_registered": "no"}).headers["Location"]
    assert said_no == address(application, "tax", "paye_registered")
    assert client.get(said_yes).headers["Location"] == address(application, "tax")
    last = client.post(said_no, {"paye_registered": "no"}).headers["Location"]

    assert last == address(application, "contact")
    assert kept(application, "tax").is_complete


def test_a_tick_in_a_list_opens_its_details_on_the_next_page() -> None:
    application = an_application()
    client = applicant_of(application)
    matters = address(application, "principal-authority-declarations", "own_matters")

    nothing = client.post(matters, {})
    details = client.post(matters, ticked("own_matters", "own_convictions")).headers["Location"]

    assert nothing.status_code == 422 and "Tick all that apply, or “None of these”" in nothing.content.decode()
    assert details == address(application, "principal-authority-declarations", "own_convictions_details")
    told = kept(application, "principal-authority-declarations").data
    assert (told["own_convictions"], told["own_trial"]) == (True, False)


def test_an_answer_that_does_not_apply_any_more_stays_stored_and_counts_for_nothing() -> None:
    application = an_application_answered()
    client = applicant_of(application)
    registered, number = address(application, "tax", "vat_registered"), address(application, "tax", "vat")
    client.post(registered, {"vat_registered": "yes"})
    client.post(number, VAT)
    client.post(registered, {"vat_registered": "no"})

    assert kept(application, "tax").data["vat_number"] == "980780684"
    assert "980780684" not in client.get(f"/apply/{application.reference}/check-answers/?all=yes").content.decode()
    client.post(registered, {"vat_registered": "yes"})
    assert 'value="980780684"' in client.get(number).content.decode()


def test_the_whole_page_asks_what_newly_arises_once_it_is_saved() -> None:
    application = an_application()
    client = applicant_of(application)
    whole = f"/apply/{application.reference}/tax/"
    words = client.get(whole).content.decode()
    assert "vat_number" not in words and "Only if" not in words

    answer = client.post(
        whole, {"vat_registered": "yes", "paye_registered": "no", "seen": "vat_registered paye_registered"}
    )

    assert answer.headers["Location"] == f"{whole}#id_vat_number"
    assert "vat_number" in client.get(whole).content.decode()


def test_a_change_from_the_check_asks_only_what_arises_and_leads_back() -> None:
    application = an_application_answered()
    client = applicant_of(application)
    check = "check-answers"

    plain = client.post(address(application, "names", "names", then=check), {"legal_name": "Another Ltd"})
    assert plain.headers["Location"] == f"/apply/{application.reference}/{check}/"
    arisen = client.post(address(application, "transport", "transport", then=check), {"transport": "yes"})
    assert arisen.headers["Location"].startswith(address(application, "transport", "vehicles", then=check))
    typed = {"transport_vehicles": "1", "transport_deducted": "no", "transport_choose": "yes"}
    further = client.post(arisen.headers["Location"], typed)

    assert further.headers["Location"].startswith(address(application, "vehicles") + "?then=check-answers")


def test_back_leads_to_the_step_before_also_on_the_page_before() -> None:
    application = an_application_answered()
    client = applicant_of(application)

    def back(*where: str) -> str:
        return client.get(address(application, *where)).content.decode()

    assert f'href="{address(application, "tax", "utr")}" class="govuk-back-link"' in back("tax", "vat_registered")
    assert f'href="{address(application, "company", "registration")}"' in back("tax", "utr")
    assert f'href="/apply/{application.reference}/" class="govuk-back-link"' in back("legal-status", "legal_status")
    assert f'href="{address(application, "directors")}" class="govuk-back-link"' in back("directors", "item-1", "name")


def test_a_step_says_how_far_one_is_and_asks_one_question_as_its_heading() -> None:
    application = an_application_answered()

    words = " ".join(
        applicant_of(application).get(address(application, "tax", "vat_registered")).content.decode().split()
    )

    assert "Section 1 of 8" in words and 'aria-label="Question 8 of about 17"' in words
    assert '<h1 class="govuk-fieldset__heading">Is the organisation registered for VAT? </h1>' in words
    assert words.count("<h1") == 1


def test_what_is_wrong_with_a_step_is_said_and_kept_as_it_was_typed() -> None:
    application = an_application()
    client = applicant_of(application)
    where = address(application, "contact", "contact")

    page = client.post(where, {"telephone": "12", "email": "nobody"})

    assert page.status_code == 422 and 'value="nobody"' in page.content.decode()
    client.post(where, {"telephone": "12", "email": "nobody", "later": "1"})
    assert not kept(application, "contact").is_complete
    assert client.get(address(application, "contact")).headers["Location"] == where


def test_a_thing_of_a_list_is_added_in_steps_and_once() -> None:
    application = an_application_answered()
    client = applicant_of(application)

    who = client.get(f"/apply/{application.reference}/directors/add/?by=steps").headers["Location"]
    fresh = client.post(who, {"person": "other"}).headers["Location"]
    step = client.get(fresh).headers["Location"]
    for _twice in range(2):
        following = client.post(step, {"full_name": "Mair Parry"}).headers["Location"]

    assert following == fresh + "birth/"
    assert application.answers.filter(page="directors").count() == 2


def test_two_who_answer_different_steps_of_a_page_do_not_get_in_each_others_way() -> None:
    application = an_application()
    nia = somebody_acting(application.organisation, "representative", user=person("applicant", name="Nia"))
    mine, theirs = applicant_of(application), signed_in(nia)
    first, second = address(application, "tax", "vat_registered"), address(application, "tax", "paye_registered")
    theirs.post(second, {"paye_registered": "no", "opened": "0"})

    assert mine.post(first, {"vat_registered": "no", "opened": "0"}).status_code == 302
    assert kept(application, "tax").data == {"paye_registered": False, "vat_registered": False}
    theirs.post(second, {"paye_registered": "yes", "opened": str(kept(application, "tax").version)})
    both = mine.post(second, {"paye_registered": "no", "opened": "0"})
    assert both.status_code == 422 and "Saved by Nia" in both.content.decode()


def test_a_complete_page_leads_to_its_answers_and_a_step_that_no_pack_knows_is_not_found() -> None:
    application = an_application_answered()
    client = applicant_of(application)

    complete = client.get(address(application, "names")).headers["Location"]

    assert complete == f"/apply/{application.reference}/check-answers/?section=A#check-answers-names"
    assert client.get(address(application, "names", "nothing")).status_code == 404
    assert client.get(address(application, "names", "one", "names")).status_code == 404


def test_a_refusal_of_the_whole_leads_to_the_step_that_puts_it_in_order() -> None:
    application = an_application_answered()
    client = applicant_of(application)
    tax = kept(application, "tax")
    application.answers.filter(page="tax").update(data={k: v for k, v in tax.data.items() if k != "paye_registered"})

    words = client.post(f"/apply/{application.reference}/submit/").content.decode()

    link = address(application, "tax", then="check-answers")
    assert f'href="{link}"' in words
    assert client.get(link).headers["Location"] == address(application, "tax", "paye_registered", then="check-answers")


def test_what_is_signed_is_on_one_page_with_a_link_to_the_standards_that_were_read() -> None:
    application = an_application_answered()

    words = applicant_of(application).get(address(application, "declaration", "signing")).content.decode()

    assert 'name="declaration"' in words and 'name="signature"' in words
    assert 'href="/standards/gla-food/"' in words


def test_a_refusal_of_what_is_complete_leads_to_where_it_is_signed_again(set_clock: SetClock) -> None:
    application = an_application_answered()
    set_clock(NOW + timedelta(minutes=5))
    client = applicant_of(application)
    client.post(address(application, "names", "names"), {"legal_name": "Another Ltd"})
    refused = client.post(f"/apply/{application.reference}/submit/")
    (problem,) = refused.context["problems"]

    assert "sign it again" in str(problem["text"])
    signing = client.get(problem["href"]).headers["Location"]
    assert signing == address(application, "declaration", "signing", then="check-answers")
