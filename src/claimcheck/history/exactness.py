"""A keyed digest of everything a line bills, which identifies an exact duplicate without keeping its charge.

Medicare's contractors automatically deny a line that is the same as an earlier one in the member, the provider, the
dates, the procedure code, the place of service and the billed amount (CMS, Medicare Claims Processing Manual, chapter
1, section 120.2.A). A history keeps most of that anyway. It keeps no charge, so what a line bills is kept as a digest:
equal digests are equal lines, and nobody without the key can try charges against one.

>>> line = {"procedure_code": "71046", "units": 1, "charge": "60.00", "service_date": "2024-07-01"}
>>> one, same, other = (
...     Claim(member_id="M1", place_of_service="11", lines=[{**line, **more}])
...     for more in ({}, {"units": "1.0"}, {"charge": "61.00"})
... )
>>> digests = [billing_digest(claim, claim.lines[0], b"key") for claim in (one, same, other)]
>>> digests[0] == digests[1], digests[0] == digests[2]
(True, False)
>>> billing_digest(one, one.lines[0], b"another key") == digests[0]
False
"""

from __future__ import annotations

from decimal import Decimal
from hashlib import blake2b
from operator import attrgetter

from claimcheck.claims import Claim, ServiceLine
from claimcheck.codes.procedure import text_of

__all__ = ["BILLED_FIELDS", "amount_text", "billing_digest"]

_OTHER_FIELDS = (
    *("service_date", "service_date_end", "revenue_code", "ndc", "description", "unit_basis"),
    *("tooth_numbers", "tooth_surfaces", "oral_cavity"),
)
BILLED_FIELDS = (
    *("procedure_code", "modifiers", "units", "charge", "place_of_service", "rendering_npi"),
    *_OTHER_FIELDS,
)
"""The fields of a line that its billing digest depends on."""
_others = attrgetter(*_OTHER_FIELDS)


def billing_digest(claim: Claim, line: ServiceLine, key: bytes = b"") -> int | None:
    """A signed 64-bit digest of what a line bills and for whom; None where its code or its charge cannot be read."""
    charge, code = line.charge, line.procedure_code
    if not isinstance(charge, Decimal) or not isinstance(code, str):
        return None
    said = (
        claim.member_id,
        text_of(code),
        sorted(map(str, line.modifiers)),
        amount_text(line.units),
        amount_text(charge),
        line.place_of_service or claim.place_of_service,
        line.rendering_npi or claim.rendering_npi,
        *_others(line),
    )
    digest = blake2b("\n".join(map(str, said)).encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


def amount_text(value: object) -> object:
    """One amount has one text, however it was written."""
    return value.normalize() if isinstance(value, Decimal) else value
