"""The history of a case as its page tells it: the form was filled in over days, and each page of it may be saved often.

What was done to cases, decisions, appeals and what belongs to them, in words for whoever reads a history. The words of declared
steps are theirs.

What the page of one application, decision or licence shows."""

from django.utils.translation import gettext_lazy as _

from compliance.history_words import WORDS as OF_COMPLIANCE
from registry.trail.queries import history as happened
from registry.trail.queries.history import TimelineEvent, Words

EVENTS_ON_A_PAGE = 200


WORDS: Words = {
    **happened.WORDS,
    **OF_COMPLIANCE,
    "refund": {
        "notice_overpayment": _("More was paid than is due"),
        "end_refund": _("The sum to be paid back has changed"),
    },
    "fileentry": {
        "receive_mail": _("Email arrived"),
        "file_rejected": _("A file was rejected by the virus scanner"),
    },
    "application": {
        "start": _("Application begun"),
        "save_page": _("Page saved"),
        "submit": _("Submitted"),
        "hand_in_answers": _("Answers kept as submitted"),
        "enter": _("Typed in from paper"),
        "look_up": _("Looked up by the service"),
        "ask": _("Waits for the applicant"),
        "ask_ended": _("No longer waits for the applicant"),
        "answer": _("Applicant answered"),
        "write_message": _("Message written"),
        "reply_by_message": _("Applicant wrote a message"),
        "read_messages": _("Messages read"),
        "waive_inspection": _("Reason to inspect set aside"),
        "send_part": _("Part sent to a named person"),
        "sign_part": _("Part signed by a named person"),
        "refuse_part": _("A named person refused to answer"),
        "grant": _("Granted"),
        "grant_on_appeal": _("Granted after an appeal"),
        "reopen": _("To be assessed again, after an appeal"),
        "refuse": _("Refused"),
        "withdraw": _("Withdrawn"),
    },
    "check": {
        "look_up": _("Looked up by the service"),
        "ask_agency": _("Another authority asked"),
        "remind_agency": _("Another authority reminded"),
        "override_reply": _("Reply overridden by two people"),
    },
    "replyoverride": {
        "answer_again": _("Override ended: the authority replied again"),
        "replace_override": _("Override ended: another one was agreed"),
    },
    "decision": {
        "ask": _("Asked for by the holder"),
        "propose": _("Proposed"),
        "represent": _("Subject replied"),
        "decide": _("Decided"),
    },
    "appeal": {
        "tell_of_appeal": _("Appellant told of an appeal"),
        "submit_to_tribunal": _("Appellant sent something to the tribunal"),
        "receive": _("Appeal received"),
        "ask_bundle": _("Bundle requested"),
        "take_bundle": _("Bundle downloaded"),
    },
    "informationrequest": {
        "save": _("Applicant saved a part of the answer"),
        "answer": _("Request answered"),
        "ask_time": _("Applicant asked for more time"),
        "lapse": _("Request not answered in time"),
        "close": _("Request ended with the case"),
    },
    "transfer": {
        "ask": _("Transfer asked for"),
        "agree": _("The other business agrees"),
        "decline": _("The other business does not agree"),
        "retract": _("Taken back by the holder"),
        "consent": _("Transfer consented to"),
        "withhold": _("Transfer refused"),
        "reopen_transfer": _("To be decided again, after an appeal"),
    },
    "change": {
        "tell": _("Told by the holder"),
    },
}


def events_of(itself: tuple[str, str], *besides: tuple[str, str]) -> tuple[TimelineEvent, ...]:
    """What was done to the thing that the page is about, and to what belongs to it, newest first."""
    events = happened.history_of(itself, *besides)[:EVENTS_ON_A_PAGE]
    return tuple(happened.in_words(events, about=itself[1], words=WORDS))
