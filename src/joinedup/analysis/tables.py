"""Every answer as a table: rows, Arrow and a data frame from one list of plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from joinedup.errors import JoinedupError

if TYPE_CHECKING:
    import pyarrow as pa


class NoDataFramesError(JoinedupError):
    """Neither Polars nor pandas is installed."""


class Tabular:
    """An answer that is (also) a table. A subclass says its columns and its rows; the columns and their types are the
    same whatever the rows hold, also where there are none."""

    __slots__ = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        raise NotImplementedError

    def rows(self) -> list[dict[str, Any]]:
        """The answer as plain rows: text, numbers, dates and None."""
        raise NotImplementedError

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        from joinedup.record.columns import answer_table

        return answer_table(self.rows(), self.columns)

    def frame(self) -> Any:
        """The rows as a Polars data frame where Polars is installed, else as a pandas one.

        Raises NoDataFramesError where neither is.
        """
        try:
            import polars
        except ModuleNotFoundError:
            return self._pandas()
        return polars.from_arrow(self.arrow())

    def _pandas(self) -> Any:
        try:
            import pandas
        except ModuleNotFoundError:
            raise NoDataFramesError("Data frames need Polars or pandas: pip install 'joinedup[frames]'.") from None
        return pandas.DataFrame(self.rows(), columns=list(self.columns))
