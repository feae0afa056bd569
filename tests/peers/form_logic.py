"""Compares the logic of surveys with others; `form-logic` beside this file prepares what it needs.

form_logic.py EVALUATE NODE_FOLDER

Every line of expressions.txt is put to us, to ODK's @getodk/xpath, and, where XPath 1.0 has its functions, to
libxml2 (through lxml). Every form of forms/ is written as an .xlsx, must be converted by pyxform, and what @getodk/xpath makes of
the binds that pyxform wrote must be what we make of the survey.
"""

import datetime
import io
import json
import math
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import openpyxl
from lxml import etree
from pyxform.xls2xform import convert

HERE = Path(__file__).parent
EVALUATE, NODE_FOLDER = sys.argv[1:3]
TODAY = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
CONTEXT = {"today": TODAY, "now": TODAY + "T00:00:00Z"}
KINDS = {"single": "select_one", "multiple": "select_multiple", "ranking": "rank"}


def us(lines):
    """Asks us; a result a line."""
    given = "".join(json.dumps(line) + "\n" for line in lines)
    run = subprocess.run([EVALUATE], input=given, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def getodk(questions):
    run = subprocess.run(
        ["node", "getodk.mjs"], cwd=NODE_FOLDER, input=json.dumps(questions), capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def xpath(expression, kind, answers):
    """Asks libxml2, as a value of a kind; None if XPath 1.0 has no such function."""
    data = etree.Element("data")
    for name, answer in answers.items():
        etree.SubElement(data, name).text = answer
    path = re.sub(r"\$\{(\w+)\}", r" /data/\1 ", expression)
    wrapped = {"truth": f"boolean({path})", "number": f"number({path})"}.get(kind, f"string({path})")
    try:
        value = data.find("this").xpath(wrapped)
    except etree.XPathEvalError as error:
        return None if "function" in str(error) else {"error": str(error)}
    # A string comes with where it is from.
    return {"value": str(value) if isinstance(value, str) else value}


def same(kind, ours, theirs):
    if kind == "number":
        number = lambda value: float("nan") if value is None else float(value)
        ours, theirs = number(ours), number(theirs)
        return ours == theirs or (math.isnan(ours) and math.isnan(theirs))
    return ours == theirs


def expressions():
    """Compares expressions; returns counts and what differs unexpectedly."""
    answers = json.loads((HERE / "answers.json").read_text())
    known = tomllib.loads((HERE / "differences.toml").read_text())
    lines = (HERE / "expressions.txt").read_text().splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    ours = us([{"expression": line, "answers": answers, "this": answers["this"], **CONTEXT} for line in lines])
    odk = getodk([
        {"expression": line, "kind": our.get("kind"), "answers": answers} for line, our in zip(lines, ours)
    ])
    faults, counts, met = [], {"getodk": 0, "libxml2": 0}, {"getodk": set(), "libxml2": set()}
    for line, our, theirs in zip(lines, ours, odk):
        if "error" in our:
            faults.append(f"{line}: we can't evaluate it: {our['error']}")
            continue
        kind = our["kind"]
        value = our[kind] if kind in ("truth", "number") else our["text"]
        for name, answer in (("getodk", theirs), ("libxml2", xpath(line, kind, answers))):
            if answer is None:
                continue
            counts[name] += 1
            agree = "value" in answer and same(kind, value, answer["value"])
            reason = known.get(name, {}).get(line)
            if reason is not None:
                met[name].add(line)
            if agree == (reason is not None):
                said = answer.get("value", answer.get("error"))
                why = "is said to differ and agrees" if agree else f"{name} says {said!r}"
                faults.append(f"{line}: {value!r}; {why}")
    for name, reasons in known.items():
        faults += [f"{line}: is said to differ from {name} and is not compared" for line in reasons if line not in met[name]]
    differing = {name: len(lines) for name, lines in met.items()}
    return len(lines), counts, differing, faults


def rows(questions, choices):
    """The rows of XLSForm's survey sheet; fills the choices' sheet."""
    for question in questions:
        kind, name = question["type"], question["name"]
        row = {column: question.get(column, "") for column in
               ("name", "label", "relevant", "constraint", "constraint_message", "required_message", "calculation")}
        required = question.get("required", False)
        row["required"] = {True: "yes", False: ""}.get(required, required)
        if kind == "group" or question.get("statements"):
            inner = question.get("questions", [])
            yield {"type": "begin group", "name": name, "label": row["label"], "relevant": row["relevant"]}
            for statement in question.get("statements", []):
                yield {**row, "type": f"select_one {name}", "relevant": "", **statement}
                choices[name] = [{"name": n, "label": n} for n in range(1, question.get("points", 5) + 1)]
            yield from rows(inner, choices)
            yield {"type": "end group"}
        elif kind in KINDS:
            choices[name] = question["choices"]
            yield {**row, "type": f"{KINDS[kind]} {name}"}
        else:
            yield {**row, "type": kind}


def xform(name, survey):
    """The form as .xlsx, converted by pyxform; raises if it can't be."""
    choices = {}
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    columns = ["type", "name", "label", "relevant", "required", "required_message", "constraint", "constraint_message",
               "calculation"]
    sheet.append(columns)
    for row in rows(survey["questions"], choices):
        sheet.append([row.get(column, "") for column in columns])
    sheet = book.create_sheet("choices")
    sheet.append(["list_name", "name", "label"])
    for list_name, some in choices.items():
        for choice in some:
            sheet.append([list_name, choice["name"], choice["label"]])
    book.create_sheet("settings").append(["form_id", "version"])
    book["settings"].append([name, "1"])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return convert(file, file_type=".xlsx", validate=False).xform


def flat(questions):
    for question in questions:
        yield question
        yield from flat(question.get("questions", []))


def plain(answer):
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, list):
        return " ".join(answer)
    return "" if answer is None else str(answer)


def forms():
    """Compares forms; returns counts and what differs."""
    asked, oracle, names, converted = [], [], [], 0
    faults = []
    for file in sorted((HERE / "forms").glob("*.json")):
        survey = json.loads(file.read_text())
        cases = survey.pop("cases")
        try:
            converted_form = xform(file.stem, survey)
            converted += 1
        except Exception as error:  # whatever pyxform raises is what is reported
            faults.append(f"{file.name}: pyxform refuses it: {error}")
            continue
        hidden = {question["name"] for question in flat(survey["questions"]) if question["type"] == "calculate"}
        for case in cases:
            asked.append({"survey": survey, "answers": case, "context": CONTEXT})
            oracle.append({"xform": converted_form, "answers": {name: plain(answer) for name, answer in case.items()}})
            names.append((file.name, case, hidden))
    for (name, case, hidden), our, theirs in zip(names, us(asked), getodk(oracle)):
        if "problems" in our or "error" in theirs:
            faults.append(f"{name}: {our.get('problems') or theirs['error']}")
            continue
        theirs = theirs["value"]
        pairs = {
            "visible": (sorted(our["visible"]), sorted(set(theirs["visible"]) - hidden)),
            "required": (our["required"], theirs["required"]),
            "wrong": ([[wrong["name"], wrong["code"]] for wrong in our["wrong"]], theirs["wrong"]),
            "computed": ({name: plain(value) for name, value in our["computed"].items()}, theirs["computed"]),
        }
        for what, (ours, others) in pairs.items():
            if ours != others:
                faults.append(f"{name} {json.dumps(case)}: {what} is {ours}; getodk says {others}")
    return converted, len(names), faults


def main():
    count, compared, differing, wrong_expressions = expressions()
    converted, cases, wrong_forms = forms()
    for fault in wrong_expressions + wrong_forms:
        print("DIFFERS", fault)
    print(f"{count} expressions: {compared['getodk']} compared with @getodk/xpath ({differing['getodk']} known to differ), "
          f"{compared['libxml2']} with XPath 1.0 ({differing['libxml2']} known to differ)")
    print(f"{converted} forms converted by pyxform; {cases} sets of answers compared with @getodk/xpath over its binds")
    # An empty corpus would agree with everybody.
    assert count >= 60 and converted >= 15, "the corpus is smaller than it was"
    failed = len(wrong_expressions) + len(wrong_forms)
    print(f"{compared['getodk'] + compared['libxml2'] + converted + cases - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
