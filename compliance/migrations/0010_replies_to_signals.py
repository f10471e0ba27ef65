"""What holders say to the signals of their licence."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0009_licence_scores'),
        ('registry', '0026_lists_need_no_migration'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ScoreReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('licence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='score_replies', to='registry.licence')),
            ],
            options={
                'indexes': [models.Index(fields=['licence', '-at'], name='score_reply_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='score_reply_says_something')],
            },
        ),
    ]
