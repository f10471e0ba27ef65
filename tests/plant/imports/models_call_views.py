# stands in: registry/licences/states.py
# breaks: Inside an app, pages and endpoints lean on actions, actions on rules, rules on models
from registry import web
