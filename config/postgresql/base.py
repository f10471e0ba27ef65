"""PostgreSQL as Django has it, which gives up on a server that accepts a statement and never answers.

The time-outs of the server end a statement that is slow. They do not help where the server itself hangs, or a cable is cut
behind something that still acknowledges: the page would wait for ever, and the process with it.
"""

from functools import partial
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus

from config.sealing import SealsBeforeCommit


class DatabaseWrapper(SealsBeforeCommit, base.DatabaseWrapper):
    """`OPTIONS["answer_within"]`: seconds within which the server must have answered a statement; 0 waits for ever."""

    def get_connection_params(self) -> dict[str, Any]:
        return {name: value for name, value in super().get_connection_params().items() if name != "answer_within"}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if seconds := self.settings_dict["OPTIONS"].get("answer_within"):
            # All that psycopg waits for on this connection goes through here.
            connection.wait = partial(_wait, connection, within=seconds)
        return connection


def _wait(connection: Connection[Any], gen: Any, *options: Any, within: float, **more: Any) -> Any:
    try:
        return Connection.wait(connection, gen, *options, **{"timeout": within, **more})
    except OperationalError:
        if connection.pgconn.transaction_status == TransactionStatus.ACTIVE:
            connection.pgconn.finish()  # what it was asked may still be answered: nobody may take that for the next answer
        raise
