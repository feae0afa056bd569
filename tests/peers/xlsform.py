"""Gives workbooks to pyxform; `xlsform` beside this file prepares what it needs.

xlsform.py FOLDER...

Every .xlsx must become an XForm, with as many questions, groups and choices as it has rows of them.
"""

import re
import sys
from pathlib import Path

import openpyxl
from lxml import etree
from pyxform.xls2xform import convert

XFORMS = "{http://www.w3.org/2002/xforms}"
CONTROLS = ["input", "select1", "select", "group", "{http://www.opendatakit.org/xforms}rank"]


def rows(book, sheet):
    """The rows of a sheet as dictionaries by heading."""
    table = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [dict(zip(table[0], row)) for row in table[1:] if any(row)]


def look(path):
    """Converts one workbook; what is wrong with the outcome, or nothing."""
    form = convert(path)
    root = etree.fromstring(form.xform.encode())
    book = openpyxl.load_workbook(path)
    survey = rows(book, "survey")
    shown = [row for row in survey if row["type"] not in ("end_group", "calculate")]
    # What is computed and has no label anybody could see is no control.
    names = {row["name"] for row in shown}
    controls = [
        element
        for tag in CONTROLS
        for element in root.iter(tag if tag.startswith("{") else XFORMS + tag)
        if element.get("ref", "").rsplit("/", 1)[-1] in names
    ]
    if len(controls) != len(shown):
        return f"{len(shown)} questions and groups became {len(controls)}"
    binds = {bind.get("nodeset").rsplit("/", 1)[-1]: bind for bind in root.iter(XFORMS + "bind")}
    for row in survey:
        bind = binds.get(row.get("name"))
        for column in ("relevant", "constraint", "calculation"):
            if row.get(column) and (bind is None or not bind.get("calculate" if column == "calculation" else column)):
                return f"{row['name']} has lost its {column}"
    used = {row["type"].split()[1] for row in survey if re.match("select_|rank", row["type"])}
    listed = {row["list_name"] for row in rows(book, "choices")}
    if used != listed:
        return f"the lists {listed} are there and {used} are used"
    lists = {instance.get("id") for instance in root.iter(XFORMS + "instance") if instance.get("id")}
    if not used <= lists:
        return f"the lists {used - lists} are not in the form"
    return None


paths = sorted(path for folder in sys.argv[1:] for path in Path(folder).glob("*.xlsx"))
failed = 0
for path in paths:
    try:
        wrong = look(path)
    except Exception as error:  # whatever pyxform says is what we want to read
        wrong = f"{type(error).__name__}: {error}"
    if wrong:
        failed += 1
        print(f"{path.name}: {wrong}")
print(f"{len(paths)} workbooks, {failed} refused or changed by pyxform")
sys.exit(failed > 0 or not paths)
