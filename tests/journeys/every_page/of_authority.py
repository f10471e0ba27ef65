"""Pages by which the authority runs its work, and what it publishes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from licensing.figures import actions as figures
from licensing.retention import actions as erasures
from public_lookup.material_news.actions import ask_for_news
from public_lookup.release_notices.actions import ask_for_notice
from public_lookup.release_notices.queries import announced_edition
from registry.accounts.actions import accounts, keys
from registry.accounts.models import AccessRequest, User
from registry.assignment import actions as assignment
from registry.conflicts import actions as conflicts
from registry.directory import actions as directory
from registry.editions import actions as editions
from registry.organisations.models import Organisation
from registry.retention.queries import DueErasure
from registry.tasks.models import Task
from registry.waits import TaskPriority
from registry.worklists import actions as saved_views
from tests.compliance.bulletins.world import LAST_MONTH, a_bulletin, a_released_bulletin
from tests.compliance.training.world import a_training
from tests.conftest import NOW
from tests.journeys.desk import scheme_on
from tests.journeys.every_page.views import View, steps, view
from tests.licensing.checks.agencies import an_agency
from tests.people import person
from tests.registry.campaigns.world import STARTS, a_campaign, an_approved_campaign
from tests.registry.complaints.world import a_complaint, a_review_asked, a_reviewed_complaint, an_answered_complaint
from tests.registry.editions.world import a_published_edition
from tests.registry.material_orders.world import a_sent_order_of_cards, an_order_of_cards
from tests.registry.partner_statistics.world import a_proposed_agreement, an_agreement
from tests.registry.take_overs.world import a_question, a_settled_question
from tests.registry.yearly_statements import world as yearly


def _of_tasks() -> Iterator[View]:
    """A proposal that no one has taken: urgent, as no page of this world makes one, and overdue."""
    free = Task.objects.open().filter(kind="decision.decide", owner=None).order_by("pk")[0]
    Task.objects.filter(pk=free.pk).update(priority=TaskPriority.URGENT, due_on=NOW.date() - timedelta(days=3))
    for who in ("decision_maker", "manager", "inspector", "source_handler"):
        yield view(who, "staff_home")
        yield view(who, "tasks")
    yield view("manager", "tasks", query="?whose=unassigned&sort=-due")
    yield view("manager", "tasks", query="?q=nothing+of+this+name")
    yield view("manager", "tasks", query="?kind=nonsense")
    yield view("decision_maker", "take_task", free.pk)
    for name in ("task", "acknowledge_task", "assign_task", "postpone_task"):
        yield view("manager", name, free.pk)


def of_assignment() -> Iterator[View]:
    away, deputy, manager = person("case_officer"), person("case_officer"), person("manager")
    day = NOW.date()
    assignment.record_absence(away, deputy=deputy, starts=day, until=day, by=away, at=NOW)
    kind = "application.take_on"
    assignment.make_rule(kind=kind, people=[deputy], method="round_robin", initials="ABC", by=manager, at=NOW)
    for name in ("absences", "record_absence", "assignment_rules", "make_assignment_rule"):
        yield view("manager", name)
    yield view("case_officer", "record_absence")


def of_conflicts(organisation: Organisation) -> Iterator[View]:
    officer = person("case_officer")
    because = "I used to work there."
    conflict = conflicts.declare(
        officer, organisation=organisation, because=because, since=NOW.date(), by=officer, at=NOW
    )
    yield view("manager", "conflicts")
    yield view("manager", "end_conflict", conflict.reference)
    yield view("manager", "declare_conflict")
    yield view("case_officer", "declare_conflict", query=f"?organisation={organisation.reference}")


def of_figures() -> Iterator[View]:
    yield view("manager", "task_figures")
    yield view("auditor", "task_figures_by", "month")
    figures.count(by=None, at=NOW)
    yield view("manager", "figures")
    yield view("auditor", "counts")
    yield view("manager", "figures", query="?scheme=construction")


def _of_training() -> Iterator[View]:
    one = a_training()
    yield view("manager", "trainings")
    yield view("manager", "record_training")
    yield view("manager", "training", one.reference)
    yield from steps("manager", "training", one, "withdraw_training")


def _of_yearly_statements() -> Iterator[View]:
    """One that is announced, and one that is published. There must be an edition."""
    announced = yearly.an_announced_statement("2024")
    published = yearly.a_published_statement()
    yield view("manager", "yearly_statements")
    yield view("manager", "announce_yearly_statement")
    yield view("manager", "yearly_statement", announced.code)
    yield from steps("manager", "yearly_statement", announced, "write_statement", "return_statement")
    yield from steps("manager", "yearly_statement", published, "sign_statement", "publish_statement")
    yield view("independent_reviewer", "yearly_statement", published.code)
    yield from steps("independent_reviewer", "yearly_statement", published, "give_opinion")
    for name in ("staff_home", "bulletins", "campaigns", "evaluation", "prevention", "partner_agreements"):
        yield view("independent_reviewer", name)
    yield view("nobody", "statistics_yearly", published.code)


def _of_materials() -> Iterator[View]:
    """An order that waits and one that was sent; and who asked to be told what is new."""
    waiting = an_order_of_cards()
    yield view("manager", "material_orders")
    yield view("manager", "material_order", a_sent_order_of_cards().reference)
    yield from steps("manager", "material_order", waiting, "send_materials", "decline_materials")
    wish: dict[str, Any] = {
        "is_for_organisation": True,
        "sector": "",
        "place": "",
        "languages": ["pl"],
        "language": "en-gb",
    }
    reader = ask_for_news(address="union@mail.example", **wish, by=None, at=NOW)
    yield view("nobody", "material_news_reader", reader.key)
    yield view("nobody", "stop_material_news", reader.key)


def _of_complaints() -> Iterator[View]:
    waiting, reviewed = a_complaint(), a_reviewed_complaint()
    asked = a_review_asked()
    yield view("nobody", "complain")
    for one in (waiting, an_answered_complaint(), asked, reviewed):
        yield view("nobody", "complaint_answer", one.key)
    yield view("case_officer", "record_complaint")
    yield view("manager", "complaints")
    yield view("manager", "complaint", reviewed.reference)
    yield from steps("manager", "complaint", waiting, "answer_complaint", "ask_for_review")
    yield from steps("manager", "complaint", asked, "answer_review")


def _of_take_overs() -> Iterator[View]:
    """A register with a row that was refused, and one question of which was settled."""
    open_one = a_question()
    settled = a_settled_question()
    yield view("manager", "take_over_questions")
    yield view("manager", "take_over", open_one.take_over.reference)
    yield view("manager", "take_over_question", open_one.reference)
    yield view("manager", "take_over_question", settled.reference)
    yield from steps("manager", "take_over_question", open_one, "settle_question")
    number = settled.organisation.licences.get().number
    yield view("nobody", "entry", number)
    yield view("nobody", "entry", number, query="?at=2010-05-15")


def of_editions(partner: User) -> Iterator[View]:
    """One that is published, with a correction that waits; one that is announced, and one that is late."""
    released = a_published_edition()
    yield view("nobody", "statistics")
    yield view("nobody", "statistics_prevention")
    yield view("nobody", "statistics_edition", released.code)
    announced = editions.announce_edition(
        code="2026-Q3", publish_at=NOW + timedelta(days=30), by=person("manager"), at=NOW
    )
    yield view("nobody", "statistics_edition", announced.code)
    yield view("nobody", "ask_for_notice", announced.code)
    coming = announced_edition(announced.code, NOW)
    assert coming is not None
    notice = ask_for_notice(coming, address="reader@mail.example", language="en-gb", by=None, at=NOW)
    yield view("nobody", "release_notice", notice.key)
    yield view("nobody", "stop_release_notice", notice.key)
    yield from _of_complaints()
    yield from _of_materials()
    yield from _of_take_overs()
    yield view("manager", "editions")
    yield view("manager", "announce_edition")
    yield view("manager", "edition", released.code)
    yield view("manager", "preview_edition", released.code)
    partner.refresh_from_db()
    assert partner.agency is not None
    agreement = an_agreement(partner.agency)
    yield view("manager", "partner_agreements")
    yield view("manager", "partner_agreement", agreement.reference)
    yield view("manager", "give_partner_agreement")
    yield from steps("manager", "partner_agreement", agreement, "end_tables")
    proposed = a_proposed_agreement(an_agency("Council of Sampleton"))
    yield from steps("manager", "partner_agreement", proposed, "confirm_agreement", "refuse_agreement")
    yield view("partner_agency", "partner_editions")
    yield view("partner_agency", "partner_edition", released.code)
    written, told = a_bulletin(month=LAST_MONTH), a_released_bulletin()
    yield view("manager", "bulletins")
    yield view("manager", "bulletin", told.reference)
    yield view("manager", "write_bulletin")
    yield from steps("manager", "bulletin", written, "release_bulletin", "refuse_bulletin")
    yield view("partner_agency", "partner_bulletins")
    yield view("partner_agency", "partner_bulletin", told.reference)
    yield from _of_training()
    yield from _of_yearly_statements()
    yield from steps("manager", "edition", announced, "freeze", "move_date", "add_reader", "explain_lateness")
    yield from steps("manager", "edition", released, "correct", "remove_reader", "sign", "countersign")
    yield from steps("manager", "edition", released, "refuse_tables", "refuse_correction")


def of_holidays() -> Iterator[View]:
    yield view("case_officer", "holidays")
    yield view("manager", "holidays", query="?calendar=scotland&year=2027")
    yield view("manager", "add_holiday")
    yield view("manager", "remove_holiday", "scotland", "2027-01-04")


def of_campaigns() -> Iterator[View]:
    """One to be approved, and one of which a week is over."""
    planned, over = a_campaign("radio"), an_approved_campaign(starts_on=STARTS - timedelta(days=4))
    yield view("manager", "campaigns")
    yield view("manager", "campaign", over.reference)
    yield view("manager", "plan_campaign", query=f"?from={over.reference}")
    yield from steps("manager", "campaign", planned, "approve_campaign", "refuse_campaign")


def _of_packs() -> Iterator[View]:
    scheme = scheme_on(NOW.date())
    yield view("manager", "packs")
    yield view("manager", "compare_packs")
    yield view("manager", "languages")
    yield view("manager", "pack", scheme.name, scheme.version)
    for page in ("names", "directors"):  # one that is always asked, and a list that is not
        yield view("manager", "preview_page", scheme.name, scheme.version, page)
    yield view("manager", "preview_letter", scheme.name, scheme.version, "decision_refuse")


def _of_views(officer: User) -> Iterator[View]:
    kept = saved_views.keep(of_list="applications", name="Late", query="overdue=on", by=officer, at=NOW)
    yield view("case_officer", "saved_views")
    key = keys.make(name="Monthly report", scopes=["read", "decide"], days=30, by=officer, at=NOW).key
    for name, *arguments in (("keys",), ("make_key",), ("revoke_key", key.reference), ("step_up_key", key.reference)):
        yield view("case_officer", name, *arguments)
    yield view("case_officer", "keep_view", "applications", query="?status=assessing")
    for name in ("rename_view", "remove_view"):
        yield view("case_officer", name, kept.reference)


def of_the_rest(people: dict[str, User]) -> Iterator[View]:
    yield from _of_views(people["case_officer"])
    yield from _of_packs()
    yield view("auditor", "trail")
    yield view("auditor", "trail", query="?on_or_after_day=zz")
    yield view("auditor", "verify_trail")
    yield view("manager", "approval_pairs")
    yield view("manager", "personal_data")
    yield view("manager", "erasures")
    batch = erasures.list_batch([DueErasure("licences", "application", "A-7KQ2-M9XD", None)], by=None, at=NOW)
    yield view("manager", "erasure_batch", batch.reference)
    yield from steps("manager", "erasure_batch", batch, "propose_erasure", "approve_erasure", "refuse_erasure")
    yield view("auditor", "who_saw")
    yield view("auditor", "who_saw", query="?reference=R-0000-0000")
    yield view("people_administrator", "people")
    accounts.change_roles(
        person("case_officer"),
        roles=["manager"],
        because="She leads the team.",
        by=person("people_administrator"),
        at=NOW,
    )
    waiting = AccessRequest.objects.get(status="asked")
    yield view("people_administrator", "access_requests")
    yield view("people_administrator", "access_request", waiting.reference)
    yield from steps(
        "people_administrator", "access_request", waiting, "approve_access", "refuse_access", "withdraw_access"
    )
    past_directory = person("people_administrator")
    emergency = directory.sign_in_past_directory(past_directory, by=past_directory, at=NOW)
    yield view("auditor", "break_glass_sign_in", emergency.reference)
    yield from steps("people_administrator", "break_glass_sign_in", emergency, "confirm_break_glass")
    yield view("people_administrator", "invite")
    for name in ("person", "change_roles", "change_team", "reset_second_factor", "off_board"):
        yield view("people_administrator", name, people["inspector"].reference)
    key = keys.make(name="Nightly copy", scopes=["read"], days=30, by=people["inspector"], at=NOW).key
    yield view("people_administrator", "take_key", people["inspector"].reference, key.reference)
    yield from _of_tasks()
