"""Everyone who asks whether something is late gets one answer: staff, the holder, facts, lists and tasks, around its day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from compliance.follow_ups import actions as follow_ups
from compliance.follow_ups.models import FollowUp
from compliance.targeting.queries.known import known
from compliance.targeting.rules.indicators import _conditions_overdue as conditions_overdue
from licensing.checks.models import Check
from licensing.checks.queries.facts import facts_of
from licensing.conditions import actions as evidence
from licensing.due_dates.queries.about import dates_of
from licensing.duties.queries.duties import duties_for
from licensing.figures.queries.outcomes import conditions as figure_of_conditions
from licensing.requests.models import InformationRequest
from registry.accounts.models import User
from registry.licences.models import Condition
from registry.tasks.models import Task
from tests import stories
from tests.compliance.stories import a_follow_up, an_inspection_confirmed
from tests.conftest import NOW, SetClock
from tests.licensing.appeals.world import DECIDED, acknowledged, listed
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import a_licence, a_request
from tests.people import person, signed_in
from tests.registry.stories import a_condition

pytestmark = pytest.mark.django_db
Says = Callable[[datetime], bool]
#: Days from the last day, and whether it is late then.
AROUND = ((-1, False), (0, False), (1, True))


def task(kind: str, subject: int) -> Says:
    """What the task says, and the list of overdue tasks with it."""

    def is_late(at: datetime) -> bool:
        one = Task.objects.open().get(kind=kind, subject_pk=subject)
        assert one.is_overdue(at) == Task.objects.open().overdue(at).filter(pk=one.pk).exists()
        return one.is_overdue(at)

    return is_late


def duty(user: User, kind: str) -> Says:
    """What the pages of the holder say."""
    return lambda at: any(
        one.is_late for one in duties_for(user, today=timezone.localdate(at)) if one.task.kind == kind
    )


def in_list(url: str, key: int, role: str = "case_officer", column: str = "pk") -> Says:
    """Whether the list that is narrowed to what is overdue has it."""

    def is_listed(at: datetime) -> bool:
        page = client(role).get(url).context["page"]
        return key in [getattr(row, column) for row in page.rows]

    return is_listed


def in_dates(subject: object) -> Says:
    """The list of all dates, narrowed to what is overdue, and the dates on the page of the case."""

    def is_late(at: datetime) -> bool:
        own = any(one.is_overdue for one in dates_of(subject, on=timezone.localdate(at)))  # type: ignore[arg-type]
        of_all = client("case_officer", "decision_maker").get("/staff/dates/?state=overdue").context["page"]
        assert own == any(row.is_overdue for row in of_all.rows) == bool(of_all.rows)
        return own

    return is_late


def client(*roles: str) -> Client:
    return signed_in(person(*roles))


def agree(due_on: date, set_clock: SetClock, **said: Says) -> None:
    for days, is_late in AROUND:
        at = timezone.make_aware(datetime.combine(due_on + timedelta(days=days), datetime.min.time().replace(hour=10)))
        set_clock(at)
        assert {name: says(at) for name, says in said.items()} == dict.fromkeys(said, is_late), days


def test_all_agree_on_a_check(set_clock: SetClock) -> None:
    application = stories.an_application_being_assessed()
    check = application.checks.of_others().unanswered().order_by("pk")[0]
    Check.objects.exclude(pk=check.pk).unanswered().update(due_on=check.due_on + timedelta(days=9))
    kind = (
        Task.objects.open()
        .filter(kind__startswith="check.", subject_pk=check.pk)
        .exclude(kind="check.chase")
        .get()
        .kind
    )

    agree(
        check.due_on,
        set_clock,
        task=task(kind, check.pk),
        row=lambda at: check.is_overdue(timezone.localdate(at)),
        list_of_checks=in_list("/staff/checks/?state=overdue", check.pk),
        list_of_cases=in_list("/staff/applications/?overdue=on", application.pk),
        fact=lambda at: bool(facts_of(application)["unanswered_check"]),
        dates=in_dates(application),
        page=lambda at: "Overdue" in client("case_officer").get(f"/staff/checks/{check.reference}/").content.decode(),
    )


def test_all_agree_on_a_request(set_clock: SetClock) -> None:
    request = a_request()
    application = request.application
    Check.objects.filter(application=application).unanswered().update(due_on=request.due_on + timedelta(days=9))

    agree(
        request.due_on,
        set_clock,
        task=task("informationrequest.answer", request.pk),
        holder=duty(stories.holder_of(application.organisation), "informationrequest.answer"),
        query=lambda at: InformationRequest.objects.past_due(timezone.localdate(at)).filter(pk=request.pk).exists(),
        dates=in_dates(application),
    )


def says_of_condition(condition: Condition) -> dict[str, Says]:
    licence = condition.licence
    return {
        "holder": duty(the_holder(licence), "condition.meet"),
        "list": in_list("/staff/conditions/?due=overdue", condition.pk),
        "row": lambda at: _is_marked(condition, "/staff/conditions/"),
        "figure": lambda at: any(row[-1] for row in figure_of_conditions("", timezone.localdate(at)).rows),
        "trigger": lambda at: bool(
            conditions_overdue(known([licence], worth={}, worth_by_one=0, at=at)[0], timezone.localdate(at), None)[0]
        ),
        "dates": lambda at: any(
            one.is_overdue for one in dates_of(licence, on=timezone.localdate(at)) if one.about == condition.requirement
        ),
    }


def _is_marked(condition: Condition, url: str) -> bool:
    page = client("case_officer").get(url)
    (row,) = [row for row in page.context["page"].rows if row.pk == condition.pk]
    return any(cell.is_late for cell in page.context["shown"].cells(row))


def test_all_agree_on_a_condition(set_clock: SetClock) -> None:
    condition = a_condition(a_licence())
    agree(condition.due_on, set_clock, task=task("condition.meet", condition.pk), **says_of_condition(condition))


def test_a_holder_who_has_sent_evidence_is_late_for_no_one(set_clock: SetClock) -> None:
    condition = a_condition(a_licence())
    evidence.send(condition, text="Payslips since October.", by=the_holder(condition.licence), at=NOW)

    at = NOW + (condition.due_on - NOW.date() + timedelta(days=1))
    set_clock(at)

    said = says_of_condition(condition)
    assert {name: says(at) for name, says in said.items()} == dict.fromkeys(said, False)


def test_all_agree_on_our_reply_to_an_appeal(set_clock: SetClock) -> None:
    appeal = acknowledged()
    assert appeal.reply_by is not None
    agree(
        appeal.reply_by,
        set_clock,
        task=task("appeal.reply", appeal.pk),
        dates=in_dates(appeal),
        list=in_list("/staff/appeals/?due=overdue", appeal.pk),
        row=lambda at: any(one.is_overdue for one in dates_of(appeal, on=timezone.localdate(at))),
    )


def test_all_agree_on_the_statements_for_a_hearing(set_clock: SetClock) -> None:
    appeal = listed(at=DECIDED)
    assert appeal.statements_by is not None
    holder = the_holder(appeal.decision.licence)  # type: ignore[arg-type]
    agree(
        appeal.statements_by,
        set_clock,
        ours=task("appeal.statements", appeal.pk),
        theirs=task("appeal.appellant_statements", appeal.pk),
        holder=duty(holder, "appeal.appellant_statements"),
        list=in_list("/staff/appeals/?due=overdue", appeal.pk),
    )


def test_all_agree_on_a_corrective_action(set_clock: SetClock) -> None:
    follow_up = a_follow_up(an_inspection_confirmed("2.4", organisation=stories.a_provider()))
    holder = stories.holder_of(follow_up.inspection.organisation)
    says: dict[str, Says] = {
        "holder": duty(holder, "followup.answer"),
        "list": in_list("/staff/follow-ups/?overdue=on", follow_up.pk, "quality_reviewer"),
        "query": lambda at: FollowUp.objects.overdue_on(timezone.localdate(at)).filter(pk=follow_up.pk).exists(),
        "row": lambda at: FollowUp.objects.get(pk=follow_up.pk).is_overdue(timezone.localdate(at)),
    }
    agree(follow_up.due_on, set_clock, task=task("followup.answer", follow_up.pk), **says)

    follow_ups.answer(follow_up, text="The sheets of December.", by=holder, at=NOW)

    at = NOW + (follow_up.due_on - NOW.date() + timedelta(days=1))
    set_clock(at)
    assert {name: one(at) for name, one in says.items()} == dict.fromkeys(says, False)
