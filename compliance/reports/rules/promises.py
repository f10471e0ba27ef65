"""What the page for reports promises, each with the code that keeps it and the test that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class KeptBy:
    """`guards` are import paths of what keeps a promise, `tests` name the tests that fail if it does not."""

    guards: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PagePromise:
    code: str
    text: str | Lazy


#: Of the service; those of the schemes follow them on the page (`happens` of reports.toml).
PROMISES = (
    PagePromise("not_told", _("We never tell the employer, or the person you report, that it was you.")),
    PagePromise("own_choice", _("You decide whether you give your name, and how you can be reached.")),
    PagePromise("no_trace", _("Opening this page sets no cookie, and we do not write down who opened it.")),
    PagePromise("danger", _("If someone is in danger we may have to tell the police. We try to speak with you first.")),
)

_INTAKE, _TRIAGE = "tests/compliance/reports/test_views_intake.py", "tests/compliance/reports/test_views_triage.py"
_HAND_OVERS = "tests/compliance/hand_overs/test_actions.py"
_GUARDED = "tests/compliance/guarded_sharing/test_guarded_sharing.py"

#: By the code of each promise, of the service or of a scheme. A promise that is missing here fails a test.
KEPT_BY: Mapping[str, KeptBy] = {
    "not_told": KeptBy(
        ("compliance.hand_overs.rules.hand_over_blockers", "compliance.reports.queries.reporters.reporter_in"),
        (
            f"{_HAND_OVERS}::test_no_word_of_the_report_is_in_a_hand_over_a_task_a_visit_or_the_trail",
            f"{_GUARDED}::test_no_text_for_those_who_act_says_who_reported",
        ),
    ),
    "own_choice": KeptBy(
        ("compliance.reports.rules.reports.receive_blockers",),
        (
            f"{_INTAKE}::test_details_are_kept_only_for_who_wants_to_be_reached",
            f"{_INTAKE}::test_whoever_declines_contact_is_given_no_mailbox",
        ),
    ),
    "no_trace": KeptBy(
        ("compliance.reports.views.anonymous.anonymous",),
        (
            f"{_INTAKE}::test_no_cookie_is_set_nothing_is_kept_and_the_title_says_nothing",
            f"{_INTAKE}::test_nothing_of_the_browser_reaches_the_database",
        ),
    ),
    "danger": KeptBy(
        ("compliance.reports.rules.triage.decide_blockers",), (f"{_TRIAGE}::test_a_decision_says_what_it_needs_to_say",)
    ),
    "not_to_immigration": KeptBy(
        ("compliance.guarded_sharing.actions.share", "compliance.guarded_sharing.rules.ask_blockers"),
        (
            f"{_GUARDED}::test_no_way_leads_to_a_guarded_authority_without_approval",
            f"{_GUARDED}::test_what_came_from_a_report_is_shared_only_on_a_basis_that_allows_it",
        ),
    ),
    "read_by_a_person": KeptBy(
        ("compliance.reports.rules.handling.close_blockers",),
        (f"{_TRIAGE}::test_it_is_not_closed_before_somebody_has_decided",),
    ),
    "shared_by_law": KeptBy(
        ("compliance.hand_overs.rules.hand_over_blockers", "compliance.intelligence.rules.pass_on_blockers"),
        (f"{_HAND_OVERS}::test_what_others_must_act_on_needs_a_text_that_is_cleared_for_them",),
    ),
}
