"""Whose turn it is, as the database works it out, so that what waits is counted and listed by one index; what is listed after visits, by indexes too."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from registry.migrations import _guards as guards


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0008_guards_of_sanctions"),
        ("registry", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RemoveIndex(model_name="report", name="report_by_last_word"),
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="report",
                name="is_waiting",
                field=models.GeneratedField(
                    expression=Q(status="received") | Q(authority_wrote_last=False, authority_wrote_last__isnull=False),
                    output_field=models.BooleanField(),
                    db_persist=True,
                ),
            )
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                name="report_by_is_waiting",
                fields=["is_waiting", "is_over", "is_decided", "urgency", "decide_by", "id"],
            ),
        ),
        migrations.RemoveIndex(model_name="followup", name="follow_up_by_status"),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(name="follow_up_in_status", fields=["status", "is_over", "due_on", "id"]),
        ),
        migrations.AddIndex(
            model_name="followup", index=models.Index(name="follow_up_by_due", fields=["due_on", "id"])
        ),
        migrations.AddIndex(model_name="remedy", index=models.Index(name="remedy_by_pence", fields=["pence", "id"])),
        migrations.AddIndex(model_name="visitplan", index=models.Index(name="plan_by_region", fields=["region"])),
    ]
