"""Who works for the authority in a demonstration, and the people that it offers to sign in as."""

from registry.accounts.models import User

DOMAIN = "demo.example"

# To sign in as: local part of the address, role, name.
SAMPLE_PEOPLE = [
    ("applicant", "applicant", "Rhian Prosser"),
    ("other-employer", "applicant", "Tomasz Zielinski"),
    ("agent", "applicant", "Siân Meredith"),
    ("labour-user", "labour_user", "Priya Nair"),
    ("case-officer", "case_officer", "Owen Baptiste"),
    ("second-case-officer", "case_officer", "Fatima Haddad"),
    ("decision-maker", "decision_maker", "Grace Adeyemi"),
    ("inspector", "inspector", "Callum Reid"),
    ("quality", "quality_reviewer", "Mei Tan"),
    ("analyst", "intelligence_analyst", "Ioana Marin"),
    ("safeguarding-lead", "safeguarding_lead", "Nerys Whitlock"),
    ("source-handler", "source_handler", "Steven Clarke"),
    ("manager", "manager", "Helen O'Neill"),
    ("auditor", "auditor", "Vikram Sethi"),
    ("partner", "partner_agency", "Joanne Whitaker"),
    ("reviewer", "independent_reviewer", "Ottilie Byrne"),
    ("people-admin", "people_administrator", "Daniel Okafor"),
]

# The others of the authority, who have most of the cases; nobody can sign in as one of them: address, role, name.
COLLEAGUES = [
    (f"{name.lower().replace(' ', '.')}@authority.{DOMAIN}", role, name)
    for role, names in {
        "case_officer": ("Alison Whitby", "Bartosz Malik", "Chipo Moyo", "Duncan Frame", "Ewa Lis", "Farid Amin"),
        "decision_maker": ("Gillian Stott", "Hywel Bowen", "Ingrid Dahl"),
        "inspector": ("Jamal Reeves", "Kath Brannigan", "Lewis Otieno", "Mair Gwyn", "Noor Rahman", "Oskar Lund"),
        "quality_reviewer": ("Pauline Firth", "Qasim Darr"),
        "manager": ("Ravi Menon",),
    }.items()
    for name in names
]


def person(local_part: str) -> User:
    """The sample person of this name, such as `case-officer`."""
    return User.objects.get(email=f"{local_part}@{DOMAIN}")
