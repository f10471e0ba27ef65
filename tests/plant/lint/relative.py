# stands in: licensing/queries/cases.py
# breaks: TID252
from .models import Application

Application()
