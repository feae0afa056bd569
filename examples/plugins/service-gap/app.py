"""Prefers a mentee who has been here a chosen number of years longer than the mentor.

A bell around the wanted gap: `exp(-((gap - wanted) / spread)²)`. Reverse mentoring has a junior mentor, so somebody who has been
here longer than their mentee can be ruled out.
"""

import math

from turnabout_rule import Failure, MatchingRule, Veto, export


class ServiceGap(MatchingRule):
    id = "service-gap"
    settings = {
        "attribute": {
            "type": "string",
            "default": "years",
            "description": "The number of years that a person has been here.",
        },
        "wanted": {
            "type": "number",
            "default": 20,
            "minimum": 0,
            "description": "The gap that is best, in years.",
        },
        "spread": {
            "type": "number",
            "default": 10,
            "minimum": 0.1,
            "description": "How far from it a gap may lie until it counts for a third, in years.",
        },
        "veto_longer": {
            "type": "boolean",
            "default": True,
            "description": "Whether nobody mentors who has been here longer than their mentee.",
        },
    }
    mentor_attributes = {"{attribute}": "number"}
    mentee_attributes = {"{attribute}": "number"}
    reasons = {
        "gap": "The mentee has been here longer by about as much as is wanted.",
        "longer": "The mentor has been here longer than the mentee.",
    }

    def prepare(self, settings, mentors, mentees):
        if settings["spread"] <= 0:
            raise Failure("the setting 'spread' has to be more than 0")
        self.wanted, self.spread = settings["wanted"], settings["spread"]
        self.veto_longer = settings["veto_longer"]
        self.mentors = mentors[settings["attribute"]]
        self.mentees = mentees[settings["attribute"]]

    def pair(self, mentor, mentee):
        one, other = self.mentors[mentor], self.mentees[mentee]
        if one is None or other is None:
            return 0.5  # it is not known
        if self.veto_longer and one > other:
            return Veto("longer")
        return math.exp(-(((other - one - self.wanted) / self.spread) ** 2))

    def explain(self, mentor, mentee):
        verdict = self.pair(mentor, mentee)
        if isinstance(verdict, Veto):
            return {verdict: 0}
        return {"gap": verdict} if verdict >= 0.5 else {}


Rule = export(ServiceGap)
