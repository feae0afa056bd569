"""Prefers a mentor from another site: change this into your own rule."""

from turnabout_rule import MatchingRule, Veto, export


class MyPlugin(MatchingRule):
    id = "my-plugin"
    settings = {
        "attribute": {
            "type": "string",
            "default": "site",
            "description": "The attribute in which a mentor and a mentee should differ.",
        },
        "veto_same": {
            "type": "boolean",
            "default": False,
            "description": "Whether people who are alike are never paired.",
        },
    }
    # What is not declared here is never passed. `{attribute}` is the attribute that the setting names.
    mentor_attributes = {"{attribute}": "category"}
    mentee_attributes = {"{attribute}": "category"}
    reasons = {
        "same": "They are alike in what they should differ in.",
        "different": "They differ in what they should differ in.",
    }

    def prepare(self, settings, mentors, mentees):
        self.veto_same = settings["veto_same"]
        self.mentors = mentors[settings["attribute"]]
        self.mentees = mentees[settings["attribute"]]

    def pair(self, mentor, mentee):
        one, other = self.mentors[mentor], self.mentees[mentee]
        if one is None or other is None:
            return 0.5  # it is not known
        if one == other:
            return Veto("same") if self.veto_same else 0
        return 1

    def explain(self, mentor, mentee):
        verdict = self.pair(mentor, mentee)
        if isinstance(verdict, Veto):
            return {verdict: 0}
        return {"different": 1} if verdict == 1 else {}


Rule = export(MyPlugin)
