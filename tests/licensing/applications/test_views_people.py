"""A person is named once: who is in the form already is chosen, and nothing is asked of them that is answered there."""

import pytest
from django.test import Client
from django.utils import timezone

from config.demo.answered import answer_all
from licensing.application_form.rules import effort
from licensing.application_form.rules.people import SAME
from licensing.applications.actions import applications as actions
from licensing.applications.models import Answer, Application
from licensing.applications.queries.applications import form_of
from licensing.people_named.queries import named_people
from registry import schemes
from registry.errors import Refused
from tests.conftest import NOW
from tests.people import signed_in
from tests.stories import an_application, holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = timezone.localdate(NOW)
PA = "principal-authority"


@pytest.fixture
def application() -> Application:
    """All about the principal authority is answered, and nobody is named as a director yet."""
    application = an_application()
    scheme = schemes.in_force(application.scheme, TODAY)
    items = [one for one in effort.ordinary_company(scheme).items if one.page != "directors"]
    answer_all(application, items, by=holder_of(application.organisation), at=NOW)
    return application


@pytest.fixture
def client(application: Application) -> Client:
    return signed_in(holder_of(application.organisation))


def chosen(client: Client, application: Application, person: str) -> str:
    """Where the choice leads, from the button of the list of directors."""
    asked = client.get(f"/apply/{application.reference}/directors/add/?by=steps").headers["Location"]
    return str(client.post(asked, {"person": person}).headers["Location"])


def test_who_answers_for_a_company_becomes_its_director_by_one_choice(client: Client, application: Application) -> None:
    assert chosen(client, application, PA) == f"/apply/{application.reference}/steps/directors/"

    filled = form_of(application, today=TODAY)
    page = filled.scheme.form.page("directors")
    (director,) = filled.on(page)
    assert filled.is_complete(page, director)
    assert director.data["nino"] == filled.person("principal_authority")["nino"]
    assert "nino" not in Answer.objects.get(application=application, page="directors").data
    said = client.get(f"/apply/{application.reference}/check-answers/?all=yes").content.decode()
    assert "What is answered there counts here." in said


def test_what_is_changed_about_a_person_is_changed_wherever_they_are_named(
    client: Client, application: Application
) -> None:
    chosen(client, application, PA)
    holder = holder_of(application.organisation)
    actions.save_page(
        application, page=PA, data={"full_name": "Ana Novak"}, keys={"full_name"}, is_complete=True, by=holder, at=NOW
    )

    filled = form_of(application, today=TODAY)
    (director,) = filled.on(filled.scheme.form.page("directors"))
    assert director.data["full_name"] == "Ana Novak"


def test_nobody_is_on_one_list_twice_and_somebody_else_is_asked_everything(
    client: Client, application: Application
) -> None:
    chosen(client, application, PA)

    asked = client.get(f"/apply/{application.reference}/directors/add/", follow=True).content.decode()
    assert f'value="{PA}"' not in asked
    with pytest.raises(Refused) as refused:
        actions.add_person(
            application, page="directors", item="twice", person=PA, by=holder_of(application.organisation), at=NOW
        )
    assert [one.code for one in refused.value.reasons] == ["not_offered"]


def test_somebody_else_has_a_page_of_their_own(client: Client, application: Application) -> None:
    first = client.get(chosen(client, application, "other"), follow=True)

    assert 'name="full_name"' in first.content.decode()
    assert not Answer.objects.filter(application=application, page="directors").exists()


def test_an_address_that_is_too_long_to_be_kept_leads_nowhere(client: Client, application: Application) -> None:
    address = f"/apply/{application.reference}/directors/{'x' * 40}/who/"

    assert client.post(address, {"person": PA}).status_code == 404
    assert not Answer.objects.filter(application=application, page="directors").exists()


def test_no_choice_is_an_error_that_says_what_to_do(client: Client, application: Application) -> None:
    asked = client.get(f"/apply/{application.reference}/directors/add/").headers["Location"]

    wrong = client.post(asked, {})

    assert wrong.status_code == 422
    assert "Choose a person, or" in wrong.content.decode()


def test_who_is_taken_off_the_form_leaves_the_questions_about_them_to_be_asked(
    client: Client, application: Application
) -> None:
    """A director named first, who is a named individual too, and is then removed."""
    holder = holder_of(application.organisation)
    scheme = form_of(application, today=TODAY).scheme
    given = next(one for one in effort.ordinary_company(scheme).items if one.page == "directors" and not one.taken)
    actions.save_page(
        application, page="directors", item="first", data=dict(given.data), is_complete=True, by=holder, at=NOW
    )
    actions.add_person(application, page="named-individuals", item="same", person="directors/first", by=holder, at=NOW)
    actions.remove_item(application, page="directors", item="first", opened=None, by=holder, at=NOW)

    filled = form_of(application, today=TODAY)
    page = filled.scheme.form.page("named-individuals")
    assert not filled.is_complete(page, filled.on(page)[0])
    assert filled.on(page)[0].data == {SAME: "directors/first"}


def test_a_person_is_named_once_among_those_who_answer_for_themselves(client: Client, application: Application) -> None:
    chosen(client, application, PA)

    named = named_people(application, form_of(application, today=TODAY))
    assert [one.page.slug for one in named].count("directors") == 0
