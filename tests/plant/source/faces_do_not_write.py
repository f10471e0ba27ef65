# stands in: licensing/holding/views/holder.py
# breaks: faces_do_not_write

def rename(request, organisation):
    organisation.legal_name = request.POST["name"]
    organisation.save()
