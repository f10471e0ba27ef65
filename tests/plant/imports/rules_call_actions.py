# stands in: licensing/rules/__init__.py
# breaks: Inside an app, pages and endpoints lean on actions, actions on rules, rules on models
from licensing.actions import decisions
