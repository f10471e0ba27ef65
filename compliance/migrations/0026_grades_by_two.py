"""A second person agrees with the grade of intelligence; until now who recorded it is taken for who graded it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import RunStatements, keeping_triggers


def a_person():
    return models.ForeignKey(
        null=True, blank=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


def graded_by_recorder(editor):
    editor.execute("UPDATE compliance_intelligence SET graded_by_id = recorded_by_id", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0025_rounds_by_two"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = keeping_triggers(
        migrations.AddField(
            model_name="intelligence", name="grade_agreed_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(model_name="intelligence", name="grade_agreed_by", field=a_person()),
        migrations.AddField(model_name="intelligence", name="graded_by", field=a_person()),
        migrations.AddConstraint(
            model_name="intelligence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grade_agreed_at", None), ("grade_agreed_by", None)),
                    models.Q(
                        ("grade_agreed_at__isnull", False),
                        ("grade_agreed_by__isnull", False),
                        models.Q(("grade_agreed_by", models.F("graded_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="intelligence_grade_agreed_by_another",
            ),
        ),
        RunStatements(graded_by_recorder, lambda editor: None),
    )
