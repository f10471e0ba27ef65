# stands in: compliance/rules/inspections.py
# breaks: Each app leans only on the apps below it
from licensing import models
