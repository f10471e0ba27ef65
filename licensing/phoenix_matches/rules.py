"""When a look-alike may be confirmed or dismissed."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.phoenix_matches.models import LookAlike
from registry.accounts.models import User
from registry.errors import Reason

#: What an officer may say of a pair, by the name of the move, and what is missing when it is said without a reason.
VERDICTS: Mapping[str, str | Promise] = {
    "confirm": _("Say what shows that they are the same people."),
    "dismiss": _("Say why they are not the same people."),
}


def judge_blockers(
    look_alike: LookAlike, verdict: str, *, because: str | None = None, by: User | None = None
) -> Iterator[Reason]:
    yield from look_alike.lifecycle.blockers(look_alike.status, verdict)
    if verdict == "dismiss" and by is not None and look_alike.is_strong and look_alike.dismissal_by_id == by.pk:
        yield Reason(
            "proposed_oneself", _("You proposed to dismiss this match. Another officer must agree or confirm it.")
        )
    if because is not None and not because.strip():
        yield Reason("no_reasons", VERDICTS[verdict], "because")
