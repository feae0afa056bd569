// What an author of a matching rule in JavaScript needs; app.js shows it in use.
//
// A rule is asked about everyone in one call. Nothing is kept between calls, and there is no clock, randomness, file or
// network. Whatever goes wrong in an author's code becomes a failure with a sentence: an error that left it would be a crash
// without one.

/** Throw it with one plain sentence for the person who wrote the settings. */
export class Failure extends Error {}

/** A verdict: never these two, for the reason with this code. */
export class Veto {
  constructor(code) {
    this.code = code;
  }
}

const fits = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  number: Number.isFinite,
  array: Array.isArray,
  object: (value) => typeof value === "object" && value !== null,
};

/**
 * Makes the exported interface of an author's rule: an object with `id`, `version`, `settings` (JSON Schema of each by name,
 * with a default), `mentorAttributes` and `menteeAttributes` (from a name to "number", "category" or "set"), `reasons` (from a
 * code to a sentence), and `prepare(settings, mentors, mentees)`, which returns `{ pair(mentor, mentee), explain(mentor,
 * mentee) }`. A column such as `mentors.site` is a list with a value a person, `null` where there is none; words are numbers.
 */
export function exportRule(author) {
  const attributes = (declared) => Object.entries(declared).map(([name, kind]) => ({ name, kind }));
  const codes = Object.keys(author.reasons);
  const indexOf = (code) => {
    const index = codes.indexOf(code);
    if (index < 0) throw new Failure(`the rule gave the reason '${code}', and did not declare it`);
    return index;
  };
  const prepared = (cohort) =>
    author.prepare(settingsOf(author.settings, cohort.settings), columns(cohort.mentors), columns(cohort.mentees));
  return {
    describe: () => ({
      id: author.id,
      version: author.version,
      mentorAttributes: attributes(author.mentorAttributes),
      menteeAttributes: attributes(author.menteeAttributes),
      settingsSchema: JSON.stringify({ type: "object", additionalProperties: false, properties: author.settings }),
      reasons: Object.entries(author.reasons).map(([code, text]) => ({ code, text })),
    }),
    score: (cohort) =>
      guarded(() => {
        const rule = prepared(cohort);
        const [scores, vetoes] = [[], []];
        for (let mentor = 0; mentor < cohort.mentors.rows; mentor++) {
          for (let mentee = 0; mentee < cohort.mentees.rows; mentee++) {
            const verdict = rule.pair(mentor, mentee);
            const veto = verdict instanceof Veto;
            if (!veto && !(verdict >= 0 && verdict <= 1)) {
              throw new Failure(`the rule gave the score ${verdict}, which is not between 0 and 1`);
            }
            scores.push(veto ? 0 : verdict);
            vetoes.push(veto ? 1 + indexOf(verdict.code) : 0);
          }
        }
        return { scores, vetoes };
      }),
    explain: (cohort, mentor, mentee) =>
      guarded(() =>
        Object.entries(prepared(cohort).explain(mentor, mentee)).map(([code, weight]) => ({ code: indexOf(code), weight })),
      ),
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
    return work();
  } catch (error) {
    throw { message: error instanceof Failure ? error.message : `${error}${where(error)}` };
  }
}

function settingsOf(declared, text) {
  const settings = Object.fromEntries(Object.entries(declared).map(([name, schema]) => [name, schema.default]));
  for (const [name, value] of Object.entries(JSON.parse(text))) {
    if (!Object.hasOwn(declared, name)) {
      const known = Object.keys(declared).sort().join(", ");
      throw new Failure(`the settings can't be used: there is no setting '${name}', only ${known}`);
    }
    const { type, enum: choices } = declared[name];
    if ((type && !fits[type](value)) || (choices && !choices.includes(value))) {
      throw new Failure(`the settings can't be used: '${name}' may not be ${JSON.stringify(value)}`);
    }
    settings[name] = value;
  }
  return settings;
}

function columns(table) {
  const byName = {};
  for (const { name, present, values } of table.columns) {
    const value = (row) => {
      if (!((present[row >> 3] >> (row & 7)) & 1)) return null;
      if (values.tag !== "sets") return values.val[row];
      return new Set(values.val.members.slice(values.val.offsets[row], values.val.offsets[row + 1]));
    };
    byName[name] = Array.from({ length: table.rows }, (_, row) => value(row));
  }
  return byName;
}
