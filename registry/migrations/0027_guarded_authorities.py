from django.db import migrations, models

from registry.migrations import _guards
from registry.migrations._guards import Guard


def of_agencies(_vendor):
    taken = "OLD.guarded_as <> '' AND NEW.guarded_as <> OLD.guarded_as"
    yield Guard("agency_stays_guarded", "registry_agency", "UPDATE", taken, "an authority of a guarded kind stays of it")


class Migration(migrations.Migration):
    dependencies = [("registry", "0024_what_is_erased_leaves_a_trace")]
    operations = [
        migrations.AddField(
            model_name="agency",
            name="guarded_as",
            field=models.CharField(
                blank=True,
                default="",
                help_text="code of the guarded kind (reports.toml) that it was found to be of; it stays once it is there",
                max_length=60,
            ),
            preserve_default=False,
        ),
        _guards.CreateGuards("registry", of_agencies),
    ]
