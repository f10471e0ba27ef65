# stands in: licensing/applications/rules/applications.py
# breaks: no_sector_is_named

def wants_tides(answers):
    return "shellfish" in answers["sectors"]
