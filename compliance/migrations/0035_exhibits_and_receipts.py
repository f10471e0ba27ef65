from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard, changed

REVIEW = "a review of receipts stays as it was written"
IN_FORCE = "only an undertaking in force is reviewed"
SERVED = "what an undertaking asks for stays as it was served"


def undertakings(_vendor):
    yield from guards.stays("compliance_receiptreview", "receipt_review", REVIEW)
    accepted = "NOT EXISTS (SELECT 1 FROM compliance_undertaking WHERE id = NEW.undertaking_id AND status = 'accepted')"
    yield Guard("receipt_review_in_force", "compliance_receiptreview", "INSERT", accepted, IN_FORCE)
    late = f"OLD.status <> 'draft' AND ({changed('receipts_every')})"
    yield Guard("undertaking_receipts_stay", "compliance_undertaking", "UPDATE", late, SERVED)


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0034_no_one_is_referred_unread"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="evidenceitem",
                name="for_business",
                field=models.CharField(
                    blank=True,
                    choices=[("no", "No"), ("yes", "Yes, it is part of the report that they are given")],
                    help_text="whether the business may have it; empty: entered before it was asked, and decided by the reason",
                    max_length=3,
                ),
            ),
            migrations.AlterField(
                model_name="evidenceitem",
                name="withheld_because",
                field=models.TextField(blank=True, help_text="why the business may not have it"),
            ),
            migrations.AddField(
                model_name="undertaking",
                name="receipts_every",
                field=models.PositiveSmallIntegerField(
                    default=0, help_text="months between two reviews of the receipts of checks; 0: no measure asks for them"
                ),
            ),
        ),
        migrations.CreateModel(
            name="ReceiptReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="the last day that was looked at")),
                ("receipts", models.JSONField(help_text="numbers of the receipts that the register held of these days")),
                (
                    "kept",
                    models.CharField(
                        choices=[
                            ("yes", "Yes: it checked the register and kept the receipts"),
                            ("no", "No: it did not check, or did not act on the answer"),
                        ],
                        max_length=3,
                    ),
                ),
                ("note", models.TextField(help_text="what was compared, and what is missing")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undertaking",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT, related_name="receipt_reviews", to="compliance.undertaking"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(until__gte=F("since")) & ~Q(note=""), name="receipt_review_has_days"
                    ),
                    models.UniqueConstraint(fields=("undertaking", "until"), name="receipt_review_once"),
                ],
            },
        ),
        guards.CreateGuards("compliance", undertakings),
    ]
