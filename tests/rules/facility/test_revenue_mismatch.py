from claimcheck.rules.facility.revenue_mismatch import MISMATCH
from support.cases import Case, institutional, line, rule_tests


def on(code: str | None, revenue_code: str, bill_type: str = "0131", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    return Case(
        [line(code, revenue_code=revenue_code)], institutional(bill_type, condition_codes=list(conditions)), **fields
    )


HITS = {
    "whole blood as packed red cells": on("P9010", "0381", line=1, outcome=MISMATCH, evidence={"code": "P9010"}),
    "packed red cells as whole blood": on("P9016", "0382", line=1, outcome=MISMATCH),
    "another service": on("36430", "0381", line=1, outcome=MISMATCH),
    "no code": on(None, "0382", line=1, outcome=MISMATCH, evidence={"code": None}),
    "at a critical access hospital": on("P9010", "0381", "0851", line=1, outcome=MISMATCH),
}
MISSES = {
    "packed red cells": on("P9016", "0381"),
    "whole blood": on("P9010", "0382"),
    "a product that is either": Case([line("P9051", revenue_code=code) for code in ("0381", "0382")], institutional()),
    "another revenue code": on("P9010", "0390"),
    "a malformed code": on("P90160", "0381"),
    "condition code 41": on("P9010", "0381", conditions=["41"]),
    "a bill that the policy does not name": on("P9010", "0381", "0141"),
    "a professional claim": Case([line("P9010", revenue_code="0381")]),
}
test_hits, test_misses = rule_tests("FAC111", HITS, MISSES)
