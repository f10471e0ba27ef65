# stands in: licensing/decisions/rules/deciding.py
# breaks: clock_is_an_argument

from datetime import date


def is_late(decision):
    return decision.reply_by < date.today()
