"""Reports that came before are found by their words too, as those that come are."""

from django.db import migrations

from compliance import index

TOGETHER = 500


def words_of(report):
    told = (report.text, report.about_name, report.about_number, report.about_place)
    return index.words(*told, *(one.text for one in report.translations.all()))


def find(apps, schema_editor):
    reports, clues = apps.get_model("compliance", "Report"), apps.get_model("compliance", "ReportClue")
    keys = list(reports.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), TOGETHER):
        some = reports.objects.filter(pk__in=keys[start : start + TOGETHER]).prefetch_related("translations")
        found = [clues(report=one, kind=index.WORD, value=word) for one in some for word in sorted(words_of(one))]
        clues.objects.bulk_create(found, batch_size=2000, ignore_conflicts=True)


def forget(apps, schema_editor):
    apps.get_model("compliance", "ReportClue").objects.filter(kind=index.WORD).delete()


class Migration(migrations.Migration):
    dependencies = [("compliance", "0026_counts_for_the_public")]
    operations = [migrations.RunPython(find, forget)]
