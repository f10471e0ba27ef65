"""A world in which every page can be opened by somebody who has something to do on it, and the list of those pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from compliance.check_ins import actions as check_ins
from compliance.danger import actions as dangers
from compliance.danger.models import DangerSign
from compliance.follow_ups import actions as follow_ups
from compliance.hand_overs import actions as hand_overs
from compliance.inspection_reports import actions as visit_reports
from compliance.inspections.models import Inspection
from compliance.intelligence.actions import intelligence, ties
from compliance.intelligence.rules import Grade, named
from compliance.interviews import actions as interviews
from compliance.passed_on import actions as partners
from compliance.prevention import actions as prevention
from compliance.reports.actions import triage
from compliance.safeguarding.actions import follow_ups as aftercare
from compliance.safeguarding.actions import referrals as safeguarding
from compliance.sharing_requests import actions as guarded
from compliance.targeting.actions import evaluation as counting
from compliance.targeting.actions import scores, weights
from licensing.applications.forms.applicant import as_query
from licensing.applications.models import Application
from licensing.cases.actions import notes
from licensing.decisions.actions import hearings, public_reasons, reviews
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenReply
from licensing.decisions.rules.proposals import GivenCondition
from licensing.figures import actions as figures
from licensing.findings import actions as findings
from licensing.letters import actions as letter_actions
from licensing.messages import actions as messages
from licensing.payments.actions import cards, payments
from licensing.payments.models import StatementLine
from licensing.retention import actions as erasures
from licensing.watchlist_matches import actions as watchlist_matches
from public_lookup.board.actions import boards, looks, sharing
from public_lookup.board.models.boards import SupplierLine
from public_lookup.bulk_checks import actions as lists
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.follows.actions import follows, webhooks
from public_lookup.formal_checks import actions as checks
from public_lookup.material_news.actions import ask_for_news
from public_lookup.receipts import actions as receipts
from public_lookup.release_notices.actions import ask_for_notice
from public_lookup.release_notices.queries import announced_edition
from registry import jobs as alerting
from registry import schemes
from registry.accounts.actions import accounts, keys
from registry.accounts.models import AccessRequest, User
from registry.assignment import actions as assignment
from registry.conflicts import actions as conflicts
from registry.directory import actions as directory
from registry.editions import actions as editions
from registry.letters.letters import sending as sending_letters
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.register.models import Entry, Listing, PublicReason
from registry.retention import actions as holds
from registry.retention.queries import DueErasure
from registry.schemes import paths
from registry.tasks.models import Task
from registry.uploads import ScanVerdict
from registry.waits import TaskPriority
from registry.worklists import actions as saved_views
from tests import stories
from tests.compliance.bulletins.world import LAST_MONTH, a_bulletin, a_released_bulletin
from tests.compliance.contradictions import world as contradictions
from tests.compliance.danger.world import a_danger, a_shift, with_telephone
from tests.compliance.enforcement.world import (
    a_case_made_out,
    a_case_proposed,
    a_case_referred,
    a_conviction,
    a_file_for_the_prosecutor,
    a_notice,
    a_notice_of_underpayment,
    a_notice_of_underpayment_served,
    an_order,
    an_order_on_conviction,
    an_undertaking,
    an_undertaking_in_force,
    an_undertaking_served,
)
from tests.compliance.field.world import a_conflict, an_interview
from tests.compliance.guarded_sharing.world import a_guarded_agency, asked_to_share
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.intelligence.sources_world import a_source
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.joint_cases.world import a_joint_case
from tests.compliance.reports.world import a_report, a_report_decided, a_report_done
from tests.compliance.safeguarding.world import a_referral, a_referral_identified, a_referral_sent
from tests.compliance.stories import (
    a_follow_up,
    a_plan,
    a_remedy,
    an_exhibit,
    an_inspection,
    an_inspection_confirmed,
    an_inspection_reported,
)
from tests.compliance.targeting.world import (
    a_licence_with_a_past,
    a_past_to_try_on,
    a_round,
    a_round_drawn,
    chosen_in,
    explanation_of,
    scored,
    weights_proposed,
)
from tests.compliance.training.world import a_training
from tests.conftest import NOW
from tests.journeys.desk import scheme_on
from tests.licensing import stories as cases
from tests.licensing.appeals import world as appeals
from tests.licensing.checks.agencies import a_check_put, a_letter, an_agency, answered
from tests.licensing.correspondence.world import a_file_entry
from tests.licensing.holding import transfers_world as transfers
from tests.licensing.holding.test_actions_changes import accept
from tests.licensing.holding.world import a_change, somebody_joins
from tests.licensing.insurances.world import a_proof
from tests.licensing.overrides.world import an_override, proposed
from tests.licensing.payments.bank_statements import a_row, a_statement, taken_up
from tests.licensing.payments.world import paid_too_much
from tests.licensing.phoenix_matches.world import a_look_alike
from tests.licensing.watchlist_matches.world import a_watchlist_match
from tests.passkeys import a_passkey
from tests.people import person
from tests.public_lookup.board.world import a_board, a_chain_shown, a_line
from tests.public_lookup.stories import one_of_each_standing
from tests.registry.campaigns.world import STARTS, a_campaign, an_approved_campaign
from tests.registry.complaints.world import (
    a_complaint,
    a_review_asked,
    a_reviewed_complaint,
    an_answered_complaint,
)
from tests.registry.editions.world import a_published_edition
from tests.registry.material_orders.world import a_sent_order_of_cards, an_order_of_cards
from tests.registry.partner_statistics.world import a_proposed_agreement, an_agreement
from tests.registry.stories import a_place_supplied, an_agent, an_invitation, an_organisation, with_proved_address
from tests.registry.take_overs.world import a_question, a_settled_question
from tests.registry.yearly_statements import world as yearly
from tests.remembered import remembered

# A company of the answers, with differences; another is not in it.
SNAPSHOT = Path(__file__).parents[2] / "registry" / "management" / "BasicCompanyData-2026-11-01.csv"
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class View:
    """One page as one person opens it."""

    who: str
    path: str
    # Pages in the middle of something: where it begins, and what is typed there.
    begins: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, code: str) -> str:
        return localised(self.path, code)


def localised(path: str, code: str) -> str:
    return path if code == "en-gb" else f"/{code}{path}"


def view(who: str, name: str, *arguments: object, query: str = "") -> View:
    return View(who, reverse(name, args=arguments) + query)


@dataclass(frozen=True, slots=True)
class World:
    people: dict[str, User]
    views: tuple[View, ...]


@remembered
def build() -> World:
    people = {role: person(role, password=PASSWORD) for role in ROLES if role != "partner_agency"}
    people["partner_agency"] = person("partner_agency", password=PASSWORD, email=PARTNER)
    people["no_factor"] = person("case_officer")
    people["has_factor"] = person("applicant", password=PASSWORD)
    EmailAddress.objects.create(
        user=people["has_factor"], email=people["has_factor"].email, verified=True, primary=True
    )
    people["officer_with_factor"] = person("case_officer")
    people["has_passkey"], people["has_password"] = (person("applicant", password=PASSWORD) for _who in range(2))
    for name in ("has_passkey", "has_password"):
        with_proved_address(people[name])
    a_passkey(people["has_passkey"])
    for name in ("has_factor", "officer_with_factor"):
        TOTP.activate(people[name], generate_totp_secret())
        RecoveryCodes.activate(people[name])
    views = [
        *_public(),
        *_half_way(people["has_factor"].email),
        *_with_passkeys(people["has_passkey"].email, people["has_password"].email),
        *_own_account(),
        *_of_employer(people["applicant"]),
        *_of_those_who_act(people["applicant"]),
        *_of_licensing(people["applicant"]),
        *_of_labour_user(people["labour_user"]),
    ]
    views += [
        *_of_inspections(people),
        *_of_targeting(people),
        *_of_reports(people),
        *_of_referrals(people),
        *_of_enforcement(people),
        *_of_the_rest(people),
    ]
    # Last: a snapshot has none of the made-up companies, and would have each of them confirmed before it is handed in.
    call_command("import_companies", str(SNAPSHOT), verbosity=0)
    return World(people, tuple(views))


ROLES = (
    "applicant",
    "labour_user",
    "case_officer",
    "decision_maker",
    "inspector",
    "quality_reviewer",
    "intelligence_analyst",
    "manager",
    "auditor",
    "people_administrator",
    "safeguarding_lead",
    "source_handler",
    "partner_agency",
    "independent_reviewer",
)
PARTNER = "partner@people.example"


def _public() -> Iterator[View]:
    for name in (
        "start",
        "accessibility",
        "cookies",
        "privacy",
        "terms",
        "how_we_choose",
        "service_figures",
        "shared_counts",
        "contact",
        "apply",
        "check",
        "many",
        "verify",
        "verify_document",
        "poster",
        "private",
        "help",
        "help_calculator",
        "help_near",
        "notes",
        "draft_report",
        "materials",
        "material_news",
        "order_materials",
        "report",
        "mailbox",
        "data",
        "own_table",
        "follow_ask",
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_inactive",
        "demo",
        "demo_mail",
        "demo_telephone",
    ):
        yield view("nobody", name)
    numbers = one_of_each_standing()
    for number in numbers.values():
        yield view("nobody", "entry", number)
    yield view("nobody", "poster_of", numbers["licensed"])
    yield view("nobody", "standards", stories.SCHEME)
    yield view("nobody", "help_topic", "housing")
    yield view("nobody", "help_topic_in", "pay", "northern_ireland")
    yield view("nobody", "help_letter", "claim")
    yield view("nobody", "entry", numbers["licensed"], query="?at=2026-10-01")
    yield view("nobody", "entry", numbers["licensed"], query="?at=2026-02-30")
    yield view("nobody", "entry", "ZZZZ9999")
    yield view("nobody", "code", "AAAAAAAA")
    proof = receipts.take(numbers["licensed_with_conditions"], as_at=NOW, by=None, at=NOW)
    yield view("nobody", "receipt", proof.number, proof.key)
    yield view("nobody", "verify_receipt", proof.number)
    followed = Listing.objects.get(licences__number=numbers["licensed"])
    wish = follows.ask(listing=followed, address="worker@mail.example", language="en-gb", by=None, at=NOW)
    yield view("nobody", "follow", wish.key)
    yield from _of_lists()
    yield from _of_eligibility()
    yield view("nobody", "check", query="?q=hands")
    yield view("nobody", "check", query="?q=nobody+of+this+name")
    yield View("nobody", "/no-such-page/")


def _of_eligibility() -> Iterator[View]:
    """The door, a question of each kind, the check, and one ending of each sort."""
    yield view("nobody", "eligibility")
    for name in schemes.names():
        yield view("nobody", "eligibility_about", name)
    scheme = scheme_on(NOW.date())
    assert scheme.eligibility is not None
    reached, shown = paths.reach(scheme.eligibility), set[str]()
    for ending in scheme.eligibility.endings:
        answers = reached.endings[ending.code]
        query = f"?{urlencode(list(as_query(answers)))}"
        if ending.says not in shown:
            shown.add(ending.says)
            yield view("nobody", "eligibility_result", scheme.name, query=query)
        if ending.when is None:  # the longest way
            yield view("nobody", "eligibility_answers", scheme.name, query=query)
            for page in scheme.eligibility.course(answers).answered:
                yield view("nobody", "eligibility_question", scheme.name, page.slug, query=query)


def _of_lists() -> Iterator[View]:
    """A list before its columns are confirmed, while it is looked up, and with every kind of answer."""
    rows = [["Plain Hands"], ["Plane Hands"], ["Hands"], ["Nobody of This Name"]]
    given, begun, done = (lists.make(rows=rows, by=None, at=NOW) for _list in range(3))
    for one in (begun, done):
        lists.begin(one, columns=["name"], has_heading=False, by=None, at=NOW)
    done.refresh_from_db()
    answers = many.check([{UploadedColumn.NAME: row[0]} for row in rows], NOW)
    lists.record(done, rows=list(done.rows.order_by("place")), answers=answers, by=None, at=NOW)
    yield view("nobody", "many_columns", given.key)
    yield view("nobody", "many_list", begun.key)
    for name in ("many_list", "many_follow", "many_remove"):
        yield view("nobody", name, done.key)
    yield view("nobody", "many_list", "0")


def _half_way(email: str) -> Iterator[View]:
    """Between two pages of signing up or in."""
    yield View(
        "nobody", "/account/confirm-email/", "/account/signup/", {"email": "new@people.example", "password1": PASSWORD}
    )
    yield View("nobody", "/account/password/reset/confirm/", "/account/password/reset/", {"email": email})
    yield View("nobody", "/account/2fa/authenticate/", "/account/login/", {"login": email, "password": PASSWORD})


def _with_passkeys(has_passkey: str, has_password: str) -> Iterator[View]:
    """To rename and to remove one takes the passkey itself: the journey of passkeys looks at those pages."""
    add = "/account/2fa/webauthn/add/"
    yield View("nobody", add, f"/account/login/?next={add}", {"login": has_password, "password": PASSWORD})
    yield View("nobody", "/account/2fa/authenticate/", "/account/login/", {"login": has_passkey, "password": PASSWORD})
    # Asks who has signed in some time ago to show who they are first.
    change = "/account/email/"
    yield View("nobody", change, f"/account/login/?next={change}", {"login": has_password, "password": PASSWORD})
    for name in ("mfa_index", "mfa_list_webauthn", "mfa_reauthenticate_webauthn"):
        yield view("has_passkey", name)
    yield view("has_passkey", "own_sessions")
    yield view("applicant", "mfa_list_webauthn")


def _own_account() -> Iterator[View]:
    for name in (
        "account",
        "account_email",
        "change_own_name",
        "account_change_password",
        "account_reauthenticate",
        "account_logout",
        "mfa_index",
    ):
        yield view("applicant", name)
    yield view("applicant", "mfa_activate_totp")
    yield view("applicant", "staff_home")  # not for them
    yield view("no_factor", "staff_home")
    yield view("has_factor", "mfa_reauthenticate")
    yield view("officer_with_factor", "mfa_index")


def _organisation(name: str, by: User) -> Organisation:
    return stories.a_provider(f"{name} Labour Ltd", by=by)


def _of_employer(employer: User) -> Iterator[View]:
    yield view("applicant", "apply")
    yield view("applicant", "start_application")
    yield view("applicant", "licences")
    yield view("applicant", "duties")
    yield view("applicant", "duty_reminders")
    empty = stories.an_application(_organisation("Empty", employer))
    draft = stories.an_application_answered(stories.an_application(_organisation("Draft", employer)))
    for name in ("application_tasks", "check_answers", "preview_entry", "withdraw_application"):
        yield view("applicant", name, draft.reference)
    yield view("applicant", "check_answers", empty.reference)
    for page in _one_of_each_kind(draft):
        yield view("applicant", "question_page", draft.reference, page)
    yield view("applicant", "question_page", draft.reference, "controllers")
    unknown = stories.an_application_answered(
        stories.an_application(_organisation("Unknown", employer)),
        profile=stories.a_profile(company_number="06000006"),
    )
    yield view("applicant", "check_answers", unknown.reference)
    yield view("applicant", "question_page", unknown.reference, "company")
    yield view("applicant", "company_register", unknown.reference)
    yield view("applicant", "company_register", unknown.reference, query="?number=00445790")
    item = draft.answers.exclude(item="").order_by("pk")[0]
    yield view("applicant", "item_page", draft.reference, item.page, item.item)
    yield view("applicant", "step_page", draft.reference, item.page)
    yield view("applicant", "step", draft.reference, "address", "address")
    yield view("applicant", "item_step", draft.reference, item.page, item.item, "own_matters")
    yield view("applicant", "remove_item", draft.reference, item.page, item.item)
    yield view("applicant", "choose_person", draft.reference, "directors", "another")
    with_vehicles = stories.an_application_answered(
        stories.an_application(_organisation("Vehicles", employer)), profile=stories.a_profile(transport=True)
    )
    yield view("applicant", "upload_list", with_vehicles.reference, "vehicles")
    document = cases.a_document(draft)
    cases.a_document(draft, verdict=ScanVerdict.UNKNOWN)
    yield view("applicant", "document_page", draft.reference, document.requirement)
    yield view("applicant", "document_page", draft.reference, "other")
    yield view("applicant", "remove_document", draft.reference, document.reference)
    yield from _of_parts(stories.an_application_answered(stories.an_application(_organisation("Parts", employer))))
    asked = cases.a_request(stories.an_application_being_assessed(organisation=_organisation("Asked", employer)))
    for name in ("application_tasks", "application_submitted", "check_answers"):
        yield view("applicant", name, asked.application.reference)
    yield view("applicant", "answer_request", asked.application.reference, asked.reference)
    yield view("applicant", "ask_more_time", asked.application.reference, asked.reference)
    for name in ("remind_request", "extend_request", "withdraw_request"):
        yield view("case_officer", name, asked.reference)
    messages.write(asked.application, text="Shall we send the lease too?", by=employer, at=NOW)
    messages.reply(asked.application, text="There is no need.", by=person("case_officer"), at=NOW)
    yield view("applicant", "application_messages", asked.application.reference)
    yield view("case_officer", "write_to_applicant", asked.application.reference)
    yield view("case_officer", "write_note", asked.application.reference)
    yield view("case_officer", "add_to_file_case", asked.application.reference)
    yield view("case_officer", "correspondence", asked.application.reference)
    notes.write(asked.application, text="The landlord is the director's brother.", by=person("case_officer"), at=NOW)
    yield view("case_officer", "application", asked.application.reference)
    yield view("case_officer", "messages")
    letter = _refused_letter(asked.application.organisation)
    yield view("case_officer", "undelivered")
    yield view("case_officer", "staff_letter", letter.number)
    yield view("case_officer", "send_letter_again", letter.number)
    lost = OutboxItem.objects.add(OutboxKind.WEBHOOK, "D-7KQ2-M9XD", queue="W-7KQ2-M9XD", at=NOW)
    lost.claim(NOW)
    lost.fail("no_connection", at=NOW, for_good=True)
    yield view("case_officer", "undelivered", query="?kind=webhook")
    yield view("case_officer", "send_again", lost.reference)
    question = asked.application.organisation.letters.filter(facts__has_key="items")[0]
    yield view("case_officer", "correct_letter", question.number)
    yield view("case_officer", "write_letter_anew", question.number)
    slip = {"wrong": "farms", "right": "farm", "because": "There is one farm."}
    first = letter_actions.correct(question, **slip, by=person("decision_maker"), at=NOW)
    yield from _steps("case_officer", "letter_correction", first, "countersign", "refuse_correction")
    sent = asked.application.organisation.letters.filter(facts__has_key="items").latest("pk")
    if sent != question:
        letter_actions.countersign(
            letter_actions.correct(sent, **slip, by=person("decision_maker"), at=NOW), by=person("case_officer"), at=NOW
        )
        yield view("case_officer", "staff_letter", sent.number)
        back = {"wrong": "farm", "right": "farms", "because": "There are two."}
        refused = letter_actions.correct(sent, **back, by=person("decision_maker"), at=NOW)
        letter_actions.refuse_correction(refused, because="There is one.", by=person("case_officer"), at=NOW)
        yield from _steps("case_officer", "letter_correction", refused, "read_why")
    yield view("case_officer", "staff_letter", question.number, query="?edition=1")
    yield view("applicant", "letter", question.number, query="?edition=1")
    unpaid = stories.an_application_submitted(_organisation("To pay", employer))
    card = cards.begin(unpaid, by=employer, at=NOW)
    yield view("applicant", "application_payments", unpaid.reference)
    yield view("applicant", "card_payment", unpaid.reference, card.reference)
    yield view("applicant", "application_payments", asked.application.reference)


def _of_those_who_act(employer: User) -> Iterator[View]:
    """The people of an organisation with an agent, an invitation and one's own invitation; and what the agent reads."""
    firm = _organisation("People", employer)
    agent, waits = an_agent(firm, covers=("fill_in", "answer")), an_invitation(firm)
    asked = an_invitation(email=with_proved_address(employer).email, kind="agent")
    yield view("applicant", "own_organisations")
    yield view("applicant", "organisation_people", firm.reference)
    yield view("applicant", "licences", query=f"?organisation={firm.reference}")
    for name in ("invite_to_act", "leave_organisation"):
        yield view("applicant", name, firm.reference)
    for name in ("change_kind", "remove_member", "record_consent", "withdraw_consent"):
        yield view("applicant", name, firm.reference, agent.reference)
    for name in ("resend_invitation", "withdraw_invitation"):
        yield view("applicant", name, firm.reference, waits.reference)
    for name in ("accept_invitation", "decline_invitation"):
        yield view("applicant", name, asked.reference)


def _refused_letter(organisation: Organisation) -> Letter:
    with override_settings(EMAIL_BACKEND="tests.registry.letters.test_letters.Picky"):
        by = stories.holder_of(organisation)
        organisation = organisations.update(organisation, changes={"email": "gone@mail.example"}, by=by, at=NOW)
        letter = sending_letters.queue(
            "registry/letters/letter.html", to=organisation, subject="About your file", facts={}, about="A-1", at=NOW
        )
        sending_letters.send(letter, at=NOW)
    return letter


def _of_parts(draft: Application) -> Iterator[View]:
    """What whoever applies sees of a person who answers for themselves, and what that person sees by the link."""
    yield view("applicant", "send_part_of", draft.reference, "directors", "another")
    sent = stories.a_part_sent(draft)
    yield view("applicant", "parts", draft.reference)
    for name in ("part_sent", "send_part_again", "withdraw_part"):
        yield view("applicant", name, draft.reference, sent.part.reference)
    printed = stories.a_part_sent(stories.an_application_answered(), address="")
    door = reverse("part", args=(printed.code,))
    yield View("nobody", door)
    yield view("nobody", "part", "0000")
    stories.a_part_answered(printed.part)
    for inside in (door, f"{door}about/directors/", f"{door}sign/", f"{door}refuse/"):
        yield View("nobody", inside, door, {"pin": printed.pin})
    yield view("applicant", "question_page", draft.reference, "directors")


def _of_labour_user(labour_user: User) -> Iterator[View]:
    one, other = Licence.objects.filter(scheme=stories.SCHEME).order_by("pk")[:2]
    who = {"business": "Dyffryn Farm", "name": "Ann Pugh", "telephone": "+441970900123", "because": "A new supplier."}
    checks.make(one.number, **who, by=labour_user, at=NOW)
    yield view("labour_user", "checks")
    yield view("labour_user", "formal_check", one.number)
    yield view("labour_user", "formal_check", other.number)
    yield view("labour_user", "webhooks")
    key = keys.make(name="Planning", scopes=["suppliers"], days=30, by=labour_user, at=NOW).key
    for name, *arguments in (("keys",), ("make_key",), ("revoke_key", key.reference)):
        yield view("labour_user", name, *arguments)
    webhook = webhooks.name(address="https://hooks.receiver.example/", by=labour_user, at=NOW)
    webhooks.follow(webhook, listing=Listing.objects.order_by("pk")[0], by=labour_user, at=NOW)
    yield view("labour_user", "webhook", webhook.reference)
    yield view("labour_user", "stop_webhook", webhook.reference)
    yield from _of_boards(labour_user)


def _of_boards(labour_user: User) -> Iterator[View]:
    """A board with every standing, a name to resolve and a gap; and what others see by links."""
    yield view("applicant", "boards")
    given = [a_line(one.name, of="") for one in Entry.objects.filter(name__endswith=" Hands", shown_until=None)]
    board = a_board(
        labour_user, *given, a_line("Nobody of That Name", of=given[0].name), a_line("Plane Hands", site="Fields")
    )
    boards.add_site(board, name="Night shift", people=41, starts=NOW.date(), by=labour_user, at=NOW)
    line = SupplierLine.objects.of_board(board).filter(supplier_of=None).order_by("pk")[0]
    asked = sharing.ask(
        line, email="office@hands.example", about="J & B Labour", language="en-gb", by=labour_user, at=NOW
    )
    looks.prove(board, listings=[line.listing_id or 0], by=labour_user, at=NOW)
    pages = (
        "board",
        "add_supplier",
        "add_board_site",
        "import_suppliers",
        "near_names",
        "supplier_pack",
        "board_alerts",
    )
    for name in (*pages, "supplier_chains", "delete_board"):
        yield view("labour_user", name, board.reference)
    yield view("labour_user", "board", board.reference, query="?on=2026-02-30")
    yield view("labour_user", "board_site", board.reference, line.site_id)
    for name in ("supplier", "change_supplier", "stop_supplier", "replace_supplier", "prove_supplier", "ask_supplier"):
        yield view("labour_user", name, board.reference, line.pk)
    yield view("labour_user", "remove_supplier", board.reference, line.pk)
    yield view("nobody", "supply", asked.key)
    yield view("nobody", "supply", "1-unknown")
    holder = Licence.objects.filter(scheme=stories.SCHEME).order_by("pk")[0]
    _own, share, _asked = a_chain_shown(holder, by=holder.organisation.memberships.order_by("pk")[0].user)
    yield view("nobody", "chain", share.key)
    yield view("labour_user", "take_chain", share.key)


def _one_of_each_kind(draft: Application) -> Iterator[str]:
    """Pages of the form that between them ask every kind of question: the rest are the same template over again."""
    form, seen = scheme_on(NOW.date()).form, set[str]()
    for page in draft.answers.order_by("pk").values_list("page", flat=True):
        kinds = {question.kind for question in form.page(page).questions}
        if kinds - seen:
            seen |= kinds
            yield page


def _of_licensing(employer: User) -> Iterator[View]:
    def application(name: str, story: Any = cases.an_application_checked) -> Application:
        return story(organisation=_organisation(name, employer))  # type: ignore[no-any-return]

    unpaid, paid = application("Unpaid", stories.an_application_submitted), application("Paid", _paid)
    yield from _of_applications(unpaid, paid, application("Checked"))
    licence = _licence_with_condition(employer)
    yield from _of_licences(licence)
    yield from _of_look_alikes()
    refusal = cases.a_refusal_proposed(application("Refusal"))
    yield from (
        view("case_officer", name, refusal.reference)
        for name in ("decision", "notify_decision", "supplement_decision", "drop_decision")
    )
    notified = cases.notified(cases.a_refusal_proposed(application("Notified")))
    replied = [GivenReply(1, "The beds are gone.")]
    hearings.represent(notified, text="We disagree.", to_grounds=replied, by=employer, at=NOW)
    yield view("case_officer", "supplement_decision", notified.reference)
    yield from _of_conflicts(notified.organisation)
    yield from _of_assignment()
    yield view("applicant", "reply_about_application", notified.application.reference, notified.reference)  # type: ignore[union-attr]
    grant = cases.a_grant_proposed(application("Grant"), conditions=[CONDITION])
    suspension = cases.notified(cases.a_suspension_proposed(cases.a_licence(_organisation("Suspension", employer))))
    revocation = cases.notified(cases.a_revocation_proposed(cases.a_licence(_organisation("Revocation", employer))))
    yield view("applicant", "reply_about_licence", suspension.licence.number, suspension.reference)  # type: ignore[union-attr]
    yield from _of_decisions(notified, grant, suspension, revocation)
    not_agreed = cases.a_refusal_proposed(application("Not agreed"))
    reviews.disagree(not_agreed, because="One bed is no ground.", by=person("decision_maker"), at=NOW)
    yield view("case_officer", "decision", not_agreed.reference)
    yield from _steps("case_officer", "decision", not_agreed, "read_reason")
    gone = cases.decided(cases.notified(cases.a_revocation_proposed(cases.a_licence(_organisation("Gone", employer)))))
    yield view("case_officer", "decision", gone.reference)
    explained = PublicReason.objects.exclude(decision="").order_by("pk")[0]
    yield view("case_officer", "correct_public_reason", explained.pk)
    words = {"sentence": "Wages were paid late.", "because": "It was about late wages only."}
    corrected = public_reasons.propose_correction(explained, **words, by=person("case_officer"), at=NOW)
    yield from _steps("decision_maker", "reason_correction", corrected, "agree", "refuse")
    yield view("applicant", "licence", gone.licence.number)  # type: ignore[union-attr]
    yield view("case_officer", "staff_licence", gone.licence.number)  # type: ignore[union-attr]
    yield from _of_appeals(gone)
    yield from _of_transfers(employer, application("Successor"))
    yield from _of_letters()


def _of_letters() -> Iterator[View]:
    yield view("manager", "letter_kinds")
    yield view("manager", "letter_kind", "decision_refuse", query="?version=gla-food/2026-04-07&language=cy")


def _of_transfers(employer: User, application: Application) -> Iterator[View]:
    free, asked = (cases.a_licence(_organisation(name, employer)) for name in ("Staying", "Passing"))
    transfer = transfers.a_transfer_asked(asked, application)
    yield view("applicant", "transfer_licence", free.number)
    yield view("applicant", "transfer_licence", asked.number)
    yield view("applicant", "answer_transfer", application.reference, transfer.reference)
    yield view("case_officer", "transfers")
    yield view("case_officer", "staff_licence", asked.number)
    yield view("case_officer", "propose_allow_transfer", asked.number)
    yield view("case_officer", "propose_refuse_transfer", asked.number)
    refusal = cases.notified(transfers.a_refusal_of_transfer_proposed(transfer))
    yield view("case_officer", "decision", refusal.reference)
    yield view("decision_maker", "decide", refusal.reference)
    yield view("applicant", "reply_about_licence", asked.number, refusal.reference)


def _of_appeals(gone: Decision) -> Iterator[View]:
    yield view("applicant", "own_appeal", gone.reference)
    yield view("case_officer", "receive_appeal", gone.reference)
    appeal = appeals.listed(appeals.received(gone, at=NOW), at=NOW)
    yield view("applicant", "own_appeal", gone.reference)
    yield view("applicant", "submit_to_tribunal", gone.reference)
    yield view("case_officer", "appeals")
    yield view("case_officer", "appeal", appeal.reference)
    for name in ("fix_hearing", "readmit", "tick_off", "determine", "correct", "correct_outcome"):
        yield view("case_officer", f"{name}_appeal", appeal.reference)
    for name in ("carry_out", "send_back", "leave_undecided"):
        yield view("decision_maker", f"{name}_appeal", appeal.reference)
    for table, reference in (("appeal", appeal.reference), ("decision", gone.reference)):
        yield view("case_officer", f"add_to_file_{table}", reference)
    entry = a_file_entry(appeal)
    yield view("case_officer", "appeal", appeal.reference)
    yield view("case_officer", "file_entry", entry.reference)
    for step in ("match", "mark_read", "answer_mail", "set_aside"):
        yield view("case_officer", f"{step}_file_entry", entry.reference)


CONDITION = GivenCondition("1.4", "Give every worker a payslip.", date(2027, 1, 29))


def _of_look_alikes() -> Iterator[View]:
    found = a_look_alike()
    again = found.organisation.applications.get()
    yield view("case_officer", "application", again.reference)
    yield view("case_officer", "look_alikes")
    yield view("case_officer", "look_alikes", query="?status=open&sort=-found")
    for name in ("look_alike", "confirm_look_alike", "dismiss_look_alike"):
        yield view("case_officer", name, found.reference)
    listed = a_watchlist_match("Listed Hands Ltd")
    yield view("case_officer", "watchlist_matches")
    yield view("case_officer", "watchlist_match", listed.reference)
    yield from _steps("case_officer", "watchlist_match", listed, "confirm", "dismiss")
    confirmed = watchlist_matches.confirm_match(listed, because="The same passport.", by=person("case_officer"), at=NOW)
    yield from _steps("case_officer", "watchlist_match", confirmed, "consider")


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


def _of_assignment() -> Iterator[View]:
    away, deputy, manager = person("case_officer"), person("case_officer"), person("manager")
    day = NOW.date()
    assignment.record_absence(away, deputy=deputy, starts=day, until=day, by=away, at=NOW)
    kind = "application.take_on"
    assignment.make_rule(kind=kind, people=[deputy], method="round_robin", initials="ABC", by=manager, at=NOW)
    for name in ("absences", "record_absence", "assignment_rules", "make_assignment_rule"):
        yield view("manager", name)
    yield view("case_officer", "record_absence")


def _of_conflicts(organisation: Organisation) -> Iterator[View]:
    officer = person("case_officer")
    because = "I used to work there."
    conflict = conflicts.declare(
        officer, organisation=organisation, because=because, since=NOW.date(), by=officer, at=NOW
    )
    yield view("manager", "conflicts")
    yield view("manager", "end_conflict", conflict.reference)
    yield view("manager", "declare_conflict")
    yield view("case_officer", "declare_conflict", query=f"?organisation={organisation.reference}")


def _paid(organisation: Organisation) -> Application:
    return stories.an_application_paid(organisation=organisation)


def _licence_with_condition(employer: User) -> Licence:
    proposal = cases.a_grant_proposed(organisation=_organisation("Condition", employer), conditions=[CONDITION])
    decided = cases.decided(proposal)
    assert decided.application and decided.application.licence
    return decided.application.licence


def _of_applications(unpaid: Application, paid: Application, checked: Application) -> Iterator[View]:
    yield view("case_officer", "staff_home")
    yield view("case_officer", "staff_find", query=f"?q={unpaid.organisation.legal_name.split()[0]}")
    yield view("case_officer", "staff_find", query="?q=nobody+of+this+name")
    yield view("case_officer", "applications")
    yield view("case_officer", "applications", query="?status=assessing&sort=-name")
    yield view("manager", "applications", query="?turn=others&age=10")
    file = cases.a_document(checked)
    yield view("case_officer", "application", checked.reference)
    yield view("case_officer", "read_document", checked.reference, file.reference)
    yield from _of_money(unpaid, checked)
    yield view("case_officer", "enter_paper_application")
    paper = stories.a_paper_application_submitted()
    yield view("case_officer", "application", paper.reference)
    yield view("case_officer", "application_tasks", stories.a_paper_application("Pen Cae Labour").reference)
    yield view("case_officer", "letters_to_post")
    yield view("manager", "assign_application", checked.reference)
    yield view("case_officer", "record_payment", unpaid.reference)
    payment = paid_too_much(unpaid)
    yield view("case_officer", "cancel_payment_payment", payment.reference)
    for step in ("pay_back", "drop_refund"):
        yield view("case_officer", f"{step}_refund", unpaid.refunds.get().reference)
    yield view("applicant", "application_payments", unpaid.reference)
    yield view("case_officer", "application", unpaid.reference)
    yield view("case_officer", "begin_assessment", unpaid.reference)  # says why not yet
    yield view("case_officer", "begin_assessment", paid.reference)
    yield from _of_checks()
    for name in ("ask_applicant", "commission_for_application", "propose_grant", "propose_refuse"):
        yield view("case_officer", name, checked.reference)


def _of_checks() -> Iterator[View]:
    """Checks that wait, that are overdue and that came back restricted; as officers see them, and as whoever answers."""
    agency = an_agency()
    partner = User.objects.get(email=PARTNER)
    partner.agency = agency
    partner.save(update_fields=["agency"])
    reply = answered(a_check_put(agency), by=partner, uploads=[a_letter()])
    waits = a_check_put(agency, stories.an_application_being_assessed(legal_name="Nant Glas Labour Ltd"))
    yield view("case_officer", "application", reply.asked.case.reference)
    for name in ("staff_check", "record_check", "sanitise_check", "release_check"):
        yield view("case_officer", name, reply.asked.reference)
    for name in ("staff_check", "put_check"):
        yield view("case_officer", name, waits.reference)
    yield view("case_officer", "record_nil_checks_of_case", waits.case.reference)
    yield view("case_officer", "override_reply", reply.asked.reference)
    override = an_override(agency, legal_name="Cwm Coch Labour Ltd", by=partner)
    waiting = proposed(reply)
    for one in (override, waiting):
        yield view("case_officer", "staff_override", one.reference)
        yield view("case_officer", "staff_check", one.asked.reference)
        yield view("case_officer", "application", one.asked.case.reference)
    yield view("auditor", "staff_override", override.reference)
    yield from _steps("case_officer", "override", waiting, "agree", "refuse", "withdraw", "read_refusal")
    yield view("partner_agency", "read_own_override", override.reference)
    yield view("partner_agency", "partner_check", override.asked.reference)
    yield view("auditor", "staff_check", reply.asked.reference)
    yield view("case_officer", "waive_inspection", reply.asked.case.reference, "adverse_reply")
    yield view("case_officer", "exchanges")
    yield view("case_officer", "exchange", agency.reference)
    yield view("partner_agency", "partner_exchange")
    yield view("case_officer", "staff_checks")
    yield view("case_officer", "staff_checks", query="?state=overdue&q=nobody")
    yield view("partner_agency", "staff_home")
    yield view("partner_agency", "partner_checks")
    for check in (reply.asked, waits):
        yield view("partner_agency", "partner_check", check.reference)
    yield view("people_administrator", "agencies")
    yield view("people_administrator", "add_agency")
    for name in ("agency", "change_agency", "close_agency"):
        yield view("people_administrator", name, agency.reference)


def _of_money(unpaid: Application, checked: Application) -> Iterator[View]:
    new = a_statement(
        a_row(unpaid), a_row(unpaid, amount="20.00"), ["2/11/2026", "FROM SOMEBODY", "", "12.00"], ["", "?"]
    )
    taken_up(a_statement(a_row(checked, amount="5.00"), ["1/11/2026", "UNKNOWN", "", "7.00"], name="October"))
    waiting = StatementLine.objects.order_by("pk")
    payments.verify_turnover(
        checked, verified=Decimal(2_000_000), evidence="The accounts.", by=person("case_officer"), at=NOW
    )
    yield view("case_officer", "statements")
    yield view("case_officer", "statement", new.reference)
    yield view("case_officer", "statement", waiting[0].statement.reference)
    yield view("case_officer", "statement_line", waiting[0].reference)
    yield view("case_officer", "set_aside_line", waiting[1].reference)
    for name in ("verify_turnover", "charge_inspection", "application"):
        yield view("case_officer", name, checked.reference)
    yield view("applicant", "application_payments", checked.reference)


def _of_licences(licence: Licence) -> Iterator[View]:
    yield view("applicant", "licences")
    yield view("applicant", "licence", licence.number)
    yield view("applicant", "show_licence", licence.number)
    yield view("applicant", "renew_licence", licence.number)
    applicant = stories.holder_of(licence.organisation)
    renewal = cases.a_renewal_begun(cases.a_licence(_organisation("Renewing", applicant)))
    yield view("applicant", "answer_again", renewal.reference)
    yield view("applicant", "letter", licence.organisation.letters.order_by("pk").last().number)  # type: ignore[union-attr]
    yield from _of_holding(licence)
    yield view("case_officer", "staff_licences")
    yield view("case_officer", "staff_licence", licence.number)
    for name in (
        "commission_for_licence",
        "change_numbers",
        "propose_suspend",
        "propose_revoke",
        "propose_lift",
        "propose_impose",
    ):
        yield view("case_officer", name, licence.number)
    condition = licence.conditions.order_by("pk")[0]
    for name in (
        "check_condition",
        "visit_condition",
        "propose_discharge",
        "propose_extend",
        "propose_vary",
        "propose_fail",
    ):
        yield view("case_officer", name, licence.number, condition.reference)
    yield view("case_officer", "organisations")
    yield view("case_officer", "organisations", query="?q=labour")
    place = a_place_supplied(licence.organisation)
    yield view("case_officer", "organisation", licence.organisation.reference)
    yield from _of_what_is_held(licence.organisation)
    yield from _of_figures()
    yield from _of_holidays()
    yield view("case_officer", "premises")
    yield view("inspector", "premises", query="?nation=nowhere")
    yield view("case_officer", "one_premises", place.reference)
    yield view("inspector", "one_premises", place.reference)


def _of_holding(licence: Licence) -> Iterator[View]:
    condition = licence.conditions.order_by("pk")[0]
    told, joins = a_change(licence=licence), somebody_joins(licence)
    ruling = a_change("ruling", {"decided_by": "The tribunal", "decided_what": "Unpaid wages"}, licence=licence)
    for name in ("tell_supply", "surrender_licence", "keep_licence", "report_misuse", "licence_changes"):
        yield view("applicant", name, licence.number)
    for kind in ("contact", "director_joins", "director_leaves", "named_individual_leaves", "company_number", "ruling"):
        yield view("applicant", "tell_change", licence.number, kind)
    yield view("applicant", "told_change", licence.number, told.reference)
    accept(a_change("transport", {"transport": True}, licence=licence))
    yield view("applicant", "tell_changes", licence.number, "vehicle_joins")
    yield view("applicant", "change_by_link", licence.number, "director_joins")
    yield view("applicant", "alter_licence", licence.number, "principal_authority")
    cases.a_document_about(condition)
    cases.a_document_about(condition, verdict=ScanVerdict.UNKNOWN)
    yield view("applicant", "send_evidence", licence.number, condition.reference)
    proof = a_proof(licence)
    for step in ("insurance_proof", "accept_proof_insurance", "refuse_proof_insurance"):
        yield view("case_officer", step, proof.reference)
    yield view("case_officer", "excuse_insurance", licence.number)
    for step in ("add_to_file_licence", "find_stopped_licence", "find_supplying_licence"):
        yield view("case_officer", step, licence.number)
    yield view("applicant", "insurances", licence.number)
    yield view("case_officer", "staff_licence", licence.number)
    yield view("case_officer", "changes")
    yield view("case_officer", "changes", query="?status=told&sort=-kind")
    yield view("case_officer", "change", told.reference)
    yield view("case_officer", "accept_change", told.reference)
    yield view("case_officer", "change", joins.reference)
    yield view("case_officer", "accept_change", joins.reference)  # says why not yet
    yield view("case_officer", "refuse_change", joins.reference)
    yield view("case_officer", "record_check", joins.checks.get().reference)
    yield view("case_officer", "note_change", ruling.reference)


def _of_what_is_held(organisation: Organisation) -> Iterator[View]:
    held = _organisation("Held", organisation.memberships.answering().order_by("pk")[0].user)
    holds.place(held, because="The police have asked for it.", by=person("manager"), at=NOW)
    yield view("applicant", "your_data")
    yield view("manager", "organisation", held.reference)
    yield view("manager", "place_hold", organisation.reference)
    yield view("manager", "lift_hold", held.reference)
    known = organisation.roles.exclude(person=None).select_related("person")[0].person
    yield view("manager", "data_of_person", organisation.reference, known.reference)  # type: ignore[union-attr]


def _of_figures() -> Iterator[View]:
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
    yield from _steps("manager", "training", one, "withdraw_training")


def _of_yearly_statements() -> Iterator[View]:
    """One that is announced, and one that is published. There must be an edition."""
    announced = yearly.an_announced_statement("2024")
    published = yearly.a_published_statement()
    yield view("manager", "yearly_statements")
    yield view("manager", "announce_yearly_statement")
    yield view("manager", "yearly_statement", announced.code)
    yield from _steps("manager", "yearly_statement", announced, "write_statement", "return_statement")
    yield from _steps("manager", "yearly_statement", published, "sign_statement", "publish_statement")
    yield view("independent_reviewer", "yearly_statement", published.code)
    yield from _steps("independent_reviewer", "yearly_statement", published, "give_opinion")
    for name in ("staff_home", "bulletins", "campaigns", "evaluation", "prevention", "partner_agreements"):
        yield view("independent_reviewer", name)
    yield view("nobody", "statistics_yearly", published.code)


def _of_materials() -> Iterator[View]:
    """An order that waits and one that was sent; and who asked to be told what is new."""
    waiting = an_order_of_cards()
    yield view("manager", "material_orders")
    yield view("manager", "material_order", a_sent_order_of_cards().reference)
    yield from _steps("manager", "material_order", waiting, "send_materials", "decline_materials")
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
    yield from _steps("manager", "complaint", waiting, "answer_complaint", "ask_for_review")
    yield from _steps("manager", "complaint", asked, "answer_review")


def _of_take_overs() -> Iterator[View]:
    """A register with a row that was refused, and one question of which was settled."""
    open_one = a_question()
    settled = a_settled_question()
    yield view("manager", "take_over_questions")
    yield view("manager", "take_over", open_one.take_over.reference)
    yield view("manager", "take_over_question", open_one.reference)
    yield view("manager", "take_over_question", settled.reference)
    yield from _steps("manager", "take_over_question", open_one, "settle_question")
    number = settled.organisation.licences.get().number
    yield view("nobody", "entry", number)
    yield view("nobody", "entry", number, query="?at=2010-05-15")


def _of_editions(partner: User) -> Iterator[View]:
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
    yield from _steps("manager", "partner_agreement", agreement, "end_tables")
    proposed = a_proposed_agreement(an_agency("Council of Sampleton"))
    yield from _steps("manager", "partner_agreement", proposed, "confirm_agreement", "refuse_agreement")
    yield view("partner_agency", "partner_editions")
    yield view("partner_agency", "partner_edition", released.code)
    written, told = a_bulletin(month=LAST_MONTH), a_released_bulletin()
    yield view("manager", "bulletins")
    yield view("manager", "bulletin", told.reference)
    yield view("manager", "write_bulletin")
    yield from _steps("manager", "bulletin", written, "release_bulletin", "refuse_bulletin")
    yield view("partner_agency", "partner_bulletins")
    yield view("partner_agency", "partner_bulletin", told.reference)
    yield from _of_training()
    yield from _of_yearly_statements()
    yield from _steps("manager", "edition", announced, "freeze", "move_date", "add_reader", "explain_lateness")
    yield from _steps("manager", "edition", released, "correct", "remove_reader", "sign", "countersign")
    yield from _steps("manager", "edition", released, "refuse_tables", "refuse_correction")


def _of_holidays() -> Iterator[View]:
    yield view("case_officer", "holidays")
    yield view("manager", "holidays", query="?calendar=scotland&year=2027")
    yield view("manager", "add_holiday")
    yield view("manager", "remove_holiday", "scotland", "2027-01-04")


def _of_decisions(*decisions: Decision) -> Iterator[View]:
    yield view("decision_maker", "decisions")
    yield view("case_officer", "conditions")
    yield view("case_officer", "dates_due")
    yield view("case_officer", "dates_due", query="?state=overdue&officer=mine")
    for decision in decisions:
        yield view("decision_maker", "decision", decision.reference)
        yield view("decision_maker", "decide", decision.reference)
    notified, revocation = decisions[0], decisions[-1]
    yield view("decision_maker", "decide_otherwise", notified.reference)
    yield view("decision_maker", "decide_otherwise", revocation.reference)
    yield from _steps("decision_maker", "decision", notified, "return", "ask_advice", "disagree")
    yield from _steps("case_officer", "decision", notified, "give_more_time")
    asked: dict[str, Any] = {"comments": "Is the ground sound?", "due_on": NOW.date() + timedelta(days=7)}
    decider = person("decision_maker")
    advice = reviews.ask_advice(notified, to=person("case_officer"), **asked, by=decider, at=NOW)
    yield from _steps("case_officer", "decision_review", advice, "answer_review")
    yield from _steps("decision_maker", "decision_review", advice, "call_off_review")
    yield view("decision_maker", "decide", notified.reference)


def _of_inspections(people: dict[str, User]) -> Iterator[View]:
    given: dict[str, Any] = {"inspector": people["inspector"], "by": people["case_officer"]}
    to_do, reported = an_inspection(**given), an_inspection_reported("1.4", **given)
    exhibit = an_exhibit(to_do)
    yield from _of_people_met(to_do)
    yield view("inspector", "inspection_evidence", to_do.reference)
    yield view("inspector", "add_evidence", to_do.reference)
    for name in ("evidence_item", "amend_evidence_item", "strike_out_evidence_item", "hand_on_evidence_item"):
        yield view("inspector", name, to_do.reference, exhibit.number)
    ready = cases.an_inspection_of(cases.an_application_checked(legal_name="Inspected Ltd"), "1.4")
    yield view("inspector", "inspections")
    for name in ("inspection", "inspection_findings", "inspection_visit", "report_inspection"):
        yield view("inspector", name, to_do.reference)
    for section in (1, 2, 6):
        yield view("inspector", "inspection_section", to_do.reference, section)
    for name in ("call_off_inspection", "reassign_inspection"):
        yield view("case_officer", name, to_do.reference)
    yield view("case_officer", "inspection", ready.reference)
    yield view("case_officer", "propose_grant", ready.case)
    yield view("case_officer", "propose_refuse", ready.case)
    for name in ("inspection", "confirm_inspection", "return_inspection", "inspection_versions", "report_for_business"):
        yield view("quality_reviewer", name, reported.reference)
    yield view("inspector", "word_for_business", to_do.reference)
    yield from _of_contradictions()
    yield from _of_plans(to_do)
    yield from _of_reports_for_businesses(people, given)


def _of_contradictions() -> Iterator[View]:
    draft, visit = contradictions.contradictory(), contradictions.reported()
    one = (visit.reference, "interview", "3.2")
    yield view("inspector", "inspection_contradictions", draft.reference)
    yield view("inspector", "explain_contradiction", draft.reference, "off_plan", "visit")
    for name in ("ask_contradiction", "accept_contradiction"):
        yield view("quality_reviewer", name, *one)
    contradictions.answered("accept", visit, "off_plan", "", by=person("quality_reviewer"))
    contradictions.answered("ask", visit, by=person("quality_reviewer"))
    yield view("quality_reviewer", "inspection_contradictions", visit.reference)


def _of_plans(to_do: Inspection) -> Iterator[View]:
    a_plan(to_do, interpreters={"Romanian": True}, officers=[person("inspector")])
    for query in ("", "?show=month", "?show=month&rows=region", "?from=2026-10-01", "?region=nowhere"):
        yield view("manager", "visit_calendar", query=query)
    yield view("inspector", "plan_visit", to_do.reference)
    yield view("manager", "visit_calendar", query="?rows=district")
    yield view("inspector", "check_in", to_do.reference)
    check_ins.check_in(to_do, expected_at=NOW + timedelta(hours=3), by=to_do.inspector, at=NOW)
    for name in ("check_out", "stay_longer", "inspection"):
        yield view("inspector", name, to_do.reference)


def _of_reports_for_businesses(people: dict[str, User], given: dict[str, Any]) -> Iterator[View]:
    business = cases.a_licence(legal_name="Reported On Ltd").organisation
    people["holder_reported_on"] = holder = stories.holder_of(business)
    waiting, confirmed = (
        an_inspection_confirmed("2.4", organisation=business, inspector=given["inspector"], kind=kind, exhibits=1)
        for kind in ("compliance", "new_business")
    )
    sending = visit_reports.send(confirmed, reply_by=date(2026, 11, 16), by=people["case_officer"], at=NOW)
    yield view("holder_reported_on", "own_inspection_report", confirmed.reference)
    visit_reports.reply(sending, text="We write the hours down now.", by=holder, at=NOW)
    yield view("case_officer", "report_for_business", confirmed.reference)
    yield view("case_officer", "send_for_business", waiting.reference)
    yield from _of_what_is_put_right(people, confirmed, holder)


def _of_what_is_put_right(people: dict[str, User], confirmed: Inspection, holder: User) -> Iterator[View]:
    asked, answered = (a_follow_up(confirmed, by=people["quality_reviewer"]) for _twice in range(2))
    follow_ups.answer(answered, text="The sheets of December.", by=holder, at=NOW)
    a_remedy(confirmed)
    yield view("quality_reviewer", "follow_ups")
    yield view("quality_reviewer", "ask_after_visit", confirmed.reference)
    yield view("quality_reviewer", "give_advice", confirmed.reference)
    for name in ("follow_up", "accept_follow_up", "send_back_follow_up", "fail_follow_up", "extend_follow_up"):
        yield view("quality_reviewer", name, answered.reference)
    yield view("case_officer", "visit_follow_up", asked.reference)
    yield view("manager", "remedies")
    yield view("quality_reviewer", "remedies_of_organisation", confirmed.organisation.reference)
    yield view("manager", "inspection", confirmed.reference)
    yield view("manager", "confirm_remedy", confirmed.reference, 1)
    yield view("manager", "turn_down_remedy", confirmed.reference, 1)
    yield view("quality_reviewer", "record_remedy_after_visit", confirmed.reference)
    yield view("holder_reported_on", "own_inspections")
    yield view("holder_reported_on", "own_follow_up", asked.reference)


def _of_people_met(to_do: Inspection) -> Iterator[View]:
    met = an_interview(to_do)
    interviews.draw(to_do, workers_present=42, by=to_do.inspector, at=NOW)
    _device, two_versions = a_conflict(to_do)
    for name in ("inspection_interviews", "draw_interviews", "indicators_interviews", "sign_interviews", "field_sent"):
        yield view("inspector", name, to_do.reference)
    yield view("inspector", "change_interview", to_do.reference, met.key)
    yield view("inspector", "settle_field_item", to_do.reference, two_versions.key)
    yield view("inspector", "field_devices")
    yield view("inspector", "field")
    yield view("manager", "sign_out_device", two_versions.device.key)
    yield view("quality_reviewer", "inspection_interviews", to_do.reference)


def _of_targeting(people: dict[str, User]) -> Iterator[View]:
    licence = a_licence_with_a_past(legal_name="Targeted Ltd")
    scored(licence)
    holder = licence.organisation.memberships.answering().get().user
    scores.reply(licence, text="The houses were sold in May.", by=holder, at=NOW)
    people["holder_of_targeted"] = holder
    yield view("holder_of_targeted", "licence_signals", licence.number)
    yield view("manager", "scores")
    yield view("manager", "scores", query="?at_least=x")
    yield view("intelligence_analyst", "score", licence.number)
    closed = a_past_to_try_on()
    yield view("manager", "visit_round", closed.reference)
    opened = a_round(capacity=4)
    yield view("manager", "choose_round", opened.reference, query=f"?number={licence.number}")
    yield view("intelligence_analyst", "fix_round", opened.reference)
    chosen_in(opened, licence)
    one = a_round_drawn(opened)
    explanation = explanation_of(one.choices.order_by("-pk")[0])
    yield view("manager", "rounds")
    yield view("manager", "visit_round", one.reference)
    yield view("manager", "open_round")
    yield view("manager", "draw_round", one.reference)
    yield view("manager", "explain_round", one.reference, query=f"?number={licence.number}")
    yield view("manager", "close_round", one.reference)
    yield view("manager", "accept_visit_explanation", explanation.reference)
    yield view("manager", "refuse_visit_explanation", explanation.reference)
    yield view("case_officer", "send_visit", one.reference, licence.number)
    counting.evaluate(by=None, at=NOW)
    yield view("auditor", "evaluation")
    prevention.count_prevention(by=None, at=NOW + timedelta(days=190))
    yield view("manager", "prevention")
    yield view("manager", "record_prevention_change", licence.scheme)
    yield from _of_campaigns()
    yield view("intelligence_analyst", "propose_weights", licence.scheme)
    own = weights_proposed()
    yield view("intelligence_analyst", "weighting", own.number)
    yield view("manager", "adopt_weights", own.number)
    yield view("manager", "drop_weights", own.number)
    weights.adopt(own, holds_from=NOW.date(), by=people["manager"], at=NOW)
    yield view("manager", "weights")
    yield view("intelligence_analyst", "return_to_scheme", licence.scheme)


def _of_campaigns() -> Iterator[View]:
    """One to be approved, and one of which a week is over."""
    planned, over = a_campaign("radio"), an_approved_campaign(starts_on=STARTS - timedelta(days=4))
    yield view("manager", "campaigns")
    yield view("manager", "campaign", over.reference)
    yield view("manager", "plan_campaign", query=f"?from={over.reference}")
    yield from _steps("manager", "campaign", planned, "approve_campaign", "refuse_campaign")


def _of_packs() -> Iterator[View]:
    scheme = scheme_on(NOW.date())
    yield view("manager", "packs")
    yield view("manager", "compare_packs")
    yield view("manager", "languages")
    yield view("manager", "pack", scheme.name, scheme.version)
    for page in ("names", "directors"):  # one that is always asked, and a list that is not
        yield view("manager", "preview_page", scheme.name, scheme.version, page)
    yield view("manager", "preview_letter", scheme.name, scheme.version, "decision_refuse")


def _of_intelligence(people: dict[str, User]) -> Iterator[View]:
    analyst, handler = people["intelligence_analyst"], people["source_handler"]
    partner = User.objects.get(email=PARTNER)
    source = a_source(by=handler)
    graded = Grade("1", "B", "C", ["A2", "S2"], "Not to be shown to the business.")
    one = some_intelligence(an_organisation("Fern Labour Ltd"), by=handler, source=source, grade=graded)
    other = some_intelligence(by=analyst)
    passed = [
        intelligence.pass_on(one, agency=agency, purpose="To protect workers: 2004 Act, s.19.", by=analyst, at=NOW)
        for agency in [partner.agency] * 2
    ]
    partners.accept_conditions(passed[0], by=partner, at=NOW)
    ends = [
        named(kind, text, None, where="first")
        for kind, text in (("person", "Marek Kowalski"), ("vehicle", "AB12 CDE"), ("address", "1 Fern Lane, Sampleton"))
    ]
    for nth in (0, 1):
        hung = ties.tie(
            one, first=ends[nth], second=ends[nth + 1], how="seen with", strength=nth + 1, by=analyst, at=NOW
        )
    yield view("intelligence_analyst", "tie_intelligence", one.reference)
    yield view("intelligence_analyst", "take_back_tie", one.reference, hung.pk)
    yield view("intelligence_analyst", "entity", hung.first.reference)
    yield view("intelligence_analyst", "intelligence_list")
    yield view("intelligence_analyst", "intelligence_list", query="?source=1&q=papers")
    yield view("intelligence_analyst", "intelligence", other.reference)  # why does one open it?
    for who, user in (("intelligence_analyst", analyst), ("source_handler", handler)):
        intelligence.read(one, because="To prepare the visit on Friday.", by=user, at=timezone.now())
        yield view(who, "intelligence", one.reference)
    for name in ("grade_anew_intelligence", "agree_grade", "pass_on_intelligence", "intelligence_text", "rewrite_text"):
        yield view("intelligence_analyst", name, one.reference)
    waiting = some_intelligence(by=handler, is_released=False)
    intelligence.read(waiting, because="To read it as a second person.", by=analyst, at=timezone.now())
    yield view("intelligence_analyst", "release_text", waiting.reference)
    yield view("intelligence_analyst", "refuse_text", waiting.reference)
    yield view("intelligence_analyst", "open_joint_case_of_intelligence", passed[0].reference)
    yield view("intelligence_analyst", "ask_to_share_guarded_intelligence", one.reference)
    sharing = asked_to_share(one, a_guarded_agency(), "intelligence", by=analyst)
    yield view("safeguarding_lead", "guarded_sharings")
    yield view("safeguarding_lead", "guarded_sharing", sharing.reference)
    yield from _steps("safeguarding_lead", "guarded_sharing", sharing, "approve", "refuse")
    yield view("intelligence_analyst", "withdraw_guarded_sharing", sharing.reference)
    guarded.refuse_sharing(sharing, because="No one is in danger.", by=people["safeguarding_lead"], at=NOW)
    yield view("intelligence_analyst", "read_refusal_guarded_sharing", sharing.reference)
    yield view("source_handler", "record_intelligence")
    yield view("source_handler", "sources")
    yield view("source_handler", "keep_source")
    for name in ("source", "look_source", "hand_over_source"):
        yield view("source_handler", name, source.reference)
    partners.respond(passed[0], kind="question", text="Which office is it?", by=partner, at=NOW)
    yield from _steps("intelligence_analyst", "partner_answer", passed[0], "note", "reply")
    yield view("partner_agency", "partner_intelligence")
    for row in passed:
        yield view("partner_agency", "passed_on", row.reference)
    yield view("partner_agency", "answer_passed_on", passed[1].reference)


def _of_reports(people: dict[str, User]) -> Iterator[View]:
    received, done = a_report(contact="direct"), a_report_done()
    yield view("intelligence_analyst", "staff_reports")
    yield view("intelligence_analyst", "staff_reports", query="?status=received&kind=pay&mine=on")
    analyst = people["intelligence_analyst"]
    yield view("intelligence_analyst", "staff_report", received.reference)  # why does one open it?
    read, again = a_report_decided(by=analyst, about_number="07700 900123"), a_report(about_number="07700 900 123")
    triage.translate(
        read, language="Polish", text="They keep passports.", translator="An interpreter", by=analyst, at=NOW
    )
    triage.link(read, other=done, kind="linked", because="The same farm, it seems.", by=analyst, at=NOW)
    for report in (read, done):
        triage.read(report, because="To decide what becomes of it.", by=analyst, at=timezone.now())
        yield view("intelligence_analyst", "staff_report", report.reference)
    for name in ("decide_report", "translate_report", "tag_report", "identify_report"):
        yield view("intelligence_analyst", name, read.reference)
    yield view("intelligence_analyst", "link_report", read.reference, query=f"?other={again.reference}")
    yield from _of_editions(people["partner_agency"])
    yield from _of_intelligence(people)
    yield from _of_hand_overs(people)
    yield view("case_officer", "take_report")
    yield view("manager", "report_clocks")
    yield view("partner_agency", "signs")
    for name in ("begin_report", "ask_report", "close_report", "reach_reporter"):
        yield view("intelligence_analyst", name, received.reference)
    yield view("intelligence_analyst", "reopen_report", done.reference)


def _of_hand_overs(people: dict[str, User]) -> Iterator[View]:
    """For a visit, for licensing and for another authority; waiting, and answered."""
    analyst, partner = people["intelligence_analyst"], User.objects.get(email=PARTNER)
    licence = cases.a_licence(legal_name="Handed Over Ltd")
    some_intelligence(licence.organisation, by=analyst)
    to_visit, declined, licensing = (
        handed_over(to, licence=licence, by=analyst) for to in ("inspection", "inspection", "licensing")
    )
    hand_overs.decline(declined, because="It was visited last week.", by=people["case_officer"], at=NOW)
    waits, passed = (handed_over("agency", agency=partner.agency, is_identified=False, by=analyst) for _two in (1, 2))
    hand_overs.pass_on(passed, by=analyst, at=NOW)
    failed, proposed = (cases.an_inspection_of(licence, *cases.FAILING) for _two in (1, 2))
    no_action = findings.propose_no_action(
        proposed.finding, because="The site is closed.", by=people["case_officer"], at=NOW
    )
    yield view("case_officer", "hand_overs", query="?status=open&to=inspection")
    yield view("case_officer", "hand_over", to_visit.reference)
    yield from _steps("case_officer", "hand_over", to_visit, "commission", "decline")
    yield view("case_officer", "take_no_action_hand_over", licensing.reference)
    yield view("case_officer", "propose_dossier", licensing.reference)
    yield view("intelligence_analyst", "hand_over", declined.reference)
    yield view("intelligence_analyst", "note_result", declined.reference)
    yield view("intelligence_analyst", "pass_on_hand_over", waits.reference)
    yield view("intelligence_analyst", "ask_to_share_guarded_hand_over", waits.reference)
    yield view("manager", "ask_to_share_guarded_visit", an_inspection().reference)
    yield view("intelligence_analyst", "reply_hand_over", passed.reference)
    yield view("partner_agency", "passed_hand_over", passed.reference)
    yield view("partner_agency", "ask_about_hand_over", passed.reference)
    asked = hand_overs.pass_on(
        handed_over("agency", agency=partner.agency, is_identified=False, by=analyst), by=analyst, at=NOW
    )
    partners.respond(
        asked, kind="more_time", text="Next month.", wanted_by=NOW.date() + timedelta(days=30), by=partner, at=NOW
    )
    yield view("intelligence_analyst", "hand_over", asked.reference)
    yield view("intelligence_analyst", "reply_to_partner_partner_question", asked.reference)
    yield view("intelligence_analyst", "open_joint_case_of_hand_over", asked.reference)
    joint = a_joint_case(partner, by=analyst)
    ours, theirs = joint.steps.get(side="us"), joint.steps.get(side="partner")
    yield view("intelligence_analyst", "joint_case", joint.reference)
    yield from _steps("intelligence_analyst", "joint_case", joint, "add_step", "change_lead", "close_joint_case")
    yield view("intelligence_analyst", "finish_step_joint_step", ours.reference)
    yield view("partner_agency", "partner_joint_case", joint.reference)
    yield view("partner_agency", "partner_add_step", joint.reference)
    yield view("partner_agency", "partner_finish_step", theirs.reference)
    graded = some_intelligence(licence.organisation, by=analyst)
    of_intelligence = intelligence.hand_over_intelligence(
        graded, to="licensing", organisation=licence.organisation, by=analyst, at=NOW
    )
    yield view("intelligence_analyst", "take_back_hand_over", of_intelligence.reference)
    answered = intelligence.hand_over_intelligence(
        graded, to="inspection", organisation=licence.organisation, by=analyst, at=NOW
    )
    hand_overs.decline(answered, because="It was visited last week.", by=people["case_officer"], at=NOW)
    yield view("intelligence_analyst", "judge_hand_over", answered.reference)
    intelligence.read(graded, because="To hand it over.", by=analyst, at=timezone.now())
    yield view("intelligence_analyst", "hand_over_intelligence", graded.reference)
    yield view("intelligence_analyst", "tag_methods_intelligence", graded.reference)
    yield view("case_officer", "findings", query="?status=open")
    yield view("case_officer", "finding", failed.reference)
    yield from _steps("case_officer", "finding", failed, "take_no_action", "propose_no_action")
    yield view("decision_maker", "finding", no_action.reference)
    yield from _steps("decision_maker", "finding", no_action, "confirm_no_action", "return")


def _of_referrals(people: dict[str, User]) -> Iterator[View]:
    lead, inspector = people["safeguarding_lead"], people["inspector"]
    named = a_referral_identified(by=inspector)
    unnamed = a_referral("refused", by=inspector)
    sent = a_referral_sent("child", by=inspector, lead=lead)
    returned = safeguarding.give_back(a_referral("refused", by=inspector), why="facts", by=lead, at=NOW)
    read = safeguarding.second_read(a_referral("refused", by=inspector), by=lead, at=NOW)
    safeguarding.offer_support(sent, service="doctor", offered_on=NOW.date(), accepted=True, by=lead, at=NOW)
    child = a_referral_identified("child", by=inspector)
    at_once = safeguarding.send_at_once(a_referral_identified("child", by=inspector), why="child", by=lead, at=NOW)
    missing = aftercare.begin_by_hand(sent, code="missing", by=lead, at=NOW)
    yield view("safeguarding_lead", "send_at_once_referral", child.reference)
    yield view("safeguarding_lead", "referral", at_once.reference)
    yield view("safeguarding_lead", "follow_up_answers")
    yield view("safeguarding_lead", "read_after_referral", at_once.reference)
    yield view("safeguarding_lead", "begin_follow_up_referral", child.reference)
    yield view("safeguarding_lead", "record_referral_follow_up", sent.reference, missing.number)
    yield view("inspector", "danger")
    yield from _of_danger(people)
    yield view("inspector", "referrals")
    for query in ("", "?age=adult", "?age=unsure"):
        yield view("inspector", "prepare_referral", query=query)
    for one in (named, unnamed, sent, returned):
        yield view("inspector", "referral", one.reference)
    yield view("inspector", "correct_referral", returned.reference)
    yield view("inspector", "identify_referral", named.reference)
    yield view("safeguarding_lead", "referrals", query="?status=sent&q=none")
    for name in ("look_referral", "second_read_referral", "give_back_referral", "drop_referral", "export_referral"):
        yield view("safeguarding_lead", name, named.reference)
    for name in ("withdraw_consent_referral", "offer_support_referral"):
        yield view("safeguarding_lead", name, named.reference)
    yield view("safeguarding_lead", "send_referral", read.reference)
    yield view("safeguarding_lead", "answer_referral", sent.reference)
    yield view("safeguarding_lead", "conclude_referral", sent.reference)


def _of_danger(people: dict[str, User]) -> Iterator[View]:
    analyst, manager = people["intelligence_analyst"], people["manager"]
    shift = a_shift(
        officer=with_telephone(people["safeguarding_lead"], 1), deputy=with_telephone(analyst, 2), by=manager
    )
    a_report(danger="yes", text="They are locked in.", about_place="Sea Lane")
    raised, ended = (a_danger(an_inspection(), by=people["inspector"]) for _twice in range(2))
    alerting.alert_of_danger(at=NOW)
    answered = DangerSign.objects.exclude(report=None).get()
    dangers.acknowledge(answered, by=analyst, at=NOW)
    dangers.deal_with(ended, outcome="safe", because="The police were there.", by=analyst, at=NOW)
    yield view("inspector", "raise_danger")
    yield view("safeguarding_lead", "danger")
    for one in (raised, answered, ended):
        yield view("intelligence_analyst", "danger_sign", one.reference)
    yield view("intelligence_analyst", "acknowledge_danger_sign", raised.reference)
    yield view("intelligence_analyst", "deal_with_danger_sign", raised.reference)
    yield view("intelligence_analyst", "own_alerts")
    yield view("intelligence_analyst", "rota")
    yield view("manager", "rota")
    yield view("manager", "add_shift")
    yield view("manager", "remove_shift", shift.pk)


def _of_enforcement(people: dict[str, User]) -> Iterator[View]:
    inspector, decider = people["inspector"], people["decision_maker"]
    case = a_case_made_out(by=inspector)
    a_notice(case)
    proposed, referred = a_case_proposed(by=inspector), a_case_referred(by=decider)
    draft, served = an_undertaking(case), an_undertaking_served(decider=decider, by=inspector)
    agreed, order = an_undertaking_in_force(decider=decider, by=inspector), an_order(decider=decider, by=inspector)
    yield view("inspector", "unlicensed_cases")
    yield view("manager", "unlicensed_cases", query="?q=Brook")
    yield view("inspector", "open_unlicensed_case")
    yield view("inspector", "unlicensed_case", case.reference)
    yield view("inspector", "unlicensed_case", proposed.reference)
    acts = ("offence", "when", "element", "reasonable_step", "letter", "acknowledge", "draft", "propose")
    yield from _steps("inspector", "unlicensed_case", case, *acts)
    yield from _steps("decision_maker", "unlicensed_case", proposed, "refer", "send_back", "end")
    yield from _steps("intelligence_analyst", "unlicensed_case", referred, "result")
    yield view("manager", "undertakings")
    yield from (view("manager", "undertaking", one.reference) for one in (draft, served, agreed, order))
    yield from _steps("decision_maker", "undertaking", draft, "serve", "discard")
    yield from _steps("decision_maker", "undertaking", served, "accept")
    yield from _steps("decision_maker", "undertaking", agreed, "release")
    yield from _steps("inspector", "undertaking", served, "negotiate", "extend", "refuse")
    yield from _steps("inspector", "undertaking", agreed, "breach", "review_receipts")
    yield from _steps("inspector", "undertaking", order, "vary", "discharge", "order", "dismiss")
    yield from _of_sanctions(inspector, decider)


def _of_sanctions(inspector: User, decider: User) -> Iterator[View]:
    drafted, served = (
        a_notice_of_underpayment(by=inspector),
        a_notice_of_underpayment_served(by=inspector, decider=decider),
    )
    yield view("inspector", "underpayments")
    yield view("inspector", "draft_underpayment")
    yield from (view("inspector", "underpayment", one.reference) for one in (drafted, served))
    yield from _steps("decision_maker", "underpayment", drafted, "serve", "leave")
    yield from _steps("inspector", "underpayment", served, "settle")
    yield from _steps("decision_maker", "underpayment", served, "withdraw", "enforce")
    convicted = a_conviction(officer=inspector)
    yield from _steps("inspector", "unlicensed_case", convicted, "order")
    written = an_order_on_conviction(officer=inspector)
    yield view("manager", "conviction_order", written.reference)
    yield from _steps("decision_maker", "conviction_order", written, "compare", "strike")
    yield from _steps("inspector", "conviction_order", written, "vary", "lift")
    filed = a_file_for_the_prosecutor(by=inspector)
    case = filed.case
    yield view("inspector", "case_material", case.reference)
    yield view("inspector", "add_material", case.reference)
    for kind, code in (("told", case.report), ("exhibit", f"{case.inspection}/1")):
        yield view("inspector", "sort_material", case.reference, query=f"?kind={kind}&code={code}")
    yield view("decision_maker", "read_prosecutor_file", case.reference, 1)
    yield view("inspector", "hand_over_prosecutor_file", case.reference, 1)


def _steps(who: str, page: str, subject: Any, *steps: str) -> Iterator[View]:
    """The pages of these steps of the thing whose page has this name."""
    return (view(who, f"{step}_{page}", subject.reference) for step in steps)


def _of_views(officer: User) -> Iterator[View]:
    kept = saved_views.keep(of_list="applications", name="Late", query="overdue=on", by=officer, at=NOW)
    yield view("case_officer", "saved_views")
    key = keys.make(name="Monthly report", scopes=["read", "decide"], days=30, by=officer, at=NOW).key
    for name, *arguments in (("keys",), ("make_key",), ("revoke_key", key.reference), ("step_up_key", key.reference)):
        yield view("case_officer", name, *arguments)
    yield view("case_officer", "keep_view", "applications", query="?status=assessing")
    for name in ("rename_view", "remove_view"):
        yield view("case_officer", name, kept.reference)


def _of_the_rest(people: dict[str, User]) -> Iterator[View]:
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
    yield from _steps("manager", "erasure_batch", batch, "propose_erasure", "approve_erasure", "refuse_erasure")
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
    yield from _steps(
        "people_administrator", "access_request", waiting, "approve_access", "refuse_access", "withdraw_access"
    )
    past_directory = person("people_administrator")
    emergency = directory.sign_in_past_directory(past_directory, by=past_directory, at=NOW)
    yield view("auditor", "break_glass_sign_in", emergency.reference)
    yield from _steps("people_administrator", "break_glass_sign_in", emergency, "confirm_break_glass")
    yield view("people_administrator", "invite")
    for name in ("person", "change_roles", "change_team", "reset_second_factor", "off_board"):
        yield view("people_administrator", name, people["inspector"].reference)
    key = keys.make(name="Nightly copy", scopes=["read"], days=30, by=people["inspector"], at=NOW).key
    yield view("people_administrator", "take_key", people["inspector"].reference, key.reference)
    yield from _of_tasks()
