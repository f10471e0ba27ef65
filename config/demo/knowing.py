"""Sample intelligence: made of some of the reports, heard from a source, tied together, passed on; by the actions of the pages."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from compliance.intelligence import rules as tie_rules
from compliance.intelligence.actions import intelligence as pieces
from compliance.intelligence.actions import sources, ties
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import Grade
from compliance.releases import actions as releases
from compliance.releases import queries
from compliance.releases.rules import CheckAnswer
from compliance.reports.models.reports import Report
from compliance.sharing_requests import actions as sharing
from config.demo.casting import DAY
from config.demo.people import person
from registry.accounts.models import User
from registry.agencies import queries as agencies
from registry.agencies.models import Agency
from registry.organisations.models import Organisation

SCHEME = "gla-food"
WHY_SHARED = "Only they hold the records of who owns the van. Nothing about a worker is shared."


def intelligence(at: datetime) -> Iterator[object]:
    """What was made of some of the reports and heard from a source, graded; some of it passed on."""
    analyst, handler = (person(who) for who in ("analyst", "source-handler"))
    identity = {"name": "Sample Source", "telephone": "07700 900456", "email": "", "notes": "Only on Sundays."}
    source = sources.keep(identity=identity, about="Has been right twice.", by=handler, at=at - 90 * DAY)
    yield source
    firms = [named.organisation for named in Report.objects.exclude(organisation=None).order_by("pk")[:8]]
    agency = Agency.objects.order_by("pk").first()
    for number, firm in enumerate(firm for firm in firms if firm is not None):
        grade, heard, said = HEARD[number % len(HEARD)]
        kept = pieces.record(
            scheme=SCHEME,
            grade=grade,
            source_text=heard,
            sanitised_text=said,
            learnt_on=timezone.localdate(at - (60 - number) * DAY),
            about=[firm],
            source=source if number % 3 == 0 else None,
            by=handler if number % 3 == 0 else analyst,
            at=at - (50 - number) * DAY,
        )
        if number % 4 != 3:
            _release(kept, by=analyst if number % 3 == 0 else handler, at=at - (49 - number) * DAY)
        yield kept
        yield from _tied(kept, firm, handler if number % 3 == 0 else analyst, number, at - (40 - number) * DAY)
        if agency and number in (1, 2):
            purpose = "To protect workers from harm: 2004 Act, section 19."
            yield pieces.pass_on(kept, agency=agency, purpose=purpose, by=analyst, at=at - 5 * DAY)
        if number == 1:
            yield from _asked_to_share(kept, by=analyst, at=at - DAY)


def _asked_to_share(kept: Intelligence, *, by: User, at: datetime) -> Iterator[object]:
    """It is to reach an authority that is guarded: that waits for a second person."""
    today = timezone.localdate(at)
    for agency in Agency.objects.order_by("pk"):
        kind = agencies.guarded_kind(agency, today)
        if kind is not None:
            basis = next(one.code for one in kind.bases if not one.by_agreement and not one.from_reports)
            yield sharing.ask_to_share(
                kept, agency=agency, way="intelligence", basis=basis, because=WHY_SHARED, by=by, at=at
            )
            return


def _release(kept: Intelligence, *, by: User, at: datetime) -> None:
    """A second person reads the text and answers the check-list; every fourth waits for one."""
    checks = queries.terms_of(kept).release
    answers: dict[str, CheckAnswer] = {one.code: {"said": one.lets, "words": "Read word by word."} for one in checks}
    releases.release_text(kept, answers=answers, by=by, at=at)


def _tied(kept: Intelligence, firm: Organisation, by: User, number: int, at: datetime) -> Iterator[object]:
    """A van and a telephone that several firms are said to share, and who answers it."""
    business = tie_rules.named("organisation", firm.reference, firm, where="first")
    telephone = tie_rules.named("telephone", "07700 900461", None, where="first")
    yield ties.tie(kept, first=business, second=telephone, how="is rung at", strength=1 + number % 3, by=by, at=at)
    further = (
        (business, "vehicle", "AB12 CDE", "brings workers in"),
        (telephone, "person", "Kris Sample", "is answered by"),
    )
    first, kind, text, how = further[number % 2]
    other = tie_rules.named(kind, text, None, where="second")
    since = timezone.localdate(at - 90 * DAY)
    yield ties.tie(kept, first=first, second=other, how=how, strength=2, since=since, by=by, at=at)


HEARD = (
    (
        Grade("1", "A", "C", ["A2", "S2"]),
        "He told me himself that the papers are kept in the drawer behind the desk, and that he signs for them.",
        "Identity papers of workers are said to be kept at the office.",
    ),
    (
        Grade("2", "C", "P"),
        "Someone at the filling station says that the white van comes with twenty at five in the morning.",
        "A van with more people than seats is said to bring workers before five.",
    ),
    (
        Grade("2", "A", "C", ["S1"], "Not to be shown to the business."),
        "Three callers say the same: nine to a house, sixty a week each, taken from the pay.",
        "Rent is said to be taken from the pay of nine people in one house.",
    ),
    (
        Grade("3", "E", "P"),
        "A rival rang and said that they pay no one.",
        "Said to pay no one at all. A competitor may have an interest in it.",
    ),
)
