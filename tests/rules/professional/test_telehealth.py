from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row

CONFLICT, MODIFIER = outcomes("4", "N519"), outcomes("4", "N822")
PLACE, SERVICE = outcomes("5", "M77"), outcomes("96", "N776")
WARN = Then.WARN
AWAY, HOME, OFFICE = ({"place_of_service": place} for place in ("02", "10", "11"))
LIST = codes(
    telehealth=[
        list_row("99213", status="permanent", audio_only="yes"),
        list_row("97110", status="provisional", audio_only="no"),
    ]
)


def then(what: str) -> Policy:
    said = {"requires_modifier": True, "not_elsewhere": ["95"], "uses_list": True, "otherwise": what}
    return Policy.load("commercial").replace(professional__telehealth=said)


HITS = {
    "audio alone and video": Case([line("99213", "93", "95")], HOME, line=1, outcome=CONFLICT[WARN]),
    "audio alone and video, away from telehealth": Case(
        [line("99213", "FQ", "GT")], OFFICE, outcome=CONFLICT[WARN], line=1
    ),
    "95 in an office": Case([line("99213", "95")], OFFICE, policy="medicare", line=1, outcome=PLACE[WARN]),
    "audio alone, not at home": Case([line("99213", "93")], AWAY, line=1, outcome=PLACE[WARN]),
    "on the line's own place": Case([line("99213", "93", place_of_service="02")], HOME, line=1, outcome=PLACE[WARN]),
    "no modifier, where the payer asks for one": Case(
        [line("99213")], HOME, policy=then("warn"), tables=LIST, line=1, outcome=MODIFIER[WARN]
    ),
    "not on the list": Case([line("99284")], HOME, policy="medicare", tables=LIST, line=1, outcome=SERVICE[WARN]),
    "audio alone will not do": Case(
        [line("97110", "GP", "93")], HOME, policy="medicare", tables=LIST, line=1, outcome=SERVICE[WARN]
    ),
    "no list": Case([line("99213")], HOME, policy="medicare", unchecked="no_table"),
    **{
        f"{name}, {what}": Case([billed], place, policy=then(what), tables=LIST, line=1, outcome=said[Then(what)])
        for what in ("deny", "review")
        for name, billed, place, said in (
            ("conflict", line("99213", "93", "95"), HOME, CONFLICT),
            ("modifier", line("99213"), HOME, MODIFIER),
            ("place", line("99213", "95"), OFFICE, PLACE),
            ("service", line("99284", "95"), HOME, SERVICE),
        )
    },
}
MISSES = {
    "at home": Case([line("99213")], HOME, policy="medicare", tables=LIST),
    "audio alone at home": Case([line("99213", "93")], HOME, policy="medicare", tables=LIST),
    "95 from a hospital": Case([line("99213", "95")], {"place_of_service": "22"}, policy="medicare"),
    "95 of a therapist": Case([line("97110", "GP", "95")], OFFICE, policy="medicare"),
    "95 in an office before 2024": Case([line("99213", "95", day="2023-07-15")], OFFICE, policy="medicare"),
    "95 in an office, another payer": Case([line("99213", "95")], OFFICE, policy="commercial"),
    "no telehealth": Case([line("99213")], OFFICE, policy="medicare"),
    "no place": Case([line("99213", "95")], policy="medicare"),
    "a facility's claim": Case([line("99213", "93", "95")], institutional()),
}
test_hits, test_misses = rule_tests("PRO305", HITS, MISSES)
