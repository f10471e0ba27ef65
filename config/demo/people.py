"""The people that a demonstration offers to sign in as: local part at demo.example, role, name."""

DOMAIN = "demo.example"

SAMPLE_PEOPLE = [
    ("applicant", "applicant", "Rhian Prosser"),
    ("other-employer", "applicant", "Tomasz Zielinski"),
    ("labour-user", "labour_user", "Priya Nair"),
    ("case-officer", "case_officer", "Owen Baptiste"),
    ("second-case-officer", "case_officer", "Fatima Haddad"),
    ("decision-maker", "decision_maker", "Grace Adeyemi"),
    ("inspector", "inspector", "Callum Reid"),
    ("quality", "quality_reviewer", "Mei Tan"),
    ("analyst", "intelligence_analyst", "Ioana Marin"),
    ("source-handler", "source_handler", "Steven Clarke"),
    ("manager", "manager", "Helen O'Neill"),
    ("auditor", "auditor", "Vikram Sethi"),
    ("partner", "partner_agency", "Joanne Whitaker"),
    ("people-admin", "people_administrator", "Daniel Okafor"),
]
