"""Keys that seal are changed: everything opens before, meanwhile and after, and a former key is needed no longer."""

import io
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import Settings

from compliance import vault
from compliance.intelligence.actions import sources
from compliance.intelligence.models.sources import IdentityLook, SealedIdentity
from compliance.releases.models import SourceMark
from compliance.reports.actions import reports
from compliance.reports.models.contacts import ReportContact, ReporterMark
from compliance.reports.models.recordings import ReportRecording
from compliance.reports.models.reports import Report
from compliance.reports.queries import reports as reports_queries
from compliance.safeguarding.actions import referrals as safeguarding
from compliance.safeguarding.models.people import SealedPerson
from compliance.safeguarding.models.referrals import Referral
from compliance.sealed import TABLES
from config import sealed, services
from registry import sealing_keys, signing
from registry.accounts.models import User
from registry.trail.actions.verifications import verify_history
from registry.trail.models.events import Event
from tests.compliance.intelligence.sources_world import IDENTITY, a_source
from tests.compliance.reports.test_views_intake import posted
from tests.compliance.reports.test_voice import a_wave, recorded
from tests.compliance.reports.world import DETAILS, a_report
from tests.compliance.safeguarding.world import IDENTITY as PERSON
from tests.compliance.safeguarding.world import a_referral_identified
from tests.config.test_sign_in import code_for, officer_with_password, sign_in, with_second_factor
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.races import at_once

pytestmark = pytest.mark.django_db

FIRST, SECOND = (f"{letter * 60}7aZ_" for letter in "ab")
WHY = "To ask whether the men have come back."


class World:
    """One of everything that is sealed, as an installation has it that never set a key of its own."""

    def __init__(self) -> None:
        self.handler, self.lead = person("source_handler"), person("safeguarding_lead")
        self.analyst = person("intelligence_analyst", name="Non Hughes")
        self.source = a_source(by=self.handler)
        self.referral: Referral = a_referral_identified()
        self.report: Report = a_report(contact="direct")
        posted(recording=recorded(a_wave()))
        self.voice = ReportRecording.objects.get()
        self.sound = vault.unseal_bytes(vault.VOICE, bytes(self.voice.sealed))
        self.officer: User = officer_with_password()
        self.secret = with_second_factor(self.officer)
        self.codes = self.recovery_codes()

    def recovery_codes(self) -> list[str]:
        found = Authenticator.objects.get(user=self.officer, type="recovery_codes")
        return list(RecoveryCodes(found).get_unused_codes())

    def opens(self) -> None:
        """By the ways in which people open it."""
        assert sources.look(self.source, because=WHY, by=self.handler, at=NOW) == IDENTITY
        looked = safeguarding.look(self.referral, because="To ask again how they are.", by=self.lead, at=NOW)
        assert looked == {name: value for name, value in PERSON.items() if value or name in looked}
        found = reports.reach(self.report, because="To agree on a safe place.", by=self.analyst, at=NOW)
        assert found == DETAILS
        self.voice.refresh_from_db()
        assert vault.unseal_bytes(vault.VOICE, bytes(self.voice.sealed)) == self.sound
        cache.clear()  # a code is good once
        client = Client()
        sign_in(client, self.officer)
        assert client.post("/account/2fa/authenticate/", {"code": code_for(self.secret)}).status_code == 302
        assert self.recovery_codes() == self.codes


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def in_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "TOGETHER", 1)


def told(*options: str) -> tuple[str, str]:
    """What the command printed, and why it failed."""
    out = io.StringIO()
    try:
        call_command("seal_again", *options, stdout=out)
    except CommandError as failed:
        return out.getvalue(), str(failed)
    return out.getvalue(), ""


def by() -> str:
    return person("manager").email


def marks() -> set[str]:
    """With which keys everything in the database is sealed."""
    texts = [*SealedIdentity.objects.values_list("sealed", flat=True)]
    texts += SealedPerson.objects.values_list("sealed", flat=True)
    texts += ReportContact.objects.values_list("sealed", flat=True)
    texts += [bytes(one).decode() for one in ReportRecording.objects.values_list("sealed", flat=True)]
    data = Authenticator.objects.values_list("data", flat=True)
    texts += [one[name] for one in data for name in ("secret", "seed") if name in one]
    assert len(texts) == 6
    return {sealing_keys.mark_in(text) for text in texts}


# --- before, meanwhile and after ---


@pytest.mark.both
def test_all_is_sealed_again_and_opens_before_meanwhile_and_after(world: World, settings: Settings) -> None:
    assert marks() == {""}
    settings.SEALING_KEYS = [FIRST]
    world.opens()
    assert told("--count")[0].endswith("In all: 6 sealed with a former key: run seal_again.\n")

    out, fault = told("--by", by())

    assert (fault, marks()) == ("", {sealing_keys.mark_of(FIRST)})
    assert out.endswith("In all: all sealed with the key of SEALING_KEYS.\n")
    world.opens()
    settings.SEALING_KEYS = [SECOND, FIRST]
    world.opens()
    assert told("--by", by())[0].endswith(
        "In all: all sealed with the first key: take the others out of SEALING_KEYS.\n"
    )
    settings.SEALING_KEYS = [SECOND]
    world.opens()
    assert marks() == {sealing_keys.mark_of(SECOND)}
    assert verify_history().holds


def test_then_a_key_of_names_or_of_sessions_that_others_have_opens_nothing(world: World, settings: Settings) -> None:
    settings.SEALING_KEYS = [FIRST]
    told("--by", by())

    settings.NAMES_KEY, settings.SECRET_KEY = "another key of names", "another key of sessions"
    world.opens()
    settings.SEALING_KEYS = []
    assert "put it back" in services.check("seals").words
    for purpose, text in ((vault.IDENTITY, SealedIdentity.objects.get().sealed), (vault.PERSON, "")):
        with pytest.raises(vault.NotOpened):
            vault.unseal(purpose, text)


def test_what_is_sealed_from_now_on_names_its_key(settings: Settings) -> None:
    settings.SEALING_KEYS = [FIRST]
    text = vault.seal(vault.CONTACT, DETAILS, at=NOW)

    assert text.startswith(f"{sealing_keys.mark_of(FIRST)}.") and FIRST not in text
    settings.SEALING_KEYS = [SECOND]
    with pytest.raises(sealing_keys.KeyMissing, match=sealing_keys.mark_of(FIRST)):
        vault.unseal(vault.CONTACT, text)
    settings.SEALING_KEYS = [SECOND, FIRST]
    assert vault.unseal(vault.CONTACT, text) == DETAILS
    for wrong in (f"{sealing_keys.mark_of(SECOND)}{text[8:]}", text[9:], f"........{text[8:]}"):
        with pytest.raises(vault.NotOpened):
            vault.unseal(vault.CONTACT, wrong)


def test_who_has_the_key_of_names_opens_no_mailbox(settings: Settings) -> None:
    report = a_report()
    forged = vault.seal("mailbox", {"reference": report.reference}, at=NOW)
    assert reports_queries.opened_mailbox(forged, at=NOW) == report

    settings.SEALING_KEYS = [FIRST]

    assert reports_queries.opened_mailbox(forged, at=NOW) is None
    lawful = vault.seal("mailbox", {"reference": report.reference}, at=NOW)
    settings.SEALING_KEYS = [SECOND, FIRST]
    assert reports_queries.opened_mailbox(lawful, at=NOW) == report


def test_whatever_the_vault_keeps_is_sealed_again() -> None:
    """A table that is added is added there too."""
    kept = {model for model in apps.get_app_config("compliance").get_models() if "sealed" in vars(model)}

    assert kept == {table.model for table in TABLES}


# --- marks ---


def test_a_source_and_a_reporter_are_found_in_a_text_by_digests_of_the_new_key(
    world: World, settings: Settings
) -> None:
    text = f"Ring {DETAILS['telephone']}."
    guessed = signing.keyed_digest(settings.NAMES_KEY, "mark of a source: canarybird")
    before = {
        *SourceMark.objects.values_list("digest", flat=True),
        *ReporterMark.objects.values_list("digest", flat=True),
    }
    settings.SEALING_KEYS = [FIRST]
    assert vault.has_reporter(text, own=[])

    told("--by", by())

    after = {
        *SourceMark.objects.values_list("digest", flat=True),
        *ReporterMark.objects.values_list("digest", flat=True),
    }
    assert len(before) == len(after) and not before & after and guessed not in after
    assert vault.has_reporter(text, own=[])
    settings.SEALING_KEYS = [SECOND, FIRST]
    assert vault.has_reporter(text, own=[])
    assert vault.has_reporter("Ana says so.", own=[world.report])
    assert not vault.has_reporter("Ring 020 7946 0000.", own=[world.report])


# --- stopped, twice at once, with a key that is wrong ---


@pytest.mark.both
@pytest.mark.usefixtures("in_ones")
def test_stopped_in_the_middle_it_goes_on(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEALING_KEYS = [FIRST]
    again, done = sealing_keys.PurposeSeal.again, list[bytes]()

    def is_killed(seal: sealing_keys.PurposeSeal, text: bytes) -> bytes:
        done.append(text)
        if len(done) == 4:
            raise KeyboardInterrupt
        return again(seal, text)

    with monkeypatch.context() as patch:
        patch.setattr(sealing_keys.PurposeSeal, "again", is_killed)
        with pytest.raises(KeyboardInterrupt):
            told("--by", by())
    assert sealed.in_all(sealed.counts()) == sealing_keys.KeyCount(3, 3, 0)
    world.opens()

    assert told("--by", by())[1] == ""
    assert marks() == {sealing_keys.mark_of(FIRST)}
    assert [*Event.objects.filter(verb__contains="again").order_by("number").values_list("verb", flat=True)] == [
        "begin_sealing_again",
        "begin_sealing_again",
        "seal_again",
    ]


@pytest.mark.both
@pytest.mark.usefixtures("in_ones")
@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_it_together(world: World, settings: Settings) -> None:
    settings.SEALING_KEYS = [FIRST]
    people = [person("manager").email, person("manager").email]

    results = at_once(*[partial(told, "--by", email) for email in people])

    assert [result[1] for result in results if isinstance(result, tuple)] == ["", ""]
    assert sum(event.facts["sealed"] for event in Event.objects.filter(verb="seal_again")) == 6
    assert marks() == {sealing_keys.mark_of(FIRST)}
    world.opens()
    assert verify_history().holds


def test_what_cannot_be_opened_is_counted_and_keeps_nothing_else_back(world: World, settings: Settings) -> None:
    settings.SEALING_KEYS = [SECOND]
    ReportContact.objects.update(sealed=vault.seal(vault.CONTACT, DETAILS, at=NOW))
    before = Authenticator.objects.get(type="totp")
    Authenticator.objects.filter(pk=before.pk).update(data={"secret": "gAAAAAAA"})
    settings.SEALING_KEYS = [FIRST]

    out, fault = told("--by", by())

    assert fault == "2 left."
    assert "In all: 1 sealed with a key that SEALING_KEYS does not hold: put it back." in out
    assert Event.objects.get(verb="seal_again").facts == {
        "key": sealing_keys.mark_of(FIRST),
        "sealed": 4,
        "not_opened": 2,
    }
    assert "FAILED" not in services.check("seals").words and not services.check("seals").is_good
    settings.SEALING_KEYS = [FIRST, SECOND]
    Authenticator.objects.filter(pk=before.pk).update(data=before.data)
    assert told("--by", by())[1] == ""


def test_without_its_key_a_page_says_so_and_no_event_says_that_it_was_opened(world: World, settings: Settings) -> None:
    settings.SEALING_KEYS = [FIRST]
    told("--by", by())
    settings.SEALING_KEYS = [SECOND]

    page = signed_in(world.analyst).post(f"/staff/reports/{world.report.reference}/reach/", {"because": WHY})

    assert page.status_code == 422 and "The seal does not open with the key" in page.content.decode()
    assert not Event.objects.filter(verb="reach").exists()


def test_a_copy_of_the_database_from_before_needs_the_key_of_before(world: World, settings: Settings) -> None:
    settings.SEALING_KEYS = [FIRST]
    told("--by", by())
    copy = {model: [*model.objects.all()] for model in (SealedIdentity, SealedPerson, ReportContact, ReportRecording)}
    settings.SEALING_KEYS = [SECOND, FIRST]
    told("--by", by())
    settings.SEALING_KEYS = [SECOND]

    for model, rows in copy.items():  # the copy is gone back to
        model.objects.bulk_update(rows, ["sealed"])
    assert sealed.in_all(sealed.counts()).missing == 4
    assert "does not hold: put it back" in services.check("seals").words
    settings.SEALING_KEYS = [SECOND, FIRST]
    told("--by", by())

    settings.SEALING_KEYS = [SECOND]
    world.opens()


# --- who may ---


def test_it_is_done_by_someone_who_works_for_the_authority_and_with_a_key(world: World, settings: Settings) -> None:
    assert "Set SEALING_KEYS first" in told("--by", by())[1]
    assert "SEALING_KEYS is not set" in told("--count")[0]
    settings.SEALING_KEYS = [FIRST]
    for options in ((), ("--by", "no@one.test"), ("--by", person("applicant").email)):
        assert "does not work for the authority" in told(*options)[1]
    assert marks() == {""} and not Event.objects.filter(verb__contains="again").exists()


def test_no_one_learns_who_is_sealed(world: World, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.SEALING_KEYS = [FIRST]
    looks = IdentityLook.objects.count()

    out, _fault = told("--by", by())

    events = str([*Event.objects.filter(verb__contains="again").values()])
    for said in (out, events, caplog.text):
        assert not any(word in said for word in (IDENTITY["name"], DETAILS["telephone"], PERSON["name"], FIRST))
    assert IdentityLook.objects.count() == looks


@pytest.mark.postgresql
def test_the_role_of_the_web_counts_and_reads_no_seal(world: World, settings: Settings) -> None:
    settings.SEALING_KEYS = [FIRST]
    email, reads = by(), "SELECT sealed FROM compliance_sealedperson"
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE registry_web_of_seals NOLOGIN")
        call_command("grant_roles", "registry_web_of_seals", stdout=io.StringIO())
        cursor.execute("SET LOCAL ROLE registry_web_of_seals")
        counted = told("--count")[0]
        assert "Only the owner of the tables may do this" in told("--by", email)[1]
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(reads)
        assert vault.open_identity(world.source, because=WHY, reader=world.handler.reference, at=NOW) == IDENTITY
        cursor.execute("RESET ROLE")

    assert "In all: 6 sealed with a former key: run seal_again." in counted
    assert told("--by", email)[1] == "" and marks() == {sealing_keys.mark_of(FIRST)}
