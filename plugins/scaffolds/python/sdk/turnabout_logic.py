"""What an author of a survey's logic in Python needs; `app.py` shows it in use.

Nothing is kept between calls, and there is no clock, randomness, file or network. Whatever goes wrong in an author's code
becomes a failure with a sentence: an exception that left it would be a crash without one.
"""

import json

from componentize_py_types import Err
from wit_world.exports import logic as wit


class Failure(Exception):
    """Raise it with one plain sentence for the survey's author, and the name of the question it is about."""

    def __init__(self, message, question=""):
        super().__init__(message)
        self.question = question


class Outcome:
    """What follows from answers. Every name in it has to be one of the survey."""

    def __init__(self):
        self.visible, self.required, self.wrong = [], [], []
        self.computed, self.labels, self.answers, self.scores = {}, {}, {}, {}

    def complain(self, name, code, message):
        """Says that an answer is wrong, in one sentence for the person who answers."""
        self.wrong.append({"name": name, "code": code, "message": message})


class SurveyLogic:
    """Derive from it, fill in the members, and write `Logic = export(YourLogic)`."""

    id = ""
    version = "1.0.0"

    def check(self, survey):
        """Lists what is wrong with a survey: dictionaries with question, column, code and message."""
        return []

    def evaluate(self, survey, answers, context):
        """Returns an `Outcome`."""
        raise NotImplementedError


def export(author):
    """Makes the exported class of an author's."""

    class Logic:
        def describe(self):
            return json.dumps({"id": author.id, "version": author.version, "functions": []})

        def check(self, survey):
            return _guarded(lambda: author().check(json.loads(survey)))

        def evaluate(self, survey, answers):
            def work():
                given = json.loads(answers)
                return vars(author().evaluate(json.loads(survey), given["answers"], given.get("context", {})))

            return _guarded(work)

    return Logic


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
        return json.dumps(work())
    except Failure as failure:
        raise Err(wit.Failure(str(failure), failure.question))
    except Exception as error:  # anything else would be a crash without a word
        raise Err(wit.Failure(f"{type(error).__name__}: {error}{_where(error)}", ""))
