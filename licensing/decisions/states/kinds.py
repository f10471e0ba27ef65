"""The kinds of decision, and what a row of their table holds."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.register.states import ReasonKind

Words = str | Promise


class DecisionKind(TextChoices):
    GRANT = "grant", _("Grant")
    REFUSE = "refuse", _("Refuse")
    SUSPEND = "suspend", _("Suspend")
    REVOKE = "revoke", _("Revoke")
    SURRENDER = "surrender", _("Surrender")
    LIFT = "lift", _("Lift a suspension")
    IMPOSE = "impose", _("Add a condition")
    VARY = "vary", _("Vary a condition")
    EXTEND = "extend", _("Give more time for a condition")
    DISCHARGE = "discharge", _("Discharge a condition")
    FAIL = "fail", _("Find a condition failed")
    ALLOW_TRANSFER = "allow_transfer", _("Consent to a transfer")
    REFUSE_TRANSFER = "refuse_transfer", _("Refuse a transfer")


class DecidedAbout(StrEnum):
    """What a decision is about. All but an application are of a licence."""

    APPLICATION = "application"
    LICENCE = "licence"
    CONDITION = "condition"
    TRANSFER = "transfer"


class RegisterMoment(StrEnum):
    """From when the register says something."""

    AT_ONCE = "at once"
    FROM_DAY = "from the day that is chosen"
    NEVER = "never"


class RegisterCase(StrEnum):
    """Where the register says something only of some decisions of a kind, or by some packs."""

    ALWAYS = "always"
    WITH_CONDITIONS = "with conditions"
    WITHOUT_CONDITIONS = "without conditions"
    REFUSALS_SHOWN = "refusals are shown"
    REFUSALS_NOT_SHOWN = "refusals are not shown"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """What everyone can read once it is decided. `{day}` is the last day of a suspension."""

    text: Words
    since: RegisterMoment = RegisterMoment.FROM_DAY
    case: RegisterCase = RegisterCase.ALWAYS


@dataclass(frozen=True, slots=True)
class AppealWords:
    """What holds while there may be an appeal, and what is done once one has ended; nothing where it is as of most kinds."""

    before: Words = ""
    meanwhile: Words = ""
    allowed: Words = ""
    dismissed: Words = ""
    sent_back: Words = ""
    put: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfDecision:
    """All that follows from the kind of a decision alone.

    `title` is on the page where it is decided, `proposes` where it is proposed (nothing where the holder asks for it), `notice` in the
    letter that notifies the subject, `otherwise` where it takes the place of a proposal. `wording` is the letter of the pack;
    `own_subject` and `own_words` are ours, for versions of a pack without that letter. `first_day` is how the day is called that is
    chosen. `scores_as` is the outcome by the score of an inspection. `carried_out_by` are the events about a licence that it must bring.
    """

    kind: DecisionKind
    about: DecidedAbout
    title: Words
    wording: str
    register: tuple[RegisterLine, ...]
    wording_immediate: str = ""
    wording_with_conditions: str = ""
    proposes: Words = ""
    notice: Words = ""
    otherwise: Words = ""
    # What a decision maker may decide in place of it: what takes less away. Another decision maker then takes that.
    instead: DecisionKind | None = None
    press_style: str = "secondary"
    # What takes something away against the will of its subject is notified, and the subject can reply.
    is_heard: bool = False
    warns: bool = False
    takes_licence: bool = False
    # A modification changes the licence when its day comes (2004 Act, s.9; Appeals Regulations 2006).
    is_modification: bool = False
    # Done to the licence itself: a move of its own. All else only needs a licence that is active.
    moves_licence: bool = False
    # What gives something back, or is what its holder asked for, need not wait until the time to appeal is over.
    is_at_will: bool = False
    is_asked_for: bool = False
    # Appeals Regulations 2006: refusals, modification or the loss of a licence, and that a transfer is refused; conditions on a grant
    # are asked for apart. That a condition has failed takes nothing away: what is proposed because of it can be appealed against.
    is_appealable: bool = False
    # Kept from taking effect by an appeal, unless it holds at once: a licence goes on as it was (Appeals Regulations 2006).
    is_stayed: bool = False
    first_day: tuple[Words, Words] | None = None
    fewest_conditions: int = 0
    most_conditions: int = 0
    due_too_early: Words = ""
    scores_as: str = ""
    reason_kind: ReasonKind | None = None
    carried_out_by: frozenset[str] = frozenset()
    own_subject: Words = ""
    own_words: Words = ""
    appeal: AppealWords = AppealWords()
