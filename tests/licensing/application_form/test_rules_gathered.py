"""What is asked about everyone named is asked of each alone: the whole follows from it, for the authority and no one else."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from licensing.application_form import queries as form_queries
from licensing.application_form.rules import gathered, steps
from licensing.application_form.rules.facts import PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.cases.queries import answered
from licensing.people_named import actions as parts
from registry import schemes
from registry.organisations.models import Fact
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_renewal_begun
from tests.people import signed_in
from tests.stories import a_part_answered, a_part_sent, director_of, holder_of

pytestmark = pytest.mark.django_db

PACK = schemes.get("gla-food", date(2026, 4, 7))
CONVICTIONS = PACK.form.question("convictions")
DIRECTOR = "directors/item-1"


def a_form(*, principal: object = None, director: object = None) -> ApplicationForm:
    own = "own_convictions"
    items = [
        PageAnswers("legal-status", "", {"legal_status": "company"}, True),
        PageAnswers("principal-authority", "", {"full_name": "Angharad Rees"}, True),
        PageAnswers("principal-authority-declarations", "", {own: principal}, True),
        PageAnswers("directors", "item-1", {"full_name": "Gethin Parry", own: director}, True),
    ]
    return ApplicationForm.of(PACK, items)


@pytest.mark.parametrize(
    ("principal", "director", "whole"),
    [(False, False, False), (False, True, True), ("yes", None, True), (False, None, None), (None, None, None)],
)
def test_one_yes_is_a_yes_of_the_whole_and_no_needs_everyone(
    principal: object, director: object, whole: object
) -> None:
    filled = a_form(principal=principal, director=director)

    assert gathered.follows(filled, CONVICTIONS) is whole
    assert gathered.facts_of_all(filled).get("convictions") is whole


def test_a_director_who_is_the_principal_authority_is_asked_once() -> None:
    filled = a_form(principal=True)
    same = PageAnswers("directors", "item-2", {"same_person": "principal-authority"}, True)
    filled = ApplicationForm.of(PACK, [*filled.items[:3], same])

    assert [one.person.place for one in gathered.own_answers(filled, CONVICTIONS)] == ["principal-authority"]


@pytest.mark.parametrize("name", schemes.names())
def test_nothing_that_follows_is_asked_of_the_whole_on_a_page_or_on_paper_and_each_is_asked_it_there(name: str) -> None:
    scheme = schemes.get(name, schemes.versions(name)[-1])
    left = {question.key: question for page in scheme.form.pages for question in page.from_each}
    assert {"convictions", "bankruptcy", "disqualified", "restraint_orders", "held_before"} <= left.keys()
    asked = {
        q.key
        for page in scheme.form.pages
        for step in steps.steps(ApplicationForm.of(scheme, ()), page)
        for q in step.questions
    }
    assert not asked & left.keys()
    with translation.override("en"):
        paper = form_queries.paper_form(scheme)
    printed = [[one.label for one in page.questions] for section in paper.sections for page in section.pages]
    labels = {
        str(one.tick or one.label) for question in left.values() for one in _asked_of_each(scheme, question.from_each)
    }
    for page, labels_printed in zip(scheme.form.pages, printed, strict=True):
        assert len(labels_printed) == len(schemes.drawn_as_one(page.asked))
    boxes = {box for section in paper.sections for page in section.pages for one in page.questions for box in one.boxes}
    assert labels <= {label for page in printed for label in page} | boxes


def _asked_of_each(scheme: schemes.Scheme, keys: tuple[str, ...]) -> list[schemes.FormQuestion]:
    return [one for page in scheme.form.pages if page.is_about_people for one in page.questions if one.key in keys]


def a_draft_with(answer: str) -> Application:
    """The director answers for themselves, by a link that only they can open."""
    sent = a_part_sent(stories.an_application_answered())
    details = ["3 May 2025: theft, Lincoln Crown Court"]
    return a_part_answered(sent.part, own_convictions=answer, own_convictions_details=details).application


def read_by_applicant(application: Application) -> str:
    client = signed_in(holder_of(application.organisation))
    pages = [
        reverse("check_answers", args=(application.reference,)) + "?all",
        reverse("application_tasks", args=(application.reference,)),
        reverse("step_page", args=(application.reference, "convictions")),
    ]
    text = "".join(client.get(page, follow=True).content.decode() for page in pages)
    return re.sub(r'(nonce|value|href|action)="[^"]*"', "", text)


def test_whoever_applies_reads_the_same_whatever_was_answered() -> None:
    application = a_draft_with("yes")
    yes = read_by_applicant(application)
    answer = director_of(application)
    answer.data["own_convictions"] = "no"
    answer.save()

    assert "Everyone named answers this in their own part" in yes
    assert yes == read_by_applicant(application)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_what_a_person_has_still_to_type_is_no_work_of_whoever_applies(answer: str) -> None:
    part = a_part_sent(stories.an_application_answered()).part
    data = {"full_name": "Gethin Parry", "own_convictions": answer}
    parts.answer(part, page="directors", data=data, is_complete=False, by=None, at=NOW)
    client, reference = signed_in(holder_of(part.application.organisation)), part.application.reference

    tasks = client.get(reverse("application_tasks", args=(reference,)))

    assert (tasks.context["left"], tasks.context["minutes"]) == (1, 0)


def test_whoever_renews_does_not_read_whether_a_person_answered_otherwise_than_last_time() -> None:
    renewal = a_renewal_begun()
    part = a_part_sent(renewal, at=renewal.started_at).part
    a_part_answered(part, at=renewal.started_at, own_convictions="yes", own_convictions_details=["3 May 2026: theft"])

    page = signed_in(holder_of(renewal.organisation)).get(reverse("check_answers", args=(renewal.reference,)))

    pages = {page["slug"]: page for section in page.context["sections"] for page in section["pages"]}
    assert [(item["is_own"], item["is_changed"]) for item in pages["directors"]["items"]] == [(True, False)]


def rows_of(application: Application) -> dict[str, str]:
    pages = answered.answered_pages(application, on=NOW.date())
    return {str(row.key): str(row.value) for page in pages for row in page.rows if page.title.startswith("Convictions")}


class TestHandedIn:
    def test_officers_read_who_said_yes_and_what_and_the_file_keeps_the_fact(self) -> None:
        application = stories.an_application_answered()
        director = director_of(application)
        director.data |= {"own_convictions": True, "own_convictions_details": ["3 May 2025: theft"]}
        director.save()

        applications.submit(application, by=holder_of(application.organisation), at=NOW)

        application.refresh_from_db()
        assert application.facts["convictions"] is True
        assert application.facts["disqualified"] is False
        assert Fact.objects.latest_of(application.organisation)["convictions"] is True
        rows = rows_of(application)
        assert rows[str(CONVICTIONS.label)] == "Yes: Gethin Parry (director)"
        assert rows["Give the details"] == "Gethin Parry (director): 3 May 2025: theft"
        assert (
            rows["Is anyone named in this application waiting for trial?"]
            == "No, as everyone named answered for themselves"
        )

    def test_what_was_answered_for_everyone_at_once_is_still_read(self) -> None:
        application = stories.an_application_submitted()
        kept = application.answers.get(page="convictions")
        kept.data |= {"convictions": True, "convictions_details": "Theft, 2019"}
        kept.save()
        application.facts |= {"convictions": True}

        rows = rows_of(application)

        assert rows[str(CONVICTIONS.label)] == "Yes, as answered for everyone named at once"
        assert rows["Give the details"] == "Theft, 2019"


def test_a_renewal_asks_everyone_anew_and_only_that() -> None:
    renewal = a_renewal_begun()

    director = director_of(renewal).data
    assert not [key for key in director if key.startswith("own_")]
    assert director["full_name"] == "Gethin Parry"
    principal = renewal.answers.get(page="principal-authority-declarations")
    assert principal.data == {}
