// What an author of a survey's logic in JavaScript needs; app.js shows it in use.
//
// Nothing is kept between calls, and there is no clock, randomness, file or network. Whatever goes wrong in an author's code
// becomes a failure with a sentence: an error that left it would be a crash without one.

/** Throw it with one plain sentence for the survey's author, and the name of the question it is about. */
export class Failure extends Error {
  constructor(message, question = "") {
    super(message);
    this.question = question;
  }
}

/** What follows from answers. Every name in it has to be one of the survey. */
export class Outcome {
  visible = [];
  required = [];
  wrong = [];
  computed = {};
  labels = {};
  answers = {};
  scores = {};

  /** Says that an answer is wrong, in one sentence for the person who answers. */
  complain(name, code, message) {
    this.wrong.push({ name, code, message });
  }
}

/**
 * Makes the exported interface of an author's logic: an object with `id`, `version`, `check(survey)`, which lists problems
 * with `question`, `column`, `code` and `message`, and `evaluate(survey, answers, context)`, which returns an `Outcome`.
 */
export function exportLogic(author) {
  return {
    describe: () => JSON.stringify({ id: author.id, version: author.version, functions: [] }),
    check: (survey) => guarded(() => author.check(JSON.parse(survey))),
    evaluate: (survey, given) =>
      guarded(() => {
        const { answers, context } = JSON.parse(given);
        return author.evaluate(JSON.parse(survey), answers, context ?? {});
      }),
  };
}

/** The author's own line that was run last. */
function where(error) {
  const lines = String(error?.stack ?? "").split("\n");
  const own = lines.map((line) => /[\w.-]+\.m?js:\d+(:\d+)?/.exec(line)?.[0]);
  const place = own.find((place) => place && !place.startsWith("turnabout-"));
  return place ? ` (${place})` : "";
}

function guarded(work) {
  try {
    return JSON.stringify(work());
  } catch (error) {
    const message = error instanceof Failure ? error.message : `${error}${where(error)}`;
    throw { message, question: error?.question ?? "" };
  }
}
