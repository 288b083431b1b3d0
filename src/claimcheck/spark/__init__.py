"""Claims validated on Spark. Needs the extra `spark`, and Java 17 or later."""

from claimcheck.extras import extra

with extra("spark"):
    from claimcheck.spark.history import no_history
    from claimcheck.spark.shipping import ShippedTables, ship
    from claimcheck.spark.validating import SparkVerdict, validate

__all__ = ["ShippedTables", "SparkVerdict", "no_history", "ship", "validate"]
