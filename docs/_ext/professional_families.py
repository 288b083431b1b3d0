"""The families of edits that payers run on professional claims: the rules of each, and what they leave out.

Which tables they need and what they follow is told by the rules themselves.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["PROFESSIONAL_FAMILIES", "ProfessionalFamily"]


class ProfessionalFamily(NamedTuple):
    """A family: its name, the ids of its rules, and what a payer may still deny."""

    title: str
    rules: tuple[str, ...]
    left_out: str


PROFESSIONAL_FAMILIES = (
    ProfessionalFamily(
        "professional and technical components (26, TC)",
        ("PRO101", "PRO102", "PRO103", "PRO104"),
        "components by different groups; purchased tests",
    ),
    ProfessionalFamily(
        "global surgery, same day", ("NCCI101", "PRO206", "PRO208"), "whether the record supports 25 or 57"
    ),
    ProfessionalFamily(
        "global surgery, the days before and after",
        ("PRO205", "PRO207", "PRO208"),
        "codes whose global days the contractor decides (YYY); whether the diagnosis differs",
    ),
    ProfessionalFamily(
        "assistant, co-surgeon and team (80-82, AS, 62, 66)",
        ("PRO202",),
        "whether the other surgeon bills the same procedure; pricing",
    ),
    ProfessionalFamily("bilateral procedures (50, LT, RT)", ("PRO201", "FAC203", "PRO220"), "pricing"),
    ProfessionalFamily(
        "new patient", ("PRO404",), "face-to-face tests and treatments that are neither visits nor surgery"
    ),
    ProfessionalFamily(
        "visits of one day, preventive and problem visit",
        ("PRO401", "PRO402", "PRO403", "PRO405"),
        "time thresholds of prolonged services",
    ),
    ProfessionalFamily(
        "frequency",
        ("FRQ101",),
        "limits that depend on a diagnosis or a risk (bone mass, lipids, diabetes, the second year of a pelvic "
        "examination); services under another payer",
    ),
    ProfessionalFamily("medical necessity", ("COV401",), "what a determination says in prose"),
    ProfessionalFamily(
        "rendering provider of a group",
        ("STR702",),
        "whether the NPI is that of a person of the group; groups that the claim does not show",
    ),
    ProfessionalFamily("age and sex", ("COD108",), "limits that are not in the table given"),
    ProfessionalFamily("place of service", ("COD401", "PRO203"), "which services a payer accepts at which place"),
    ProfessionalFamily("fee schedule status", ("COV101", "COV301"), "contractor-priced services"),
    ProfessionalFamily("add-on codes", ("NCCI301", "PRO401"), "primaries that a contractor names"),
    ProfessionalFamily(
        "modifier for the code", ("COD302", "COD304", "COD305", "PRO204"), "modifiers on medicine codes"
    ),
    ProfessionalFamily(
        "anesthesia",
        ("PRO302", "PRO307", "PRO312"),
        "pricing of base units and time; times of day; whether physician and anesthetist bill consistently",
    ),
    ProfessionalFamily(
        "therapy",
        ("PRO303", "PRO313"),
        "what other providers were allowed toward the threshold (KX); the eight-minute rule",
    ),
    ProfessionalFamily(
        "laboratory certificates (CLIA, QW)", ("PRO501", "PRO502", "STR704"), "tests that a certificate covers"
    ),
    ProfessionalFamily("drug waste (JW, JZ)", ("PRO603",), "which drugs come in single-dose containers"),
    ProfessionalFamily("drug codes (NDC)", ("PRO601", "PRO602", "STR703"), "NDCs that are not in the crosswalk"),
    ProfessionalFamily("liability modifiers (GA, GX, GY, GZ)", ("PRO301", "COD304"), "whether a notice was given"),
    ProfessionalFamily("telehealth", ("PRO305",), "where the patient was, other than by the place of service"),
    ProfessionalFamily(
        "ambulance", ("PRO304", "PRO308", "PRO311"), "necessity, the nearest facility, and how many miles are paid"
    ),
    ProfessionalFamily(
        "medical equipment",
        ("PRO306", "PRO309", "PRO310"),
        "months that another supplier billed; same or similar equipment; local determinations that require KX, "
        "other than those in the policy",
    ),
    ProfessionalFamily("laboratory panels", ("NCCI101", "PRO503"), "tests of two providers"),
    ProfessionalFamily(
        "vaccines", ("PRO308", "NCCI101"), "an administration without a vaccine, which may be free of charge"
    ),
    ProfessionalFamily(
        "hospice, other payers and timely filing",
        ("STR407", "COD304"),
        "hospice elections and other payers, which are eligibility data",
    ),
    ProfessionalFamily("maternity care", ("PRO209",), "antepartum visits billed one by one; how many were given"),
    ProfessionalFamily(
        "order of multiple procedures (51)",
        ("PRO204",),
        "which procedure is the primary one; endoscopic families and reductions, which affect prices only",
    ),
    ProfessionalFamily(
        "units",
        ("NCCI201", "STR301", "STR302", "PRO307"),
        "units that need minutes; incident-to and split visits, except for the modifier",
    ),
    ProfessionalFamily(
        "diagnoses: Excludes1, sequence, sides, pointers",
        ("COD205", "COD206", "COD211", "COD212", "COD213", "COD214", "STR503"),
        "missing additional codes; whether a diagnosis supports a service, except for its side",
    ),
    ProfessionalFamily(
        "duplicates and services after a denied one",
        ("STR601", "STR603"),
        "ancillary services of a procedure that is not covered",
    ),
)
