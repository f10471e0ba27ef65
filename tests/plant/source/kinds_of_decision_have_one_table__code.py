# stands in: licensing/conditions/views.py
# breaks: kinds_of_decision_have_one_table

COLOURS = {"vary": "blue", "discharge": "green"}
