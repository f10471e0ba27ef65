"""Every piece of intelligence says who graded it last. In a migration of its own: PostgreSQL alters no table with rows just written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import keeping_triggers


class Migration(migrations.Migration):
    dependencies = [("compliance", "0026_grades_by_two")]

    operations = keeping_triggers(
        migrations.AlterField(
            model_name="intelligence",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intelligence",
                to="compliance.source",
            ),
        ),
        migrations.AlterField(
            model_name="intelligence",
            name="graded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    )
