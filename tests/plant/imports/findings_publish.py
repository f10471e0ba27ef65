# stands in: compliance/inspections/rules.py
# breaks: compliance finds; it cannot touch a licence, a condition or the public entries
from registry.register.actions import publishing
