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

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter

from claimcheck.claims import Claim, ServiceLine
from claimcheck.codes.procedure import text_of

__all__ = ["BILLED_FIELDS", "amount_text", "billing_digest"]

_OTHER_FIELDS = (
    *("revenue_code", "ndc", "description", "unit_basis"),
    *("tooth_numbers", "tooth_surfaces", "oral_cavity"),
)
BILLED_FIELDS = (
    *("procedure_code", "modifiers", "units", "charge", "place_of_service", "rendering_npi"),
    *("service_date", "service_date_end"),
    *_OTHER_FIELDS,
)
"""The fields of a line that its billing digest depends on."""
_others = attrgetter(*_OTHER_FIELDS)
_NO_OTHERS = _others(ServiceLine())


def billing_digest(claim: Claim, line: ServiceLine, key: bytes = b"") -> int | None:
    """A signed 64-bit digest of what a line bills and for whom; None where its code or its charge cannot be read."""
    charge, code = line.charge, line.procedure_code
    if not isinstance(charge, Decimal) or not isinstance(code, str):
        return None
    others = _others(line)
    said = (
        f"{claim.member_id}\n{text_of(code)}\n{sorted(map(str, line.modifiers))}\n{amount_text(line.units)}\n"
        f"{amount_text(charge)}\n{line.place_of_service or claim.place_of_service}\n"
        f"{line.rendering_npi or claim.rendering_npi}\n{line.service_date}\n{line.service_date_end}\n"
        f"{_NO_TEXTS if others == _NO_OTHERS else _texts(others)}"
    )
    digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


def _texts(values: Iterable[object]) -> str:
    return "\n".join(map(str, values))


_NO_TEXTS = _texts(_NO_OTHERS)


def amount_text(value: object) -> object:
    """One amount has one text, however it was written."""
    if isinstance(value, Decimal):
        return _normal(value) if value else str(value.normalize())  # 0 and -0 are equal, and not the same text
    return value


@lru_cache(maxsize=8_192)
def _normal(value: Decimal) -> str:
    return str(value.normalize())
