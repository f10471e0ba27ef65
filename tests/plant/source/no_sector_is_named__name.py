# stands in: licensing/appeals/forms.py
# breaks: no_sector_is_named

def agriculture_page(form):
    return form
