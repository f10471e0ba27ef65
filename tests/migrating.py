"""A database taken back to an older migration, and forward again."""

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(targets: list[tuple[str, str]]) -> Apps:
    """Go to these migrations, back or forward: [("registry", "0009_frozen_packs")]. Answers the models as they are there."""
    executor = MigrationExecutor(connection)
    executor.loader.build_graph()
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def newest() -> list[tuple[str, str]]:
    """Of every app: going back in one takes away what others have built on it, and it has to be there for the next test."""
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())
