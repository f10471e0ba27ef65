"""An officer who has not checked out is not hidden by a colleague of the same visit to whose alarm someone already responds."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from registry.migrations import _guards as guards


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0036_officers_check_in_and_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="dangersign",
                name="officer",
                field=models.ForeignKey(
                    blank=True,
                    help_text="who has not checked out of the visit",
                    null=True,
                    on_delete=models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.RemoveConstraint(model_name="dangersign", name="danger_once_for_missing_officers"),
            migrations.AddConstraint(
                model_name="dangersign",
                constraint=models.UniqueConstraint(
                    condition=Q(status="raised", source="check_out"),
                    fields=("inspection", "officer"),
                    name="danger_once_for_each_missing_officer",
                ),
            ),
        ),
    ]
