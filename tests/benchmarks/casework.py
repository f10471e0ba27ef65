"""The rows of an authority that has inspected and listened for years, written as rows: for `tests.benchmarks.compliance`.

They stand on what `load_demo` has made, whose organisations, licences and people they are about, and are in every state that
a list tells apart. No action is done and nobody is told; constraints and triggers hold as ever.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from compliance import jobs
from compliance.enforcement.models.cases import CaseOffence, UnlicensedCase
from compliance.enforcement.models.undertakings import Undertaking
from compliance.exhibits.models import Custody, EvidenceItem
from compliance.follow_ups.models import FollowUp, FollowUpAnswer, Remedy
from compliance.inspections.models import Inspection, Result
from compliance.intelligence.models.intelligence import Intelligence, IntelligenceSubject
from compliance.intelligence.models.ties import Entity, Tie
from compliance.plans.models import VisitPlan
from compliance.reports.filters import match_keys as index
from compliance.reports.models.reports import Report, ReportMessage
from compliance.reports.models.triage import ReportClue, ReportTag, Triage
from compliance.safeguarding.models.people import Support
from compliance.safeguarding.models.referrals import Referral
from compliance.targeting.models import VisitRound  # fmt: skip
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.schemes import Scheme
from registry.trail.actions import events as trail
from registry.trail.models import rows as fast
from registry.trail.models.events import Counter
from tests.people import person

#: That a database has been filled, and to which size.
KEPT = "benchmarks: compliance"
Thing = Mapping[str, Any]
KINDS = (["pay"], ["unsafe", "pay"], ["fees"], ["force"])
#: Words of a report: ten that most have, some hundred that many have, thousands that few have.
COMMON = ("work", "boss", "paid", "house", "week", "passport", "hours", "van", "money", "manager")
MIDDLE = tuple(f"{first}{second}{third}ing" for first in "bdfgklmp" for second in "aeiou" for third in "dklnr")
RARE = tuple(
    f"{a}{b}{c}{d}ova" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdgklmnrst" for d in "aeiouy"
)  # fmt: skip


def put(model: type[models.Model], things: Iterable[Thing]) -> range:
    """Write rows and say which keys they have. What a thing does not say is what the model begins with."""
    empty = {field.attname: field.get_default() for field in fast.fields(model)}
    first = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
    with transaction.atomic():
        numbered = ({**empty, "id": key, **thing} for key, thing in enumerate(things, first))
        fast.insert(model, fast.prepared(model, numbered))
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)
    last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    return range(first, last + 1)


@dataclass(frozen=True)
class Casework:
    """So many inspections and reports, and of the rest what goes with them, as at one instant."""

    inspections: int
    reports: int
    at: datetime

    @property
    def is_there(self) -> bool:
        return Counter.objects.filter(name=KEPT).exists()

    def fill(self, tell: Callable[[str], None]) -> None:
        """All of it or nothing."""
        self.roomy()
        with transaction.atomic():
            self._fill(tell)

    def _fill(self, tell: Callable[[str], None]) -> None:
        # Read now: on PostgreSQL nothing can be asked while rows are copied in.
        self.firms, self.names  # noqa: B018
        for part in (
            self._inspected, self._visited, self._put_right, self._told, self._clued, self._handled,
            self._known, self._tied, self._prosecuted, self._referred, self._chosen, self._trailed,
        ):  # fmt: skip
            tell(part.__name__)
            part()
        Counter.objects.create(name=KEPT, value=self.inspections)

    @staticmethod
    def roomy() -> None:
        """Millions of rows go into one index in no order: held in memory until they are written."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA cache_size = -1000000")

    # --- whom it is about, and who does it ---

    @cached_property
    def scheme(self) -> Scheme:
        return schemes.in_force("gla-food", self.at.date())

    @cached_property
    def firms(self) -> list[int]:
        return list(Organisation.objects.order_by("pk").values_list("pk", flat=True))

    @cached_property
    def names(self) -> dict[int, str]:
        return dict(Organisation.objects.values_list("pk", "legal_name"))

    def people(self, role: str, how_many: int) -> list[User]:
        found = list(User.objects.filter(groups__name=role, is_active=True, conflicts=None).order_by("pk")[:how_many])
        return found + [person(role) for _one in range(how_many - len(found))]

    def ago(self, random: Random, days: int) -> datetime:
        return self.at - timedelta(minutes=random.randrange(60, days * 1440))

    @property
    def pinned(self) -> Thing:
        return {"scheme": self.scheme.name, "version": self.scheme.version}

    # --- inspections ---

    def _inspected(self) -> None:
        random = Random("inspections")
        inspectors = self.people("inspector", 20)
        codes = [one.code for one in self.scheme.standards[:20]]
        keys = put(Inspection, (self._inspection(n, random, inspectors, codes) for n in range(self.inspections)))
        young = keys[len(keys) // 2 :]
        put(Result, (_result(key, code, random) for key in young for code in codes))
        things = put(EvidenceItem, (self._exhibit(key, n, inspectors[0]) for key in keys[-2000:] for n in range(1, 6)))
        put(Custody, (
            {"item_id": key, "number": 1, "act": "taken", "holder": "The inspector", "happened_at": self.at,
             "recorded_by_id": inspectors[0].pk, "recorded_at": self.at} for key in things
        ))  # fmt: skip
        self._moved(keys, self.people("quality_reviewer", 3)[0])

    def _inspection(self, n: int, random: Random, inspectors: list[User], codes: list[str]) -> Thing:
        at = self.at - timedelta(days=2500 * (self.inspections - n) / self.inspections)
        inspector = random.choice(inspectors).pk
        return {
            **self.pinned, "reference": f"I-BENCH{n:06}", "organisation_id": random.choice(self.firms), "kind": "compliance",
            "brief": "Look at hours, pay and housing.", "facts": {"sectors": ["horticulture"]}, "standards": codes,
            "inspector_id": inspector, "commissioned_by_id": inspectors[0].pk, "commissioned_at": at,
            "due_on": at.date() + timedelta(days=30), "visited_on": at.date(), "summary": "Seen.",
        }  # fmt: skip

    def _exhibit(self, key: int, number: int, taker: User) -> Thing:
        return {
            "inspection_id": key, "number": number, "kind": "photograph", "description": "The board with the hours.",
            "taken_at": self.at, "taken_by_id": taker.pk, "logged_at": self.at, "standards": ["1.1"],
        }  # fmt: skip

    def _moved(self, keys: range, reviewer: User) -> None:
        """Of a hundred five are to be visited, two to be gone through, one was called off, and the rest is confirmed."""
        mine = Inspection.objects.filter(pk__gte=keys[0])
        reported = mine.filter(pk__lt=keys[len(keys) * 95 // 100])
        reported.filter(pk__in=list(keys[::100])).update(status="called_off")
        reported.filter(status="commissioned").update(status="reported", reported_at=self.at - timedelta(days=30))
        confirmed = mine.filter(status="reported", pk__lt=keys[len(keys) * 93 // 100])
        later = models.ExpressionWrapper(
            models.F("commissioned_at") + timedelta(days=25), output_field=models.DateTimeField()
        )
        confirmed.update(status="confirmed", confirmed_by=reviewer, confirmed_at=later)

    def _visited(self) -> None:
        random = Random("plans")
        regions = ("Anglia", "Highlands", "Kent", "Wales")
        visits = Inspection.objects.filter(reference__startswith="I-BENCH").exclude(status="called_off").order_by("pk")
        planner = self.people("manager", 1)[0]
        put(VisitPlan, (
            {"inspection_id": key, "day": self._day(status, visited, random), "starts": "09:00:00", "ends": "12:00:00",
             "address": "The packing shed", "region": random.choice(regions), "announced": False, "because": "Hours.",
             "risk": "low", "planned_by_id": planner.pk, "planned_at": self.at}
            for key, status, visited in list(visits.values_list("pk", "status", "visited_on"))
        ))  # fmt: skip

    def _day(self, status: str, visited: date | None, random: Random) -> date:
        return (
            self.at.date() + timedelta(days=random.randrange(60))
            if status == "commissioned" or visited is None
            else visited
        )

    def _put_right(self) -> None:
        random = Random("follow-ups")
        confirmed = Inspection.objects.confirmed().filter(reference__startswith="I-BENCH").order_by("-pk")
        keys = list(confirmed.values_list("pk", flat=True)[: self.inspections * 2 // 5])
        inspector, judge = self.people("inspector", 1)[0], self.people("quality_reviewer", 1)[0]
        judged = {"judged_by_id": judge.pk, "judged_at": self.at, "judged_because": "Seen."}
        asked = put(FollowUp, (
            {"reference": f"F-BENCH{n:06}", "inspection_id": key, "standard": "1.1", "action": "Pay what is owed.",
             "due_on": self.at.date() + timedelta(days=60 - n // 40), "asked_by_id": inspector.pk, "asked_at": self.at,
             **({"status": random.choice(("open", "answered"))} if n < 3000 else {"status": "met", **judged})}
            for n, key in enumerate(keys)
        ))  # fmt: skip
        put(FollowUpAnswer, (
            {"follow_up_id": key, "text": "Paid.", "answered_by_id": inspector.pk, "answered_at": self.at} for key in asked
        ))  # fmt: skip
        counted = {"confirmed_by_id": judge.pk, "confirmed_at": self.at}
        put(Remedy, (
            {"inspection_id": key, "number": 1, "kind": "wages", "workers": 7, "pence": random.randrange(1, 900_000),
             "shown_by": "Payslips.", "recorded_by_id": inspector.pk, "recorded_at": self.ago(random, 900),
             **(counted if n % 10 else {})}
            for n, key in enumerate(keys[: len(keys) // 2])
        ))  # fmt: skip

    # --- reports ---

    def _told(self) -> None:
        random = Random("reports")
        reader = self.people("intelligence_analyst", 3)[0]
        put(Report, (self._report(n, random, reader) for n in range(self.reports)))

    def _report(self, n: int, random: Random, reader: User) -> Thing:
        """Those of the last months are open: of some nobody has said what becomes of them."""
        minutes = 2_600_000 * (self.reports - n) // self.reports + 30
        at, firm = self.at - timedelta(minutes=minutes), random.choice(self.firms)
        urgency = random.choices(range(4), (1, 4, 15, 80))[0]
        said = {"decision": random.choice(("no_action", "intelligence", "inspection"))}
        begun = {"status": "being_looked_at", "begun_by_id": reader.pk, "begun_at": at}
        over = {**begun, **said, "status": "done", "closed_at": at, "outcome": "Told."}
        state = over if minutes > 130_000 else {**begun, **said} if n % 3 else begun if n % 2 else {}
        return {
            "reference": f"R-BENCH{n:06}", "once": f"bench{n:059}", "language": "en-gb", "text": words(random), "kinds": random.choices(KINDS, (60, 30, 9, 1))[0],
            "danger": ("yes", "not_sure", "no", "no")[urgency], "contact": "none", "about_name": self.names[firm],
            "organisation_id": firm if n % 3 else None, "received_at": at, "urgency": urgency,
            "priority": ("life", "harm", "soon", "other")[urgency], "decide_by": at + timedelta(hours=(1, 4, 24, 72)[urgency]),
            "tell_by": at.date() + timedelta(days=40), "channel": "page", **state,
        }  # fmt: skip

    @property
    def _own_reports(self) -> "models.QuerySet[Report]":
        return Report.objects.filter(reference__startswith="R-BENCH").order_by("pk")

    def _clued(self) -> None:
        random = Random("clues")
        told = self._own_reports.values_list("pk", "text", "about_name", "kinds").iterator(5000)
        put(ReportClue, (
            {"report_id": key, "kind": kind, "value": value}
            for key, text, name, kinds in list(told) for kind, value in _clues(text, name, kinds, random)
        ))  # fmt: skip

    def _handled(self) -> None:
        random = Random("triage")
        reader = self.people("intelligence_analyst", 3)[0].pk
        told = list(self._own_reports.values_list("pk", "decision", "received_at", "is_over"))
        put(Triage, (
            {"report_id": key, "decision": decision, "priority": "other", "because": "As it reads.", "by_id": reader, "at": at}
            for key, decision, at, _over in told if decision
        ))  # fmt: skip
        put(ReportTag, (
            {"report_id": key, "kind": "indicator", "scheme": self.scheme.name, "code": str(random.randrange(1, 12))}
            for key, *_more in told if random.random() < 0.4
        ))  # fmt: skip
        asked = [(key, at, key % 50 > 0) for key, _decision, at, _over in told if key % 5 == 0]
        put(ReportMessage, (
            {"report_id": key, "from_authority": ours, "text": "Which weeks?", "by_id": reader if ours else None, "at": at}
            for key, at, last in asked for ours in (not last, last)
        ))  # fmt: skip
        for ours in (True, False):
            mine = Report.objects.filter(pk__in=[key for key, _at, last in asked if last == ours])
            mine.update(authority_wrote_last=ours)

    # --- intelligence, enforcement, safeguarding, choosing ---

    def _known(self) -> None:
        random = Random("intelligence")
        analyst = self.people("intelligence_analyst", 3)[1].pk
        keys = put(Intelligence, (
            {**self.pinned, "reference": f"N-BENCH{n:06}", "source_grade": "2", "information_grade": random.choice("ABCDE"),
             "handling": random.choice("PC"), "source_text": "Heard.", "sanitised_text": words(random),
             "learnt_on": self.at.date(), "recorded_by_id": analyst, "text_by_id": analyst, "recorded_at": self.ago(random, 1800)}
            for n in range(self.reports // 10)
        ))  # fmt: skip
        subjects = ({"intelligence_id": key, "organisation_id": random.choice(self.firms)} for key in keys)
        put(IntelligenceSubject, subjects)

    def _tied(self) -> None:
        random = Random("ties")
        known = list(Intelligence.objects.filter(reference__startswith="N-BENCH").values_list("pk", flat=True))
        ends = put(Entity, (
            {"reference": f"E-BENCH{n:06}", "kind": "telephone", "key": f"+4470090{n:06}", "label": f"07009 0{n:06}"}
            for n in range(len(known) // 2)
        ))  # fmt: skip
        pairs = (sorted(random.sample(ends, 2)) for _one in known)
        analyst = self.people("intelligence_analyst", 1)[0]
        put(Tie, (
            {"first_id": first, "second_id": second, "how": "rings", "strength": 2, "intelligence_id": key,
             "by_id": analyst.pk, "at": self.at}
            for key, (first, second) in zip(known, list(pairs), strict=True)
        ))  # fmt: skip

    def _prosecuted(self) -> None:
        random = Random("cases")
        officers, decider = self.people("inspector", 20), self.people("decision_maker", 1)[0]
        cases = put(UnlicensedCase, (
            {**self.pinned, "reference": f"U-BENCH{n:05}", "against": random.choice(("supplier", "user")), "disclosed": "Said so.",
             "organisation_id": random.choice(self.firms) if n % 3 else None, "described": words(random),
             "officer_id": random.choice(officers).pk, "opened_at": self.ago(random, 1800)}
            for n in range(self.reports // 40)
        ))  # fmt: skip
        put(CaseOffence, (
            {"case_id": key, "code": "s12_1", "by_id": officers[0].pk, "at": self.at} for key in cases
        ))  # fmt: skip
        drafts = put(Undertaking, (
            {"reference": f"T-BENCH{key}", "case_id": key, "offence": "s12_1", "reasons": "Hours.", "months": 12,
             "drafted_by_id": officers[0].pk, "drafted_at": self.ago(random, 1800)}
            for key in cases[::3]
        ))  # fmt: skip
        Undertaking.objects.filter(pk__in=drafts[: len(drafts) * 3 // 4]).update(
            status="notice", served_by=decider, served_at=self.at, negotiate_by=self.at.date() + timedelta(days=14)
        )
        proposed = UnlicensedCase.objects.filter(pk__in=cases[: len(cases) * 9 // 10])
        proposed.update(
            status="proposed",
            proposed_by=officers[0],
            proposed_at=self.at,
            outcome="warning",
            proposed_because="Enough.",
        )
        UnlicensedCase.objects.filter(pk__in=cases[: len(cases) * 4 // 5]).update(
            status="closed", approved_by=decider, approved_at=self.at, approved_because="Agreed."
        )

    def _referred(self) -> None:
        random = Random("referrals")
        preparer, lead = self.people("inspector", 1)[0], self.people("safeguarding_lead", 2)[0]
        words_of = self.scheme.safeguarding
        assert words_of is not None
        keys = put(Referral, (
            {**self.pinned, "reference": f"V-BENCH{n:05}", "kind": "notify", "is_child": False, "consent": "refused",
             "organisation_id": random.choice(self.firms), "gender": random.choice(words_of.genders).code,
             "age_band": random.choice(words_of.age_bands).code, "child_then": "no", "slavery": True, "trafficking": False,
             "natures": ["forced_labour"], "country": "gb", "region": random.choice(words_of.regions).code,
             "police_told": False, "police_area": "", "prepared_by_id": preparer.pk, "prepared_at": self.ago(random, 1800)}
            for n in range(self.reports // 40)
        ))  # fmt: skip
        put(Support, (
            {"referral_id": key, "service": "helpline", "offered_on": self.at.date(), "accepted": True,
             "by_id": preparer.pk, "at": self.at} for key in keys
        ))  # fmt: skip
        old = Referral.objects.filter(pk__in=keys[: len(keys) * 9 // 10])
        sent = models.ExpressionWrapper(
            models.F("prepared_at") + timedelta(days=2), output_field=models.DateTimeField()
        )
        old.update(status="read", read_by=lead, read_at=self.at)
        old.update(status="sent", sent_by=lead, sent_at=sent)

    def _chosen(self) -> None:
        jobs.score_all(at=self.at)
        analyst = self.people("intelligence_analyst", 1)[0]
        numbers = list(Licence.objects.in_force(self.at.date()).order_by("number").values_list("number", flat=True))
        listed = [[number, key % 90] for key, number in enumerate(numbers)]
        put(VisitRound, (
            {**self.pinned, "reference": f"L-BENCH{n:03}", "capacity": 100, "by_lot": 20, "seed": f"{n:064}",
             "commitment": f"{n:064}", "listed": listed, "list_digest": "d" * 64, "status": "fixed",
             "opened_by_id": analyst.pk, "opened_at": self.at, "fixed_at": self.at}
            for n in range(40)
        ))  # fmt: skip

    def _trailed(self) -> None:
        """What the pages read of the trail: that each was begun, and one thing more."""
        with transaction.atomic():
            things = list(self._events(Inspection, "commission", "report")) + list(
                self._events(Report, "receive", "begin")
            )
            trail.record_many(things)

    def _events(self, model: type[models.Model], *verbs: str) -> Iterator[Thing]:
        for reference in model._default_manager.filter(reference__contains="-BENCH").values_list(
            "reference", flat=True
        ):
            for verb in verbs:
                yield {
                    "at": self.at, "by": "", "by_name": "", "verb": verb, "kind": str(model._meta.model_name),
                    "reference": reference, "before": "", "after": "", "because": "", "facts": {},
                }  # fmt: skip


def words(random: Random) -> str:
    few = [random.choices((COMMON, MIDDLE, RARE), (14, 6, 5))[0] for _word in range(25)]
    return " ".join(random.choice(among) for among in few)


def _result(key: int, code: str, random: Random) -> Thing:
    failed = random.random() < 0.05
    return {
        "inspection_id": key, "standard": code, "finding": "not_met" if failed else "met", "evidence": "Seen." * failed,
    }  # fmt: skip


def _clues(text: str, name: str, kinds: list[str], random: Random) -> Iterator[tuple[str, str]]:
    """As `index.clues` and `index.words` have them, but for the marks of the text, which are drawn: few reports share one."""
    yield from ((index.WORD, word) for word in sorted(index.words(text, name)))
    yield from ((index.ABOUT, kind) for kind in kinds)
    if folded := index.of_name(name):
        yield "name", folded
    yield from (
        ("words", f"{band}:{random.getrandbits(64 if random.random() < 0.95 else 8):016x}") for band in range(8)
    )
