"""What an appellant does before the hearing: it sends statements and representations to the tribunal, and copies to us."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.formats import date_format

from licensing.appeals.actions import appellant
from licensing.appeals.models import Appeal
from licensing.duties.queries.duties import pending_for
from licensing.jobs import remind_of_duties
from registry import permissions
from registry.documents.models import Document
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words
from registry.tasks import queries as task_queries
from registry.templatetags.registry_parts import day
from tests.conftest import SetClock
from tests.licensing.appeals.world import DECIDED, listed, replied
from tests.licensing.decisions.test_views import a_day
from tests.licensing.duties.stories import duties_at
from tests.licensing.holding.world import the_holder
from tests.people import person, signed_in
from tests.registry.uploads import pdfs

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = timezone.localdate(DECIDED)


def own(appeal: Appeal, at: datetime = DECIDED) -> dict[str, date | None]:
    assert appeal.decision.licence
    found = duties_at(the_holder(appeal.decision.licence), at=at)
    return {duty.task.kind: duty.due for duty in found if duty.task.kind.startswith("appeal.")}


def test_the_days_before_the_hearing_are_duties_of_the_appellant() -> None:
    appeal = listed()

    assert own(appeal) == {
        "appeal.appellant_statements": appeal.statements_by,
        "appeal.appellant_representations": appeal.representations_by,
        "appeal.hearing": appeal.hearing_on,
    }


def test_a_hearing_is_on_its_day_and_a_time_limit_by_it(set_clock: SetClock) -> None:
    set_clock(DECIDED)
    appeal = listed()
    assert appeal.decision.licence and appeal.hearing_on and appeal.statements_by
    holder = the_holder(appeal.decision.licence)
    page = signed_in(holder).get("/duties/").content.decode()

    assert f"On {day(appeal.hearing_on)}" in page
    assert f"By {day(appeal.hearing_on)}" not in page
    assert f"By {day(appeal.statements_by)}" in page

    reminded_at = DECIDED + (appeal.hearing_on - DECIDED.date()) - timedelta(days=3)
    remind_of_duties(at=reminded_at)
    mail = Letter.objects.filter(template="licensing/letters/duties.html").latest("pk")
    assert f"On {date_format(appeal.hearing_on, 'j F Y')}." in words.text(mail)


def test_the_appellant_says_that_it_has_sent_them_and_the_officer_reads_the_copies(set_clock: SetClock) -> None:
    set_clock(DECIDED)
    appeal = listed()
    assert appeal.decision.licence
    client = signed_in(the_holder(appeal.decision.licence))
    address = f"/licences/appeals/{appeal.decision.reference}/sent/"
    page = client.get(address).content.decode()
    assert "Gangmaster Licensing Appeals" in page and "Manchester, room 4" in page

    file = SimpleUploadedFile("statement.pdf", pdfs.a_pdf())
    typed = {"kind": "statements", **a_day("sent_on", TODAY), "documents": file}
    answer = client.post(address, typed)

    assert answer.headers["Location"] == f"/licences/appeals/{appeal.decision.reference}/"
    assert "appeal.appellant_statements" not in own(appeal)
    document = Document.objects.about(appeal.reference).get()
    assert document.requirement == "statements"
    officer = signed_in(person("case_officer")).get(f"/staff/appeals/{appeal.reference}/").content.decode()
    assert "Sent by the appellant for the hearing" in officer and "statement.pdf" in officer
    assert list(task_queries.faults(DECIDED)) == []


def test_after_the_hearing_the_appellant_waits_for_the_tribunal() -> None:
    appeal = listed()
    assert appeal.decision.licence and appeal.hearing_on
    at = DECIDED + timedelta(days=61)

    assert "appeal.hearing" not in own(appeal, at)
    acting = permissions.acting(the_holder(appeal.decision.licence), on=timezone.localdate(at))
    pending = pending_for(acting, today=timezone.localdate(at))
    assert [one.waits_for for one in pending if one.task.kind == "appeal.deciding"] == ["Waiting for the tribunal"]


def test_nothing_can_be_sent_before_a_hearing_is_fixed_nor_in_the_future_nor_by_others() -> None:
    appeal = replied()
    assert appeal.decision.licence
    holder = the_holder(appeal.decision.licence)

    def refusal(sent_on: date) -> list[str]:
        with pytest.raises(Refused) as refused:
            appellant.submit(appeal, kind="statements", sent_on=sent_on, by=holder, at=DECIDED)
        return [reason.code for reason in refused.value.reasons]

    assert refusal(TODAY) == ["not_listed"]
    assert refusal(TODAY + timedelta(days=1)) == ["not_listed", "in_the_future"]
    with pytest.raises(ObjectDoesNotExist):
        appellant.submit(appeal, kind="statements", sent_on=TODAY, by=person("applicant"), at=DECIDED)
