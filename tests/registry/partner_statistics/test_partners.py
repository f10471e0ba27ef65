"""Authorities with an agreement read signed tables before the public: on the record, named in public, and never guarded ones."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client

from registry import schemes
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.editions import actions as editions
from registry.editions.models import PartnerAgreement
from registry.editions.queries import making
from registry.editions.queries.declaring import dimension, quarter_dimension
from registry.editions.rules.content import digest_of_all
from registry.editions.tables import CountedThing, ReleaseTable
from registry.errors import Refused
from registry.partner_statistics import actions
from registry.tasks.queries import unassigned_tasks
from tests.compliance.guarded_sharing.world import a_guarded_agency
from tests.conftest import NOW, SetClock
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.people import person, signed_in
from tests.registry.editions.world import CODE, PUBLISHED, a_table, announced, counted, signed, words
from tests.registry.partner_statistics.world import POST, WHY, a_proposed_agreement, an_agreement

pytestmark = pytest.mark.django_db
PAGE = f"/partner/statistics/{CODE}/"


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    counted(monkeypatch)


@pytest.fixture
def agency() -> Agency:
    return an_agency()


@pytest.fixture
def partner(agency: Agency) -> User:
    return a_partner(agency)


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_partner_reads_an_edition_from_its_second_signature_on_and_the_public_later(
    agency: Agency, partner: User, set_clock: SetClock
) -> None:
    an_agreement(agency)
    client, first = signed_in(partner), person("intelligence_analyst")
    edition = editions.freeze_tables(announced(), by=first, at=NOW)
    edition = editions.sign_tables(edition, by=first, at=NOW)
    assert client.get(PAGE).status_code == 404

    editions.countersign_tables(edition, by=person("manager"), at=NOW)

    assert "1,184" in text_of(client, PAGE)
    assert "Do not pass on anything" in text_of(client, PAGE)
    assert f"/partner/statistics/{CODE}/" in text_of(client, "/partner/statistics/")
    assert "1,184" not in text_of(Client(), f"/statistics/{CODE}/")
    set_clock(PUBLISHED + timedelta(minutes=1))
    assert "1,184" in text_of(Client(), f"/statistics/{CODE}/")


def test_the_public_reads_which_authority_saw_it_before_by_post_and_reason(agency: Agency, set_clock: SetClock) -> None:
    agreement = an_agreement(agency)
    later = an_agreement(an_agency("Council of Sampleton"), at=PUBLISHED + timedelta(days=1))
    signed(announced())
    actions.end_tables(agreement, because="The planning has ended.", by=person("manager"), at=PUBLISHED)
    set_clock(PUBLISHED + timedelta(days=2))

    page = text_of(Client(), f"/statistics/{CODE}/")

    assert f"{agency.name}, {POST}: {WHY}" in page
    assert later.agency.name not in page
    assert "No one else saw it before." not in page


def test_each_reading_is_on_the_record_for_managers_and_auditors(agency: Agency, partner: User) -> None:
    agreement = an_agreement(agency)
    signed(announced())
    client = signed_in(partner)
    client.get(PAGE)
    client.get(PAGE)
    client.get(f"{PAGE}all.zip")

    for role in ("manager", "auditor"):
        log = text_of(signed_in(person(role)), f"/staff/statistics-partners/{agreement.reference}/")
        assert log.count(f"{CODE}: {partner}") == 3
        assert "File opened" in log
    assert signed_in(person("case_officer")).get("/staff/statistics-partners/").status_code == 403


def test_nothing_without_an_agreement_or_after_it_has_ended(agency: Agency, partner: User) -> None:
    signed(announced())
    client = signed_in(partner)
    assert client.get(PAGE).status_code == client.get(f"{PAGE}all.zip").status_code == 404
    agreement = an_agreement(agency)
    assert client.get(PAGE).status_code == 200
    assert signed_in(a_partner(an_agency("Council of Sampleton"))).get(PAGE).status_code == 404

    actions.end_tables(agreement, because="The planning has ended.", by=person("manager"), at=NOW)

    assert client.get(PAGE).status_code == 404
    assert "Your authority has no agreement" in text_of(client, "/partner/statistics/")
    with pytest.raises(Refused):
        actions.end_tables(agreement, because="The planning has ended.", by=person("manager"), at=NOW)


def test_a_guarded_authority_is_given_nothing_early() -> None:
    with pytest.raises(Refused) as refused:
        an_agreement(a_guarded_agency())

    assert [one.code for one in refused.value.reasons] == ["guarded"]


def test_an_authority_that_is_found_to_be_guarded_later_reads_nothing_more(agency: Agency, partner: User) -> None:
    an_agreement(agency)
    signed(announced())
    client = signed_in(partner)
    assert client.get(PAGE).status_code == 200

    Agency.objects.filter(pk=agency.pk).update(name="Border Force of Sampleshire")

    assert client.get(PAGE).status_code == 404


def test_an_agreement_is_one_for_each_authority_with_all_its_reasons(agency: Agency) -> None:
    an_agreement(agency)

    with pytest.raises(Refused) as refused:
        an_agreement(agency, scheme="fishing-fleet", post=" ", basis=" ", because="soon")

    assert [one.code for one in refused.value.reasons] == ["has_one", "no_scheme", "no_post", "no_basis", "no_reason"]
    with pytest.raises(PermissionDenied):
        an_agreement(an_agency("Council of Sampleton"), by=person("intelligence_analyst"))


def test_the_database_keeps_what_the_public_read_about_an_agreement(agency: Agency) -> None:
    agreement = an_agreement(agency)

    for change in ({"post": "Another"}, {"because": "Another reason."}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PartnerAgreement.objects.filter(pk=agreement.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PartnerAgreement.objects.filter(pk=agreement.pk)._raw_delete(using="default")


def test_an_agreement_about_one_scheme_narrows_page_and_files(
    agency: Agency, partner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = sorted(schemes.names(), reverse=True)[:2]

    def tables(last_day: date) -> list[ReleaseTable]:
        quarter = quarter_dimension("Quarter", last_day)
        scheme = dimension("scheme", "Scheme", {one: one for one in ("all", own, other)})
        kind = dimension("kind", "Kind", {"all": "All"})
        rows = [(CODE, one, "all", number) for number, one in enumerate(("all", own, other), start=501)]
        title = words("Licences")
        table = ReleaseTable(
            code="licences",
            counts=CountedThing.FIRMS,
            title=title,
            about=title,
            dimensions=(quarter, scheme, kind),
            measures={"held": title},
            units={"held": "licences"},
            rows=tuple(rows),
        )
        return [table]

    monkeypatch.setattr(making, "makers", lambda: [tables])
    an_agreement(agency, scheme=own)
    signed(announced())

    sent = b"".join([signed_in(partner).get(f"{PAGE}all.zip").content])
    csv = ZipFile(BytesIO(sent)).read("licences.csv").decode()

    assert own in csv
    assert other not in csv


def with_finer(monkeypatch: pytest.MonkeyPatch, counts: CountedThing) -> None:
    def tables(last_day: date) -> list[ReleaseTable]:
        return [replace(a_table(last_day, held=777), code="finer", counts=counts)]

    monkeypatch.setattr(making, "partner_makers", lambda: [tables])


def test_a_partner_reads_finer_tables_that_two_people_signed_and_the_public_never_does(
    agency: Agency, partner: User, monkeypatch: pytest.MonkeyPatch, set_clock: SetClock
) -> None:
    agreement = an_agreement(agency)
    with_finer(monkeypatch, CountedThing.VISITS)
    edition = signed(announced())

    client = signed_in(partner)
    assert "777" in text_of(client, PAGE)
    assert "finer.csv" in ZipFile(BytesIO(client.get(f"{PAGE}all.zip").content)).namelist()
    assert "777" in text_of(signed_in(person("manager")), f"/staff/editions/{CODE}/preview/")
    log = text_of(signed_in(person("auditor")), f"/staff/statistics-partners/{agreement.reference}/")
    assert log.count(f"{CODE}: {partner}") == 2
    set_clock(PUBLISHED + timedelta(minutes=1))
    public = f"/statistics/{CODE}/"
    assert "1,184" in text_of(Client(), public) and "777" not in text_of(Client(), public)
    assert "finer.csv" not in ZipFile(BytesIO(Client().get(f"{public}all.zip").content)).namelist()
    assert Client().get(f"{public}finer.csv").status_code == 404
    for address in (f"{public}datapackage.json", f"/api/v1/statistics/{CODE}"):
        assert "licences" in text_of(Client(), address) and "finer" not in text_of(Client(), address)
    (version,) = edition.versions.all()
    assert version.digest == digest_of_all(version.tables.filter(for_partners=False).values_list("digest", flat=True))


@pytest.mark.parametrize("counts", [CountedThing.PEOPLE, CountedThing.REPORTS])
def test_no_table_of_people_is_made_finer_for_anyone(monkeypatch: pytest.MonkeyPatch, counts: CountedThing) -> None:
    with_finer(monkeypatch, counts)

    with pytest.raises(ValueError, match="not made finer"):
        editions.freeze_tables(announced(), by=person("manager"), at=NOW)


def test_nothing_is_read_early_until_a_second_person_has_confirmed_the_agreement(
    agency: Agency, partner: User, set_clock: SetClock
) -> None:
    first, second = person("manager"), person("manager")
    agreement = a_proposed_agreement(agency, by=first)
    signed(announced())
    client = signed_in(partner)
    assert client.get(PAGE).status_code == 404
    assert not unassigned_tasks(first, NOW.date())
    assert [one.reference for one in unassigned_tasks(second, NOW.date())] == [agreement.reference]
    with pytest.raises(Refused) as refused:
        actions.confirm_agreement(agreement, by=first, at=NOW)
    assert [one.code for one in refused.value.reasons] == ["same_person"]
    with pytest.raises(DatabaseError), transaction.atomic():
        PartnerAgreement.objects.filter(pk=agreement.pk).update(
            status="agreement_in_force", decided_by=first, decided_at=NOW
        )

    actions.confirm_agreement(agreement, by=second, at=NOW)

    assert client.get(PAGE).status_code == 200
    with pytest.raises(DatabaseError), transaction.atomic():
        PartnerAgreement.objects.filter(pk=agreement.pk).update(decided_by=person("manager"))


def test_a_refused_agreement_lets_another_be_proposed_and_is_not_named_in_public(
    agency: Agency, set_clock: SetClock
) -> None:
    agreement = a_proposed_agreement(agency)
    actions.refuse_agreement(agreement, because="It has no legal basis.", by=person("manager"), at=NOW)
    signed(announced())
    set_clock(PUBLISHED + timedelta(days=1))

    assert agency.name not in text_of(Client(), f"/statistics/{CODE}/")
    assert an_agreement(agency).status == "agreement_in_force"


def test_an_authority_that_became_guarded_meanwhile_cannot_be_confirmed(agency: Agency) -> None:
    agreement = a_proposed_agreement(agency)
    Agency.objects.filter(pk=agency.pk).update(name="Border Force of Sampleshire")

    with pytest.raises(Refused) as refused:
        actions.confirm_agreement(agreement, by=person("manager"), at=NOW)

    assert [one.code for one in refused.value.reasons] == ["guarded"]


def pressed(client: Client, address: str, **typed: str) -> int:
    version = str(client.get(address).context["form"].page_version)
    return client.post(address, {**typed, "version": version}).status_code


def test_an_agreement_is_proposed_confirmed_and_ended_on_its_pages(agency: Agency) -> None:
    client = signed_in(person("manager"))
    typed = {"agency": agency.reference, "scheme": "", "post": POST, "because": WHY, "basis": "Memorandum."}
    assert client.post("/staff/statistics-partners/add/", {**typed, "post": ""}).status_code == 422

    address = client.post("/staff/statistics-partners/add/", typed).headers["Location"]

    assert agency.name in text_of(client, "/staff/statistics-partners/")
    assert "Someone else must decide on it." in text_of(client, address)
    assert pressed(signed_in(person("manager")), f"{address}confirm/") == 302
    assert pressed(client, f"{address}end/", because="It is over now.") == 302
    assert PartnerAgreement.objects.get().ended_at is not None
