# stands in: licensing/applications/queries/applications.py
# breaks: TID252
from .models import Application

Application()
