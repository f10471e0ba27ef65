from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed, in_order

STAY = "the stay of an officer is written once: it only goes on, is missed or ends"


def stays(_vendor):
    table = "compliance_stay"
    moves = in_order({"on_site": ["on_site", "overdue", "left"], "overdue": ["left"]})
    fixed = changed("inspection_id", "officer_id", "arrived_at")
    yield Guard("stay_moves_in_order", table, "UPDATE", f"NOT ({moves}) OR {fixed}", STAY)
    yield Guard("stay_never_goes", table, "DELETE", ALWAYS, STAY)


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0035_exhibits_and_receipts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="visitplan",
                name="two_officers",
                field=models.BooleanField(default=False, help_text="two officers of the authority at all times"),
            ),
            migrations.AlterField(
                model_name="dangersign",
                name="source",
                field=models.CharField(
                    choices=[
                        ("report", "A report"),
                        ("interview", "What a worker said in an interview"),
                        ("indicator", "A sign of forced labour seen on a visit"),
                        ("officer", "An officer raised the alarm"),
                        ("check_out", "An officer has not checked out of a visit"),
                    ],
                    max_length=10,
                ),
            ),
            migrations.RemoveConstraint(model_name="dangersign", name="danger_once_an_inspection"),
            migrations.AddConstraint(
                model_name="dangersign",
                constraint=models.UniqueConstraint(
                    condition=Q(status="raised") & ~Q(source="check_out"),
                    fields=("inspection",),
                    name="danger_once_an_inspection",
                ),
            ),
            migrations.AddConstraint(
                model_name="dangersign",
                constraint=models.UniqueConstraint(
                    condition=Q(status="raised", source="check_out"),
                    fields=("inspection",),
                    name="danger_once_for_missing_officers",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("on_site", "On the visit"),
                            ("overdue", "Has not checked out"),
                            ("left", "Checked out"),
                        ],
                        default="on_site",
                        max_length=10,
                    ),
                ),
                ("arrived_at", models.DateTimeField()),
                ("expected_at", models.DateTimeField(help_text="when the officer expects to check out")),
                (
                    "missed_at",
                    models.DateTimeField(blank=True, help_text="when the alarm was raised", null=True),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT, related_name="stays", to="compliance.inspection"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["status", "expected_at", "id"], name="stay_by_status")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=~Q(status="left"), fields=("officer",), name="stay_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=Q(expected_at__gt=F("arrived_at")), name="stay_expected_after_arrival"
                    ),
                    models.CheckConstraint(
                        condition=Q(status="left", left_at__isnull=False) | (~Q(status="left") & Q(left_at=None)),
                        name="stay_left_has_a_time",
                    ),
                ],
            },
        ),
        guards.CreateGuards("compliance", stays),
    ]
