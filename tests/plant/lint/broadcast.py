# stands in: licensing/checks/actions/checks.py
# breaks: TID251
from django.dispatch import receiver

receiver()
