"""One person's own part: sent by whoever applies, answered and signed by the person, and nobody else's business."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from licensing.applications.actions import applications, start
from licensing.applications.queries import applications as applications_queries
from licensing.cases.queries import case_page
from licensing.holding.actions import renewals
from licensing.people_named import actions as parts
from licensing.people_named import letters as people_named_letters
from licensing.people_named import queries as people_named_queries
from licensing.people_named import rules
from licensing.people_named.models import Part
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words as written
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, an_application_checked, decided, weeks_before_the_end
from tests.people import person
from tests.stories import a_part_answered, a_part_sent, a_part_signed, director_of, holder_of

pytestmark = pytest.mark.django_db


def codes(refused: Any) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def link_in(letter: Letter) -> str:
    """The code in the address that the mail says."""
    return people_named_letters.part_code(letter.facts["seed"])


def resigned(application: Any, at: datetime) -> None:
    """The principal authority signs the declaration last, as whoever reads the page does."""
    signed = application.answers.get(page="declaration")
    by = holder_of(application.organisation)
    applications.save_page(application, page="declaration", data=signed.data, is_complete=True, by=by, at=at)


class TestSending:
    def test_mails_a_link_whose_code_is_kept_nowhere(self) -> None:
        sent = a_part_sent()

        letter = Letter.objects.get(reference=sent.part.reference)
        code = link_in(letter)
        assert letter.address == "gethin@people.example"
        assert people_named_queries.part_of_code(code, at=NOW) == sent.part
        assert code not in str(Letter.objects.values()) + str(Part.objects.values()) + str(Event.objects.values())
        assert (sent.code, sent.pin) == ("", "")
        assert code in written.text(letter)

    def test_prints_a_link_with_a_number_when_there_is_no_address(self) -> None:
        sent = a_part_sent(address="")

        assert people_named_queries.part_of_code(sent.code.lower().replace("-", " "), at=NOW) == sent.part
        assert not Letter.objects.filter(reference=sent.part.reference).exists()
        assert parts.try_pin(sent.part, pin=sent.pin, by=None, at=NOW) == ()

    def test_names_a_person_of_whom_only_the_name_is_known(self) -> None:
        application = stories.an_application_answered()

        sent = parts.send(
            application,
            page="directors",
            item="mair",
            name="Mair Owen",
            address="mair@people.example",
            by=holder_of(application.organisation),
            at=NOW,
        )

        assert application.answers.get(item="mair").data == {"full_name": "Mair Owen"}
        assert sent.part.role == "director"

    def test_covers_all_pages_about_the_one_person_in_a_role(self) -> None:
        application = stories.an_application_answered()
        by = holder_of(application.organisation)

        part = parts.send(
            application, page="principal-authority-role", name="Angharad Rees", address="", by=by, at=NOW
        ).part

        own = people_named_queries.own_part(part, today=NOW.date())
        assert [page.slug for page in own.pages] == [
            "principal-authority",
            "principal-authority-contact",
            "principal-authority-role",
            "principal-authority-declarations",
        ]

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"name": " "}, "no_name"),
            ({"page": "vehicles"}, "not_asked"),
            ({"page": "turnover", "item": ""}, "not_asked"),
            ({"page": "alternative-representative", "item": "one-more"}, ""),
        ],
    )
    def test_refuses_what_is_about_nobody(self, given: dict[str, str], code: str) -> None:
        application = stories.an_application_answered()
        asked = {"page": "directors", "item": "new", "name": "Mair Owen", "address": "", **given}

        if not code:
            parts.send(application, **asked, by=holder_of(application.organisation), at=NOW)
            return
        with pytest.raises(Refused) as refused:
            parts.send(application, **asked, by=holder_of(application.organisation), at=NOW)
        assert code in codes(refused)

    def test_refuses_a_second_link_for_one_person(self) -> None:
        sent = a_part_sent()

        with pytest.raises(Refused) as refused:
            a_part_sent(sent.part.application)

        assert codes(refused) == ["sent_already"]

    def test_refuses_one_more_than_a_list_takes(self) -> None:
        application = stories.an_application_answered()
        by = holder_of(application.organisation)
        given: dict[str, Any] = {"page": "alternative-representative", "name": "Mair", "address": "", "by": by}
        parts.send(application, item="one", **given, at=NOW)

        with pytest.raises(Refused) as refused:
            parts.send(application, item="two", **given, at=NOW)

        assert codes(refused) == ["list_is_full"]

    def test_is_for_those_who_act_for_the_organisation(self) -> None:
        application = stories.an_application_answered()

        with pytest.raises(type(application).DoesNotExist):
            parts.send(
                application,
                page="directors",
                item=director_of(application).item,
                name="Gethin Parry",
                address="",
                by=person("applicant"),
                at=NOW,
            )

    def test_again_ends_the_link_before_it_and_keeps_the_answers(self) -> None:
        sent = a_part_sent(address="")
        a_part_answered(sent.part)

        by = holder_of(sent.part.application.organisation)
        again = parts.send_again(sent.part, address="", by=by, at=NOW + timedelta(days=40))

        assert people_named_queries.part_of_code(sent.code, at=NOW) is None
        assert people_named_queries.part_of_code(again.code, at=NOW + timedelta(days=40)) == again.part
        assert director_of(sent.part.application).part == again.part

    def test_again_is_refused_when_there_is_nothing_left_to_sign(self) -> None:
        part = a_part_signed()

        with pytest.raises(Refused) as refused:
            parts.send_again(part, address="", by=holder_of(part.application.organisation), at=NOW)

        assert codes(refused) == ["signed"]


class TestTheLink:
    def test_leads_nowhere_after_its_days(self) -> None:
        sent = a_part_sent(address="")

        assert people_named_queries.part_of_code(sent.code, at=NOW + timedelta(days=27, hours=23)) == sent.part
        assert people_named_queries.part_of_code(sent.code, at=NOW + timedelta(days=28)) is None

    def test_leads_nowhere_when_the_application_is_withdrawn(self) -> None:
        sent = a_part_sent(address="")
        by = holder_of(sent.part.application.organisation)

        applications.withdraw(sent.part.application, because="", by=by, at=NOW)

        assert people_named_queries.part_of_code(sent.code, at=NOW) is None

    def test_is_opened_by_the_mailed_number_once_and_within_ten_minutes(self) -> None:
        part = a_part_sent().part
        parts.ask_pin(part, by=None, at=NOW)
        letter = Letter.objects.filter(reference=part.reference).latest("pk")
        pin = letter.facts["pin"]

        assert letter.address == part.address
        assert [r.code for r in parts.try_pin(part, pin=pin, by=None, at=NOW + timedelta(minutes=10))] == ["pin_spent"]
        assert parts.try_pin(part, pin=f" {pin[:3]} {pin[3:]} ", by=None, at=NOW) == ()
        assert [r.code for r in parts.try_pin(part, pin=pin, by=None, at=NOW)] == ["pin_spent"]
        part.refresh_from_db()
        assert part.opened_at == NOW

    def test_is_shut_after_five_wrong_numbers(self) -> None:
        sent = a_part_sent(address="")
        wrong = f"{(int(sent.pin) + 1) % 1_000_000:06}"

        tried = [parts.try_pin(sent.part, pin=wrong, by=None, at=NOW)[0].code for _try in range(5)]

        assert tried == ["wrong_pin"] * 5
        assert [r.code for r in parts.try_pin(sent.part, pin=sent.pin, by=None, at=NOW)] == ["pin_spent"]
        assert [r.code for r in parts.try_pin(sent.part, pin="", by=None, at=NOW)] == ["pin_spent"]

    def test_printed_mails_no_number(self) -> None:
        with pytest.raises(Refused) as refused:
            parts.ask_pin(a_part_sent(address="").part, by=None, at=NOW)

        assert codes(refused) == ["printed"]


class TestAnswering:
    def test_keeps_the_answers_where_all_answers_are_with_the_link_that_gave_them(self) -> None:
        part = a_part_sent().part

        a_part_answered(part, nationality="Welsh")

        kept = director_of(part.application)
        assert (kept.data["nationality"], kept.saved_by, kept.part) == ("Welsh", None, part)
        event = Event.objects.get(verb="answer_part")
        assert (event.by, event.facts["part"]) == ("", part.reference)
        assert "Welsh" not in str(event.facts)

    def test_is_for_nobody_else_while_the_link_stands(self) -> None:
        part = a_part_sent().part
        answer = director_of(part.application)

        with pytest.raises(Refused) as refused:
            applications.save_page(
                part.application,
                page="directors",
                item=answer.item,
                data=answer.data,
                is_complete=True,
                by=holder_of(part.application.organisation),
                at=NOW,
            )

        assert codes(refused) == ["answered_by_another"]

    @pytest.mark.parametrize("page", ["secretaries", "principal-authority", "turnover", "nowhere"])
    def test_is_about_oneself_alone(self, page: str) -> None:
        part = a_part_sent().part

        with pytest.raises(Refused) as refused:
            parts.answer(part, page=page, data={}, is_complete=True, by=None, at=NOW)

        assert codes(refused) == ["not_asked"]

    def test_is_refused_when_the_person_was_removed_meanwhile(self) -> None:
        part = a_part_sent().part
        by = holder_of(part.application.organisation)
        applications.remove_item(part.application, page="directors", item=part.item, by=by, at=NOW)

        with pytest.raises(Refused) as refused:
            parts.answer(part, page="directors", data={}, is_complete=True, by=None, at=NOW)

        assert codes(refused) == ["closed"]
        assert not part.application.answers.filter(page="directors").exists()

    def test_is_saved_by_a_user_or_by_a_link_and_never_by_both(self) -> None:
        part = a_part_sent().part

        with pytest.raises(IntegrityError), transaction.atomic():
            part.application.answers.filter(page="directors").update(part=part)
        with pytest.raises(IntegrityError), transaction.atomic():
            part.application.answers.filter(page="directors").update(saved_by=None)


class TestSigning:
    def test_is_kept_with_name_time_and_digest(self) -> None:
        part = a_part_signed()

        assert (part.signed_name, part.signed_at) == ("Gethin Parry", NOW)
        assert Event.objects.get(verb="sign_part").facts["digest"] == part.signed_digest

    def test_twice_is_refused(self) -> None:
        part = a_part_signed()

        with pytest.raises(Refused) as refused:
            parts.sign(part, name="Gethin Parry", by=None, at=NOW)

        assert codes(refused) == ["signed"]

    @pytest.mark.parametrize(
        ("name", "answered", "wanted"),
        [
            ("Gethin Parry", False, ["incomplete"]),
            ("Somebody Else", True, ["another_name"]),
            (" ", True, ["no_name"]),
            ("GETHIN  PARRY", True, []),
        ],
    )
    def test_wants_every_answer_and_the_own_name(self, name: str, answered: bool, wanted: list[str]) -> None:
        part = a_part_sent().part
        if answered:
            a_part_answered(part)
        else:
            parts.answer(part, page="directors", data={}, is_complete=False, by=None, at=NOW)

        if not wanted:
            parts.sign(part, name=name, by=None, at=NOW)
            return
        with pytest.raises(Refused) as refused:
            parts.sign(part, name=name, by=None, at=NOW)
        assert codes(refused) == wanted

    def test_is_void_when_an_answer_changes_and_stands_when_none_does(self) -> None:
        part = a_part_signed()

        assert a_part_answered(part).signed_at == NOW
        changed = a_part_answered(part, nationality="Welsh")

        assert (changed.signed_at, changed.signed_name) == (None, "")
        assert Event.objects.filter(verb="void_signature").count() == 1

    def test_is_refused_after_the_last_day_and_after_handing_in(self) -> None:
        part = a_part_answered(a_part_sent().part)

        with pytest.raises(Refused) as refused:
            parts.sign(part, name="Gethin Parry", by=None, at=NOW + timedelta(days=28))
        assert "closed" in codes(refused)

        part = parts.sign(part, name="Gethin Parry", by=None, at=NOW)
        resigned(part.application, NOW + timedelta(minutes=1))
        by = holder_of(part.application.organisation)
        applications.submit(part.application, by=by, at=NOW + timedelta(minutes=2))
        with pytest.raises(Refused) as refused:
            parts.answer(part, page="directors", data={}, is_complete=True, by=None, at=NOW + timedelta(minutes=3))
        assert codes(refused) == ["handed_in"]


class TestWithdrawing:
    def test_deletes_what_the_applicant_may_not_read_and_ends_the_link(self) -> None:
        sent = a_part_sent(address="")
        part = a_part_signed(sent.part)

        parts.withdraw(part, by=holder_of(part.application.organisation), at=NOW)

        kept = director_of(part.application)
        assert (kept.data, kept.is_complete, kept.part) == ({"full_name": "Gethin Parry"}, False, None)
        assert people_named_queries.part_of_code(sent.code, at=NOW) is None

    def test_lets_somebody_else_answer_and_a_new_link_be_sent(self) -> None:
        part = a_part_sent().part
        parts.withdraw(part, by=holder_of(part.application.organisation), at=NOW)

        assert a_part_sent(part.application).part != part

    def test_twice_is_refused(self) -> None:
        part = a_part_sent().part
        by = holder_of(part.application.organisation)
        parts.withdraw(part, by=by, at=NOW)

        with pytest.raises(Refused) as refused:
            parts.withdraw(part, by=by, at=NOW)

        assert codes(refused) == ["withdrawn"]


class TestHandingIn:
    def test_is_refused_by_name_while_somebody_has_not_signed(self) -> None:
        part = a_part_answered(a_part_sent().part)
        resigned(part.application, NOW)

        with pytest.raises(Refused) as refused:
            applications.submit(part.application, by=holder_of(part.application.organisation), at=NOW)

        assert codes(refused) == ["part_unsigned"]
        assert "Gethin Parry" in str(refused.value.reasons[0])

    def test_names_nothing_that_somebody_has_still_to_answer_themselves(self) -> None:
        application = stories.an_application_answered()
        by = holder_of(application.organisation)
        parts.send(
            application,
            page="directors",
            item="one-more",
            name="Mair Owen",
            address="mair@people.example",
            by=by,
            at=NOW,
        )

        with pytest.raises(Refused) as refused:
            applications.submit(application, by=by, at=NOW)

        assert codes(refused) == ["part_unsigned"]

    def test_goes_on_once_all_have_signed_and_the_officer_sees_who_did(self) -> None:
        part = a_part_signed()
        resigned(part.application, NOW)

        handed_in = applications.submit(part.application, by=holder_of(part.application.organisation), at=NOW)

        assert handed_in.status == "submitted"
        file = case_page.case_file(handed_in, by=person("case_officer"), on=NOW.date())
        assert [one.signed_name for one in file.parts] == ["Gethin Parry"]
        role = handed_in.organisation.roles.get(kind="director")
        assert role.person and role.person.full_name == "Gethin Parry"

    def test_of_a_renewal_does_not_show_what_was_answered_to_the_authority_alone(self) -> None:
        part = a_part_signed()
        resigned(part.application, NOW)
        handed_in = applications.submit(part.application, by=holder_of(part.application.organisation), at=NOW)
        checked = an_application_checked(stories.an_application_being_assessed(stories.an_application_paid(handed_in)))
        grant = decided(a_grant_proposed(checked))
        assert grant.application and grant.application.licence
        licence = grant.application.licence

        renewal = renewals.start(licence, by=handed_in.started_by, at=weeks_before_the_end(licence, 6))

        kept = director_of(renewal)
        assert (kept.data, kept.is_complete, kept.part) == ({"full_name": "Gethin Parry"}, False, None)


def test_a_scheme_may_say_who_must_sign_their_own_part() -> None:
    from_then_on = datetime(2027, 5, 3, 10, tzinfo=NOW.tzinfo)
    filled = applications_queries.form_of(stories.an_application_answered(), today=NOW.date())
    assert list(rules.must_sign(filled)) == []

    organisation = stories.a_provider("Site Hands Ltd")
    by = holder_of(organisation)
    application = start.start(organisation, scheme="construction", by=by, at=from_then_on)
    applications.save_page(
        application, page="legal-status", data={"legal_status": "company"}, is_complete=True, by=by, at=from_then_on
    )
    applications.save_page(
        application,
        page="directors",
        item="one",
        data={"full_name": "Mair Owen"},
        is_complete=False,
        by=by,
        at=from_then_on,
    )

    with pytest.raises(Refused) as refused:
        applications.submit(application, by=by, at=from_then_on)

    unsent = [str(reason) for reason in refused.value.reasons if reason.code == "part_not_sent"]
    assert unsent == ["Mair Owen must fill in and sign their own part. Send them a link."]
