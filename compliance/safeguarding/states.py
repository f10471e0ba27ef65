"""The states of what this room is about, what may follow what, and who must act in each."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import staff_wait


# What only the authority sees bears its words where the model is (`compliance/models`): no worker reads them.
class ReferralStatus(StrEnum):
    """Where a referral stands, by whom it waits for."""

    PREPARED = "prepared"  # a second reader
    RETURNED = "returned"  # whoever prepared it
    READ = "read"  # being sent
    SENT_UNREAD = "sent_unread"  # a second reader: it was sent at once
    SENT = "sent"  # the first answer
    ANSWERED = "answered"  # the final answer
    CONCLUDED = "concluded"
    DROPPED = "dropped"


P = ReferralStatus


PREPARES, READS = "compliance.prepare_referral", "compliance.read_referrals"


REFERRAL = Lifecycle(
    P.PREPARED,
    move("give_back", {P.PREPARED}, P.RETURNED, sets=("returned_why",)),
    move("prepare_again", {P.RETURNED}, P.PREPARED, sets=("returned_why",)),
    move("second_read", {P.PREPARED}, P.READ, sets=("read_by", "read_at")),
    move("send", {P.READ}, P.SENT, sets=("sent_by", "sent_at")),
    move("send_at_once", {P.PREPARED, P.RETURNED}, P.SENT_UNREAD, sets=("sent_by", "sent_at", "at_once_why")),
    move("read_after", {P.SENT_UNREAD}, P.SENT, sets=("read_by", "read_at")),
    move("decide_reasonable_grounds", {P.SENT}, P.ANSWERED, sets=("reasonable", "reasonable_on")),
    move("conclude", {P.ANSWERED}, P.CONCLUDED, sets=("conclusive", "conclusive_on")),
    move("drop", {P.PREPARED, P.RETURNED, P.READ}, P.DROPPED, sets=("dropped_why",)),
    waits=(
        staff_wait(
            "second_read",
            {P.PREPARED},
            _("Read the referral as the second person"),
            READS,
            not_by=("prepared_by",),
            due="second_read_by",
            priority="task_priority",
            page="referral",
        ),
        staff_wait(
            "read_after",
            {P.SENT_UNREAD},
            _("Read as the second person what was sent at once"),
            READS,
            not_by=("prepared_by", "sent_by"),
            due="read_after_by",
            priority="task_priority",
            page="referral",
        ),
        staff_wait(
            "correct",
            {P.RETURNED},
            _("Correct the referral"),
            PREPARES,
            others_with=READS,
            first_owner="prepared_by",
            due="second_read_by",
            priority="task_priority",
            page="referral",
        ),
        staff_wait(
            "send",
            {P.READ},
            _("Send the referral"),
            READS,
            due="send_by",
            priority="task_priority",
            page="referral",
        ),
        staff_wait(
            "record_grounds",
            {P.SENT},
            _("Record the reasonable-grounds decision"),
            READS,
            due="grounds_by",
            when="is_decided_by_others",
            page="referral",
        ),
        staff_wait(
            "record_conclusion",
            {P.ANSWERED},
            _("Record the conclusive-grounds decision"),
            READS,
            due="conclusion_by",
            when="has_reasonable_grounds",
            page="referral",
        ),
    ),
)


class ConcernStatus(StrEnum):
    """Where a sign of forced labour that a visit or a decision rests on stands: a lead considers whether somebody is referred."""

    TO_CONSIDER = "to_consider"
    REFERRED = "referred"
    SET_ASIDE = "set_aside"


CONCERN = Lifecycle(
    ConcernStatus.TO_CONSIDER,
    move(
        "answer_with_referral",
        {ConcernStatus.TO_CONSIDER},
        ConcernStatus.REFERRED,
        sets=("considered_by", "considered_at"),
    ),
    move(
        "set_aside",
        {ConcernStatus.TO_CONSIDER},
        ConcernStatus.SET_ASIDE,
        sets=("why", "considered_by", "considered_at"),
    ),
    waits=(
        staff_wait(
            "consider",
            {ConcernStatus.TO_CONSIDER},
            _("Consider a referral: there is a sign of forced labour"),
            READS,
            due="consider_by",
            priority="task_priority",
            page="set_aside_concern",
        ),
    ),
)


class ReferralFollowUpStatus(StrEnum):
    TO_DO = "to_do"
    RECORDED = "recorded"


F = ReferralFollowUpStatus


REFERRAL_FOLLOW_UP = Lifecycle(
    F.TO_DO,
    move("record_follow_up", {F.TO_DO}, F.RECORDED, sets=("answer", "recorded_on", "recorded_by")),
    waits=(
        staff_wait(
            "record",
            {F.TO_DO},
            _("Record the follow-up of the referral"),
            READS,
            due="due_at",
            when="is_needed",
            priority="referral.task_priority",
            organisation="referral.organisation",
            page="record_referral_follow_up",
            args=("referral.reference", "number"),
        ),
    ),
)
