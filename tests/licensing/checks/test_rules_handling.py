"""Who may read what an authority replied, and which texts repeat it: plain values in, an answer out."""

import pytest

from licensing.checks.models import Release, Reply
from licensing.checks.rules import handling
from licensing.checks.rules.handling import Reader, Secret
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_check_put, an_agency, answered
from tests.people import person

EVIDENCE = "It owes £48,211.50 since March 2025, and hides two sites from us (reference 871/ZK9041)."


def secret(words: str = EVIDENCE, known: str = "") -> Secret:
    return Secret("Tax", words, known)


@pytest.mark.parametrize(
    "text",
    [
        EVIDENCE,
        "We know that it HIDES two sites, from us!",  # five words in their order, whatever stands between them
        "There are debts of 48 211 pounds.",
        "See 871 / zk9041.",
        "a\nb\nand hides\ntwo sites\nfrom",
    ],
)
def test_a_text_that_quotes_or_names_a_figure_carries_the_secret(text: str) -> None:
    assert handling.carries(text, secret())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The applicant has not kept its tax affairs in order.",
        "It hides from us two sites.",  # the words, in another order
        "In March 2025 we asked; 211 workers answered.",
        "It owes nothing.",
    ],
)
def test_a_text_in_words_of_its_own_does_not(text: str) -> None:
    assert not handling.carries(text, secret())


def test_the_numbers_of_the_subject_give_nothing_away() -> None:
    words = "Company 00445790 has been struck off for debts."

    assert handling.carries("Company 00445790 is a company.", secret(words))
    assert not handling.carries("Company 00445790 is a company.", secret(words, known="00445790 1955839661"))


def test_a_short_reply_is_quoted_when_all_of_it_is_there() -> None:
    assert handling.carries("We hear: money laundering suspected. So.", secret("Money laundering suspected"))
    assert not handling.carries("Money is suspected.", secret("Money laundering suspected"))


@pytest.mark.parametrize("words", ["", "No.", "nil", "-"])
def test_a_reply_that_says_nothing_is_no_secret(words: str) -> None:
    assert not handling.carries("No, nil. Nothing is known - or owed.", secret(words))


def test_the_reason_says_of_which_check_and_not_which_words() -> None:
    (reason,) = handling.restricted_blockers({"because": EVIDENCE, "text": "Fine."}, [secret()], Reader.SUBJECT)

    assert (reason.code, reason.where) == ("restricted", "because")
    assert "Tax" in str(reason)
    assert not handling.carries(str(reason), secret())


@pytest.mark.django_db
class TestWhoMayRead:
    @pytest.mark.parametrize(
        ("role", "expected"),
        [
            ("case_officer", Reader.WEIGHS),
            ("decision_maker", Reader.WEIGHS),
            ("manager", Reader.OTHERS),
            ("auditor", Reader.OTHERS),
            ("inspector", Reader.OTHERS),
            ("quality_reviewer", Reader.OTHERS),
            ("intelligence_analyst", Reader.OTHERS),
            ("people_administrator", Reader.OTHERS),
            ("labour_user", Reader.OTHERS),
            ("applicant", Reader.SUBJECT),
        ],
    )
    def test_those_who_weigh_the_case_and_nobody_else_of_the_authority(self, role: str, expected: Reader) -> None:
        assert handling.reader(person(role), a_check_put()) is expected

    def test_the_authority_reads_its_own_reply_and_not_that_of_another(self) -> None:
        check, another = a_check_put(), an_agency("Office of Labour", codes=["police"])

        assert handling.reader(person("partner_agency", agency=check.agency), check) is Reader.AUTHOR
        assert handling.reader(person("partner_agency", agency=another), check) is Reader.OTHERS
        assert handling.reader(person("partner_agency"), check) is Reader.OTHERS

    @pytest.mark.parametrize("to_subject", [True, False])
    @pytest.mark.parametrize("to_others", [True, False])
    def test_as_the_authority_says(self, to_subject: bool, to_others: bool) -> None:
        reply = answered(a_check_put(), may_be_shown_to_subject=to_subject, may_be_passed_on=to_others)

        readers = {reader for reader in Reader if handling.may_read(reply, reader)}

        expected = {Reader.WEIGHS, Reader.AUTHOR}
        expected |= {Reader.SUBJECT} if to_subject else set()
        expected |= {Reader.OTHERS} if to_others else set()
        assert readers == expected

    def test_as_it_agrees_later(self) -> None:
        reply = answered(a_check_put())

        Release.objects.create(
            reply=reply,
            to_subject=True,
            to_others=False,
            given_by="A. Taxwoman",
            given_on=NOW.date(),
            words="You may show it.",
            recorded_by=person("case_officer"),
            recorded_at=NOW,
        )

        reply = Reply.objects.get(pk=reply.pk)
        assert handling.may_read(reply, Reader.SUBJECT)
        assert not handling.may_read(reply, Reader.OTHERS)

    def test_what_is_withheld_holds_none_of_its_words(self) -> None:
        shown = handling.shown(answered(a_check_put()), Reader.OTHERS)

        assert shown.is_withheld
        assert "48,211" not in repr(shown)
