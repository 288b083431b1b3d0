"""What rules read: facts derived from a claim, the same wherever a rule runs."""

from claimcheck.rules.facts.charge import Charge, ChargeKind
from claimcheck.rules.facts.claim_codes import CodeFlag
from claimcheck.rules.facts.claim_dates import ClaimDateFlag
from claimcheck.rules.facts.code import CodeField, State
from claimcheck.rules.facts.day import Day, DayLine
from claimcheck.rules.facts.days import DateFlag
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis
from claimcheck.rules.facts.line import Line
from claimcheck.rules.facts.outline import Outline
from claimcheck.rules.facts.pointer import PointerFlag
from claimcheck.rules.facts.service import Service, Use
from claimcheck.rules.facts.setting import Setting, is_inpatient, is_institutional, is_outpatient, is_professional
from claimcheck.rules.facts.total import TotalKind
from claimcheck.rules.facts.whole_claim import WholeClaim

__all__ = [
    "Charge",
    "ChargeKind",
    "ClaimDateFlag",
    "ClaimDiagnosis",
    "CodeField",
    "CodeFlag",
    "DateFlag",
    "Day",
    "DayLine",
    "Line",
    "Outline",
    "PointerFlag",
    "Service",
    "Setting",
    "State",
    "TotalKind",
    "Use",
    "WholeClaim",
    "is_inpatient",
    "is_institutional",
    "is_outpatient",
    "is_professional",
]
