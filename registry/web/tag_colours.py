"""Colours and words of the tags that say a status."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Text = str | Promise


# The one mapping of a standing or a status to a colour. The words always stand beside it: nothing is said by colour alone.
TAG_COLOURS: dict[str, str] = {
    # what the register says
    "licensed": "green",
    "licensed_with_conditions": "teal",
    "revocation_to_come": "orange",
    "suspended": "orange",
    "revoked": "red",
    "expired": "grey",
    "surrendered": "grey",
    "refused": "red",
    "applied": "blue",
    # licences and conditions
    "active": "green",
    "ended": "grey",
    "open": "yellow",
    "discharged": "green",
    "failed": "red",
    # editions of the statistics
    "edition_announced": "blue",
    "edition_frozen": "yellow",
    "edition_signed": "yellow",
    "edition_approved": "green",
    # matches with lists
    "match_found": "yellow",
    "match_confirmed": "red",
    "match_considered": "orange",
    "match_dismissed": "grey",
    # orders of materials
    "materials_ordered": "yellow",
    "materials_sent": "green",
    "materials_declined": "grey",
    # sign-ins with emergency accounts
    "glass_unconfirmed": "yellow",
    "glass_confirmed": "green",
    # what two people let erase, and what could not be erased
    "erasure_listed": "blue",
    "erasure_proposed": "yellow",
    "erasure_approved": "orange",
    "erasure_not_approved": "grey",
    "erasure_done": "green",
    "erasure_failing": "red",
    "erasure_settled": "green",
    # complaints about our service
    "complaint_received": "yellow",
    "complaint_answered": "green",
    "complaint_review_asked": "yellow",
    "complaint_reviewed": "green",
    # questions after a register was taken over
    "question_open": "yellow",
    "question_settled": "green",
    # yearly statements
    "statement_announced": "blue",
    "statement_written": "yellow",
    "statement_signed": "yellow",
    "statement_published": "green",
    "statement_reviewed": "green",
    # agreements on early statistics
    "agreement_proposed": "yellow",
    "agreement_in_force": "green",
    "agreement_refused": "red",
    "agreement_ended": "grey",
    # monthly bulletins
    "bulletin_written": "yellow",
    "bulletin_released": "green",
    "bulletin_refused": "red",
    # training of staff
    "training_recorded": "green",
    "training_repeated": "grey",
    "training_withdrawn": "red",
    # campaigns
    "planned": "blue",
    # applications
    "draft": "grey",
    "submitted": "blue",
    "assessing": "purple",
    "awaiting_applicant": "yellow",
    "lapsed": "orange",
    "waiting": "blue",
    "granted": "green",
    "withdrawn": "grey",
    # notices of underpayment, and orders made on conviction
    "drafted": "grey",
    "left": "grey",
    "to_pay": "yellow",
    "paid": "green",
    "unpaid": "red",
    "in_court": "orange",
    "withdrawn_notice": "grey",
    "written": "blue",
    "struck": "grey",
    "holds": "orange",
    "lifted": "grey",
    "over": "grey",
    # payments by card
    "created": "grey",
    "started": "blue",
    "success": "green",
    "cancelled": "grey",
    # rows of a bank statement
    "sure": "green",
    "doubtful": "yellow",
    "unmatched": "yellow",
    "seen": "grey",
    "not_credit": "grey",
    "unreadable": "orange",
    # inspections
    "commissioned": "blue",
    "opened": "blue",
    "fixed": "yellow",
    "drawn": "green",
    "reported": "purple",
    "confirmed": "green",
    "called_off": "grey",
    # documents
    "clean": "green",
    "rejected": "red",
    "removed": "grey",
    "unscanned": "yellow",
    # reports
    "received": "blue",
    "being_looked_at": "purple",
    "answered": "purple",
    "in_danger": "red",
    "raised": "red",
    "dealt_with": "green",
    "done": "green",
    # what holders tell
    "told": "blue",
    "accepted": "green",
    "explained": "yellow",
    "released": "green",
    "resolved": "grey",
    "noted": "grey",
    # decisions
    "proposed": "purple",
    "notified": "yellow",
    "decided": "grey",
    "dropped": "grey",
    "not_agreed": "grey",
    # appeals
    "acknowledged": "yellow",
    "with_tribunal": "purple",
    "listed": "purple",
    "closed": "grey",
    "disregarded": "grey",
    "allowed": "green",
    # transfers
    "asked": "blue",
    "approved": "teal",
    "shared": "purple",
    "agreed": "purple",
    "declined": "grey",
    "consented": "green",
    # look-alikes
    "dismissed": "grey",
    "new": "blue",
    # versions of a scheme
    "to_come": "blue",
    "in_force": "green",
    "replaced": "grey",
    "merged": "grey",
    # checks, findings, what is to be done
    "nil": "green",
    "adverse": "red",
    "no_trace": "green",
    "no_reply": "orange",
    "look": "yellow",
    "not_needed": "grey",
    "set_aside": "grey",
    "arrived": "yellow",
    "paid_back": "grey",
    "not_due": "grey",
    "to_read": "blue",
    "filed": "grey",
    "sent_back": "yellow",
    "varied": "yellow",
    "remitted": "yellow",
    "not_applicable": "grey",
    "met": "green",
    "not_met": "red",
    "not_tested": "grey",
    "due": "yellow",
    "overdue": "red",
    # tasks
    "danger": "red",
    "urgent": "orange",
}
# The few words of a task list: plain text when done, no link when it cannot start, a tint for what is left to do.
TASK_WORDS: dict[str, Text] = {
    "completed": gettext_lazy("Completed"),
    "incomplete": gettext_lazy("Incomplete"),
    "in_progress": gettext_lazy("In progress"),
    "not_started": gettext_lazy("Not started yet"),
    "optional": gettext_lazy("Optional"),
    "cannot_start": gettext_lazy("Cannot start yet"),
    "problem": gettext_lazy("There is a problem"),
    "under_way": gettext_lazy("Now"),
    "to_come": gettext_lazy("Still to come"),
    "not_needed": gettext_lazy("Not needed any more"),
}
TASK_COLOURS = {
    "incomplete": "blue",
    "in_progress": "blue",
    "under_way": "blue",
    "not_started": "grey",
    "problem": "red",
}
