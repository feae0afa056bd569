"""The cases, natively: no component is needed, and a debugger works.

    python3 -m unittest discover tests

Each is asked twice, with the same functions that the component exports. What a build generates is stood in for here; numbers are
Python's own, where a component rounds scores to 32 bits.
"""

import json
import os
import struct
import sys
import types
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEAR = 1e-6


class Err(Exception):
    def __init__(self, value):
        super().__init__(value)
        self.value = value


def record(name, *fields):
    """A class whose members are given in order, as those of a generated one."""

    def init(self, *values):
        for field, value in zip(fields, values, strict=True):
            setattr(self, field, value)

    return type(name, (), {"__init__": init})


Kinds = types.SimpleNamespace(NUMBER="number", CATEGORY="category", SET="set")
RULE = types.SimpleNamespace(
    ColumnKind=Kinds,
    Description=record("Description", "id", "version", "mentors", "mentees", "settings_schema", "reasons"),
    Attribute=record("Attribute", "name", "kind"),
    ReasonText=record("ReasonText", "code", "text"),
    Failure=record("Failure", "message"),
    Block=record("Block", "scores", "vetoes"),
    Reason=record("Reason", "code", "weight"),
    Values_Numbers=record("Values_Numbers", "value"),
    Values_Categories=record("Values_Categories", "value"),
    Values_Sets=record("Values_Sets", "value"),
)
LOGIC = types.SimpleNamespace(Failure=record("LogicFailure", "message", "question"))


def stand_in():
    """Puts into the place of the generated modules what the SDK takes from them."""
    made = types.ModuleType("componentize_py_types")
    made.Err = Err
    world, exports = types.ModuleType("wit_world"), types.ModuleType("wit_world.exports")
    world.exports, exports.rule, exports.logic = exports, RULE, LOGIC
    sys.modules.update({"componentize_py_types": made, "wit_world": world, "wit_world.exports": exports})
    sys.path.insert(0, str(ROOT))


stand_in()
import app  # noqa: E402  the author's module, which needs the ones above


def column(name, given, words):
    """The values of one attribute as a host passes them; a word is a number."""

    def number(word):
        return words.setdefault(word, len(words))

    if any(isinstance(value, (int, float)) for value in given):
        known = [isinstance(value, (int, float)) for value in given]
        values = RULE.Values_Numbers([float(value) if there else 0.0 for value, there in zip(given, known)])
    elif any(isinstance(value, list) for value in given):
        known = [bool(value) for value in given]
        offsets, members = [0], []
        for value in given:
            members.extend(sorted({number(word) for word in value or []}))
            offsets.append(len(members))
        values = RULE.Values_Sets(types.SimpleNamespace(offsets=offsets, members=members))
    else:
        known = [bool(value) for value in given]
        values = RULE.Values_Categories([number(value) if value else 0 for value in given])
    present = bytearray(-(-len(given) // 8))
    for row, there in enumerate(known):
        present[row >> 3] |= there << (row & 7)
    return types.SimpleNamespace(name=name, present=bytes(present), values=values)


def declared(attributes, settings, schema):
    """The names that a rule reads: one in braces is what the setting says."""
    for attribute in attributes:
        name = attribute.name
        if name.startswith("{"):
            own = schema["properties"].get(name[1:-1], {})
            name = settings.get(name[1:-1], own.get("default", ""))
        yield name


def cohort(case, rule):
    words, settings, said = {}, case.get("settings", {}), rule.describe()
    schema = json.loads(said.settings_schema)

    def table(rows, attributes):
        names = sorted({name for row in rows for name in row} & set(declared(attributes, settings, schema)))
        # Like a host: an attribute that is declared is there, also if nobody has it.
        names = sorted(set(names) | {name for name in declared(attributes, settings, schema) if name})
        columns = [column(name, [row.get(name) for row in rows], words) for name in names]
        return types.SimpleNamespace(rows=len(rows), columns=columns)

    mentors, mentees = table(case["mentors"], said.mentors), table(case["mentees"], said.mentees)
    return types.SimpleNamespace(settings=json.dumps(settings), mentors=mentors, mentees=mentees)


def bits(number):
    """The 32 bits that a component makes of a score."""
    return struct.unpack("<I", struct.pack("<f", number))[0]


def tell(name, answers):
    """Writes down what a case was answered where `turnabout plugin test` asks for it: it compares bit for bit."""
    if file := os.environ.get("TURNABOUT_ANSWERS"):
        with open(file, "a", encoding="utf-8") as out:
            out.write(json.dumps({"case": name, "answers": answers}) + "\n")


def said(ask):
    """What is answered, or the sentence of a failure."""
    try:
        return ask()
    except Err as error:
        about = getattr(error.value, "question", "")
        return f"{about}: {error.value.message}" if about else error.value.message


def rule_answers(case):
    rule = app.Rule()
    asked = cohort(case, rule)
    codes = [reason.code for reason in rule.describe().reasons]
    block = said(lambda: rule.score(asked))
    if isinstance(block, str):
        return {"failure": block}
    pairs = zip(block.scores, block.vetoes, strict=True)

    def why(reason):
        given = said(lambda: rule.explain(asked, reason["mentor"], reason["mentee"]))
        return given if isinstance(given, str) else [[codes[one.code], bits(one.weight)] for one in given]

    return {
        "verdicts": [codes[veto - 1] if veto else bits(score) for score, veto in pairs],
        "reasons": [why(reason) for reason in case.get("reasons", [])],
    }


def logic_answers(case):
    logic, survey, answers = app.Logic(), json.dumps(case["survey"]), {}
    if "problems" in case:
        answers["problems"] = said(lambda: logic.check(survey))
    if "failure" in case or "outcome" in case:
        answers["outcome"] = said(lambda: logic.evaluate(survey, json.dumps(case.get("given"))))
    return answers


class Cases(unittest.TestCase):
    maxDiff = None

    def twice(self, ask):
        first, second = ask(), ask()
        self.assertEqual(first, second, "asked twice it answers differently")
        return first

    def fails(self, expected, ask):
        with self.assertRaises(Err) as raised:
            ask()
        self.assertIn(expected, raised.exception.value.message)

    def rule(self, case):
        rule = app.Rule()
        asked = cohort(case, rule)
        if "failure" in case:
            return self.fails(case["failure"], lambda: rule.score(asked))
        scores, vetoes = self.twice(lambda: tuple(vars(rule.score(asked)).values()))
        codes = [reason.code for reason in rule.describe().reasons]
        given = [codes[veto - 1] if veto else score for score, veto in zip(scores, vetoes, strict=True)]
        expected = [verdict for row in case["verdicts"] for verdict in row]
        self.assertEqual(len(given), len(expected), "a row a mentor, a verdict a mentee")
        for pair, (one, other) in enumerate(zip(given, expected)):
            with self.subTest(mentor=pair // asked.mentees.rows, mentee=pair % asked.mentees.rows):
                if isinstance(one, str) or isinstance(other, str):
                    self.assertEqual(one, other)
                else:
                    self.assertAlmostEqual(one, other, delta=NEAR)
        for reason in case.get("reasons", []):
            why = rule.explain(asked, reason["mentor"], reason["mentee"])
            self.assertEqual({codes[one.code]: one.weight for one in why}, reason["gives"])

    def logic(self, case):
        logic, survey = app.Logic(), json.dumps(case["survey"])
        if "problems" in case:
            self.assertEqual(json.loads(self.twice(lambda: logic.check(survey))), case["problems"])
        given = json.dumps(case.get("given"))
        if "failure" in case:
            return self.fails(case["failure"], lambda: logic.evaluate(survey, given))
        if "outcome" in case:
            self.assertEqual(json.loads(self.twice(lambda: logic.evaluate(survey, given))), case["outcome"])

    def test_every_case_holds(self):
        files = sorted((ROOT / "cases").glob("*.json"))
        self.assertTrue(files, "there is no case")
        for file in files:
            with self.subTest(case=file.name):
                case = json.loads(file.read_text(encoding="utf-8"))
                tell(file.name, (rule_answers if hasattr(app, "Rule") else logic_answers)(case))
                (self.rule if hasattr(app, "Rule") else self.logic)(case)


if __name__ == "__main__":
    unittest.main()
