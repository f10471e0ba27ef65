"""Two officers override what an authority answered; the authority learns of it, reads why, and says a word."""

import pytest
from django.urls import reverse

from licensing.checks.models import Check
from licensing.overrides.models import ReplyOverride
from registry.letters.models import Letter
from registry.tasks.models import Task
from tests.licensing.checks.agencies import EVIDENCE, a_check_put, a_partner, an_agency, answered
from tests.licensing.overrides.world import WHY
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def test_an_authority_is_told_that_its_reply_was_overridden() -> None:
    agency = an_agency()
    partner = a_partner(agency)
    reply = answered(a_check_put(agency), by=partner)
    owen, fatima = signed_in(person("case_officer")), signed_in(person("case_officer"))

    # Owen proposes it on the page of the check.
    page = owen.get(reverse("staff_check", args=[reply.asked.reference])).content.decode()
    propose = reverse("override_reply", args=[reply.asked.reference])
    assert f'href="{propose}"' in page
    version = owen.get(propose).context["form"].page_version
    given = {"version": version, "result": "nil", "because": WHY, "evidence": "Certificate of the court of 3 October."}
    sent = owen.post(propose, given)
    override = ReplyOverride.objects.get()
    assert sent.headers["Location"] == reverse("staff_override", args=[override.reference])

    # Fatima finds it among her tasks, reads the letter first, and agrees.
    task = Task.objects.open().get(kind="replyoverride.agree")
    assert task.address in fatima.get(reverse("home"), follow=True).content.decode()
    agree = reverse("agree_override", args=[override.reference])
    assert agree in fatima.get(task.address).content.decode()
    assert WHY in fatima.get(agree).content.decode()
    read_first = fatima.post(agree, {"preview": "1"})
    assert "answer the check again" in read_first.context["letters"][0].words
    assert not Letter.objects.filter(template__contains="reply_overridden").exists()
    assert fatima.post(agree, {"version": read_first.context["form"].page_version}).status_code == 302
    assert Check.objects.get(pk=reply.asked_id).result == "nil"

    # The authority has a letter and a task, and sees both what it said and what we decided.
    letter = Letter.objects.get(template__contains="reply_overridden")
    assert (letter.agency, letter.address) == (agency, "in@tax.example")
    joanne = signed_in(partner)
    task = Task.objects.open().get(kind="replyoverride.read")
    assert task.agency == agency
    assert task.address in joanne.get(reverse("home"), follow=True).content.decode()
    own = joanne.get(reverse("partner_check", args=[reply.asked.reference])).content.decode()
    assert EVIDENCE.split(" (")[0] in own
    assert "Given here by the authority itself" in own
    assert "decided “Nil return”" in own
    assert WHY in own
    assert task.address in own
    stranger = signed_in(a_partner(an_agency("Police", codes=["police"])))
    assert stranger.get(task.address).status_code == 404
    assert stranger.post(task.address).status_code == 404

    # She says that she has read it, with a word.
    form = joanne.get(task.address)
    assert WHY in form.content.decode()
    sent = joanne.post(
        task.address, {"version": form.context["form"].page_version, "answer": "We disagree: file TX/9."}
    )
    assert sent.status_code == 302
    assert not Task.objects.open().filter(kind="replyoverride.read").exists()
    page = owen.get(reverse("staff_check", args=[reply.asked.reference])).content.decode()
    assert "We disagree: file TX/9." in page
    assert f"Read for the authority by {partner}" in page
