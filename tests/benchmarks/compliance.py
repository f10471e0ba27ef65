"""What lists and case pages of compliance cost: `python -m tests.benchmarks.compliance [DATABASE_URL]`.

    --inspections 50000 --reports 200000   how many; the rest in proportion
    --providers 10000 --applications 20000 what `load_demo` makes first
    --rounds 40                            how often each page is asked for
    --only reports,inspections             pages whose address has one of these words
    --fill                                 fill the database and measure nothing

On SQLite in a file under var/benchmarks unless a database is named. It is filled once (`tests.benchmarks.casework`) and
kept: the next run measures at once. Only reading is measured, through the whole service but for the network, in turns with a
page that lists nothing. A page is asked for as whoever works with it, who has shown a second factor and has a conflict of
interest with some firms. Of PostgreSQL the processor of its own process counts too.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import quote

from tests.benchmarks import data

PROMISED_MS = 100


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.compliance")
    parser.add_argument("database", nargs="?", default="")
    sizes = {"inspections": 50_000, "reports": 200_000, "providers": 10_000, "applications": 20_000, "rounds": 40}
    for name, usual in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--only", default="", help="words of the addresses, by comma")
    parser.add_argument("--fill", action="store_true", help="fill the database and measure nothing")
    return parser.parse_args(arguments)


ASKED = _read(sys.argv[1:])
ENV = data.environment(data.FOLDER / "compliance", ASKED.database)
os.environ.update({**ENV, "DJANGO_SETTINGS_MODULE": "tests.settings", "DEMO": ""})

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.utils import timezone

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.undertakings import Undertaking
from compliance.follow_ups.models import FollowUp
from compliance.inspections.models import Inspection
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Tie
from compliance.jobs import count_for_the_public, evaluate_choosing
from compliance.reports.models.reports import Report
from compliance.safeguarding.models.referrals import Referral
from compliance.targeting.models import LicenceScore, VisitRound
from config.ready import get_ready
from licensing.applications.models import Application
from licensing.jobs import count_work
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.organisations.models import Organisation
from tests.benchmarks import casework, frame
from tests.people import person, signed_in

#: A page, and who asks for it.
Page = tuple[str, str]
TRIVIAL = ("case_officer", "/staff/holidays/")
HOMES = (
    "inspector", "case_officer", "quality_reviewer", "intelligence_analyst", "decision_maker", "manager",
    "safeguarding_lead", "auditor",
)  # fmt: skip


def measured(role: str) -> User:
    """Who asks for the pages: the same in each run, with a conflict of interest with five firms."""
    found = User.objects.filter(email=f"{role}@measured.example").first()
    if found:
        return found
    made = person(role, email=f"{role}@measured.example", name=f"Measured {role}")
    if role == "inspector":
        mine = Inspection.objects.filter(reference__startswith="I-BENCH", status="commissioned").order_by("pk")[:60]
        Inspection.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).update(inspector=made)
    by = User.objects.filter(groups__name="manager").exclude(pk=made.pk).first() or person("manager")
    for firm in Organisation.objects.order_by("pk")[:5]:
        conflicts.declare(
            made, organisation=firm, because="A relation.", since=timezone.localdate(), by=by, at=timezone.now()
        )
    return made


def lists() -> Iterator[Page]:
    firm = quote(Organisation.objects.order_by("-pk")[100].legal_name)
    word = firm.split("%20")[0]
    visits = ("", "?overdue=on", "?mine=on", "?status=commissioned", "?status=confirmed", "?kind=verification", "?sort=name",
              "?sort=-due", "?sort=status", "?page=2", "?page=40", f"?q={firm}", f"?q={word}", "?q=I-BENCH000077")  # fmt: skip
    for role in ("inspector", "case_officer", "intelligence_analyst", "manager"):
        yield from ((role, f"/staff/inspections/{query}") for query in visits)
    yield from (("manager", f"/staff/inspections/?sort={sort}inspector") for sort in ("", "-"))
    told = ("", "?mine=on", "?overdue=on", "?status=received", "?status=done", "?danger=yes", "?decision=undecided",
            "?decision=no_action", "?kind=pay", "?kind=force", "?channel=page", "?channel=post", "?indicator=3",
            "?standard=1.1", "?sort=received", "?sort=-received", "?sort=due", "?page=2", "?page=40",
            "?sort=-received&page=40", "?q=boss", "?q=boss+van", "?q=passport+boss+van", "?q=badding", "?q=badding+beling",
            "?q=badding+van", f"?q={casework.RARE[7]}", f"?q={casework.RARE[7]}+boss", "?q=badding+beling&page=40",
            "?q=boss&page=40", "?q=boss&sort=-received", "?q=badding&page=40", "?q=nobodysaidthis", f"?q={firm}",
            "?q=R-BENCH000077", "?q=boss&status=done&kind=pay")  # fmt: skip
    yield from (("intelligence_analyst", f"/staff/reports/{query}") for query in told)
    known = ("", "?source=2", "?information=E", "?handling=P", "?page=40", "?q=passport", f"?q={firm}", "?q=N-BENCH000077",
             "?q=nobodysaidthis", f"?q={casework.RARE[7]}")  # fmt: skip
    yield from (("intelligence_analyst", f"/staff/intelligence/{query}") for query in known)
    right = ("", "?overdue=on", "?mine=on", "?status=met", "?status=open", "?sort=due", "?sort=status", "?page=40",
             f"?q={firm}", f"?q={word}", "?q=I-BENCH000077")  # fmt: skip
    paid = ("", "?kind=wages", "?waiting=on", "?sort=pence", "?page=40", f"?q={firm}", f"?q={word}")
    planned = ("", "?show=month", "?from=2025-06-04&show=month", "?region=Kent")
    for role in ("inspector", "quality_reviewer", "manager"):
        yield from ((role, f"/staff/follow-ups/{query}") for query in right)
        yield from ((role, f"/staff/visits/{query}") for query in planned)
    yield from ((role, f"/staff/remedies/{query}") for role in ("quality_reviewer", "manager") for query in paid)
    cases = (
        "",
        "?mine=on",
        "?status=open",
        "?status=closed",
        "?against=user",
        "?page=40",
        f"?q={firm}",
        f"?q={word}",
        "?q=passport",
    )
    agreed = ("", "?mine=on", "?status=draft", "?status=notice", "?page=40", f"?q={firm}", f"?q={word}")
    for role in ("inspector", "decision_maker", "intelligence_analyst"):
        yield from ((role, f"/staff/unlicensed/{query}") for query in cases)
        yield from ((role, f"/staff/undertakings/{query}") for query in agreed)
    referred = ("", "?mine=on", "?status=sent", "?kind=notify", "?child=on", "?page=40", f"?q={firm}", f"?q={word}")
    yield from (
        (role, f"/staff/referrals/{query}") for role in ("inspector", "safeguarding_lead") for query in referred
    )
    scored = (
        "",
        "?at_least=10",
        "?signal=months_unvisited",
        "?sort=points",
        "?sort=name",
        "?page=40",
        f"?q={firm}",
        f"?q={word}",
    )
    yield from (("intelligence_analyst", f"/staff/targeting/{query}") for query in scored)
    dates = ("", "?state=overdue", "?state=soon", "?officer=mine", f"?q={word}")
    yield from ((role, f"/staff/dates/{query}") for role in ("case_officer", "manager") for query in dates)
    others = ("targeting/rounds/", "targeting/evaluation/", "targeting/weights/", "counts/")
    yield from (("intelligence_analyst", f"/staff/{address}") for address in others)
    yield from (
        ("manager", f"/staff/{address}") for address in ("reports/clocks/", "counts/", "figures/", "field/devices/")
    )
    found = ("", f"?q={firm}", f"?q={word}")
    yield from (("quality_reviewer", f"/staff/organisations/{query}") for query in found)
    yield from ((role, "/staff/") for role in HOMES)


def cases(people: Mapping[str, User]) -> Iterator[Page]:
    """One page of each kind, of something that whoever asks may see."""
    inspector = people["inspector"]
    mine = (
        Inspection.objects.visible_to(inspector)
        .filter(inspector=inspector, status="commissioned")
        .order_by("pk")[0]
        .reference
    )
    for page in ("", "findings/", "findings/1/", "visit/", "versions/", "evidence/", "interviews/", "plan/", "report/"):
        yield "inspector", f"/staff/inspections/{mine}/{page}"
    seen = Inspection.objects.visible_to(people["manager"]).filter(reference__startswith="I-BENCH")
    done = seen.confirmed().filter(follow_ups__isnull=False).order_by("pk")[0].reference
    waits = seen.filter(status="reported").order_by("pk")[0].reference
    for role in ("case_officer", "intelligence_analyst", "manager"):
        yield from ((role, f"/staff/inspections/{done}/{page}") for page in ("", "versions/", "evidence/"))
    yield from (("quality_reviewer", f"/staff/inspections/{waits}/{page}") for page in ("", "confirm/"))
    asked = FollowUp.objects.visible_to(people["quality_reviewer"]).filter(status="answered").order_by("pk")[0]
    yield "quality_reviewer", f"/staff/follow-ups/{asked.reference}/"
    analyst = people["intelligence_analyst"]
    for report in Report.objects.visible_to(analyst).filter(organisation__isnull=False).order_by("-pk")[:2]:
        yield from (
            ("intelligence_analyst", f"/staff/reports/{report.reference}/{page}") for page in ("", "decide/", "link/")
        )
    known = Intelligence.objects.visible_to(analyst).filter(ties__isnull=False).order_by("-pk")[0]
    yield from (("intelligence_analyst", f"/staff/intelligence/{known.reference}/{page}") for page in ("", "tie/"))
    yield "intelligence_analyst", f"/staff/links/{Tie.objects.visible_to(analyst).order_by('pk')[0].first.reference}/"
    score = LicenceScore.objects.visible_to(analyst).current().select_related("licence").order_by("-points")[0]
    yield "intelligence_analyst", f"/staff/targeting/licences/{score.licence.number}/"
    yield "intelligence_analyst", f"/staff/targeting/rounds/{VisitRound.objects.order_by('pk')[0].reference}/"
    case = UnlicensedCase.objects.visible_to(analyst).filter(undertakings__isnull=False).order_by("pk")[0]
    agreed = Undertaking.objects.visible_to(analyst).order_by("pk")[0]
    for role in ("decision_maker", "intelligence_analyst"):
        yield role, f"/staff/unlicensed/{case.reference}/"
        yield role, f"/staff/undertakings/{agreed.reference}/"
    lead = people["safeguarding_lead"]
    yield "safeguarding_lead", f"/staff/referrals/{Referral.objects.visible_to(lead).order_by('pk')[0].reference}/"
    yield from _of_licensing(people["case_officer"])


def _of_licensing(officer: User) -> Iterator[Page]:
    """What shows inspections and reports beside a case, a licence or a file."""
    case = Application.objects.visible_to(officer).handed_in().order_by("-pk")[0]
    yield "case_officer", f"/staff/applications/{case.reference}/"
    visited = Inspection.objects.visible_to(officer).filter(organisation__licences__isnull=False).order_by("-pk")[0]
    licence = visited.organisation.licences.order_by("pk")[0]
    yield "case_officer", f"/staff/licences/{licence.number}/"
    yield "case_officer", f"/staff/organisations/{visited.organisation.reference}/"


def _deep_down(client: Client, address: str) -> str:
    """A page beyond those with numbers: eleven pages on from the last that has one."""
    for _page in range(11):
        html = client.get(address).content.decode()
        if 'rel="next"' not in html:
            break
        following = html.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        address = address.partition("?")[0] + unescape(following)
    return address


def measure() -> None:
    people = {role: measured(role) for role in sorted({role for role, _address in lists()} | {*HOMES, TRIVIAL[0]})}
    clients = {role: signed_in(one) for role, one in people.items()}
    wanted = [one for one in (*lists(), *cases(people)) if any(word in one[1] for word in ASKED.only.split(","))]
    asked: dict[str, tuple[Client, str]] = {"a page that lists nothing": (clients[TRIVIAL[0]], TRIVIAL[1])}
    for role, address in wanted:
        asked[_label(role, address)] = (clients[role], address)
        if address.endswith("page=40"):
            asked[_label(role, address) + ", deep down"] = (clients[role], _deep_down(clients[role], address))
    get_ready()  # as a process that serves does
    queries = {title: _first(client, address) for title, (client, address) in asked.items()}
    _show(_in_turns(asked), queries)


def _label(role: str, address: str) -> str:
    return f"`{address.removeprefix('/staff')}` {role.replace('_', ' ')}"


def _first(client: Client, address: str) -> int:
    """How many queries it takes. Who may be asked why they read it says so first."""
    if "/reports/R-" in address or "/intelligence/N-" in address:
        own = "/".join(address.split("/")[:4]) + "/"
        client.post(own, {"because": "To measure how long it takes."})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(captured)


Spent = dict[str, list[tuple[float, float]]]


def _in_turns(asked: Mapping[str, tuple[Client, str]]) -> Spent:
    """Seconds by the clock and of processor, round after round."""
    spent: Spent = {title: [] for title in asked}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()" if connection.vendor == "postgresql" else "SELECT 0")
        server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    for _round in range(ASKED.rounds):
        for title, (client, address) in asked.items():
            before, clock = _processor(server), time.perf_counter()
            client.get(address)
            spent[title].append((time.perf_counter() - clock, _processor(server) - before))
    return spent


def _processor(server: Path) -> float:
    """What this process has spent, and the one of PostgreSQL that answers it."""
    own = time.process_time()
    return own + int(server.read_text().split()[0]) / 1e9 if server.exists() else own


def _show(spent: Spent, queries: Mapping[str, int]) -> None:
    base = frame.median([clock for clock, _processor in next(iter(spent.values()))])
    rows = []
    for title, own in spent.items():
        clocks, processors = [one for one, _p in own], [one for _c, one in own]
        late = frame.within(clocks, 0.95)
        rows.append((
            title, queries[title], frame.ms(frame.median(clocks)), frame.ms(late) + " !" * (late > PROMISED_MS),
            frame.ms(frame.median(processors)), frame.ms(frame.within(processors, 0.95)), f"{frame.median(clocks) / base:.1f}",
        ))  # fmt: skip
    heads = ("page, by whom", "queries", "median", "95% within", "processor", "its 95%", "times the empty page")
    frame.table(f"{connection.vendor}, milliseconds, {ASKED.rounds} times each", heads, rows)
    print(f"\nAbove {PROMISED_MS} ms at the 95th percentile: {sum('!' in row[3] for row in rows)} of {len(rows)}")


def fill() -> None:
    began = time.perf_counter()
    rows = casework.Casework(ASKED.inspections, ASKED.reports, timezone.now())
    if not _is_filled(rows):
        data.set_up(ENV)
        data.load(ENV, providers=ASKED.providers, applications=ASKED.applications)
        rows.fill(lambda part: print(f"{time.perf_counter() - began:.0f} s: {part}", flush=True))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    else:
        call_command("migrate", verbosity=0)
    call_command("sync_roles", verbosity=0)
    for count in (count_for_the_public, evaluate_choosing, count_work):
        count(at=timezone.now())
    inspections, reports = Inspection.objects.count(), Report.objects.count()
    print(
        f"{connection.vendor}: {inspections:,} inspections, {reports:,} reports, ready in {time.perf_counter() - began:.0f} s"
    )


def _is_filled(rows: casework.Casework) -> bool:
    return "registry_counter" in connection.introspection.table_names() and rows.is_there


if __name__ == "__main__":
    setup_test_environment()
    print(frame.machine(), flush=True)
    fill()
    if not ASKED.fill:
        measure()
