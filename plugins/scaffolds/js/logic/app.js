// Asks for a reason where a score is low: change this into your own logic.
//
// A question `NAME_why` is asked if the number `NAME` is at most 2.
import { Outcome, exportLogic } from "./turnabout-logic.js";

const WHY = "_why";
const LOW = 2;
const about = (name) => (name.endsWith(WHY) ? name.slice(0, -WHY.length) : null);

export const logic = exportLogic({
  id: "my-plugin",
  version: "1.0.0",

  check(survey) {
    const names = survey.questions.map(({ name }) => name);
    return names
      .filter((name) => about(name) !== null && !names.includes(about(name)))
      .map((question) => ({
        question,
        column: "name",
        code: "orphan",
        message: "it asks why, and there is no question that it is about",
      }));
  },

  evaluate(survey, answers) {
    const outcome = new Outcome();
    for (const { name } of survey.questions) {
      const asksWhy = about(name) !== null;
      if (asksWhy && !(typeof answers[about(name)] === "number" && answers[about(name)] <= LOW)) continue;
      outcome.visible.push(name);
      if (name in answers) {
        outcome.answers[name] = answers[name];
      } else if (asksWhy) {
        outcome.required.push(name);
        outcome.complain(name, "required", "Please say why.");
      }
    }
    return outcome;
  },
});
