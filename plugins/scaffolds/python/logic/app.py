"""Asks for a reason where a score is low: change this into your own logic.

A question `NAME_why` is asked if the number `NAME` is at most 2.
"""

from turnabout_logic import Outcome, SurveyLogic, export

WHY = "_why"
LOW = 2


class MyPlugin(SurveyLogic):
    id = "my-plugin"

    def check(self, survey):
        names = [question["name"] for question in survey["questions"]]
        return [
            {
                "question": name,
                "column": "name",
                "code": "orphan",
                "message": "it asks why, and there is no question that it is about",
            }
            for name in names
            if name.endswith(WHY) and name.removesuffix(WHY) not in names
        ]

    def evaluate(self, survey, answers, context):
        outcome = Outcome()
        for question in survey["questions"]:
            name = question["name"]
            asks_why = name.endswith(WHY)
            score = answers.get(name.removesuffix(WHY))
            if asks_why and not (isinstance(score, (int, float)) and score <= LOW):
                continue
            outcome.visible.append(name)
            if name in answers:
                outcome.answers[name] = answers[name]
            elif asks_why:
                outcome.required.append(name)
                outcome.complain(name, "required", "Please say why.")
        return outcome


Logic = export(MyPlugin)
