"""From the decision to whoever follows: the register answers at once, and one run of the worker tells all, by every way."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from config.management.commands.run_due import run_due
from licensing.decisions.actions import proposals
from public_lookup.follows.actions import follows, webhooks
from public_lookup.follows.models.follows import FollowChannel
from registry.letters.models import Letter
from registry.licences.models import Licence
from tests.conftest import NOW, SetClock
from tests.licensing.stories import GROUND, a_licence, decided, notified
from tests.people import person, signed_in
from tests.public_lookup.clients.receivers import Receiver, listening
from tests.stories import a_provider

pytestmark = pytest.mark.django_db

FOLLOWER, NUMBER = "canary-follower@mail.example", "+447700900199"


def test_a_suspension_is_answered_at_once_and_told_by_mail_text_and_webhook_in_one_run(
    settings: Settings, set_clock: SetClock, tmp_path: Path
) -> None:
    settings.TEXT_SENDER = "registry.clients.texts.RecordedSender"
    settings.TEXT_FILE_PATH = tmp_path
    employer = person("applicant")
    licence = a_licence(a_provider("Harvest Hands Ltd", by=employer))
    owner = person("labour_user")
    with listening(Receiver(answer=_gives_back)) as receiver:
        settings.WEBHOOK_STAND_IN = receiver.address
        webhook = webhooks.name(address=receiver.address, by=owner, at=NOW)
        for channel, address in ((FollowChannel.EMAIL, FOLLOWER), (FollowChannel.TEXT, NUMBER)):
            wish = follows.ask(
                listing=licence.listing, address=address, channel=channel, language="en-gb", by=None, at=NOW
            )
            follows.confirm(wish, by=None, at=NOW)
        webhooks.follow(webhook, listing=licence.listing, by=owner, at=NOW)
        run_due(NOW)
        mail.outbox.clear()
        receiver.came.clear()

        later = NOW + timedelta(minutes=1)
        set_clock(later)
        proposed = proposals.propose(
            licence,
            kind="suspend",
            because="Vehicles are unsafe.",
            takes_effect=NOW.date(),
            until=NOW.date() + timedelta(days=60),
            immediate=True,
            immediate_because="Workers would go unpaid for weeks.",
            grounds=[GROUND],
            by=person("case_officer"),
            at=later,
        )
        decided(notified(proposed, at=later), at=later)

        answer = Client().get(f"/api/v1/register/{licence.number}").json()
        assert (answer["standing"], answer["licensed"]) == ("suspended", False)
        assert receiver.came == []

        run_due(later)
        run_due(later)

    told = [message for message in mail.outbox if FOLLOWER in message.to]
    assert len(told) == 1
    assert "Not licensed" in str(told[0].body)
    assert [json.loads(file.read_text()) for file in tmp_path.glob("*.json")] == [
        {"number": NUMBER, "words": f"Harvest Hands Ltd ({licence.number}): Not licensed"}
    ]
    assert [json.loads(body)["data"]["row"]["standing"] for _headers, body in receiver.came] == ["suspended"]
    _nobody_reads(
        (FOLLOWER, NUMBER, NUMBER.removeprefix("+44"), receiver.address, webhook.reference, owner.email, owner.name),
        signed_in(employer),
        licence,
    )


def _gives_back(body: bytes) -> bytes:
    return json.dumps(json.loads(body)["data"].get("challenge")).encode()


def _nobody_reads(canaries: tuple[str, ...], holder: Client, licence: Licence) -> None:
    """Neither the holder, on any page or letter of theirs, nor staff, on the pages of the file."""
    number, organisation = licence.number, licence.organisation
    pages = [
        holder.get("/licences/"),
        holder.get(f"/licences/{number}/"),
        *(holder.get(f"/licences/letters/{letter.number}/") for letter in organisation.letters.all()),
        *(
            signed_in(person(role)).get(address)
            for role in ("case_officer", "manager", "auditor")
            for address in (f"/staff/licences/{number}/", f"/staff/organisations/{organisation.reference}/")
        ),
        signed_in(person("auditor")).get("/staff/trail/"),
        Client().get(f"/check/{number}/"),
        Client().get("/data/register.json"),
    ]
    assert len(pages) > 10
    for page in pages:
        assert page.status_code == 200, page.wsgi_request.path
        for canary in canaries:
            assert canary not in page.getvalue().decode(), (canary, page.wsgi_request.path)
    assert not Letter.objects.filter(organisation=organisation, template__startswith="public_lookup/").exists()
