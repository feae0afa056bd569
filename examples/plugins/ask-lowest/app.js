// Asks why only about what somebody rates lowest, so that nobody has to write five texts.
//
// A question `NAME_why` is asked if `NAME` has the lowest of all ratings that have such a question, and that is low; of two
// alike, the first. An expression of form-logic would need every rating in every question.
import { Outcome, exportLogic } from "./turnabout-logic.js";

const WHY = "_why";
const LOW = 2;
const about = (name) => (name.endsWith(WHY) ? name.slice(0, -WHY.length) : null);

/** A rating; a page sends numbers as texts. */
function rating(answer) {
  const number = typeof answer === "string" && answer !== "" ? Number(answer) : answer;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** The name of what is rated lowest, if that is low. */
function lowest(survey, answers) {
  let found = null;
  for (const { name } of survey.questions) {
    const rated = about(name) === null ? null : rating(answers[about(name)]);
    if (rated !== null && rated <= LOW && (found === null || rated < found.rated)) {
      found = { name: about(name), rated };
    }
  }
  return found?.name ?? null;
}

export const logic = exportLogic({
  id: "ask-lowest",
  version: "1.0.0",

  check(survey) {
    const likert = survey.questions.filter(({ type }) => type === "likert").map(({ name }) => name);
    return survey.questions
      .filter(({ name }) => about(name) !== null && !likert.includes(about(name)))
      .map(({ name }) => ({
        question: name,
        column: "name",
        code: "orphan",
        message: "it asks why, and there is no rating that it is about",
      }));
  },

  evaluate(survey, answers) {
    const outcome = new Outcome();
    const why = lowest(survey, answers);
    for (const { name, required } of survey.questions) {
      if (about(name) !== null && about(name) !== why) continue;
      outcome.visible.push(name);
      if (required === true) outcome.required.push(name);
      const answer = answers[name];
      if (answer !== undefined && answer !== null && answer !== "") {
        outcome.answers[name] = answer;
      } else if (required === true) {
        outcome.complain(name, "required", "Please answer this.");
      }
    }
    return outcome;
  },
});
