# stands in: licensing/checks/actions/checks.py
# breaks: T20
print("x")
