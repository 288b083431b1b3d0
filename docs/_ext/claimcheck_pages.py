"""Pages that are made of what the code says: one of every rule, code format, policy and parameter.

Nothing is written twice. The pages are written as Markdown below `docs/_generated` when a build begins.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, get_type_hints

import attrs
import parameters_page as parameters_reference
from messages_page import findings as message_examples
from messages_page import rows as message_rows
from professional_families import PROFESSIONAL_FAMILIES, ProfessionalFamily

import claimcheck
from claimcheck import Policy, codes
from claimcheck.claims import aliases
from claimcheck.claims.scope import FAMILIES, NOT_COVERED, EditFamily, family_of
from claimcheck.explaining.conflicts import words
from claimcheck.explaining.rules import said
from claimcheck.explaining.unchecked import table_words
from claimcheck.io.rows.layout_library import named
from claimcheck.io.rows.target import parse
from claimcheck.policies.files import chain
from claimcheck.policies.parameter import key_of
from claimcheck.policies.parameters import PARAMETERS
from claimcheck.policies.writing import field_lines
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Outcome, Phase, Rule
from claimcheck.tables.conflicts import KINDS

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx

FAMILY_TITLES = {
    "structure": "Structure: can the claim be read",
    "coding": "Coding: are its codes right",
    "category_ii": "CPT Category II: reports, their price and their incentives",
    "ncci": "NCCI: pairs, units and add-on codes",
    "coverage": "Coverage: what the fee schedules say",
    "professional": "Professional: the fee schedule's payment policy indicators, and visits",
    "facility": "Facility: revenue codes and outpatient bills",
    "frequency": "Frequency: how often a service is paid",
}
FIELDED: tuple[type[Any], ...] = (
    claimcheck.Claim,
    claimcheck.ServiceLine,
    claimcheck.Diagnosis,
    claimcheck.InpatientProcedure,
    claimcheck.OccurrenceCode,
    claimcheck.ValueCode,
    claimcheck.ClaimResult,
    claimcheck.LineResult,
    claimcheck.Finding,
    claimcheck.Adjustment,
    claimcheck.NotChecked,
    claimcheck.Receipt,
)
#: Whose fields the dictionary holds: their level in the table of names, and the list of a claim that holds them.
DICTIONARY: dict[type[Any], tuple[str, str]] = {
    claimcheck.Claim: (aliases.CLAIM, aliases.CLAIM),
    claimcheck.ServiceLine: (aliases.LINE, aliases.LINE),
    claimcheck.Diagnosis: (aliases.DIAGNOSIS, "diagnoses"),
    claimcheck.InpatientProcedure: (aliases.CODED, "procedures"),
    claimcheck.OccurrenceCode: (aliases.CODED, "occurrence_codes"),
    claimcheck.ValueCode: (aliases.CODED, "value_codes"),
}
SCOPES = {
    "setting": "the header of a claim: claim type, bill type, billing provider",
    "outline": "a claim without its lines: fields, totals, dates, diagnoses",
    "diagnosis": "each diagnosis",
    "line": "each service line by itself",
    "claim": "a claim with all its lines",
    "day": "all lines of a member on one day by one provider, across claims",
    "member": "all lines of one service of a member over time",
}


def fenced(documentation: str) -> str:
    """A docstring as Markdown: every example in a fence of its own, up to its blank line."""
    text: list[str] = []
    example = False
    for line in documentation.splitlines():
        if line.startswith(">>> ") and not example:
            example = True
            text.append("```pycon")
        elif example and not line.strip():
            example = False
            text.append("```")
        text.append(line)
    return "\n".join([*text, "```"] if example else text)


def without_examples(documentation: str) -> str:
    """The paragraphs of a docstring that are prose."""
    paragraphs = documentation.split("\n\n")
    return "\n\n".join(paragraph for paragraph in paragraphs if not paragraph.lstrip().startswith(">>>"))


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def page(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


# ---------------------------------------------------------------------- rules


def family(rule: Rule) -> str:
    return rule.check.__module__.split(".")[-2]


def phase_name(rule: Rule) -> str:
    return rule.phase.name.lower().replace("_", "-")


def rule_page(rule: Rule) -> str:
    """The page of a rule."""
    documentation = rule.documentation.partition("\n")[2].strip()
    return page(
        f"# {rule.id} {rule.name}",
        f"**{rule.title}.**",
        fenced(documentation),
        "## Messages",
        "\n".join(f"- `{message}`" for message in dict.fromkeys(one.message for one in message_examples(rule))),
        "## Results",
        *results(rule),
        "## Policy parameters",
        "\n".join(f"- {parameter_link(parameter)}: {summary(parameter)}" for parameter in rule.parameters)
        or "None: the rule is the same for every payer.",
        "## What it looks at",
        f"{upper_first(looked_at(rule))}.",
        f"Official tables: {'; '.join(map(table_words, rule.tables)) or 'none'}.",
        "Terms are explained in the [glossary](../../glossary.md).",
        "## References",
        "\n".join(f"- {source}" for source in rule.sources),
        "## For developers",
        f"Module `{rule.check.__module__}`; scope `{rule.scope}`; phase {int(rule.phase)} of {len(Phase)}, "
        f"`{phase_name(rule)}` (a later phase sees the results of earlier ones). The function reads these facts of its "
        f"view: {', '.join(f'`{name}`' for name in rule.reads)}. See [architecture](../../architecture.md).",
    )


def looked_at(rule: Rule) -> str:
    """What a call of the rule sees, in words."""
    if rule.window is None:
        return SCOPES[rule.scope]
    return f"{SCOPES[rule.scope]}, and other lines by that provider up to {rule.window.days} days apart"


def results(rule: Rule) -> Iterator[str]:
    """When a finding has which result, and what the policies of the library choose where a policy decides."""
    head = ("severity", "result", "CARC and RARC", "what to do")
    if len(rule.outcomes) == 1:
        yield table(head, map(outcome_row, rule.outcomes))
        return
    yield table(("when", *head), ((upper_first(one.condition), *outcome_row(one)) for one in rule.outcomes))
    keys = dict.fromkeys(key for one in rule.outcomes for key in deciding_keys(one))
    chosen = [f"- `{key}`: {choices(key)}" for key in keys if isinstance(said_by("default", key), str | bool)]
    if chosen:
        yield "Built-in policies (one that is not named has the value of the policy that it extends):"
        yield "\n".join(chosen)


def outcome_row(outcome: Outcome) -> tuple[str, ...]:
    codes = "" if outcome.carc is None else " ".join((f"{outcome.group_code}-{outcome.carc}", *outcome.rarcs))
    return outcome.severity, outcome.disposition.replace("_", " "), codes, str(outcome.remedy or "")


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def deciding_keys(outcome: Outcome) -> list[str]:
    """The policy fields that an outcome's condition names, as `family.parameter.field`."""
    return re.findall(r"`([a-z_]+\.[a-z_]+\.[a-z_]+)`", outcome.condition)


def choices(key: str) -> str:
    """What the policies of the library say in a field, today: "warn by default; deny in `commercial`"."""
    by_value: dict[str, list[str]] = {}
    for name in Policy.names():
        base = base_of(name)
        if base is not None and said_by(name, key) != said_by(base, key):
            by_value.setdefault(shown(name, key), []).append(f"`{name}`")
    others = [f"{said} in {', '.join(names)}" for said, names in by_value.items()]
    return "; ".join([f"{shown('default', key)} by default", *others])


def base_of(name: str) -> str | None:
    """The policy of the library that another one extends."""
    _, *extended = chain(name, {key_of(parameter) for parameter in PARAMETERS})
    return extended[0].name if extended else None


def shown(policy: str, key: str) -> str:
    return str(said_by(policy, key)).lower()


def said_by(policy: str, key: str) -> Any:
    parameter, _, field = key.rpartition(".")
    return getattr(dict(Policy.load(policy).describe())[parameter][-1].value, field)


def rules_index(rules: Iterable[Rule]) -> str:
    """The page of all rules, family by family."""
    rules = list(rules)
    parts = [
        "# Rules",
        f"claimcheck {claimcheck.__version__} has {len(rules)} rules. The id of a rule is never given twice.",
    ]
    for name, title in FAMILY_TITLES.items():
        own = sorted((rule for rule in rules if family(rule) == name), key=lambda rule: rule.id)
        rows = [(f"[{rule.id}]({rule.id}.md)", f"`{rule.name}`", rule.title) for rule in own]
        parts += [f"## {title}", table(("id", "name", "rule"), rows)]
        parts.append("\n".join(["```{toctree}", ":hidden:", "", *(rule.id for rule in own), "```"]))
    return page(*parts)


def messages_page(rules: Iterable[Rule]) -> str:
    """The page of all messages, family by family."""
    rules = list(rules)
    parts = [
        "# Messages",
        "Every message that a rule gives, with an example of each. Codes, numbers and dates are those of the example.",
        "A message never holds anything of the member, nor the text of a field that cannot be read.",
    ]
    for name, title in FAMILY_TITLES.items():
        own = sorted((rule for rule in rules if family(rule) == name), key=lambda rule: rule.id)
        parts += [f"## {title}", table(("rule", "message", "severity", "result", "CARC/RARC"), message_rows(own))]
    return page(*parts)


def coverage_page(rules: Iterable[Rule]) -> str:
    """What is edited and what is not: families of edits with their rules, tables and publications."""
    rules = list(rules)
    parts = [
        "# Edits covered",
        "The families of edits that claimcheck has, the tables that they need, and the publications that they follow.",
        "A rule that lacks its table says *not checked*; [table sources](../tables-sources.md) names the files.",
    ]
    rows = []
    for family in FAMILIES:
        own = [rule for rule in rules if family_of(rule.id) == family]
        tables = sorted({table for rule in own for table in rule.tables})
        links = " ".join(f"[{rule.id}](rules/{rule.id}.md)" for rule in sorted(own, key=lambda rule: rule.id))
        rows.append((family.title, claim_types(family), links, ", ".join(map(table_words, tables)) or "none"))
    parts.append(table(("edits", "claims", "rules", "tables needed"), rows))
    parts += [
        "## Not covered",
        "Payers have these edits, and claimcheck does not: a clean claim may still be denied for them.",
        table(("edits", "claims"), ((family.title, claim_types(family)) for family in NOT_COVERED)),
        "## Professional claims",
        "The edits that payers run on professional claims, and what claimcheck leaves out of each.",
        table(
            ("edits", "rules", "tables needed", "publications", "left out"),
            (professional_row(family, rules) for family in PROFESSIONAL_FAMILIES),
        ),
        "## Publications",
        "What each rule follows.",
        table(
            ("rule", "publications"),
            (
                (f"[{rule.id}](rules/{rule.id}.md)", "; ".join(rule.sources))
                for rule in sorted(rules, key=lambda rule: rule.id)
            ),
        ),
    ]
    return page(*parts)


def professional_row(family: ProfessionalFamily, rules: Iterable[Rule]) -> tuple[str, ...]:
    """A family of edits on professional claims, with what its rules say of themselves."""
    by_id = {rule.id: rule for rule in rules}
    own = [by_id[rule_id] for rule_id in family.rules]
    tables = sorted({table for rule in own for table in rule.tables})
    sources = dict.fromkeys(source for rule in own for source in rule.sources)
    links = " ".join(f"[{rule.id}](rules/{rule.id}.md)" for rule in own)
    return family.title, links, ", ".join(map(table_words, tables)) or "none", "; ".join(sources), family.left_out


def claim_types(family: EditFamily) -> str:
    return "all" if len(family.claim_types) > 2 else ", ".join(family.claim_types)


def denials_page(rules: Iterable[Rule]) -> str:
    """From the codes of a remittance to the rules that expect them."""
    parts = [
        "# From denial code to rule",
        "A remittance names a claim adjustment reason code (CARC) and remark codes (RARC).",
        "This index names the rules that expect them: such a denial can be found before the claim is sent.",
        "The codes' own texts are at [X12](https://x12.org/codes); `claimcheck explain CARC 97` names the rules, too.",
    ]
    answers = [(outcome, rule) for rule in rules for outcome in rule.outcomes if outcome.carc]
    for carc in sorted({outcome.carc or "" for outcome, _ in answers}, key=lambda code: (len(code), code)):
        found: dict[tuple[str, ...], list[str]] = {}
        for outcome, rule in answers:
            if outcome.carc == carc:
                link = f"[{rule.id}](rules/{rule.id}.md)"
                key = (f"{outcome.group_code}-{carc}", " ".join(outcome.rarcs), link, said(rule, outcome))
                found.setdefault(key, []).append(outcome.disposition.replace("_", " "))
        rows = [(*key, ", ".join(dict.fromkeys(results))) for key, results in sorted(found.items())]
        parts += [f"## CARC {carc}", table(("group and CARC", "RARC", "rule", "what it says", "result"), rows)]
    remarks: dict[str, list[str]] = {}
    for outcome, rule in answers:
        for rarc in outcome.rarcs:
            remarks.setdefault(rarc, []).append(f"[{rule.id}](rules/{rule.id}.md)")
    rarcs = [(rarc, " ".join(dict.fromkeys(links))) for rarc, links in sorted(remarks.items())]
    parts += ["## Remark codes (RARC)", table(("RARC", "rules"), rarcs)]
    return page(*parts)


# ---------------------------------------------------------------------- code formats


def formats() -> Iterator[ModuleType]:
    """The modules of code formats: those with the verbs that every format has."""
    for item in pkgutil.iter_modules(codes.__path__):
        module = import_module(f"claimcheck.codes.{item.name}")
        if not item.name.startswith("_") and hasattr(module, "parse") and hasattr(module, "is_valid"):
            yield module


def short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def signature(function: Any) -> str:
    """A signature, its types without their modules."""
    return re.sub(r"\b(?:[a-z_]\w*\.)+(?=[A-Z])", "", str(inspect.signature(function, eval_str=True)))


def format_page(module: ModuleType) -> str:
    """The page of a code format."""
    title, _, rest = inspect.cleandoc(module.__doc__ or "").partition("\n")
    value = get_type_hints(module.parse)["return"]
    parts = [f"`{name}`" for name, member in inspect.getmembers(value) if isinstance(member, property)]
    others = [
        (f"`{short(module)}.{name}{signature(function)}`", summary(function))
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]
    return page(
        f"# {short(module)}",
        f"**{title}**",
        fenced(rest.strip()),
        f"## The value: `{value.__name__}`",
        summary(value),
        "`text` is canonical." + (f" Beside it: {', '.join(parts)}." if parts else ""),
        "## The verbs",
        table(("call", "what it does"), others),
    )


def formats_index(modules: Iterable[ModuleType]) -> str:
    modules = list(modules)
    rows = [(f"[{short(m)}]({short(m)}.md)", (m.__doc__ or "").partition("\n")[0]) for m in modules]
    return page(
        "# Code formats",
        fenced(inspect.cleandoc(codes.__doc__ or "")),
        table(("module", "what it is"), rows),
        "\n".join(["```{toctree}", ":hidden:", "", *map(short, modules), "```"]),
    )


# ---------------------------------------------------------------------- policies and parameters


def parameter_link(parameter: type[Any]) -> str:
    key = key_of(parameter)
    return f"[`{key}`](../parameters.md#{anchor(key)})"


def anchor(key: str) -> str:
    return re.sub(r"[^a-z0-9_-]", "", key.lower())


def summary(thing: Any) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(inspect.cleandoc(thing.__doc__ or "").partition("\n\n")[0].split())


def parameters_page() -> str:
    """The page of all parameters."""
    parts = [
        "# Policy reference",
        parameters_reference.INTRODUCTION,
    ]
    for parameter in sorted(PARAMETERS, key=key_of):
        parts.append(f"## {key_of(parameter)}")
        for prose, rows in parameters_reference.sections(parameter):
            parts += [without_examples(prose), table(("field", "type", "allowed", "default"), rows) if rows else ""]
        parts.append(parameters_reference.inherits(parameter))
        policy, example = parameters_reference.example(parameter)
        parts.append(f"A whole entry, with the values of [`{policy}`](policies/{policy}.md):")
        parts.append(f"```toml\n{example}\n```")
        users = list(parameters_reference.findings(parameter))
        changes = table(("changes the findings of", "rule", "results", "CARC"), users)
        parts.append(changes if users else "It changes the findings of every rule that uses a table.")
    return page(*parts)


def type_name(hint: Any) -> str:
    if isinstance(hint, type) and not getattr(hint, "__args__", None):
        return hint.__name__
    return re.sub(r"\b(?:[a-z_]+\w*\.)+", "", str(hint))


def policy_page(name: str) -> str:
    """The page of a policy of the library: all that it says, and what it takes from its default."""
    policy = Policy.load(name)
    [written, *extended] = chain(name, {key_of(parameter) for parameter in PARAMETERS})
    parts = [f"# {name}", f"**{policy.title}.**"]
    if extended:
        parts.append(f"All that is not here is as in [{extended[0].name}]({extended[0].name}.md).")
    by_key = {key_of(parameter): parameter for parameter in PARAMETERS}
    for key, entries in policy.describe():
        if key not in written.entries:
            continue
        parts += [f"## {key}", f"{summary(by_key[key])} ({parameter_link(by_key[key])})"]
        for entry in entries:
            written_as = "\n".join(field_lines(entry.value, reference=entry.reference))
            parts += [f"From {entry.start or 'the beginning'}: {entry.reference}.", f"```toml\n{written_as}\n```"]
    return page(*parts)


def policies_index() -> str:
    rows = [(f"[{name}]({name}.md)", Policy.load(name).title) for name in Policy.names()]
    return page(
        "# Policies of the library",
        "What each payer decides. [Policies](../../policies.md) says how to write one, [policy "
        "parameters](../parameters.md) what may be said.",
        table(("policy", "what it is"), rows),
        "\n".join(["```{toctree}", ":hidden:", "", *Policy.names(), "```"]),
    )


# ---------------------------------------------------------------------- fields


def fields_page() -> str:
    """The field dictionary: every field with its type and unit, and where forms and files have it."""
    parts = [
        "# Field dictionary",
        "Every field of a claim, where the forms and files have it, and the type and unit of its value.",
        "A field may be missing (None), and is `Unreadable` where its value cannot be read.",
        "[Other names](names.md) lists the names by which a mapping or a table may call a field.",
        "FHIR paths are those of a `Claim` or `ExplanationOfBenefit` of R4, Tuva columns those of `medical_claim`.",
    ]
    for kind, (level, holder) in DICTIONARY.items():
        hints = get_type_hints(kind)
        rows = [
            dictionary_row(field.name, shown_type(hints[field.name]), level, holder)
            for field in attrs.fields(kind)
            if field.name not in ("source", "problems")
        ]
        parts += [f"## {kind.__name__}", summary(kind)]
        parts.append(table(("field", "type and unit", "837", "CMS-1500", "UB-04", "FHIR", "Tuva"), rows))
    parts += ["## Results", "What a result holds, with its types."]
    for kind in FIELDED:
        if kind not in DICTIONARY:
            hints = get_type_hints(kind)
            rows = [(f"`{field.name}`", f"`{type_name(hints[field.name])}`") for field in attrs.fields(kind)]
            parts += [f"### {kind.__name__}", summary(kind), table(("field", "type"), rows)]
    return page(*parts)


def shown_type(hint: Any) -> str:
    """A type without what every field may be: missing or unreadable."""
    return re.sub(r"\s*\|\s*(None|Unreadable)\b", "", type_name(hint)).replace(", ...", "")


def dictionary_row(field: str, kind: str, level: str, holder: str) -> tuple[str, ...]:
    """Type, unit and places of a field, from the table of its other names; of a role of a diagnosis, the role."""
    found = [alias for alias in aliases.ALIASES if alias.level == level and alias.field == field]
    named = [(f"{alias.role}: " if alias.role else "", places(alias)) for alias in found]
    boxes, locators, x12 = ("; ".join(f"{role}{of[place]}" for role, of in named if of[place]) for place in range(3))
    first = next(iter(found), None)
    fhir = ", ".join(f"`{path}`" for path in first.fhir.split(" or ")) if first and first.fhir else ""
    measured = f"`{kind}`, {first.unit}" if first and first.unit else f"`{kind}`"
    return f"`{field}`", measured, x12, boxes, locators, fhir, ", ".join(tuva_columns(holder, field))


def tuva_columns(holder: str, field: str) -> Iterator[str]:
    """The columns of Tuva's medical_claim that are read as the field of `holder`: claim, line, or a list of a claim."""
    for column, paths in named("tuva").columns.items():
        for target in (parse(path.replace("{n}", "1")) for path in paths.split()):
            whole = (aliases.LINE if target.of_line else aliases.CLAIM, target.field)
            if (holder, field) in (whole, (target.field, target.part)):
                yield f"`{column}`"


def names_page() -> str:
    """The page of the other names of fields, with their places on the forms and in an 837."""
    levels = {
        aliases.CLAIM: "Fields of a claim",
        aliases.LINE: "Fields of a service line",
        aliases.DIAGNOSIS: "Fields of a diagnosis",
        aliases.CODED: "Fields of procedures, occurrence codes and value codes",
    }
    parts = [
        "# Other names of fields",
        "Names under which a field of a mapping, or a column of a table, is known beside its own.",
        (
            'Case and what stands between words do not matter: "Place of Service", `placeOfService` and '
            "`PLACE_OF_SERVICE` are one. {n} stands for a number from 1, {a} for a letter from A. A box of the "
            "CMS-1500 is written as `box 24B`, `item 24B`, or `24B` where it has a letter; a form locator of the UB-04 "
            "as `FL 42`."
        ),
        (
            "Where a mapping gives a field under two names that say otherwise, that is a finding of severity error. Of "
            "the columns of a table the one under the field's own name counts, and no other is taken for it."
        ),
    ]
    for level, title in levels.items():
        rows = [
            (field_named(alias), " ".join(f"`{name}`" for name in alias.names), *places(alias))
            for alias in aliases.ALIASES
            if alias.level == level and (alias.names or alias.boxes or alias.locators or alias.x12)
        ]
        parts += [f"## {title}", table(("field", "other names", "CMS-1500", "UB-04", "837"), rows)]
    return page(*parts)


def field_named(alias: aliases.Alias) -> str:
    return f"`{alias.field}`" if alias.role is None else f"`{alias.field}`, role `{alias.role}`"


def places(alias: aliases.Alias) -> tuple[str, str, str]:
    """Where a field stands on the two forms and in an 837."""
    boxes, locators = (
        ", ".join(one.upper().replace("_", " ") for one in some) for some in (alias.boxes, alias.locators)
    )
    return boxes, locators, alias.x12.replace("*", r"\*")


# ---------------------------------------------------------------------- conflicts of tables


def conflicts_page() -> str:
    """The page of the kinds of conflict between two official tables."""
    parts = [
        "# Kinds of conflict between tables",
        (
            "What `claimcheck tables conflicts` looks for, between which tables, and what the rules do about each. How "
            "often each occurs is on [a page of its own](../tables-conflicts.md)."
        ),
    ]
    for kind in KINDS.values():
        said = words(kind)
        between = "; ".join(" and ".join(f"`{table}`" for table in dict.fromkeys(pair)) for pair in kind.compared)
        beside = ", each edition and the one before" if kind.earlier else ""
        rules = ", ".join(f"[{rule_id}](rules/{rule_id}.md)" for rule_id in said.rules)
        parts += [
            f"## {kind.name}",
            f"{said.title[0].upper()}{said.title[1:]}.",
            f"- Compared: {between}{beside}.",
            f"- What the rules do: {said.does}. See {rules}.",
        ]
    return page(*parts)


# ---------------------------------------------------------------------- the build


def pages() -> dict[str, str]:
    """Every generated page, by its path."""
    rules = [rule for rule in all_rules() if rule.check.__module__.startswith("claimcheck.")]
    modules = list(formats())
    return {
        "rules/index.md": rules_index(rules),
        **{f"rules/{rule.id}.md": rule_page(rule) for rule in rules},
        "messages.md": messages_page(rules),
        "coverage.md": coverage_page(rules),
        "denials.md": denials_page(rules),
        "formats/index.md": formats_index(modules),
        **{f"formats/{short(module)}.md": format_page(module) for module in modules},
        "policies/index.md": policies_index(),
        **{f"policies/{name}.md": policy_page(name) for name in Policy.names()},
        "parameters.md": parameters_page(),
        "fields.md": fields_page(),
        "names.md": names_page(),
        "conflicts.md": conflicts_page(),
    }


def write(app: Sphinx) -> None:
    """Writes the pages that changed, and removes those that are no more."""
    folder = Path(app.srcdir) / "_generated"
    wanted = pages()
    if folder.is_dir():
        for file in folder.rglob("*.md"):
            if file.relative_to(folder).as_posix() not in wanted:
                file.unlink()
    for name, text in wanted.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")


def resolve(app: Sphinx, env: Any, node: pending_xref, content: nodes.Element) -> nodes.Node | None:
    """Points a type's true home at its public name; a type that has none is left as text."""
    target = node.get("reftarget", "")
    name = target.rpartition(".")[2]
    domain = env.get_domain("py")
    for module in ("claimcheck", "claimcheck.codes", "claimcheck.history", "claimcheck.testing"):
        public = f"{module}.{name}"
        found = domain.objects.get(public)
        if found is not None and node.get("refdoc"):
            return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", public, node, content)
    return content if node.get("refdomain") == "py" else None


def without_types(_app: Sphinx, _what: str, _name: str, thing: Any, *_: Any) -> tuple[str, None] | None:
    """The signature of a class of many fields, whose types have a page of their own."""
    if thing not in FIELDED:
        return None
    made = inspect.signature(thing)
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in made.parameters.values()]
    return str(made.replace(parameters=bare, return_annotation=inspect.Signature.empty)), None


def trim(_app: Sphinx, doctree: nodes.document) -> None:
    """Takes away the blank line by which an example ends in its source."""
    from docutils import nodes

    for block in doctree.findall(nodes.literal_block):
        text = block.astext().rstrip()
        block.rawsource = text
        block.children = []
        block.append(nodes.Text(text))


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("builder-inited", write)
    app.connect("autodoc-process-signature", without_types)
    app.connect("doctree-read", trim)
    app.connect("missing-reference", resolve)
    return {"version": claimcheck.__version__, "parallel_read_safe": True}
