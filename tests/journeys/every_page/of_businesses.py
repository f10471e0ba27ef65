"""Pages of applicants, of those who act for others, and of labour users."""

from collections.abc import Iterator

from django.test import override_settings
from django.urls import reverse

from licensing.applications.models import Application
from licensing.cases.actions import notes
from licensing.letters import actions as letter_actions
from licensing.messages import actions as messages
from licensing.payments.actions import cards
from public_lookup.board.actions import boards, looks, sharing
from public_lookup.board.models.boards import SupplierLine
from public_lookup.follows.actions import webhooks
from public_lookup.formal_checks import actions as checks
from registry.accounts.actions import keys
from registry.accounts.models import User
from registry.letters.letters import sending as sending_letters
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.register.models import Entry, Listing
from registry.retention import actions as holds
from registry.uploads import ScanVerdict
from tests import stories
from tests.conftest import NOW
from tests.journeys.desk import scheme_on
from tests.journeys.every_page.views import View, a_firm, steps, view
from tests.licensing import stories as cases
from tests.people import person
from tests.public_lookup.board.world import a_board, a_chain_shown, a_line
from tests.registry.stories import an_agent, an_invitation, with_proved_address


def of_employer(employer: User) -> Iterator[View]:
    yield view("applicant", "apply")
    yield view("applicant", "start_application")
    yield view("applicant", "licences")
    yield view("applicant", "duties")
    yield view("applicant", "duty_reminders")
    empty = stories.an_application(a_firm("Empty", employer))
    draft = stories.an_application_answered(stories.an_application(a_firm("Draft", employer)))
    for name in ("application_tasks", "check_answers", "preview_entry", "withdraw_application"):
        yield view("applicant", name, draft.reference)
    yield view("applicant", "check_answers", empty.reference)
    for page in _one_of_each_kind(draft):
        yield view("applicant", "question_page", draft.reference, page)
    yield view("applicant", "question_page", draft.reference, "controllers")
    unknown = stories.an_application_answered(
        stories.an_application(a_firm("Unknown", employer)),
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
        stories.an_application(a_firm("Vehicles", employer)), profile=stories.a_profile(transport=True)
    )
    yield view("applicant", "upload_list", with_vehicles.reference, "vehicles")
    document = cases.a_document(draft)
    cases.a_document(draft, verdict=ScanVerdict.UNKNOWN)
    yield view("applicant", "document_page", draft.reference, document.requirement)
    yield view("applicant", "document_page", draft.reference, "other")
    yield view("applicant", "remove_document", draft.reference, document.reference)
    yield from _of_parts(stories.an_application_answered(stories.an_application(a_firm("Parts", employer))))
    asked = cases.a_request(stories.an_application_being_assessed(organisation=a_firm("Asked", employer)))
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
    yield from steps("case_officer", "letter_correction", first, "countersign", "refuse_correction")
    sent = asked.application.organisation.letters.filter(facts__has_key="items").latest("pk")
    if sent != question:
        letter_actions.countersign(
            letter_actions.correct(sent, **slip, by=person("decision_maker"), at=NOW), by=person("case_officer"), at=NOW
        )
        yield view("case_officer", "staff_letter", sent.number)
        back = {"wrong": "farm", "right": "farms", "because": "There are two."}
        refused = letter_actions.correct(sent, **back, by=person("decision_maker"), at=NOW)
        letter_actions.refuse_correction(refused, because="There is one.", by=person("case_officer"), at=NOW)
        yield from steps("case_officer", "letter_correction", refused, "read_why")
    yield view("case_officer", "staff_letter", question.number, query="?edition=1")
    yield view("applicant", "letter", question.number, query="?edition=1")
    unpaid = stories.an_application_submitted(a_firm("To pay", employer))
    card = cards.begin(unpaid, by=employer, at=NOW)
    yield view("applicant", "application_payments", unpaid.reference)
    yield view("applicant", "card_payment", unpaid.reference, card.reference)
    yield view("applicant", "application_payments", asked.application.reference)


def of_those_who_act(employer: User) -> Iterator[View]:
    """The people of an organisation with an agent, an invitation and one's own invitation; and what the agent reads."""
    firm = a_firm("People", employer)
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
    """What an applicant sees of a person who answers for themselves, and what that person sees by the link."""
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


def of_labour_user(labour_user: User) -> Iterator[View]:
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


def of_what_is_held(organisation: Organisation) -> Iterator[View]:
    held = a_firm("Held", organisation.memberships.answering().order_by("pk")[0].user)
    holds.place(held, because="The police have asked for it.", by=person("manager"), at=NOW)
    yield view("applicant", "your_data")
    yield view("manager", "organisation", held.reference)
    yield view("manager", "place_hold", organisation.reference)
    yield view("manager", "lift_hold", held.reference)
    known = organisation.roles.exclude(person=None).select_related("person")[0].person
    yield view("manager", "data_of_person", organisation.reference, known.reference)  # type: ignore[union-attr]
