"""Orders of posters, cards and other materials on paper."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from registry.migrations._guards import ALWAYS, Guard, CreateGuards, changed, erased

ORDER, SAYS = "registry_materialorder", "an order stays as it came and as it was handled"
GIVEN = ("id", "reference", "once", "kind", "sheets", "languages", "word", "language", "ordered_at")
SAID = ("name", "organisation", "address", "email")


def of_orders(_vendor):
    """Who asked is open to its erasure alone, and so is the reason once the order was handled."""
    gone = erased("materialorder", "material_orders", "OLD.reference")
    handled = f"OLD.status <> 'materials_ordered' AND ({changed('because', 'handled_by_id', 'handled_at')})"
    fixed = f"({changed(*SAID)} OR {handled}) AND NOT {gone}"
    yield Guard("material_order_update", ORDER, "UPDATE", f"{changed(*GIVEN)} OR {fixed}", SAYS)
    yield Guard("material_order_delete", ORDER, "DELETE", ALWAYS, SAYS)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0042_finer_tables_for_partners'),
    ]

    operations = [
        migrations.CreateModel(
            name='MaterialOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('once', models.CharField(help_text='of the form: sent twice, it is kept once', max_length=22, unique=True)),
                ('status', models.CharField(choices=[('materials_ordered', 'Waiting to be sent'), ('materials_sent', 'Sent'), ('materials_declined', 'Declined')], default='materials_ordered', max_length=30)),
                ('kind', models.CharField(choices=[('a4', 'Poster, A4'), ('a3', 'Poster, A3'), ('card', 'Cards, 10 on a sheet'), ('sticker', 'Stickers, 12 on a sheet'), ('insert', 'Payslip inserts, 3 on a sheet')], max_length=20)),
                ('sheets', models.PositiveIntegerField()),
                ('languages', models.JSONField(default=list)),
                ('word', models.CharField(blank=True, help_text='of the campaign', max_length=7)),
                ('name', models.CharField(max_length=120)),
                ('organisation', models.CharField(blank=True, max_length=200)),
                ('address', models.TextField()),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(help_text='of the page, and of the mails', max_length=10)),
                ('ordered_at', models.DateTimeField()),
                ('because', models.TextField(blank=True, help_text='why it was declined')),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('handle_material_orders', 'Send materials that were ordered on paper, or decline the order')],
                'indexes': [models.Index(fields=['-ordered_at', '-id'], name='material_order_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sheets__gt', 0)), name='material_order_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('handled_at', None), ('handled_by', None), ('status', 'materials_ordered')), models.Q(models.Q(('status', 'materials_ordered'), _negated=True), ('handled_at__isnull', False), ('handled_by__isnull', False)), _connector='OR'), name='material_order_handled_whole')],
            },
        ),
        CreateGuards("registry", of_orders),
    ]
