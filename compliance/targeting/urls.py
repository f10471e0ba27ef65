from django.urls import URLPattern, path

from compliance.targeting.lists import SCORES
from compliance.targeting.steps import OPENED
from compliance.targeting.views import holder as holder_views
from compliance.targeting.views import public, rounds, weights
from compliance.targeting.views import scores as tasking
from registry import worklists
from registry.steps import starts_urls

ROUND = "staff/targeting/rounds/<str:reference>"

urlpatterns: list[URLPattern] = [
    *starts_urls((OPENED,)),
    path("licences/<str:number>/signals/", holder_views.licence_signals, name="licence_signals"),
    path("how-we-choose/", public.how_we_choose, name="how_we_choose"),
    path("how-we-choose/verify_round.py", public.round_verifier, name="round_verifier"),
    path("how-we-choose/rounds/<str:reference>.json", public.round_file, name="published_round"),
    *worklists.urls((SCORES,)),
    path("staff/targeting/evaluation/", tasking.evaluation, name="evaluation"),
    path("staff/targeting/evaluation/again/", tasking.evaluate_again, name="evaluate_again"),
    path("staff/targeting/weights/", weights.weights, name="weights"),
    path("staff/targeting/weights/<int:number>/", weights.weighting, name="weighting"),
    path("staff/targeting/weights/<slug:scheme>/propose/", weights.propose_weights, name="propose_weights"),
    path("staff/targeting/weights/<slug:scheme>/return/", weights.return_to_scheme, name="return_to_scheme"),
    path(f"{ROUND}/", rounds.visit_round, name="visit_round"),
    path(f"{ROUND}/drawing.json", rounds.drawing, name="drawing"),
    path("staff/targeting/licences/<str:number>/", tasking.score, name="score"),
]
