"""Two schemes in force at once: whoever applies says under which, and the register says which it was."""

import pytest
from django.test import Client

from licensing.applications.models import Application
from registry import schemes
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

SCHEMES = ("gla-food", "construction")


def test_both_are_explained_and_neither_is_chosen_beforehand() -> None:
    door = Client().get("/apply/").content.decode()
    page = signed_in(person("applicant")).get("/apply/start/").content.decode()

    for name in SCHEMES:
        title = str(schemes.get(name, schemes.versions(name)[-1]).title)
        assert title in door
        assert title in page
        assert f'value="{name}"' in page
    assert "checked" not in page


def test_whoever_chooses_none_is_told_and_keeps_what_was_typed() -> None:
    page = signed_in(person("applicant")).post(
        "/apply/start/", {"whose": "own", "organisation": "new", "legal_name": "Newydd Ltd"}
    )

    assert page.status_code == 422
    assert "What are you applying for?" in page.content.decode()
    assert 'value="Newydd Ltd"' in page.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_tasks_are_those_of_the_scheme_that_was_chosen(scheme: str) -> None:
    employer = signed_in(person("applicant"))

    employer.post(
        "/apply/start/", {"scheme": scheme, "whose": "own", "organisation": "new", "legal_name": "Newydd Ltd"}
    )

    application = Application.objects.get()
    tasks = employer.get(f"/apply/{application.reference}/check-answers/").content.decode()
    assert application.scheme == scheme
    assert ("How do you know that the workers are trained?" in tasks) is (scheme == "construction")
