# stands in: licensing/checks/actions/checks.py
# breaks: C901
def knotted(a):
    if a == 0:
        return 0
    if a == 1:
        return 1
    if a == 2:
        return 2
    if a == 3:
        return 3
    if a == 4:
        return 4
    if a == 5:
        return 5
    if a == 6:
        return 6
