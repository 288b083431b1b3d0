from claimcheck.rules.professional.ambulance_trip import OTHER_TRIP, TWICE
from support.cases import Case, institutional, line, rule_tests


def ride(code: str, *modifiers: str, **more: object) -> dict:
    return line(code, *modifiers, **more)


TRIP = ride("A0429", "SH")
HITS = {
    "mileage of another trip": Case(
        [TRIP, ride("A0425", "RH")], line=2, outcome=OTHER_TRIP, evidence={"modifier": "RH"}
    ),
    "of none of two": Case([ride("A0428", "RJ"), ride("A0428", "JR"), ride("A0425", "RH")], line=3, outcome=OTHER_TRIP),
    "of a transport that is returned": Case(
        [{**ride("A0429", "RH"), "units": -1}, TRIP, ride("A0425", "RH")], line=3, outcome=OTHER_TRIP
    ),
    "two levels of one trip": Case([TRIP, ride("A0427", "SH")], line=2, outcome=TWICE, evidence={"beside": "A0429"}),
}
MISSES = {
    "its own trip": Case([TRIP, ride("A0425", "SH")]),
    "there and back": Case([ride("A0428", "RJ"), ride("A0425", "RJ"), ride("A0428", "JR"), ride("A0425", "JR", "76")]),
    "with more modifiers": Case([ride("A0428", "RH", "GM"), ride("A0425", "RH", "GM")]),
    "no transport, of which another rule speaks": Case([ride("A0425", "RH")]),
    "a transport without origin and destination": Case([ride("A0427", "QL"), ride("A0425", "RH")]),
    "the same level again, of which another rule speaks": Case([TRIP, ride("A0429", "SH")]),
    "a second trip": Case([TRIP, ride("A0427", "SH", "76")]),
    "on another day": Case([TRIP, ride("A0427", "SH", day="2024-07-16")]),
    "a facility's claim": Case([TRIP, ride("A0425", "RH")], institutional()),
}
test_hits, test_misses = rule_tests("PRO311", HITS, MISSES)
