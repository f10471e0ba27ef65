"""An undertaking to check suppliers is followed by the receipts of checks that the register holds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from compliance import jobs
from compliance.enforcement.actions import undertakings
from compliance.enforcement.models.receipts import ReceiptPurpose
from compliance.enforcement.models.undertakings import ReceiptReview, Undertaking
from compliance.enforcement.queries import receipts
from licensing.duties.queries import duties
from public_lookup.receipts import actions as checks
from registry import workdays
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.memberships.models import Membership
from registry.organisations.models import Organisation
from registry.tasks import jobs as task_jobs
from registry.tasks.models import Task
from tests.compliance.enforcement.world import MEASURE, TODAY, WHY, a_case
from tests.compliance.stories import an_organisation
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.stories import a_licence

pytestmark = pytest.mark.django_db
FIRST = workdays.add_months(TODAY, 3)
AFTER = NOW + timedelta(days=100)


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no, transaction.atomic():
        act()
    return [reason.code for reason in no.value.reasons]


def drafted(months: int = 12, every: int = 3) -> Undertaking:
    case = a_case()
    return undertakings.draft(
        case,
        offence="s13",
        reasons=WHY,
        months=months,
        measures=[MEASURE],
        receipts_every=every,
        by=case.officer,
        at=NOW,
    )


def in_force(months: int = 12, every: int = 3) -> Undertaking:
    decider = person("decision_maker")
    served = undertakings.serve(drafted(months, every), by=decider, at=NOW)
    return undertakings.accept_undertaking(served, by=decider, at=NOW)


def reviewed(one: Undertaking, kept: str = "yes", **more: Any) -> Callable[[], ReceiptReview]:
    given = {"note": "Compared with the invoices of these months.", "at": AFTER, **more}
    return lambda: undertakings.review_receipts(one, kept=kept, by=one.case.officer, **given)


def of(one: Undertaking) -> Organisation:
    assert one.case.organisation is not None
    return one.case.organisation


def who_acts_for(one: Undertaking) -> User:
    return of(one).memberships.answering().select_related("user").order_by("pk")[0].user


def checked(by: User | None, at: datetime = NOW) -> str:
    """A supplier is looked up, and the receipt kept in the account that is signed in."""
    return checks.take(a_licence(an_organisation("Supplier Ltd")).number, as_at=at, by=by, at=at).number


def tasks_of(one: Undertaking) -> set[str]:
    found = Task.objects.open().filter(kind__startswith="undertaking.", subject_pk=one.pk)
    return {task.kind.removeprefix("undertaking.") for task in found}


def test_the_first_review_is_due_after_the_months_that_were_agreed_and_the_last_with_the_undertaking() -> None:
    one = in_force(months=7, every=3)

    assert receipts.next_review_on(one) == workdays.add_months(TODAY, 3)
    reviewed(one, kept="no")()
    assert receipts.next_review_on(one) == workdays.add_months(TODAY, 6)
    reviewed(one, at=NOW + timedelta(days=200), kept="no")()
    assert receipts.next_review_on(one) == one.until
    assert refused(reviewed(one, at=NOW + timedelta(days=200), kept="no")) == ["not_due"]


def test_after_a_review_the_business_has_until_the_next() -> None:
    one = in_force(months=7, every=3)
    duty = Task.objects.open().get(kind="undertaking.check_suppliers", subject_pk=one.pk)
    assert duty.due_on == workdays.add_months(TODAY, 3)

    reviewed(one, kept="no")()

    duty.refresh_from_db()
    assert duty.due_on == workdays.add_months(TODAY, 6)


def test_no_business_is_late_while_only_our_review_is_missing() -> None:
    one = in_force(months=7, every=3)
    user = who_acts_for(one)

    def late(days: int) -> list[str]:
        today = (NOW + timedelta(days=days)).date()
        return [duty.task.kind for duty in duties.duties_for(user, today=today) if duty.is_late]

    assert late(10) == late(100) == []
    reviewed(one, kept="no")()
    assert late(101) == late(200) == []


def test_the_letter_says_that_receipts_are_reviewed_and_how_often() -> None:
    one = in_force()

    letters = Letter.objects.filter(reference=one.reference)

    assert letters.count() == 2
    assert all("We review your receipts every 3 months." in letter.sheet for letter in letters)


def test_receipts_count_that_the_labour_users_people_took_in_those_days() -> None:
    one = in_force()
    number = checked(who_acts_for(one))
    checked(person("applicant", name="Someone Else"))
    checked(None)

    due = receipts.receipts_due(one)

    assert due is not None and (due.since, due.until) == (TODAY, FIRST)
    assert [(receipt.number, receipt.taken_on, receipt.name) for receipt in due.receipts] == [
        (number, TODAY, "Supplier Ltd")
    ]


def membership(user: User, firm: Organisation, *, since: datetime = NOW, until: datetime | None = None) -> Membership:
    return Membership.objects.create(organisation=firm, user=user, kind="representative", since=since, until=until)


def counted(one: Undertaking) -> list[tuple[str, bool]]:
    due = receipts.receipts_due(one)
    assert due is not None
    return [(receipt.number, receipt.is_for_unknown) for receipt in due.receipts]


def test_receipts_count_by_who_acted_for_the_labour_user_that_day() -> None:
    one = in_force()
    left, came = person("applicant", name="Who Left"), person("applicant", name="Who Came")
    went = NOW + timedelta(days=5)
    membership(left, of(one), until=went)
    number = checked(left, NOW + timedelta(days=2))
    checked(left, NOW + timedelta(days=9))
    membership(came, of(one), since=went)
    checked(came, NOW + timedelta(days=1))
    later = checked(came, NOW + timedelta(days=9))

    assert counted(one) == [(number, False), (later, False)]


def test_who_acts_for_two_says_for_which_and_it_counts_for_that_alone() -> None:
    one, other = in_force(), an_organisation("Other Farm Ltd")
    user = who_acts_for(one)
    membership(user, other)
    given: dict[str, Any] = {"as_at": NOW, "by": user, "at": NOW}
    supplier = a_licence(an_organisation("Supplier Ltd")).number

    assert refused(lambda: checks.take(supplier, **given)) == ["no_purpose"]
    assert refused(lambda: checks.take(supplier, organisation="F-0000-0000", **given)) == ["no_purpose"]
    checks.take(supplier, organisation=other.reference, **given)
    checks.take(supplier, organisation="none", **given)
    mine = checks.take(supplier, organisation=of(one).reference, **given)

    assert counted(one) == [(mine.number, False)]
    with pytest.raises(DatabaseError), transaction.atomic():
        ReceiptPurpose.objects.update(organisation=of(one))


def test_a_receipt_from_before_it_was_asked_says_that_it_is_not_known_for_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = in_force()
    user = who_acts_for(one)
    monkeypatch.setattr("public_lookup.receipts.actions._tell_rooms", lambda *_about, **_told: None)
    alone = checked(user)
    assert counted(one) == [(alone, False)]

    membership(user, an_organisation("Other Farm Ltd"))

    assert counted(one) == [(alone, True)]
    page = signed_in(one.case.officer).get(f"/staff/undertakings/{one.reference}/").content.decode()
    assert "It does not say for which business" in page


def test_on_the_page_only_who_acts_for_several_is_asked_for_which() -> None:
    one, other = in_force(), an_organisation("Other Farm Ltd")
    user = person("labour_user")
    membership(user, of(one))
    number = a_licence(an_organisation("Supplier Ltd"), at=NOW).number
    desk, address = signed_in(user), f"/checks/{number}/"
    assert "For which business do you check?" not in desk.get(address).content.decode()
    assert desk.post(f"{address}keep/").status_code == 302
    membership(user, other)
    assert desk.get(address).content.decode().count("For which business do you check?") == 2

    wrong = desk.post(f"{address}keep/")
    assert wrong.status_code == 422 and "Say for which business you check." in wrong.content.decode()
    assert desk.post(f"{address}keep/", {"organisation": other.reference}).status_code == 302

    assert list(ReceiptPurpose.objects.order_by("pk").values_list("organisation", flat=True)) == [of(one).pk, other.pk]
    assert desk.post(f"{address}keep/", {"organisation": an_organisation("Strange Ltd").reference}).status_code == 422


def test_without_a_receipt_nobody_can_say_that_it_was_kept_to() -> None:
    one = in_force()

    assert refused(reviewed(one)) == ["no_receipts"]
    assert refused(reviewed(one, kept="no", note="Too few.")) == ["no_note"]
    assert refused(reviewed(one, kept="no", at=NOW)) == ["not_due"]
    checked(who_acts_for(one))
    review = reviewed(one)()

    assert (review.since, review.until, len(review.receipts)) == (TODAY, FIRST, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReceiptReview.objects.update(kept="no")
    with pytest.raises(DatabaseError), transaction.atomic():
        Undertaking.objects.update(receipts_every=12)


def test_a_review_is_only_of_an_undertaking_in_force_that_asks_for_checks() -> None:
    assert refused(reviewed(drafted(), kept="no")) == ["wrong_state"]
    one = in_force(every=0)
    assert receipts.next_review_on(one) is None
    assert refused(reviewed(one, kept="no")) == ["not_due"]
    assert refused(lambda: drafted(months=3, every=4)) == ["too_seldom"]


def test_the_officer_is_told_when_a_review_is_due_and_what_follows_from_it(set_clock: SetClock) -> None:
    one = in_force()
    assert {"keep", "check_suppliers"} <= tasks_of(one) and "review_receipts" not in tasks_of(one)

    set_clock(AFTER)
    task_jobs.open_due(at=AFTER)
    assert "review_receipts" in tasks_of(one)
    reviewed(one, kept="no")()

    assert "review_receipts" not in tasks_of(one) and "answer_review" in tasks_of(one)
    undertakings.breach(one, because="No supplier was looked up.", by=one.case.officer, at=AFTER)
    assert tasks_of(one) == {"apply_for_order"}


def test_it_is_read_and_reviewed_on_the_page(set_clock: SetClock) -> None:
    one = in_force()
    number = checked(who_acts_for(one))
    desk, address = signed_in(one.case.officer), f"/staff/undertakings/{one.reference}/"
    assert number in desk.get(address).content.decode()

    set_clock(AFTER)
    desk = signed_in(one.case.officer)
    typed = {"kept": "yes", "note": "One supplier in the invoices, and one receipt."}
    assert desk.post(f"{address}review-receipts/", typed).status_code == 302

    assert "One supplier in the invoices, and one receipt." in desk.get(address).content.decode()


def test_an_undertaking_does_not_end_before_its_last_days_have_been_reviewed(set_clock: SetClock) -> None:
    one, over = in_force(months=3), NOW + timedelta(days=100)
    set_clock(over)
    task_jobs.open_due(at=over)

    assert jobs.let_undertakings_run_out(at=over) == 0
    assert refused(lambda: undertakings.end_undertaking(one, by=None, at=over)) == ["review_due"]
    assert "review_receipts" in tasks_of(one) and "end" not in tasks_of(one)
    reviewed(one, kept="no", at=over)()
    assert jobs.let_undertakings_run_out(at=over) == 0 and "answer_review" in tasks_of(one)
    assert undertakings.breach(one, because="No one was looked up.", by=one.case.officer, at=over).status == "breached"


def test_an_undertaking_that_was_kept_ends_with_its_term_after_the_last_review(set_clock: SetClock) -> None:
    one, over = in_force(months=3), NOW + timedelta(days=100)
    checked(who_acts_for(one))
    set_clock(over)
    reviewed(one, at=over)()

    assert jobs.let_undertakings_run_out(at=over) == 1
    one.refresh_from_db()
    assert one.status == "ended"
