# stands in: compliance/rules/inspections.py
# breaks: compliance finds; it cannot touch a licence, a condition or the public entries
from registry import register
