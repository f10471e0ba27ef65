"""A worker takes a proof and finds an altered one out; a labour user checks formally, and the labour provider is told."""

import json
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import expect
from pytest_django import Settings

from config.management.commands.run_due import run_due
from public_lookup.receipts.models import Receipt
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.people import person
from tests.public_lookup.stories import a_holder

pytestmark = [pytest.mark.browser, pytest.mark.pdf]

PHONE = {"viewport": {"width": 320, "height": 640}, "accept_downloads": True}


@pytest.mark.django_db(transaction=True)
def test_a_proof_is_taken_confirmed_and_an_altered_one_refused(
    sit_down: SitDown, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR_DIR = tmp_path / "var"
    licence = a_holder("Harvest Hands Ltd")
    # No script is needed for anything.
    worker = sit_down(**PHONE, java_script_enabled=False)

    worker.open("entry", licence.number)
    worker.press("Get a proof of this check")
    number = Receipt.objects.get().number
    worker.must_say(f"Proof of check {number}", "Harvest Hands Ltd is licensed", "does not say who asked")
    assert worker.page.evaluate("document.documentElement.scrollWidth") <= 320
    files = {}
    for words, kind in (("Download the proof (PDF)", "pdf"), ("Download it for programs (JSON)", "json")):
        with worker.page.expect_download() as download:
            worker.page.get_by_text(words).click()
        files[kind] = tmp_path / f"proof.{kind}"
        download.value.save_as(files[kind])

    # By its number; by the paper; and not once a single character is another.
    worker.open("verify")
    worker.fill("code", number.lower())
    worker.press("Check")
    worker.must_say("Genuine: this is what the register said")
    worker.open("verify")
    worker.follow("Check a file: a proof or a certificate")
    worker.page.set_input_files("[name=file]", files["pdf"])
    worker.press("Check")
    worker.must_say("Genuine: this is what the register said", number)
    sealed = json.loads(files["json"].read_text())
    sealed["record"]["answered"]["valid_until"] = "2036-11-01"
    files["json"].write_text(json.dumps(sealed))
    worker.open("verify_document")
    worker.page.set_input_files("[name=file]", files["json"])
    worker.press("Check")
    worker.must_say("Altered: do not rely on this", f"under the number {number} says this", "1 November 2027")
    worker.open("verify_document")
    worker.press("Check")
    assert worker.problems == ["Choose a file, or paste its text: one of the two."]

    # Whoever did all this left no cookie and no name, and the holder was told nothing.
    assert worker.context.cookies() == []
    run_due(NOW)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_labour_user_checks_formally_and_the_labour_provider_is_told(sit_down: SitDown) -> None:
    licence = a_holder("Harvest Hands Ltd", email="office@harvest.example")
    user = sit_down(person("labour_user", name="Priya Nair"))

    user.open("entry", licence.number)
    user.follow("If you use their workers: keep it in your account, or make a formal check")
    user.must_say("The labour provider is told that you checked", "Or make a formal check (Active check)")
    user.press("Make the formal check and tell them")
    assert "Enter the name of your business." in user.problems
    user.fill("business", "Orchard Farms Ltd")
    user.fill("because", "They offer us workers for the harvest.")
    user.press("Make the formal check and tell them")
    user.must_say("Proof of check", "Orchard Farms Ltd, Priya Nair")
    user.open("checks")
    expect(user.page.locator("tbody tr")).to_have_count(1)
    user.must_say("Harvest Hands Ltd", "Yes: they were told")

    run_due(NOW)
    to_holder = next(one for one in mail.outbox if one.to == ["office@harvest.example"])
    assert to_holder.subject == "A labour user has checked you on the register"
    assert "Orchard Farms Ltd checked" in str(to_holder.body)
    assert "offer us workers" not in str(to_holder.body)
    assert user.complaints == []
