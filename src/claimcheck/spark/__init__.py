"""Validates claims on Spark. Needs the extra `spark`, and Java 17 or later."""

from claimcheck.extras import extra
from claimcheck.renamed import renamed

with extra("spark"):
    from claimcheck.spark.history import no_history
    from claimcheck.spark.shipping import ShippedTables, ship
    from claimcheck.spark.validating import SparkResult, validate

__all__ = ["ShippedTables", "SparkResult", "no_history", "ship", "validate"]

__getattr__ = renamed(__name__, {"SparkVerdict": ("SparkResult", SparkResult)})
