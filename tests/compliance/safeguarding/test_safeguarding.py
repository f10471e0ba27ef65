"""Nobody who has not consented is identified by anything that is stored or sent; a second person reads before it is sent."""

import csv
import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from compliance import vault
from compliance.inspections.models import Inspection
from compliance.safeguarding.actions import referrals as safeguarding
from compliance.safeguarding.models.people import PersonErased, PersonLook, SealedPerson, Support
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries import danger_card as queries
from compliance.safeguarding.queries import referrals as referral_queries
from compliance.safeguarding.rules import referrals as rules
from registry import schemes
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.trail.models.events import Event
from tests.compliance.safeguarding.world import (
    CANARIES,
    IDENTITY,
    TODAY,
    WHY,
    a_referral,
    a_referral_identified,
    a_referral_read,
    a_referral_sent,
    facts,
    posted,
)
from tests.compliance.stories import SCHEME, an_inspection, an_organisation
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

TABLE = "compliance_referral"


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no, transaction.atomic():
        act()
    return [reason.code for reason in no.value.reasons]


def by_sql(statement: str, *values: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def everything() -> Iterator[str]:
    """Every cell of every table, as a dump has it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield f"{table}: {row}"


def sings(text: str) -> bool:
    return any(canary in text for canary in CANARIES)


def text_of(response: Any) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return str(response.content.decode())


@pytest.fixture
def lead() -> User:
    return person("safeguarding_lead", name="Nerys Lead")


# --- consent ---


@pytest.mark.parametrize("missing", ["told_nrm", "told_support", "told_outcomes", "told_sharing"])
def test_consent_counts_only_once_each_of_the_four_was_explained(missing: str) -> None:
    without: dict[str, Any] = {missing: False}
    assert refused(lambda: a_referral(**without)) == ["not_informed"]

    made = a_referral()
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(**without)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"in_own_language": False}, "not_understood"),
        ({"consented_on": None}, "no_day"),
        ({"consented_on": TODAY + timedelta(days=1)}, "wrong_day"),
        ({"is_child": True}, "consent_of_a_child"),
        ({"gender": "Ilinca Wrenfield"}, "unknown_code"),
        ({"nationality": "Ilinca"}, "unknown_code"),
        ({"natures": []}, "no_nature"),
        ({"slavery": False}, "nothing_suspected"),
        ({"police_force": ""}, "no_force"),
    ],
)
def test_what_is_missing_or_is_no_code_is_said(more: dict[str, Any], code: str) -> None:
    assert code in refused(lambda: a_referral(**more))


def test_an_adult_who_has_not_consented_is_notified_and_not_referred() -> None:
    assert refused(lambda: a_referral("refused", kind="nrm")) == ["needs_consent"]

    made = a_referral("refused")
    assert (made.kind, made.status, made.may_be_named) == ("notify", "prepared", False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(kind="nrm")


def test_who_has_not_consented_cannot_be_named_by_action_shell_or_sql() -> None:
    made = a_referral("refused")

    assert refused(lambda: safeguarding.identify(made, identity=IDENTITY, by=made.prepared_by, at=NOW)) == [
        "no_consent"
    ]
    for store in (
        lambda: SealedPerson.objects.create(referral=made, sealed="x"),
        lambda: vault.keep_person(made, IDENTITY, at=NOW),
        lambda: by_sql("INSERT INTO compliance_sealedperson (referral_id, sealed) VALUES (%s, 'x')", made.pk),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            store()
    assert not SealedPerson.objects.exists()


@pytest.mark.parametrize(
    "column", ["gender", "age_band", "region", "sector", "police_force", "police_area", "nationality", "country"]
)
def test_no_column_takes_a_name(column: str) -> None:
    made = a_referral("refused")

    with pytest.raises(DatabaseError), transaction.atomic():
        by_sql(f"UPDATE {TABLE} SET {column} = 'Ilinca W' WHERE id = %s", made.pk)


def test_a_child_is_referred_by_name_without_consent() -> None:
    made = a_referral_identified("child")

    assert made.consent == "child"
    assert vault.has_person(made)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(is_child=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(consent="withdrawn")  # named still: erased first


def test_consent_withdrawn_erases_who_it_is_for_good_and_leaves_a_trace(lead: User) -> None:
    made = a_referral_identified()

    safeguarding.withdraw_consent(made, why="withdrawn", by=lead, at=NOW)

    made.refresh_from_db()
    assert (made.consent, vault.has_person(made)) == ("withdrawn", False)
    trace = PersonErased.objects.get()
    assert (trace.referral, trace.why, trace.by) == (made, "withdrawn", lead)
    assert refused(lambda: safeguarding.identify(made, identity=IDENTITY, by=made.prepared_by, at=NOW)) == [
        "no_consent"
    ]
    assert refused(lambda: safeguarding.second_read(made, by=lead, at=NOW)) == ["needs_consent"]
    for again in (
        lambda: Referral.objects.filter(pk=made.pk).update(consent="given"),
        lambda: PersonErased.objects.all().delete(),
        lambda: by_sql("INSERT INTO compliance_sealedperson (referral_id, sealed) VALUES (%s, 'x')", made.pk),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            again()


def test_an_identity_goes_only_with_a_trace() -> None:
    a_referral_identified()

    with pytest.raises(DatabaseError), transaction.atomic():
        SealedPerson.objects.all().delete()


def test_found_to_be_an_adult_a_child_is_named_no_more(lead: User) -> None:
    child, adult = a_referral_identified("child"), a_referral_identified()

    safeguarding.withdraw_consent(child, why="adult", by=lead, at=NOW)

    assert refused(lambda: safeguarding.withdraw_consent(adult, why="adult", by=lead, at=NOW)) == ["not_a_child"]


# --- looking ---


def test_each_look_has_a_reason_that_names_nobody_and_is_written_down(lead: User) -> None:
    made = a_referral_identified()

    assert safeguarding.look(made, because=WHY, by=lead, at=NOW) == IDENTITY

    look = PersonLook.objects.get()
    assert (look.referral, look.by, look.because) == (made, lead.reference, WHY)
    for because, code in (("short", "no_reason"), ("To speak with Ílinca again.", "names_somebody")):
        assert refused(lambda: safeguarding.look(made, because=because, by=lead, at=NOW)) == [code]  # noqa: B023
    assert refused(lambda: safeguarding.look(made, because=WHY, by=person("inspector"), at=NOW)) == ["not_theirs"]
    with pytest.raises(PermissionDenied):
        safeguarding.look(made, because=WHY, by=person("manager"), at=NOW)
    assert PersonLook.objects.count() == 1
    for change in (PersonLook.objects.all().delete, lambda: PersonLook.objects.update(because="Nothing at all.")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_saw_answers_for_a_referral(lead: User, capsys: pytest.CaptureFixture[str]) -> None:
    made = a_referral_identified()
    safeguarding.look(made, because=WHY, by=lead, at=NOW)

    call_command("who_saw", made.reference)

    said = capsys.readouterr().out
    assert "Nerys Lead" in said
    assert WHY in said
    assert not sings(said)


def test_with_another_key_it_stays_shut(lead: User, settings: Any) -> None:
    made = a_referral_identified()
    settings.NAMES_KEY = "another key than that with which it was sealed"

    assert refused(lambda: safeguarding.look(made, because=WHY, by=lead, at=NOW)) == ["not_opened"]


# --- two persons, one after the other ---


def test_a_second_person_reads_before_it_is_sent(lead: User) -> None:
    own = a_referral_identified(by=lead)

    assert refused(lambda: safeguarding.second_read(own, by=lead, at=NOW)) == ["own_referral"]
    assert refused(lambda: safeguarding.send(own, by=lead, at=NOW)) == ["wrong_state"]
    for forged in ({"status": "sent", "sent_by": lead, "sent_at": NOW}, {"status": "read", "read_by": lead}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Referral.objects.filter(pk=own.pk).update(**forged)
    assert safeguarding.second_read(own, by=person("safeguarding_lead"), at=NOW).status == "read"


def test_a_referral_without_a_name_is_not_sent(lead: User) -> None:
    assert refused(lambda: safeguarding.second_read(a_referral(), by=lead, at=NOW)) == ["no_identity"]
    assert a_referral_read("refused", lead=lead).status == "read"


def test_given_back_it_is_corrected_by_whoever_prepared_it(lead: User) -> None:
    made = a_referral("refused")
    safeguarding.give_back(made, why="consent", by=lead, at=NOW)

    assert refused(lambda: safeguarding.prepare_again(made, facts=facts("refused"), by=lead, at=NOW)) == ["not_theirs"]
    again = safeguarding.prepare_again(made, facts=facts("given"), by=made.prepared_by, at=NOW)

    assert (again.status, again.consent) == ("prepared", "given")
    safeguarding.identify(again, identity=IDENTITY, by=made.prepared_by, at=NOW)
    safeguarding.give_back(again, why="facts", by=lead, at=NOW)
    codes = refused(lambda: safeguarding.prepare_again(again, facts=facts("refused"), by=made.prepared_by, at=NOW))
    assert codes == ["erase_first"]


def test_sent_it_is_answered_and_stays_as_it_was(lead: User) -> None:
    sent = a_referral_sent(lead=lead)
    later = NOW + timedelta(days=30)

    safeguarding.decide_reasonable_grounds(sent, decided="yes", on=TODAY + timedelta(days=5), by=lead, at=later)
    done = safeguarding.conclude(sent, decided="no", on=TODAY + timedelta(days=30), by=lead, at=later)

    assert (done.status, done.reasonable, done.conclusive) == ("concluded", "yes", "no")
    for column in ("gender", "region", "police_area"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Referral.objects.filter(pk=sent.pk).update(**{column: "another"})
    with pytest.raises(DatabaseError), transaction.atomic():
        by_sql(f"DELETE FROM {TABLE} WHERE id = %s", sent.pk)


def test_what_is_not_answered_is_said(lead: User) -> None:
    notified = a_referral_sent("refused", lead=lead)
    assert refused(
        lambda: safeguarding.decide_reasonable_grounds(notified, decided="yes", on=TODAY, by=lead, at=NOW)
    ) == ["not_answered"]

    sent = a_referral_sent(lead=lead)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        codes = refused(lambda: safeguarding.decide_reasonable_grounds(sent, decided="yes", on=day, by=lead, at=NOW))  # noqa: B023
        assert codes == ["wrong_day"]
    none = safeguarding.decide_reasonable_grounds(sent, decided="no", on=TODAY, by=lead, at=NOW)
    codes = refused(lambda: safeguarding.conclude(none, decided="yes", on=TODAY, by=lead, at=NOW))
    assert codes == ["no_reasonable_grounds"]


def test_dropped_it_goes_nowhere(lead: User) -> None:
    gone = safeguarding.drop(a_referral("refused"), why="others", by=lead, at=NOW)

    assert gone.status == "dropped"
    assert refused(lambda: safeguarding.second_read(gone, by=lead, at=NOW)) == ["wrong_state"]


def test_help_is_kept_with_whether_it_was_taken(lead: User) -> None:
    made = a_referral("refused")

    safeguarding.offer_support(made, service="safe_house", offered_on=TODAY, accepted=False, by=lead, at=NOW)

    assert str(Support.objects.get()) == f"{made}: safe_house"
    for more, code in (({"service": "Ilinca"}, "unknown_code"), ({"offered_on": TODAY + timedelta(1)}, "wrong_day")):
        offer: dict[str, Any] = {"service": "doctor", "offered_on": TODAY, "accepted": True, **more}
        assert refused(lambda: safeguarding.offer_support(made, **offer, by=lead, at=NOW)) == [code]  # noqa: B023
    with pytest.raises(DatabaseError), transaction.atomic():
        Support.objects.update(accepted=True)


# --- need to know ---


def test_whoever_has_a_conflict_has_nothing_to_do_with_it(lead: User) -> None:
    organisation = an_organisation()
    made, inspector = a_referral_identified(organisation=organisation), person("inspector")
    for officer in (lead, inspector):
        conflicts.declare(
            officer, organisation=organisation, because="My brother's firm.", since=TODAY, by=person("manager"), at=NOW
        )

    assert not Referral.objects.visible_to(lead).exists()
    assert refused(lambda: a_referral(by=inspector, organisation=organisation)) == ["conflicted"]
    for act in (
        lambda: safeguarding.look(made, because=WHY, by=lead, at=NOW),
        lambda: safeguarding.second_read(made, by=lead, at=NOW),
        lambda: safeguarding.give_back(made, why="facts", by=lead, at=NOW),
        lambda: safeguarding.drop(made, why="twice", by=lead, at=NOW),
        lambda: safeguarding.withdraw_consent(made, why="mistake", by=lead, at=NOW),
        lambda: safeguarding.export(made, because=WHY, by=lead, at=NOW),
        lambda: safeguarding.offer_support(made, service="doctor", offered_on=TODAY, accepted=True, by=lead, at=NOW),
    ):
        assert refused(act) == ["conflicted"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(status="read", read_by=lead, read_at=NOW)


def test_whoever_prepares_sees_their_own_and_a_lead_sees_all(lead: User) -> None:
    inspector = person("inspector")
    own, _other = a_referral(by=inspector), a_referral("refused")

    assert list(Referral.objects.visible_to(inspector)) == [own]
    assert Referral.objects.visible_to(lead).count() == 2
    assert not Referral.objects.visible_to(person("manager")).exists()


# --- out of the house ---


def test_the_export_has_the_fields_of_the_regulations_and_names_only_whom_it_may(lead: User) -> None:
    client = signed_in(lead)
    named, unnamed = a_referral_identified(), a_referral("refused")

    def taken(one: Referral, form: str) -> Any:
        return client.post(f"/staff/referrals/{one.reference}/export/", {"because": WHY, "form": form})

    full = json.loads(taken(named, "json").content)
    assert full["name"] == IDENTITY["name"]
    assert full["suspected_perpetrators"] == IDENTITY["suspects"]
    rows = list(csv.DictReader(io.StringIO(taken(unnamed, "csv").content.decode())))
    always = {
        *("notifying_authority", "gender", "nationality", "under_18_when_it_began", "suspected", "nature", "country"),
        *("referred_to_police", "police_area_where_found"),
    }
    assert always <= set(rows[0])
    assert not {"name", "date_of_birth", "suspected_perpetrators", "other_victims"} & set(rows[0])
    assert (rows[0]["nationality"], rows[0]["referred_to_police"]) == ("Romania", "Gwent")
    events = Event.objects.filter(kind="referral", verb="export").order_by("number")
    assert [(one.facts["named"], one.because) for one in events] == [(True, WHY), (False, WHY)]
    assert PersonLook.objects.count() == 1


def test_a_name_typed_for_an_adult_who_has_not_consented_is_nowhere(
    lead: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    inspector = person("inspector")
    desk, office = signed_in(inspector), signed_in(lead)
    inspection = an_inspection(inspector=inspector)
    address = f"/staff/referrals/new/?inspection={inspection.reference}&age=adult"
    typed = {**posted("refused"), **IDENTITY, "sealed": IDENTITY["name"], "notes": IDENTITY["suspects"]}

    made = desk.post(address, typed)
    one = Referral.objects.get()
    pages = [
        made,
        desk.post(address, {**typed, "kind": "nrm"}),
        desk.post(address, {**typed, "gender": IDENTITY["name"]}),
        desk.post(f"/staff/referrals/{one.reference}/identify/", IDENTITY),
        desk.get(f"/staff/referrals/{one.reference}/identify/"),
        desk.post("/staff/referrals/F-0000-0000/identify/", IDENTITY),
        Client().post(f"/staff/referrals/{one.reference}/identify/", IDENTITY),
        *(client.get(f"/staff/referrals/{one.reference}/") for client in (desk, office)),
        *(client.get("/staff/referrals/") for client in (desk, office)),
        office.post("/staff/referrals/list.csv"),
        office.post(f"/staff/referrals/{one.reference}/export/", {"because": WHY, "form": "json"}),
        office.post(f"/staff/referrals/{one.reference}/second-read/"),
    ]

    texts = [text_of(page) for page in pages]
    nowhere = [
        *texts,
        *everything(),
        caplog.text,
        *map(str, mail.outbox),
        *map(str, Letter.objects.values_list("facts")),
    ]
    assert made.status_code == 302
    assert (one.kind, one.consent) == ("notify", "refused")
    assert [text[:300] for text in nowhere if sings(text)] == []
    assert office.get("/staff/referrals/?q=Wrenfield").context["page"].rows == []


def test_a_name_that_is_sealed_is_nowhere_but_where_it_is_opened(lead: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = a_referral_identified()
    office = signed_in(lead)
    office.get(f"/staff/referrals/{made.reference}/")

    assert [text[:200] for text in everything() if sings(text)] == []
    opened = text_of(office.post(f"/staff/referrals/{made.reference}/look/", {"because": WHY}))
    assert IDENTITY["name"] in opened
    assert not sings(text_of(office.get(f"/staff/referrals/{made.reference}/look/")))
    assert not sings(caplog.text)
    assert [text[:200] for text in everything() if sings(text)] == []


def test_the_search_for_the_canary_finds_it_where_somebody_lets_it_out() -> None:
    """What finds nothing anywhere proves nothing."""
    an_organisation("Wrenfield Labour Ltd")

    assert any(sings(text) for text in everything())


# --- pages ---


def test_the_card_is_one_click_from_every_inspection_and_says_what_to_do() -> None:
    inspector = person("inspector")
    inspection = an_inspection(inspector=inspector)
    client = signed_in(inspector)
    address = f"/staff/danger/?scheme={SCHEME}&amp;inspection={inspection.reference}"

    assert address in text_of(client.get(f"/staff/inspections/{inspection.reference}/"))
    card = text_of(client.get(address.replace("&amp;", "&")))
    assert 'href="tel:999"' in card
    assert "Do not confront" in card
    assert f"/staff/referrals/new/?inspection={inspection.reference}" in card


def test_the_card_has_the_number_of_the_safeguarding_lead_where_there_is_one(settings: Any) -> None:
    client = signed_in(person("inspector"))
    assert "The safeguarding lead, at any hour" not in text_of(client.get("/staff/danger/"))

    settings.SAFEGUARDING_TELEPHONE = "01632 960100"

    assert 'href="tel:01632960100"' in text_of(client.get("/staff/danger/"))


def test_a_scheme_may_switch_referrals_off_and_keep_the_card() -> None:
    young = schemes.in_force("construction", TODAY)

    assert young.safeguarding is not None
    assert young.safeguarding.referrals == ()
    assert queries.referring_scheme("construction", on=TODAY) is None
    assert queries.card("construction", on=TODAY) is not None
    codes = refused(
        lambda: safeguarding.prepare(
            kind="nrm", facts=facts(), scheme=young, organisation=an_organisation(), by=person("inspector"), at=NOW
        )
    )
    assert codes == ["switched_off"]


def test_the_pages_say_that_a_scheme_refers_nobody_and_that_an_adult_has_not_consented() -> None:
    inspector = person("inspector")
    desk = signed_in(inspector)
    young = an_inspection(inspector=inspector)
    Inspection.objects.filter(pk=young.pk).update(scheme="construction")
    unnamed = a_referral("refused", by=inspector)

    nowhere = desk.get(f"/staff/referrals/new/?inspection={young.reference}")
    no_form = desk.get(f"/staff/referrals/{unnamed.reference}/identify/")

    assert nowhere.status_code == 404 and nowhere.templates[0].name == "compliance/safeguarding/switched_off.html"
    assert no_form.status_code == 409 and "date_of_birth" not in text_of(no_form)
    assert no_form.templates[0].name == "compliance/safeguarding/refused.html"


def test_everything_is_done_on_pages_from_preparing_to_the_last_answer(lead: User) -> None:
    inspector = person("inspector")
    desk, office = signed_in(inspector), signed_in(lead)
    inspection = an_inspection(inspector=inspector)
    given = posted(
        "given",
        told=["nrm", "support", "outcomes", "sharing"],
        in_own_language="on",
        consented_on_day="1",
        consented_on_month="11",
        consented_on_year="2026",
    )
    desk.post(f"/staff/referrals/new/?inspection={inspection.reference}&age=adult", given)
    one = Referral.objects.get()
    address = f"/staff/referrals/{one.reference}"

    day = {"on_day": "2", "on_month": "11", "on_year": "2026"}
    offered = {f"offered_on_{part}": value for part, value in (("day", "2"), ("month", "11"), ("year", "2026"))}
    for client, page, typed in (
        (desk, "identify", IDENTITY),
        (office, "give-back", {"why": "facts"}),
        (desk, "correct", {**given, "gender": "other"}),
        (office, "second-read", {}),
        (office, "send", {}),
        (office, "answer", {"decided": "yes", **day}),
        (office, "conclude", {"decided": "yes", **day}),
        (desk, "support", {"service": "doctor", "accepted": "yes", **offered}),
        (office, "withdraw-consent", {"why": "withdrawn"}),
    ):
        assert client.get(f"{address}/{page}/").status_code == 200, page
        answer = client.post(f"{address}/{page}/", typed)
        assert answer.status_code == 302, (page, answer.context["form"].errors)

    one.refresh_from_db()
    assert (one.status, one.gender, one.consent, one.organisation) == (
        "concluded",
        "other",
        "withdrawn",
        inspection.organisation,
    )
    assert "The identity was erased." in text_of(office.get(f"{address}/"))
    assert office.get(f"{address}/drop/").status_code == 200


@pytest.mark.parametrize(("age", "band"), [("child", ""), ("unsure", "child_not_known")])
def test_of_a_child_or_of_whoever_may_be_one_nobody_asks_for_consent_and_it_is_referred(age: str, band: str) -> None:
    inspector = person("inspector")
    inspection = an_inspection(inspector=inspector)
    desk, address = signed_in(inspector), f"/staff/referrals/new/?inspection={inspection.reference}&age={age}"

    page = desk.get(address)
    typed = {**posted("given", age_band=band or "under_16"), "consent": "refused", "told": ["nrm"]}
    desk.post(address, typed)

    form = page.context["form"]
    assert not {"consent", "told", "in_own_language", "consented_on"} & set(form.fields)
    assert [code for code, _title in form.fields["kind"].choices] == ["nrm"]
    assert {code for code, _title in form.fields["age_band"].choices} == {
        "under_16",
        "from_16_to_17",
        "child_not_known",
    }
    assert form.initial.get("age_band", "") == band
    made = Referral.objects.get()
    assert (made.is_child, made.consent, made.kind, made.told_nrm) == (True, "child", "nrm", False)


def test_the_age_is_asked_first_and_what_was_chosen_before_is_kept() -> None:
    inspector = person("inspector")
    inspection = an_inspection(inspector=inspector)
    desk, address = signed_in(inspector), f"/staff/referrals/new/?inspection={inspection.reference}"

    asked, nonsense = desk.get(address), desk.get(f"{address}&age=99")

    assert "Is the person 18 or over?" in text_of(asked) and inspection.reference in text_of(asked)
    assert "Does the person consent" not in text_of(asked)
    assert nonsense.status_code == 422 and "Is the person 18 or over? – choose from the list" in text_of(nonsense)
    assert "Does the person consent" in text_of(desk.get(f"{address}&age=adult"))
    nothing = desk.get(f"{address}&asked=1")
    assert nothing.status_code == 422 and "There is a problem" in text_of(nothing)
    assert 'name="asked"' in text_of(asked)


def test_no_notification_is_made_of_a_child_where_the_scheme_refers_children() -> None:
    assert refused(lambda: a_referral("child", kind="notify")) == ["child_is_referred"]
    scheme = schemes.in_force(SCHEME, TODAY)
    assert scheme.safeguarding is not None
    only_notifies = tuple(one for one in scheme.safeguarding.referrals if one.code == "notify")
    words = scheme.safeguarding.model_copy(update={"referrals": only_notifies})

    assert list(rules.prepare_blockers("notify", facts("child"), words, sectors=(), today=TODAY)) == []


def test_a_second_factor_is_shown_anew_before_who_it_is_opens(lead: User) -> None:
    made = a_referral_identified()
    client = signed_in(lead, second_factor=False)

    for page in ("look", "export"):
        assert (
            client.post(f"/staff/referrals/{made.reference}/{page}/", {"because": WHY, "form": "csv"}).status_code
            == 302
        )
    assert not PersonLook.objects.exists()


# --- PostgreSQL ---


@pytest.mark.postgresql
def test_the_role_of_the_web_reads_no_sealed_person_and_comes_to_one_by_the_function_alone(lead: User) -> None:
    made, stranger = a_referral_identified(), person("inspector")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE registry_web_of_referrals NOLOGIN")
        call_command("grant_roles", "registry_web_of_referrals")
        cursor.execute("SET LOCAL ROLE registry_web_of_referrals")
        tries: list[tuple[str, list[str | int]]] = [
            ("SELECT sealed FROM compliance_sealedperson", []),
            (
                "INSERT INTO compliance_personlook (referral_id, by, because, at) VALUES (%s, 'x', 'x', now())",
                [made.pk],
            ),
            ("SELECT compliance_open_person(%s, %s, 'short', now())", [made.pk, lead.reference]),
            ("SELECT compliance_open_person(%s, %s, %s, now())", [made.pk, stranger.reference, WHY]),
        ]
        for statement, values in tries:
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement, values)
        opened = safeguarding.look(made, because=WHY, by=lead, at=NOW)
        safeguarding.identify(made, identity={**IDENTITY, "contact": ""}, by=made.prepared_by, at=NOW)
        safeguarding.withdraw_consent(made, why="mistake", by=lead, at=NOW)
        cursor.execute("RESET ROLE")

    assert opened == IDENTITY
    assert not SealedPerson.objects.exists()


def test_what_is_typed_as_number_of_a_referral_links_it_or_is_refused(lead: User) -> None:
    inspection = an_inspection(inspector=person("inspector"))
    desk, address = signed_in(lead), "/staff/referrals/new/?age=child"
    of_child = {**posted("given", age_band="under_16"), "kind": "nrm"}

    unknown = desk.post(address, {**of_child, "number": "XXXX9999"})
    assert "There is no licence, organisation, inspection or report with this number" in text_of(unknown)
    assert unknown.context["form"]["number"].value() == "XXXX9999" and not Referral.objects.exists()

    desk.post(address, {**of_child, "number": inspection.reference.lower()})
    made = Referral.objects.get()
    assert (made.inspection, made.organisation) == (inspection, inspection.organisation)


def test_the_region_in_which_a_person_was_found_is_never_filled_in_beforehand(lead: User) -> None:
    page = signed_in(lead).get("/staff/referrals/new/?age=child")

    assert next(iter(page.context["form"].fields["region"].choices)) == ("", "Choose a region")


def test_a_child_of_whom_something_is_to_be_done_stands_above_adults(lead: User) -> None:
    child, adult = a_referral("child"), a_referral()

    assert [row.reference for row in referral_queries.referrals({}, by=lead).rows()] == [
        child.reference,
        adult.reference,
    ]
