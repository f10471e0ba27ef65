"""The words of what was shared with a guarded authority go with what it was about, with a trace that was written before."""

from importlib import import_module

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard, changed, erased, in_order

former = import_module("compliance.migrations.0031_guards_of_guarded_sharing")
FIXED = tuple(one for one in former.ASKED if one not in ("because", "text"))
ENDED = ("status", "ended_by_id", "ended_at", "refusal_read_at", "withdrawn_at", "shared_by_id", "shared_at")


def _reference(table, column):
    return f"(SELECT reference FROM {table} WHERE id = OLD.{column})"


ABOUT = (
    erased("intelligence", "intelligence", _reference("compliance_intelligence", "intelligence_id")),
    erased("handover", "hand_overs", _reference("compliance_handover", "hand_over_id")),
    erased("inspection", "interviews", _reference("compliance_inspection", "inspection_id")),
)
TRACE = f"({' OR '.join(ABOUT)})"
OVER = "OLD.status IN ('withdrawn', 'shared')"


def update(when):
    return Guard("guarded_sharing_update", former.TABLE, "UPDATE", when, former.SAYS)


def before(_vendor):
    turned = f"NOT ({in_order(former.MOVES)})"
    yield update(f"{OVER} OR {turned} OR {changed(*former.ASKED)}")


def now(_vendor):
    turned = f"NOT ({in_order({**former.MOVES, 'withdrawn': ['withdrawn'], 'shared': ['shared']})})"
    words = f"({changed('because', 'text')} OR {OVER} AND ({changed('refused_because')})) AND NOT {TRACE}"
    yield update(f"{turned} OR {changed(*FIXED)} OR {OVER} AND ({changed(*ENDED)}) OR {words}")


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0037_each_missing_officer_is_an_alarm"),
        ("registry", "0024_what_is_erased_leaves_a_trace"),
    ]
    operations = [guards.DropGuards("compliance", before), guards.CreateGuards("compliance", now)]
