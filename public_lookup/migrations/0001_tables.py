"""The tables: who follows, lists that are checked, receipts, webhooks, text messages.

They stand for all migrations before the first release; the guards are created by the next (docs/decisions/0068).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._tables import CreateTables


class Migration(migrations.Migration):

    replaces = [
        ('public_lookup', '0001_follows'),
        ('public_lookup', '0002_check_lists'),
        ('public_lookup', '0003_receipts'),
        ('public_lookup', '0004_webhooks'),
        ('public_lookup', '0005_text_messages'),
    ]

    initial = True

    dependencies = [
        ('registry', '0001_tables'),
    ]

    operations = [
        CreateTables(
            migrations.CreateModel(
                name='Told',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.CharField(max_length=45)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='CheckList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_at', models.DateTimeField()),
                    ('columns', models.JSONField(help_text='what each column holds; empty for one that is not looked at')),
                    ('has_heading', models.BooleanField(help_text='whether the first row names the columns, and is not looked up')),
                    ('count', models.PositiveIntegerField(help_text='rows')),
                    ('begun_at', models.DateTimeField(help_text='when the columns were confirmed: the register of then answers', null=True)),
                    ('checked', models.PositiveIntegerField(default=0, help_text='rows that have been looked up')),
                    ('next_try', models.DateTimeField(help_text='when it is taken up if nobody has it in hand', null=True)),
                    ('done_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['next_try'], name='check_list_by_turn'), models.Index(fields=['made_at'], name='check_list_by_age')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('done_at', None), ('begun_at__isnull', False), _connector='OR'), name='check_list_begun_before_done'), models.CheckConstraint(condition=models.Q(('begun_at', None), ('next_try__isnull', False), _connector='OR'), name='check_list_begun_has_its_turn')],
                },
            ),
            migrations.CreateModel(
                name='Follow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('listing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follows', to='registry.listing')),
                    ('place', models.CharField(blank=True, help_text='town, county, or the beginning of a postcode', max_length=60)),
                    ('sector', models.CharField(blank=True, max_length=60)),
                    ('check_list', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follows', to='public_lookup.checklist')),
                    ('channel', models.CharField(choices=[('email', 'Email'), ('text', 'Text'), ('webhook', 'Webhook')], default='email', max_length=10)),
                    ('address', models.CharField(help_text='of mail; a telephone number; or the reference of a webhook', max_length=254)),
                    ('language', models.CharField(max_length=10)),
                    ('asked_at', models.DateTimeField()),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('stopped_at', models.DateTimeField(null=True)),
                    ('told_entry', models.BigIntegerField(default=0, help_text='the last entry that was told of')),
                    ('told_standing', models.CharField(blank=True, help_text='the last standing that was told of', max_length=30)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('stopped_at', None)), fields=['listing'], name='follow_of_listing_in_force'), models.Index(condition=models.Q(('stopped_at', None)), fields=['place', 'sector'], name='follow_by_place_in_force')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('check_list', None), ('listing__isnull', False), ('place', ''), ('sector', '')), models.Q(('check_list__isnull', False), ('listing', None), ('place', ''), ('sector', '')), models.Q(('check_list', None), ('listing', None), models.Q(('place__gt', ''), ('sector__gt', ''), _connector='OR')), _connector='OR'), name='follow_of_one_thing'), models.UniqueConstraint(condition=models.Q(('stopped_at', None)), fields=('address', 'listing', 'place', 'sector', 'check_list'), name='follow_once_in_force', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='CheckRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('check_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='public_lookup.checklist')),
                    ('place', models.PositiveIntegerField(help_text='which row of the list, from 1')),
                    ('cells', models.JSONField()),
                    ('confidence', models.CharField(blank=True, choices=[('number', 'Exact number'), ('name', 'Exact name'), ('unclear', 'Not clear which'), ('similar', 'Similar, not the same'), ('nothing', 'Nothing found'), ('unread', 'Nothing to look up'), ('cannot_tell', 'We cannot tell now')], max_length=20)),
                    ('outcome', models.CharField(blank=True, help_text='of the one that was found, if it is sure; else not found', max_length=30)),
                    ('doubts', models.JSONField(default=list)),
                    ('matches', models.JSONField(default=list, help_text='entry, why and by which name, best first')),
                    ('picked', models.JSONField(default=list, help_text='numbers of similar ones that somebody said are meant')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('check_list', 'place'), name='check_row_once')],
                },
            ),
            migrations.CreateModel(
                name='Watched',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('follow', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watched', to='public_lookup.follow')),
                    ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.listing')),
                    ('told_entry', models.BigIntegerField(default=0)),
                    ('told_standing', models.CharField(blank=True, max_length=30)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('follow', 'listing'), name='watched_once')],
                },
            ),
            migrations.CreateModel(
                name='Receipt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='printed on it: whoever has it may confirm it', max_length=20, unique=True)),
                    ('key', models.CharField(help_text='stands in the address of its page: nobody can guess it', max_length=32)),
                    ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='registry.listing')),
                    ('name', models.CharField(help_text='of the entry, as it was: for lists', max_length=200)),
                    ('licence_number', models.CharField(max_length=20)),
                    ('standing', models.CharField(max_length=30)),
                    ('as_at', models.DateTimeField(help_text='the instant that was asked about')),
                    ('taken_at', models.DateTimeField()),
                    ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to=settings.AUTH_USER_MODEL)),
                    ('sealed', models.JSONField(help_text='record, key, signature: see registry.signing.seal')),
                ],
                options={
                    'indexes': [models.Index(fields=['taken_by', '-taken_at', '-id'], name='receipt_of_account')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('key__gt', '')), name='receipt_has_a_key'), models.CheckConstraint(condition=models.Q(('as_at__lte', models.F('taken_at'))), name='receipt_asks_of_no_future')],
                },
            ),
            migrations.CreateModel(
                name='FormalCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='formal_check', to='public_lookup.receipt')),
                    ('business', models.CharField(max_length=200)),
                    ('name', models.CharField(max_length=200)),
                    ('telephone', models.CharField(blank=True, max_length=40)),
                    ('because', models.CharField(max_length=500)),
                    ('told_until', models.DateField(help_text='the last day on which changes are told by email; none: not told', null=True)),
                    ('follow', models.ForeignKey(help_text='made for this check, and stopped after its last day', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='formal_checks', to='public_lookup.follow')),
                ],
                options={
                    'permissions': [('make_formal_check', 'Make a formal check, of which the labour provider is told')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('business__gt', ''), ('name__gt', '')), name='formal_check_says_who')],
                },
            ),
            migrations.CreateModel(
                name='TextMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='with its country code, like +447700900123', max_length=20)),
                    ('words', models.CharField(blank=True, max_length=160)),
                    ('is_code', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('attempts', models.PositiveIntegerField(default=0)),
                    ('next_try', models.DateTimeField(help_text='nothing once it is sent or given up', null=True)),
                    ('last_error', models.CharField(blank=True, max_length=200)),
                    ('sent_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['next_try'], name='text_to_be_sent'), models.Index(fields=['number', 'at'], name='text_to_number')],
                },
            ),
            migrations.CreateModel(
                name='TextCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=20, unique=True)),
                    ('digest', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                    ('tries', models.PositiveIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='Webhook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=20, unique=True)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to=settings.AUTH_USER_MODEL)),
                    ('address', models.CharField(max_length=200)),
                    ('challenge', models.CharField(help_text='what the first answer must give back', max_length=64)),
                    ('named_at', models.DateTimeField()),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('paused_at', models.DateTimeField(blank=True, null=True)),
                    ('is_paused_by_us', models.BooleanField(default=False, help_text='after too many tries, and not by its owner')),
                    ('stopped_at', models.DateTimeField(blank=True, null=True)),
                    ('failures', models.PositiveIntegerField(default=0, help_text='tries without an answer, one after the other')),
                    ('turn', models.PositiveIntegerField(default=0, help_text='who has counted it up may hand over')),
                    ('next_try', models.DateTimeField(help_text='also until when somebody is at it')),
                ],
                options={
                    'permissions': [('use_webhooks', 'Be told of changes of the register at a web address')],
                    'indexes': [models.Index(condition=models.Q(('stopped_at', None)), fields=['next_try'], name='webhook_to_be_tried')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('stopped_at', None)), fields=('owner', 'address'), name='webhook_once_for_each_owner'), models.CheckConstraint(condition=models.Q(('is_paused_by_us', False), ('paused_at__isnull', False), _connector='OR'), name='webhook_paused_by_us_is_paused')],
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=20, unique=True)),
                    ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='public_lookup.webhook')),
                    ('event', models.CharField(help_text='what happened, once for each webhook', max_length=60)),
                    ('body', models.TextField(help_text='JSON, byte for byte what is signed and sent')),
                    ('made_at', models.DateTimeField()),
                    ('tries', models.PositiveIntegerField(default=0)),
                    ('tried_at', models.DateTimeField(blank=True, null=True)),
                    ('answer_code', models.PositiveIntegerField(blank=True, null=True)),
                    ('fault', models.CharField(blank=True, help_text='why there was no answer that counts', max_length=30)),
                    ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['webhook', '-id'], name='delivery_of_webhook'), models.Index(condition=models.Q(('delivered_at', None)), fields=['webhook', 'id'], name='delivery_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('webhook', 'event'), name='delivery_once_for_each_event')],
                },
            ),
        ),
    ]
