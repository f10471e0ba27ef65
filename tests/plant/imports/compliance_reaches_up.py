# stands in: compliance/inspections/rules.py
# breaks: Each app leans only on the apps below it
from licensing import models
