"""The states of a yearly statement, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.editions.states import PUBLISHES, REVIEWS
from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait


class StatementStatus(TextChoices):
    ANNOUNCED = "statement_announced", _("Day announced")
    WRITTEN = "statement_written", _("Waiting for the first signature")
    SIGNED = "statement_signed", _("Waiting for the second signature")
    PUBLISHED = "statement_published", _("Published")
    REVIEWED = "statement_reviewed", _("Published with an opinion")


S = StatementStatus
_WAITS: dict[str, Any] = {"organisation": "", "page": "yearly_statement"}

STATEMENT = Lifecycle(
    S.ANNOUNCED,
    move("write_statement", {S.ANNOUNCED}, S.WRITTEN),
    move("sign_statement", {S.WRITTEN}, S.SIGNED, sets=("signed_by", "signed_at")),
    move("publish_statement", {S.SIGNED}, S.PUBLISHED, sets=("countersigned_by", "countersigned_at")),
    move("return_statement", {S.WRITTEN, S.SIGNED}, S.ANNOUNCED, sets=("signed_by", "signed_at")),
    move("give_opinion", {S.PUBLISHED}, S.REVIEWED),
    waits=(
        NoWait(S.ANNOUNCED, "The year is not over yet."),
        staff_wait(
            "write",
            {S.ANNOUNCED},
            _("Write the yearly statement whose day is announced"),
            PUBLISHES,
            due="publish_by",
            after="last_day",
            **_WAITS,
        ),
        staff_wait(
            "sign", {S.WRITTEN}, _("Read the yearly statement and sign it"), PUBLISHES, due="publish_by", **_WAITS
        ),
        staff_wait(
            "countersign",
            {S.SIGNED},
            _("Sign the yearly statement as a second person, or return it"),
            PUBLISHES,
            due="publish_by",
            not_by=("signed_by",),
            **_WAITS,
        ),
        staff_wait(
            "give_opinion",
            {S.PUBLISHED},
            _("Give an opinion on the yearly statement, if you wish"),
            REVIEWS,
            due="opinion_until",
            until="opinion_until",
            **_WAITS,
        ),
        NoWait(S.PUBLISHED, "The time for an opinion is over."),
        NoWait(S.REVIEWED, "The public reads it with the opinion."),
    ),
)
