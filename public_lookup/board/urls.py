from django.urls import URLPattern, path

from public_lookup.board.views import boards, chains, imports, invitations, lines, packs

urlpatterns: list[URLPattern] = [
    path("suppliers/", boards.boards, name="boards"),
    path("suppliers/take/<str:key>/", chains.take_chain, name="take_chain"),
    path("suppliers/<str:reference>/", boards.board, name="board"),
    path("suppliers/<str:reference>/suppliers.csv", boards.board_csv, name="board_csv"),
    path("suppliers/<str:reference>/seen/", boards.mark_seen, name="board_seen"),
    path("suppliers/<str:reference>/alerts/", boards.alerts, name="board_alerts"),
    path("suppliers/<str:reference>/delete/", boards.delete_board, name="delete_board"),
    path("suppliers/<str:reference>/sites/", boards.add_site, name="add_board_site"),
    path("suppliers/<str:reference>/sites/<int:site>/", boards.site, name="board_site"),
    path("suppliers/<str:reference>/sites/<int:site>/remove/", boards.remove_site, name="remove_board_site"),
    path("suppliers/<str:reference>/add/", lines.add_supplier, name="add_supplier"),
    path("suppliers/<str:reference>/import/", imports.import_suppliers, name="import_suppliers"),
    path("suppliers/<str:reference>/names/", imports.near_names, name="near_names"),
    path("suppliers/<str:reference>/pack/", packs.pack, name="supplier_pack"),
    path("suppliers/<str:reference>/chain/", chains.chains, name="supplier_chains"),
    path("suppliers/<str:reference>/chain/<int:share>/end/", chains.end_chain, name="end_chain"),
    path("suppliers/<str:reference>/<int:line>/", lines.supplier, name="supplier"),
    path("suppliers/<str:reference>/<int:line>/change/", lines.change_supplier, name="change_supplier"),
    path("suppliers/<str:reference>/<int:line>/stop/", lines.stop_supplier, name="stop_supplier"),
    path("suppliers/<str:reference>/<int:line>/replace/", lines.replace_supplier, name="replace_supplier"),
    path("suppliers/<str:reference>/<int:line>/proof/", lines.prove_supplier, name="prove_supplier"),
    path("suppliers/<str:reference>/<int:line>/ask/", invitations.ask_supplier, name="ask_supplier"),
    path("suppliers/<str:reference>/<int:line>/remove/", lines.remove_supplier, name="remove_supplier"),
    path("supply/<str:key>/", invitations.supply, name="supply"),
    path("chain/<str:key>/", chains.chain, name="chain"),
]
