"""Who a source is: sealed, opened by the handler alone, for a reason that is written down; found nowhere else (docs/rules.md G13)."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from compliance import vault
from compliance.intelligence.actions import intelligence, sources
from compliance.intelligence.forms import KeepSource
from compliance.intelligence.models.sources import IdentityLook, SealedIdentity, Source
from compliance.reports.forms.triage import Taken
from compliance.safeguarding.forms.referrals import Identity
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.compliance.intelligence.sources_world import IDENTITY, a_source
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report
from tests.conftest import NOW
from tests.licensing.checks.agencies import an_agency
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

CANARIES = ("Canarybird", "canarybird", "900987")
WHY = "To agree on a safe place to meet."


@pytest.fixture
def handler() -> User:
    return person("source_handler", name="Rhys Parry")


def sings(text: str) -> bool:
    return any(canary in text for canary in CANARIES)


def text_of(response: Any) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return " ".join(response.content.decode().split())


def everything() -> Iterator[str]:
    """Every cell of every table, as a dump has it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield f"{table}: {row}"


def test_only_its_handler_opens_it_for_a_reason_and_each_look_is_written_down(handler: User) -> None:
    source = a_source(by=handler)

    assert sources.look(source, because=WHY, by=handler, at=NOW) == IDENTITY

    look = IdentityLook.objects.get()
    assert (look.source, look.by, look.because) == (source, handler.reference, WHY)
    event = Event.objects.get(kind="source", verb="look")
    assert (event.by, event.because) == (handler.reference, WHY)
    with pytest.raises(Refused) as refused:
        sources.look(source, because="short", by=person("source_handler"), at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["not_their_handler", "no_reason"]
    assert IdentityLook.objects.count() == 1


def test_handed_over_it_opens_for_the_other_handler_alone(handler: User) -> None:
    source, other = a_source(by=handler), person("source_handler")

    sources.hand_over(source, to=other, because="I go on leave until May.", by=handler, at=NOW)

    assert sources.look(source, because=WHY, by=other, at=NOW)["name"] == IDENTITY["name"]
    with pytest.raises(Refused):
        sources.look(source, because=WHY, by=handler, at=NOW)
    with pytest.raises(Refused) as refused:
        sources.hand_over(source, to=person("inspector"), because="He knows him well.", by=other, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["no_handler"]


def test_a_look_is_never_taken_back(handler: User) -> None:
    sources.look(a_source(by=handler), because=WHY, by=handler, at=NOW)

    for change in (IdentityLook.objects.all().delete, lambda: IdentityLook.objects.update(because="Nothing at all.")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_with_another_key_it_stays_shut(handler: User, settings: Any) -> None:
    source = a_source(by=handler)
    settings.NAMES_KEY = "another key than that with which it was sealed"

    with pytest.raises(Refused) as refused:
        sources.look(source, because=WHY, by=handler, at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["not_opened"]


def test_the_name_of_a_source_is_nowhere_and_once_where_the_vault_is_opened(
    handler: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk, analyst = signed_in(handler), person("intelligence_analyst")
    agency = an_agency("Revenue of Sampleshire")
    partner = signed_in(person("partner_agency", agency=agency))
    kept = desk.post("/staff/sources/new/", {**IDENTITY, "about": "Right twice."})
    source = Source.objects.get()
    told = some_intelligence(by=handler, source=source)
    passed = intelligence.pass_on(told, agency=agency, purpose="To protect workers: s.19.", by=handler, at=NOW)
    a_report()

    pages = [
        kept,
        *(desk.get(address) for address in ("/staff/", "/staff/sources/", kept.url, f"{kept.url}look/")),  # type: ignore[attr-defined]
        desk.post("/staff/sources/new/", {**IDENTITY, "name": ""}),
        desk.post(f"{kept.url}look/", {"because": "short"}),  # type: ignore[attr-defined]
        desk.get("/staff/intelligence/S-0000-0000/"),
        *(partner.get(address) for address in ("/staff/passed-on/", f"/staff/passed-on/{passed.reference}/")),
        *_read(signed_in(analyst), told.reference),
        *_read(desk, told.reference),
    ]
    texts = [text_of(page) for page in pages]
    nowhere = [*everything(), caplog.text, *map(str, mail.outbox), str(vars(cache).get("_cache", "")), *_letters()]

    for found in (
        desk.get("/staff/intelligence/?q=Canarybird"),
        signed_in(analyst).get("/staff/reports/?q=Canarybird"),
    ):
        assert found.context["page"].rows == []
    # The page that gives back what its writer typed is the only one.
    assert [sings(text) for text in texts].count(True) == 1
    assert [text for text in nowhere if sings(text)] == []
    opened = text_of(desk.post(f"{kept.url}look/", {"because": WHY}))  # type: ignore[attr-defined]
    assert all(value in opened for value in IDENTITY.values())
    assert opened.count("Canarybird") == 2  # the name, and the chapel
    assert not sings(text_of(desk.get(f"{kept.url}look/")))  # type: ignore[attr-defined]
    assert [text for text in everything() if sings(text)] == []


def _read(client: Client, reference: str) -> list[Any]:
    """All that somebody can look at who works with intelligence."""
    address = f"/staff/intelligence/{reference}/"
    return [
        client.post(address, {"because": WHY}),
        client.get(address),
        client.get("/staff/intelligence/"),
        client.get(f"{address}grade-anew/"),
        client.get(f"{address}pass-on/"),
        client.post("/staff/intelligence/list.csv"),
    ]


def _letters() -> list[str]:
    return [json.dumps(letter.facts, default=str) for letter in Letter.objects.all()]


def test_the_search_for_the_canary_finds_it_where_somebody_lets_it_out(handler: User) -> None:
    """What finds nothing anywhere proves nothing."""
    some_intelligence(sanitised_text="Canarybird says so.")

    assert any(sings(text) for text in everything())
    assert sings(text_of(signed_in(handler).get("/staff/intelligence/")))


def test_a_fault_while_a_source_is_kept_says_nothing_of_it(handler: User, caplog: pytest.LogCaptureFixture) -> None:
    client = signed_in(handler)
    client.raise_request_exception = False

    def breaks(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "sealedidentity" in sql:
            raise DatabaseError("The disk is full.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(breaks):
        page = client.post("/staff/sources/new/", IDENTITY)

    assert page.status_code >= 500
    assert not sings(text_of(page))
    assert not sings(caplog.text)
    assert not Source.objects.exists()


def test_no_browser_keeps_who_somebody_is_to_offer_it_or_to_put_it_back() -> None:
    names_somebody = [
        (KeepSource(), ("name", "telephone", "email", "notes")),
        (Identity(), ("name", "date_of_birth", "contact", "suspects", "others")),
        (Taken(), ("people", "group", "called", "telephone", "email", "safe_times")),
    ]

    for form, fields in names_somebody:
        assert {name for name in form.fields if 'autocomplete="off"' in str(form[name])} == set(fields)


@pytest.mark.parametrize("role", ["intelligence_analyst", "case_officer", "manager", "auditor", "inspector"])
def test_nobody_else_comes_near(role: str) -> None:
    source = a_source()
    client = signed_in(person(role))

    for address in ("", "new/", f"{source.reference}/", f"{source.reference}/look/", f"{source.reference}/hand-over/"):
        assert client.get(f"/staff/sources/{address}").status_code == 403
    other = signed_in(person("source_handler"))
    assert other.get(f"/staff/sources/{source.reference}/look/").status_code == 404


def test_a_second_factor_is_shown_anew_before_it_opens(handler: User, settings: Any) -> None:
    source = a_source(by=handler)
    client = signed_in(handler, second_factor=False)

    answer = client.post(f"/staff/sources/{source.reference}/look/", {"because": WHY})

    assert answer.status_code == 302
    assert not IdentityLook.objects.exists()


# --- PostgreSQL ---


@pytest.mark.postgresql
def test_the_role_of_the_web_reads_no_seal_and_comes_to_it_by_the_function_alone(handler: User) -> None:
    source = a_source(by=handler)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE registry_web_of_a_test NOLOGIN")
        call_command("grant_roles", "registry_web_of_a_test")
        cursor.execute("SET LOCAL ROLE registry_web_of_a_test")
        tries: dict[str, list[str | int]] = {
            "SELECT sealed FROM compliance_sealedidentity": [],
            "DELETE FROM compliance_sealedidentity": [],
            "INSERT INTO compliance_identitylook (source_id, by, because, at) VALUES (%s, 'x', 'x', now())": [
                source.pk
            ],
            "SELECT compliance_open_identity(%s, %s, 'short', now())": [source.pk, handler.reference],
            "SELECT compliance_open_identity(%s, 'U-0000-0000', %s, now())": [source.pk, WHY],
        }
        for statement, values in tries.items():
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement, values)

        opened = vault.open_identity(source, because=WHY, reader=handler.reference, at=NOW)
        further = a_source(by=handler)
        cursor.execute("RESET ROLE")

    assert opened == IDENTITY
    assert list(IdentityLook.objects.values_list("by", "because")) == [(handler.reference, WHY)]
    assert SealedIdentity.objects.filter(source=further).exists()
    assert list(trail.faults()) == []


def test_where_there_are_no_roles_the_command_says_so() -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(CommandError):
            call_command("grant_roles", "web; DROP TABLE x")
        return
    with pytest.raises(CommandError, match="no roles"):
        call_command("grant_roles", "web")
