# stands in: licensing/decisions/queries/decisions.py
# breaks: kinds_of_decision_have_one_table

TITLES = {DecisionKind.GRANT: _("Grant the licence"), DecisionKind.REFUSE: _("Refuse the application")}
