from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "licensing"
    service_tables = (
        "licensing.figures.queries.service.tables.tables",
        # Below it, so that what people wait for comes first.
        "registry.complaints.queries.service_tables",
    )
    service_changes = ("licensing.figures.queries.service.changes.changes",)
    service_cases = ("licensing.figures.queries.service.cases.cases",)
    release_tables = ("licensing.figures.queries.released.tables",)
    keeps_organisations = ("licensing.retention.queries.retention.organisations_with_open_business",)
    waits_with = {
        "compliance.inspection": "licensing.cases.queries.waiting.of_inspection",
        "licensing.decision": "licensing.cases.queries.waiting.of_decision",
    }
    waits_with_status = {
        "licensing.application": "licensing.cases.queries.waiting.of_application",
        "licensing.change": "licensing.cases.queries.waiting.of_change",
        "registry.licence": "licensing.holding.queries.after_term.of_licence",
    }
    officer_of_licence = "licensing.findings.models.officer_of_number"
    after_inspection = {"confirm": ("licensing.findings.actions.open_for_inspection",)}
    # Who is named in an application answers without an account.
    visitors_do = tuple(
        f"application.{verb}"
        for verb in ("open_part", "mistype_pin", "ask_pin", "answer_part", "sign_part", "refuse_part")
    )
    assigns = dict.fromkeys(
        ("application.take_on", "application.assess", "application.read_message"),
        "licensing.cases.actions.assignment.assign_from_task",
    )
    letters_about = ("licensing.checks.queries.askings.letters_about",)
    gives_back = ("licensing.cases.actions.assignment.give_back",)
    after_answer = ("licensing.overrides.actions.answer_again",)
    trail_checks = ("licensing.decisions.queries.agreement.faults",)
    tells_of_rejection = (
        "licensing.applications.actions.documents.tell_of_rejection",
        "licensing.correspondence.actions.tell_of_rejection",
    )

    def ready(self) -> None:
        from licensing.applications.queries.history import WORDS
        from licensing.declared import LISTS, STEPS
        from licensing.findings.queries import WORDS as OF_FINDINGS
        from licensing.personal import NOT_PERSONAL, PERSONAL
        from licensing.reading import READ
        from licensing.requests.queries import asked_in_words
        from licensing.watchlist_matches.queries import WORDS as OF_WATCHLIST_MATCHES
        from registry import personal_data, reading, steps, worklists
        from registry.trail.queries import history as happened

        personal_data.declare(PERSONAL, NOT_PERSONAL)
        reading.declare(READ)
        worklists.declare(LISTS)
        steps.declare(STEPS)
        happened.add(WORDS)
        happened.add(OF_FINDINGS)
        happened.add(OF_WATCHLIST_MATCHES)
        happened.add_pages({"application": "application", "check": "staff_check", "licence": "staff_licence"})
        happened.add_details("informationrequest", asked_in_words)
