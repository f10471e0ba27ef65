"""Cases of supply without a licence and undertakings, in the words of the pack."""

from collections.abc import Callable, Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.inspections.queries.inspections import EVENTS_ON_A_PAGE, Happened
from registry.schemes import said
from registry.schemes.enforcement import Offence
from registry.trail.models.events import Event


def called(offence: Offence) -> str:
    return f"{offence.section}: {said(offence.title, get_language())}"


VERBS = {
    "open_case": _("Opened"),
    "record_offence": _("Offence recorded"),
    "say_when": _("When and where an offence was committed"),
    "weigh_element": _("Element of an offence weighed"),
    "record_reasonable_step": _("What was done to find out"),
    "take_ladder_step": _("Notice or warning sent"),
    "acknowledge": _("Acknowledged"),
    "propose_outcome": _("Outcome proposed"),
    "look_further": _("Not approved: looked into further"),
    "refer": _("Referred to the prosecutor"),
    "end_case": _("Closed"),
    "record_result": _("Result recorded"),
    "draft": _("Drafted"),
    "serve": _("Notice served"),
    "discard": _("Not served"),
    "negotiate": _("Negotiated"),
    "extend_negotiation": _("More time to agree"),
    "accept_undertaking": _("Accepted"),
    "refuse_undertaking": _("Refused"),
    "lapse": _("Lapsed without an undertaking"),
    "release": _("Released"),
    "breach": _("Breached"),
    "end_undertaking": _("Ended with its term"),
    "apply_for_order": _("Order applied for"),
    "dismiss_order": _("Order not made"),
    "make_order": _("Order made"),
    "vary_order": _("Order varied"),
    "discharge_order": _("Order discharged"),
    "end_order": _("Order ended with its term"),
    "draft_underpayment": _("Drafted"),
    "serve_underpayment": _("Notice served"),
    "leave_underpayment": _("Not served"),
    "settle_underpayment": _("Paid"),
    "miss_payment": _("Not paid in time"),
    "withdraw_underpayment": _("Withdrawn"),
    "enforce_underpayment": _("Taken to court"),
    "write_order": _("Order written down"),
    "compare_order": _("Compared with the order of the court"),
    "strike_order": _("Struck out"),
    "vary_holding_order": _("Order varied"),
    "lift_order": _("Order discharged"),
    "run_out_order": _("Order ended with its term"),
    "sort_material": _("Material sorted"),
    "add_material": _("Material added"),
    "put_together": _("File for the prosecutor put together"),
    "read_file": _("File read by a second person"),
    "hand_over": _("File handed over"),
}


def events_of(things: list[tuple[str, str]], *, about: Callable[[Event], str] = lambda event: "") -> Iterator[Happened]:
    """`about` says what an event was done to, where the page is of more than one thing."""
    for event in Event.objects.of(things)[:EVENTS_ON_A_PAGE]:
        text = "\n".join(filter(None, (about(event), event.because)))
        yield Happened(VERBS.get(event.verb, event.verb), event.at, event.by_name, text)
