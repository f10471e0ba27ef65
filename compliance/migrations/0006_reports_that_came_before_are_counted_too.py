"""Of reports that came before: who wrote last, and a clue for each thing that they are about."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

ABOUT = "about"
TOGETHER = 2000


def write_down(apps, schema_editor):
    reports, clues = apps.get_model("compliance", "Report"), apps.get_model("compliance", "ReportClue")
    newest = apps.get_model("compliance", "ReportMessage").objects.filter(report=OuterRef("pk")).order_by("-pk")
    wrote = newest.values("from_authority")[:1]
    reports.objects.filter(messages__isnull=False).update(authority_wrote_last=Subquery(wrote))
    told = list(reports.objects.order_by("pk").values_list("pk", "kinds"))
    found = (clues(report_id=key, kind=ABOUT, value=kind) for key, kinds in told for kind in dict.fromkeys(kinds))
    clues.objects.bulk_create(found, batch_size=TOGETHER, ignore_conflicts=True)


def forget(apps, schema_editor):
    apps.get_model("compliance", "ReportClue").objects.filter(kind=ABOUT).delete()


class Migration(migrations.Migration):
    dependencies = [("compliance", "0005_reports_are_counted_by_indexes")]
    operations = [migrations.RunPython(write_down, forget)]
