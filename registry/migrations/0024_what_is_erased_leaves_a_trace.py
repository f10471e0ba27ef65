"""That something was erased stays written down; who read what goes after its time, day by day, with such a trace."""

from collections.abc import Iterator

from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard

TABLE, SAYS = "registry_consultation", "who read what stays as it was written down"
ERASURES = "that something was erased stays written down"
DAY = {"sqlite": "substr(OLD.at, 1, 10)", "postgresql": "to_char(OLD.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"}


def former(_vendor: str) -> Iterator[Guard]:
    yield Guard("consultation_delete", TABLE, "DELETE", guards.ALWAYS, SAYS)


def now(vendor: str) -> Iterator[Guard]:
    trace = f"""EXISTS (SELECT 1 FROM registry_erasure WHERE kind = 'consultation' AND rule = 'consultations'
        AND substr(reference, 1, 10) = {DAY[vendor]})"""
    yield guards.goes_with(trace, TABLE, "consultation_delete", SAYS)
    yield from guards.stays("registry_erasure", "erasure", ERASURES)
    yield from guards.not_replaced(vendor, "registry_erasure", "erasure", "id = NEW.id", ERASURES)


class Migration(migrations.Migration):
    dependencies = [("registry", "0023_people_are_found_by_number")]

    operations = [
        *guards.keeping_triggers(
            migrations.RemoveConstraint("erasure", "erasure_once"),
            migrations.AddIndex("erasure", models.Index(fields=["kind", "reference", "rule"], name="erasure_of")),
        ),
        guards.DropGuards("registry", former),
        guards.CreateGuards("registry", now),
        migrations.AlterField(
            "erasure",
            "kind",
            models.CharField(help_text="name of the model; of a day, of the rows of that day", max_length=40),
        ),
    ]
