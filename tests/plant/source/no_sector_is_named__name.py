# stands in: licensing/forms/__init__.py
# breaks: no_sector_is_named

def agriculture_page(form):
    return form
