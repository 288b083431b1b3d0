"""A table store on every worker: sent once as an archive, unpacked there, and memory-mapped."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import attrs
from pyspark import SparkFiles
from pyspark.sql import SparkSession

from claimcheck.errors import TableError

__all__ = ["ShippedTables", "ship"]

Given = "str | Path | ShippedTables | None"


@attrs.frozen
class ShippedTables:
    """Tables that were sent to the workers, by the name of their archive."""

    name: str

    def path(self) -> str:
        """Where they are on this worker."""
        return SparkFiles.get(self.name)


def ship(spark: SparkSession, store: str | Path) -> ShippedTables:
    """Sends a table store to all workers, including those that join later.

    If the workers share a file system, pass the path of the store to `validate` instead.

    Raises:
        TableError: there is no store.
    """
    folder = Path(store)
    if not (folder / "manifest.json").is_file():
        raise TableError("no store of tables: make one with `claimcheck tables add`", file=str(store))
    packed = Path(tempfile.mkdtemp(prefix="claimcheck-tables-"))
    archive = Path(shutil.make_archive(str(packed / packed.name), "zip", folder))
    spark.sparkContext.addArchive(str(archive))
    return ShippedTables(archive.name)
