"""The member of a claim: the subscriber or a dependent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

__all__ = ["dependent_id", "member"]

_MEMBER_FIELDS = ("member_id", "birth_date", "sex", "death_date")


def member(subscriber: Mapping[str, Any], patient: Mapping[str, Any] | None) -> dict[str, Any]:
    """The member fields of a claim, from loop 2000B and, for a dependent, 2000C.

    A dependent's birth date and sex are the dependent's own or missing, never the subscriber's.
    """
    if patient is None:
        return {name: subscriber[name] for name in subscriber if name != "first_name"}
    fields = {name: patient[name] for name in _MEMBER_FIELDS if name in patient}
    if "payer_id" in subscriber:
        fields["payer_id"] = subscriber["payer_id"]
    if not fields.get("member_id", "").strip():
        fields["member_id"] = dependent_id(
            subscriber.get("member_id"), patient.get("birth_date", ""), patient.get("first_name", "")
        )
    return fields


def dependent_id(subscriber_id: str | None, birth_date: str, first_name: str) -> str | None:
    """An identifier for a dependent without one (an 837 gives none; 005010X222 loop 2010CA).

    It is the subscriber's, with a digest of the dependent's birth date and first name: two children of one subscriber
    are two members, even twins, and one child is the same member on every claim that spells the name alike. The digest
    obscures name and date, but does not keep them secret: like every member identifier it is for the history only.
    Without a subscriber identifier, or anything that tells dependents apart, it is missing.

    >>> dependent_id("123456", "20190916", "Ann-Lee") == dependent_id("123456", "20190916", "ANN LEE ")
    True
    >>> dependent_id("123456", "20190916", "BEN") == dependent_id("123456", "20190916", "ANN")
    False
    >>> dependent_id("123456", "", "") is dependent_id("", "20190916", "ANN") is None
    True
    """
    name = "".join(filter(str.isalnum, first_name)).upper()
    known = f"{birth_date.strip()}/{name}"
    if not subscriber_id or known == "/":
        return None
    return f"{subscriber_id.strip()}-{hashlib.blake2b(known.encode(), digest_size=8).hexdigest()}"
