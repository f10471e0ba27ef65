"""PostgreSQL as Django has it, which gives up on a server that accepts a statement and never answers.

The time-outs of the server end a statement that is slow. They do not help where the server itself hangs, or a cable is cut
behind something that still acknowledges: the page would wait for ever, and the process with it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus

from config.sealing import SealsBeforeCommit
from registry.silences import silences

#: Options that are ours, and no parameters of a connection.
OWN_OPTIONS = ("answer_within", "pooled")
#: Seconds for the question, at the beginning of a request, whether the connection of the one before is still good.
STILL_THERE_WITHIN = 3.0


class Unanswered(OperationalError):
    """The time was over before the server had answered a statement."""


class DatabaseWrapper(SealsBeforeCommit, base.DatabaseWrapper):
    """`OPTIONS["answer_within"]`: seconds within which the server must have answered a statement; 0 waits for ever.
    `OPTIONS["pooled"]`: another connection of the server may be lent for each transaction.

    A server that has kept a page waiting in vain is left alone for some seconds: the pages of that time say so at once.
    """

    def get_connection_params(self) -> dict[str, Any]:
        return {name: value for name, value in super().get_connection_params().items() if name not in OWN_OPTIONS}

    def chunked_cursor(self) -> Any:
        """Outside a transaction the next piece would be asked of a connection that has no such cursor: all rows come at once."""
        is_lent_once = self.settings_dict["OPTIONS"].get("pooled") and not self.in_atomic_block
        return self.cursor() if is_lent_once else super().chunked_cursor()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        seconds = self.settings_dict["OPTIONS"].get("answer_within")
        if not seconds:
            return super().get_new_connection(conn_params)
        if silences.left_alone(self._server):
            raise OperationalError("the server did not answer a moment ago, and is left alone for some seconds")
        with silences.waiting_for(self._server, OperationalError):
            connection = super().get_new_connection(conn_params)
        connection.wait = self._wait(connection, seconds)
        return connection

    def is_usable(self) -> bool:
        seconds = self.settings_dict["OPTIONS"].get("answer_within")
        if not seconds or self.connection is None:
            return super().is_usable()
        if silences.left_alone(self._server):
            return False
        self.connection.wait = self._wait(self.connection, min(seconds, STILL_THERE_WITHIN))
        is_usable: bool = super().is_usable()
        self.connection.wait = self._wait(self.connection, seconds)
        return is_usable

    @property
    def _server(self) -> str:
        return f"{self.settings_dict['HOST']}:{self.settings_dict['PORT']}"

    def _wait(self, connection: Connection[Any], within: float) -> Callable[..., Any]:
        """All that psycopg waits for on this connection goes through it."""
        return partial(_wait, connection, server=self._server, within=within)


def _wait(connection: Connection[Any], gen: Any, *options: Any, server: str, within: float, **more: Any) -> Any:
    with silences.waiting_for(server, Unanswered):
        try:
            return Connection.wait(connection, gen, *options, **{"timeout": within, **more})
        except OperationalError as fault:
            if connection.pgconn.transaction_status == TransactionStatus.ACTIVE:
                connection.pgconn.finish()  # it may still be answered: nobody may take that for the next answer
                raise Unanswered(*fault.args) from fault
            raise
