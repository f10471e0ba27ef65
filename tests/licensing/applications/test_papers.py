"""Applicants who write on paper: the same pages and checks, marked as typed in, decided by another, answered by post."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from licensing.application_form import queries as application_form_queries
from licensing.applications.actions import applications, papers
from licensing.applications.models import Application, Paper
from licensing.decisions.models.decisions import Decision
from registry import schemes
from registry.errors import Refused
from registry.letters import actions as post
from registry.letters.models import Letter
from registry.organisations.models import Organisation
from registry.outbox import queries as outbox
from registry.outbox.models import OutboxItem
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY, a_grant_proposed, a_licence, an_application_checked, decided
from tests.people import person, signed_in
from tests.stories import SCHEME, a_paper_application, a_paper_application_submitted

pytestmark = pytest.mark.django_db


def codes(refused: Any) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def entering(**given: Any) -> dict[str, Any]:
    usual = {"legal_name": "Cae Pella Labour", "scheme": SCHEME, "received_on": TODAY, "file_reference": "Paper 17"}
    return {**usual, "by": person("case_officer"), "at": NOW, **given}


class TestTypingIn:
    def test_opens_a_file_for_which_nobody_acts(self) -> None:
        application = a_paper_application()

        assert not application.organisation.memberships.exists()
        assert application.organisation.email == ""
        assert (application.paper.received_on, application.paper.file_reference) == (TODAY, "Paper 2026/17")
        assert Event.objects.get(verb="enter").by == application.paper.entered_by.reference

    def test_is_for_officers_alone(self) -> None:
        for role in ("applicant", "decision_maker", "manager"):
            with pytest.raises(Exception, match="enter_paper_application"):
                papers.enter(None, **entering(by=person(role)))

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"received_on": TODAY + timedelta(days=1)}, "not_received"),
            ({"file_reference": " "}, "no_file_reference"),
            ({"legal_name": ""}, "no_name"),
            ({"scheme": "unheard-of"}, "no_such_scheme"),
        ],
    )
    def test_says_every_reason_against_it(self, given: dict[str, Any], code: str) -> None:
        with pytest.raises(Refused) as refused:
            papers.enter(None, **entering(**given))

        assert codes(refused) == [code]

    def test_holds_an_organisation_that_has_a_licence_to_the_same_rules(self) -> None:
        held = a_licence()

        with pytest.raises(Refused) as refused:
            papers.enter(held.organisation, **entering())

        assert codes(refused) == ["licensed_already"]

    def test_meets_the_same_checks_but_needs_no_mailbox(self) -> None:
        application = a_paper_application()
        with pytest.raises(Refused) as refused:
            applications.submit(application, by=application.paper.entered_by, at=NOW)
        assert "page_not_started" in codes(refused)

        handed_in = a_paper_application_submitted(application)

        assert (handed_in.status, handed_in.organisation.email) == ("submitted", "")

    def test_online_a_mailbox_is_asked_for_as_before(self) -> None:
        application = stories.an_application_answered()
        contact = application.answers.get(page="contact")
        data = {key: value for key, value in contact.data.items() if key != "email"}
        by = stories.holder_of(application.organisation)
        applications.save_page(application, page="contact", data=data, is_complete=True, by=by, at=NOW)

        with pytest.raises(Refused) as refused:
            applications.submit(application, by=by, at=NOW)

        assert "contact" in {reason.where for reason in refused.value.reasons}

    def test_lets_another_officer_go_on_and_no_applicant_in(self) -> None:
        application = a_paper_application()

        assert Application.objects.filled_in_by(person("case_officer")).get() == application
        assert not Application.objects.filled_in_by(person("applicant")).exists()
        assert not Application.objects.filled_in_by(person("decision_maker")).exists()

    def test_ends_with_handing_in(self) -> None:
        handed_in = a_paper_application_submitted()

        with pytest.raises(Application.DoesNotExist):
            applications.withdraw(handed_in, because="", by=handed_in.paper.entered_by, at=NOW)

    def test_gives_officers_no_draft_of_anybody_else(self) -> None:
        stories.an_application_answered()

        assert not Application.objects.filled_in_by(person("case_officer")).exists()


class TestDeciding:
    def proposed(self) -> Decision:
        paid = stories.an_application_paid(a_paper_application_submitted(a_paper_application(by=self.typist)))
        return a_grant_proposed(an_application_checked(stories.an_application_being_assessed(paid)))

    @pytest.fixture(autouse=True)
    def two_hats(self) -> None:
        self.typist = person("case_officer", "decision_maker")

    def test_refuses_whoever_typed_it_in(self) -> None:
        with pytest.raises(Refused) as refused:
            decided(self.proposed(), by=self.typist, at=NOW)

        assert codes(refused) == ["typed_in"]

    def test_refuses_them_by_sql_too(self) -> None:
        decision = self.proposed()

        with pytest.raises(IntegrityError, match="did not type"), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(status="decided", decided_by=self.typist, decided_at=NOW)

    def test_is_for_somebody_else(self) -> None:
        assert decided(self.proposed(), by=person("decision_maker"), at=NOW).status == "decided"


class TestThePages:
    def test_begin_it_and_lead_to_the_pages_of_everybody(self) -> None:
        client = signed_in(person("case_officer"))
        given = {
            "scheme": SCHEME,
            "legal_name": "Cae Pella Labour",
            "language": "cy",
            "received_on_day": "30",
            "received_on_month": "10",
            "received_on_year": "2026",
            "file_reference": "Paper 17",
        }

        answer = client.post(reverse("enter_paper_application"), given, follow=True)

        application = Application.objects.get()
        assert application.organisation.language == "cy"
        assert application.paper.received_on == date(2026, 10, 30)
        assert answer.redirect_chain[-1][0] == reverse("application_tasks", args=(application.reference,))
        tasks = client.get(answer.redirect_chain[-1][0]).content.decode()
        assert "Application on paper" in tasks
        assert f'href="{reverse("enter_paper_application")}"' in tasks, (
            "back to where officers type, not to a holder's home"
        )
        page = reverse("question_page", args=(application.reference, "legal-status"))
        assert f"{application.organisation}, {application.reference}" in client.get(page).content.decode()
        assert client.post(page, {"legal_status": "sole_trader"}).status_code == 302
        assert application.answers.get().saved_by == application.paper.entered_by

    def test_keep_what_was_typed_when_the_reference_is_of_nobody(self) -> None:
        client = signed_in(person("case_officer"))

        answer = client.post(
            reverse("enter_paper_application"), {"organisation": "O-0000-0000", "file_reference": "Paper 17"}
        )

        assert answer.status_code == 422
        assert "Paper 17" in answer.content.decode()
        assert not Paper.objects.exists()

    def test_of_the_case_say_that_it_came_on_paper(self) -> None:
        handed_in = a_paper_application_submitted()

        page = signed_in(person("case_officer")).get(reverse("application", args=(handed_in.reference,)))

        assert "kept as Paper 2026/17" in page.content.decode()

    def test_are_not_for_applicants(self) -> None:
        assert signed_in(person("applicant")).get(reverse("enter_paper_application")).status_code == 403
        application = a_paper_application()
        stranger = signed_in(person("applicant"))
        assert stranger.get(reverse("application_tasks", args=(application.reference,))).status_code == 404


class TestLettersByPost:
    def test_wait_on_a_list_until_somebody_says_that_they_are_posted(self) -> None:
        handed_in = a_paper_application_submitted()
        letter = Letter.objects.get(reference=handed_in.reference)
        officer = person("case_officer")
        client = signed_in(officer)

        said = client.get(reverse("letters_to_post")).content.decode()
        assert letter.number in said
        assert handed_in.organisation.address["postcode"] in said
        assert client.post(reverse("letters_to_post"), {}).status_code == 422
        client.post(reverse("letters_to_post"), {"letters": [letter.number]})

        letter.refresh_from_db()
        assert letter.posted_at == NOW
        assert Event.objects.get(verb="post").facts == {"letter": letter.number}
        assert "There is nothing to post" in client.get(reverse("letters_to_post")).content.decode()

    def test_are_handed_to_no_mail_server(self) -> None:
        a_paper_application_submitted()

        assert not OutboxItem.objects.due(NOW + timedelta(days=1)).filter(letter__address="").exists()

    def test_are_marked_once(self) -> None:
        letter = Letter.objects.get(reference=a_paper_application_submitted().reference)
        by, later = person("case_officer"), NOW + timedelta(days=1)
        assert list(outbox.undelivered({}, by=person("case_officer"), at=later).found()) == [letter.outbox]

        assert post.mark_posted([letter.number], by=by, at=NOW) == [letter]
        assert post.mark_posted([letter.number], by=by, at=later) == []
        assert list(outbox.undelivered({}, by=person("case_officer"), at=later).found()) == [], (
            "nobody looks for an address to which it was posted"
        )

    def test_are_printed_all_at_once(self) -> None:
        a_paper_application_submitted()

        answer = signed_in(person("case_officer")).get(reverse("letters_to_print"))

        assert answer.headers["Content-Type"] == "application/pdf"
        with pikepdf.open(BytesIO(answer.content)) as paper:
            assert len(paper.pages) >= 1

    def test_to_who_has_a_mailbox_are_not_on_the_list(self) -> None:
        stories.an_application_submitted()

        assert not Letter.objects.to_post().exists()
        assert Organisation.objects.exclude(email="").exists()


class TestTheFormToPrint:
    def test_is_offered_where_one_applies(self) -> None:
        said = Client().get(reverse("apply")).content.decode()

        assert reverse("paper_form", args=(SCHEME, "2026-04-07")) in said

    @pytest.mark.once
    @pytest.mark.parametrize("language", ["en-gb", "cy"])
    @pytest.mark.parametrize("name", schemes.names())
    def test_says_every_page_and_question_with_its_condition(self, name: str, language: str) -> None:
        for version in schemes.versions(name):
            scheme = schemes.get(name, version)
            with translation.override(language):
                form = application_form_queries.paper_form(scheme)
            pages = [page for section in form.sections for page in section.pages]
            assert len(pages) == len(scheme.form.pages)
            for asked, page in zip(scheme.form.pages, pages, strict=True):
                assert bool(asked.show_when) <= bool(page.notes)
                drawn = schemes.drawn_as_one(asked.asked)
                for (question, *others), printed in zip(drawn, page.questions, strict=True):
                    assert printed.label
                    assert not others or len(printed.boxes) == len(others) + 2
                    assert bool(question.show_when) == bool(printed.when)
                    assert bool(printed.boxes) != bool(printed.lines)
                    assert "('" not in printed.when

    def test_names_the_nations_in_which_a_question_is_asked(self) -> None:
        form = application_form_queries.paper_form(schemes.get("construction", date(2026, 10, 1)))

        (when,) = [
            question.when
            for section in form.sections
            for page in section.pages
            for question in page.questions
            if question.label == "Unique taxpayer reference (UTR)"
        ]
        assert when == "Only if the organisation’s address is in England or Wales or Scotland or Northern Ireland."

    @pytest.mark.once
    def test_is_a_document_in_the_language_of_the_page(self) -> None:
        address = reverse("paper_form", args=(SCHEME, "2026-04-07"))

        answer = Client().get(f"/cy{address}")

        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].endswith('-2026-04-07-cy.pdf"')
        with pikepdf.open(BytesIO(answer.content)) as form:
            assert str(form.Root.Lang) == "cy"
            assert len(form.pages) > 10

    @pytest.mark.parametrize("version", ["2026-11-17", "never"])
    def test_of_no_version_is_not_found(self, version: str) -> None:
        assert Client().get(reverse("paper_form", args=(SCHEME, version))).status_code == 404
