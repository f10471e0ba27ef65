"""Rounds are fixed and drawn by two, one at a time; each visit is made or explained before the next round."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed, in_order

before = import_module("compliance.migrations.0004_guards_of_choosing_and_enforcement")
REPLACED = ("round_stays", "choice_in_its_time", "choice_stays")
ROUND, CHOICE, EXPLANATION = "compliance_visitround", "compliance_choice", "compliance_visitexplanation"
DRAWN = ("drawn_at", "drawn_by_id", "figures", "due_on")
MOVES = {"opened": ("fixed",), "fixed": ("drawn",), "drawn": ("closed",)}
EXPLAINED = ("reference", "choice_id", "because", "explained_by_id", "explained_at")
EXPLANATIONS = "why a visit is not made stays as it was said"
#: A visit is over when its inspection is confirmed, or when it was explained and a second person accepted that.
WAITS = """SELECT 1 FROM compliance_choice visit WHERE visit.round_id = NEW.id
    AND NOT EXISTS (SELECT 1 FROM compliance_inspection WHERE id = visit.inspection_id AND status = 'confirmed')
    AND NOT EXISTS (SELECT 1 FROM compliance_visitexplanation WHERE choice_id = visit.id AND status = 'accepted')"""


def former(vendor):
    yield from (one for one in before.choosing(vendor) if one.name in REPLACED)


def rounds(_vendor):
    stays = f"""{changed(*before.OPENED, "recipe")}
        OR OLD.status <> 'opened' AND ({changed(*before.FIXED, "fixed_by_id")})
        OR OLD.status IN ('drawn', 'closed') AND ({changed(*DRAWN)})
        OR OLD.status = 'closed' AND ({changed("status", "closed_at")})
        OR NEW.status <> OLD.status AND NOT ({in_order(MOVES)})"""
    yield Guard("round_stays", ROUND, "UPDATE", stays, before.ROUNDS)
    closes = f"NEW.status = 'closed' AND OLD.status <> 'closed' AND EXISTS ({WAITS})"
    yield Guard("round_closes_when_done", ROUND, "UPDATE", closes, "every visit of a round is made or explained")
    in_its_time = """NOT EXISTS (SELECT 1 FROM compliance_visitround one WHERE one.id = NEW.round_id
        AND (one.status = 'fixed' AND NEW.how = 'random' OR one.status = 'opened' AND NEW.how = 'targeted'))"""
    says = "visits are chosen before the list is fixed, and selected at random from a fixed list"
    yield Guard("choice_in_its_time", CHOICE, "INSERT", in_its_time, says)
    called_off = "SELECT 1 FROM compliance_inspection WHERE id = OLD.inspection_id AND status = 'called_off'"
    sent = f"OLD.inspection_id IS NOT NULL AND NOT EXISTS ({called_off})"
    yield Guard("choice_stays", CHOICE, "UPDATE", f"{changed(*before.CHOSEN)} OR {sent}", before.CHOICES)


def explanations(_vendor):
    settled = f"{changed(*EXPLAINED)} OR OLD.status <> 'waiting'"
    yield Guard("explanation_begins_waiting", EXPLANATION, "INSERT", "NEW.status <> 'waiting'", EXPLANATIONS)
    yield Guard("explanation_stays", EXPLANATION, "UPDATE", settled, EXPLANATIONS)
    yield Guard("explanation_is_kept", EXPLANATION, "DELETE", ALWAYS, EXPLANATIONS)


#: Of rounds that were drawn before no chances are known; what was fixed and not drawn is chosen and fixed again.
OLD_ROUNDS = (
    "UPDATE compliance_visitround SET recipe = 1, status = 'closed', closed_at = drawn_at WHERE status = 'drawn'",
    "UPDATE compliance_visitround SET status = 'opened', listed = '[]', list_digest = '', fixed_at = NULL"
    " WHERE status = 'fixed'",
)


def close_old_rounds(editor):
    for statement in OLD_ROUNDS:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0024_who_wrote_the_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        guards.DropGuards("compliance", former),
        *guards.keeping_triggers(
            migrations.CreateModel(
                name="VisitExplanation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("waiting", "Waiting for a second person"),
                                ("accepted", "Accepted"),
                                ("refused", "Refused: the visit is to be made"),
                            ],
                            default="waiting",
                            max_length=20,
                        ),
                    ),
                    ("because", models.TextField()),
                    ("explained_at", models.DateTimeField()),
                    ("settled_at", models.DateTimeField(blank=True, null=True)),
                    ("refused_because", models.TextField(blank=True)),
                ],
            ),
            migrations.RemoveConstraint(
                model_name="visitround",
                name="round_is_drawn_from_a_fixed_list",
            ),
            migrations.AddField(
                model_name="visitround",
                name="closed_at",
                field=models.DateTimeField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name="visitround",
                name="drawn_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="visitround",
                name="due_on",
                field=models.DateField(
                    blank=True, help_text="by which day all visits are to be made or explained", null=True
                ),
            ),
            migrations.AddField(
                model_name="visitround",
                name="figures",
                field=models.CharField(blank=True, help_text="what the second person added to the seed", max_length=80),
            ),
            migrations.AddField(
                model_name="visitround",
                name="fixed_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="visitround",
                name="recipe",
                field=models.PositiveSmallIntegerField(default=2, help_text="1: from before the chances were recorded"),
            ),
            migrations.AlterField(
                model_name="visitround",
                name="by_lot",
                field=models.PositiveIntegerField(help_text="how many of them are selected at random at least"),
            ),
            migrations.AlterField(
                model_name="visitround",
                name="listed",
                field=models.JSONField(
                    default=list,
                    help_text="of each licence: number, points, published code, how, and its chance: visits, of",
                ),
            ),
            migrations.AlterField(
                model_name="visitround",
                name="status",
                field=models.CharField(
                    choices=[
                        ("opened", "Opened: visits are chosen"),
                        ("fixed", "The list is fixed"),
                        ("drawn", "Selected, visits are made"),
                        ("closed", "Closed: every visit is made or explained"),
                    ],
                    default="opened",
                    max_length=20,
                ),
            ),
            guards.RunStatements(close_old_rounds, lambda editor: None),
            migrations.AddConstraint(
                model_name="visitround",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("drawn_at", None), ("list_digest", ""), ("status", "opened")),
                        models.Q(
                            ("drawn_at", None),
                            ("fixed_at__isnull", False),
                            ("status", "fixed"),
                            models.Q(("list_digest", ""), _negated=True),
                        ),
                        models.Q(
                            ("drawn_at__isnull", False),
                            ("fixed_at__isnull", False),
                            ("status__in", ["drawn", "closed"]),
                            models.Q(("list_digest", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="round_is_drawn_from_a_fixed_list",
                ),
            ),
            migrations.AddConstraint(
                model_name="visitround",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("recipe", 1),
                        ("status", "opened"),
                        models.Q(("fixed_by__isnull", False), ("status", "fixed")),
                        models.Q(
                            ("drawn_by__isnull", False),
                            ("fixed_by__isnull", False),
                            ("status__in", ["drawn", "closed"]),
                            models.Q(("figures", ""), _negated=True),
                            models.Q(("drawn_by", models.F("fixed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="round_is_fixed_and_drawn_by_two",
                ),
            ),
            migrations.AddConstraint(
                model_name="visitround",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("closed_at__isnull", False), ("status", "closed")),
                        models.Q(models.Q(("status", "closed"), _negated=True), ("closed_at", None)),
                        _connector="OR",
                    ),
                    name="round_closed_at_a_time",
                ),
            ),
            migrations.AddConstraint(
                model_name="visitround",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("status", "closed"), _negated=True), fields=("scheme",), name="round_one_open"
                ),
            ),
            migrations.AddField(
                model_name="visitexplanation",
                name="choice",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="explanations", to="compliance.choice"
                ),
            ),
            migrations.AddField(
                model_name="visitexplanation",
                name="explained_by",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            migrations.AddField(
                model_name="visitexplanation",
                name="settled_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddConstraint(
                model_name="visitexplanation",
                constraint=models.CheckConstraint(
                    condition=models.Q(("because", ""), _negated=True), name="explanation_says_why"
                ),
            ),
            migrations.AddConstraint(
                model_name="visitexplanation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("settled_at", None), ("settled_by", None), ("status", "waiting")),
                        models.Q(
                            models.Q(("status", "waiting"), _negated=True),
                            ("settled_at__isnull", False),
                            ("settled_by__isnull", False),
                            models.Q(("settled_by", models.F("explained_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="explanation_settled_by_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="visitexplanation",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("status", "refused"), _negated=True),
                    fields=("choice",),
                    name="explanation_one_holds",
                ),
            ),
        ),
        guards.CreateGuards("compliance", rounds, explanations),
    ]
