# stands in: compliance/inspections/actions.py
# breaks: compliance finds; it cannot touch a licence, a condition or the public entries
from registry.licences.actions import licences
