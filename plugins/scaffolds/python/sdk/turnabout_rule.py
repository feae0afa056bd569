"""What an author of a matching rule in Python needs; `app.py` shows it in use.

A rule is asked about everyone in one call. Nothing is kept between calls, and there is no clock, randomness, file or network.
Whatever goes wrong in an author's code becomes a failure with a sentence: an exception that left it would be a crash without one.
"""

import json

from componentize_py_types import Err
from wit_world.exports import rule as wit

_KINDS = {"number": wit.ColumnKind.NUMBER, "category": wit.ColumnKind.CATEGORY, "set": wit.ColumnKind.SET}
_TYPES = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list, "object": dict}


class Failure(Exception):
    """Raise it with one plain sentence for the person who wrote the settings."""


class Veto(str):
    """A verdict: never these two, for the reason with this code."""


class MatchingRule:
    """Derive from it, fill in the members, and write `Rule = export(YourRule)`."""

    id = ""
    version = "1.0.0"
    #: The settings by name: JSON Schema of each, with a default.
    settings: dict = {}
    #: What is read of mentors and of mentees, by name: "number", "category" or "set". `{name}` is the attribute that the
    #: setting `name` names. What is not declared is never passed.
    mentor_attributes: dict = {}
    mentee_attributes: dict = {}
    #: Every reason that can be given: code and one sentence.
    reasons: dict = {}

    def prepare(self, settings, mentors, mentees):
        """Takes the columns: `mentors["site"]` is a list, a value a mentor, None where there is none. Words are numbers."""
        raise NotImplementedError

    def pair(self, mentor, mentee):
        """Returns a score from 0 to 1, or `Veto("code")`."""
        raise NotImplementedError

    def explain(self, mentor, mentee):
        """Returns why: a dictionary from code to how much it added."""
        return {}


def export(author):
    """Makes the exported class of an author's."""

    class Rule:
        def describe(self):
            schema = {"type": "object", "additionalProperties": False, "properties": author.settings}
            return wit.Description(
                author.id,
                author.version,
                [wit.Attribute(name, _KINDS[kind]) for name, kind in author.mentor_attributes.items()],
                [wit.Attribute(name, _KINDS[kind]) for name, kind in author.mentee_attributes.items()],
                json.dumps(schema),
                [wit.ReasonText(code, text) for code, text in author.reasons.items()],
            )

        def score(self, cohort):
            return _guarded(lambda: _score(author, cohort))

        def explain(self, cohort, mentor, mentee):
            return _guarded(lambda: _explain(author, cohort, mentor, mentee))

    return Rule


def _where(error):
    """The author's own line that was run last."""
    own = _where.__code__.co_filename
    place, step = "", error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        file = code.co_filename
        if file != own and file.startswith(own.rpartition("/")[0]):
            place = f" ({file.replace(chr(92), '/').rpartition('/')[2]}:{step.tb_lineno}, in {code.co_name})"
        step = step.tb_next
    return place


def _guarded(work):
    try:
        return work()
    except Failure as failure:
        raise Err(wit.Failure(str(failure)))
    except Exception as error:  # anything else would be a crash without a word
        raise Err(wit.Failure(f"{type(error).__name__}: {error}{_where(error)}"))


def _prepared(author, cohort):
    settings = {name: schema["default"] for name, schema in author.settings.items()}
    for name, value in json.loads(cohort.settings).items():
        if name not in settings:
            known = ", ".join(sorted(settings))
            raise Failure(f"the settings can't be used: there is no setting '{name}', only {known}")
        schema = author.settings[name]
        wanted = schema.get("type")
        fits = isinstance(value, _TYPES.get(wanted, object)) and (wanted == "boolean" or not isinstance(value, bool))
        if not fits or value not in schema.get("enum", [value]):
            raise Failure(f"the settings can't be used: '{name}' may not be {json.dumps(value)}")
        settings[name] = value
    rule = author()
    rule.prepare(settings, _columns(cohort.mentors), _columns(cohort.mentees))
    return rule


def _columns(table):
    return {column.name: _values(column, table.rows) for column in table.columns}


def _values(column, rows):
    present = [bool(column.present[row >> 3] >> (row & 7) & 1) for row in range(rows)]
    if isinstance(column.values, wit.Values_Sets):
        offsets, members = column.values.value.offsets, column.values.value.members
        return [frozenset(members[offsets[row] : offsets[row + 1]]) if present[row] else None for row in range(rows)]
    values = column.values.value
    return [values[row] if present[row] else None for row in range(rows)]


def _index(author, code):
    codes = list(author.reasons)
    if code not in codes:
        raise Failure(f"the rule gave the reason '{code}', and did not declare it")
    return codes.index(code)


def _score(author, cohort):
    rule = _prepared(author, cohort)
    scores, vetoes = [], []
    for mentor in range(cohort.mentors.rows):
        for mentee in range(cohort.mentees.rows):
            verdict = rule.pair(mentor, mentee)
            if isinstance(verdict, Veto):
                scores.append(0.0)
                vetoes.append(1 + _index(author, verdict))
            elif 0.0 <= verdict <= 1.0:
                scores.append(float(verdict))
                vetoes.append(0)
            else:
                raise Failure(f"the rule gave the score {verdict}, which is not between 0 and 1")
    return wit.Block(scores, vetoes)


def _explain(author, cohort, mentor, mentee):
    rule = _prepared(author, cohort)
    return [wit.Reason(_index(author, code), float(weight)) for code, weight in rule.explain(mentor, mentee).items()]
