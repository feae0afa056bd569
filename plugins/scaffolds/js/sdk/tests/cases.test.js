// The cases, natively: no component is needed, and a debugger works.
//
//     node --test tests/*.test.js
//
// Each is asked twice, with the same functions that the component exports. Numbers are JavaScript's own, where a component rounds
// scores to 32 bits.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const NEAR = 1e-6;
const own = (path) => new URL(`../${path}`, import.meta.url);
const { rule, logic } = await import(own("app.js"));

/** The values of one attribute as a host passes them; a word is a number. */
function column(name, given, words) {
  const number = (word) => {
    if (!words.has(word)) words.set(word, words.size);
    return words.get(word);
  };
  let known = given.map(Boolean);
  let values;
  if (given.some(Number.isFinite)) {
    known = given.map(Number.isFinite);
    values = { tag: "numbers", val: given.map((value, row) => (known[row] ? value : 0)) };
  } else if (given.some(Array.isArray)) {
    const [offsets, members] = [[0], []];
    known = given.map((value) => value?.length > 0);
    for (const value of given) {
      members.push(...[...new Set((value ?? []).map(number))].sort((one, other) => one - other));
      offsets.push(members.length);
    }
    values = { tag: "sets", val: { offsets, members } };
  } else {
    values = { tag: "categories", val: given.map((value) => (value ? number(value) : 0)) };
  }
  const present = new Uint8Array(Math.ceil(given.length / 8));
  known.forEach((there, row) => (present[row >> 3] |= Number(there) << (row & 7)));
  return { name, present, values };
}

/** A cohort of a case: like a host, with the attributes that the rule declares and no others. */
function cohort(said, { settings = {}, mentors, mentees }) {
  const words = new Map();
  const { properties } = JSON.parse(said.settingsSchema);
  const read = ({ name }) => {
    const setting = name.startsWith("{") ? name.slice(1, -1) : undefined;
    return setting === undefined ? name : (settings[setting] ?? properties[setting]?.default ?? "");
  };
  const table = (rows, attributes) => {
    const names = [...new Set(attributes.map(read))].filter(Boolean).sort();
    return { rows: rows.length, columns: names.map((name) => column(name, rows.map((row) => row[name] ?? null), words)) };
  };
  return {
    settings: JSON.stringify(settings),
    mentors: table(mentors, said.mentorAttributes),
    mentees: table(mentees, said.menteeAttributes),
  };
}

function twice(ask) {
  const [first, second] = [ask(), ask()];
  assert.deepEqual(first, second, "asked twice it answers differently");
  return first;
}

function fails(expected, ask) {
  assert.throws(ask, ({ message }) => message.includes(expected));
}

function holdsOfRule(one) {
  const said = rule.describe();
  const asked = cohort(said, one);
  if (one.failure !== undefined) return fails(one.failure, () => rule.score(asked));
  const { scores, vetoes } = twice(() => rule.score(asked));
  const given = scores.map((score, pair) => (vetoes[pair] ? said.reasons[vetoes[pair] - 1].code : score));
  const expected = one.verdicts.flat();
  assert.equal(given.length, expected.length, "a row a mentor, a verdict a mentee");
  given.forEach((verdict, pair) => {
    const near = typeof verdict === "number" && Math.abs(verdict - expected[pair]) <= NEAR;
    const [mentor, mentee] = [Math.floor(pair / one.mentees.length), pair % one.mentees.length];
    const what = `mentor ${mentor} and mentee ${mentee}: ${verdict}, and the case says ${expected[pair]}`;
    assert.ok(near || verdict === expected[pair], what);
  });
  for (const { mentor, mentee, gives } of one.reasons ?? []) {
    const why = rule.explain(asked, mentor, mentee).map(({ code, weight }) => [said.reasons[code].code, weight]);
    assert.deepEqual(Object.fromEntries(why), gives);
  }
}

function holdsOfLogic(one) {
  const [survey, given] = [JSON.stringify(one.survey), JSON.stringify(one.given)];
  if (one.problems !== undefined) assert.deepEqual(JSON.parse(twice(() => logic.check(survey))), one.problems);
  if (one.failure !== undefined) return fails(one.failure, () => logic.evaluate(survey, given));
  if (one.outcome !== undefined) assert.deepEqual(JSON.parse(twice(() => logic.evaluate(survey, given))), one.outcome);
}

/** The 32 bits that a component makes of a score. */
const bits = (number) => new Uint32Array(new Float32Array([number]).buffer)[0];

/** Writes down what a case was answered where `turnabout plugin test` asks for it: it compares bit for bit. */
function tell(name, answers) {
  const file = process.env.TURNABOUT_ANSWERS;
  if (file) appendFileSync(file, `${JSON.stringify({ case: name, answers: answers() })}\n`);
}

/** What is answered, or the sentence of a failure. */
function said(ask) {
  try {
    return ask();
  } catch ({ message, question }) {
    return question ? `${question}: ${message}` : message;
  }
}

function ruleAnswers(one) {
  const { reasons } = rule.describe();
  const asked = cohort(rule.describe(), one);
  const block = said(() => rule.score(asked));
  if (typeof block === "string") return { failure: block };
  const verdict = (score, pair) => (block.vetoes[pair] ? reasons[block.vetoes[pair] - 1].code : bits(score));
  const why = ({ mentor, mentee }) => {
    const given = said(() => rule.explain(asked, mentor, mentee));
    return typeof given === "string" ? given : given.map(({ code, weight }) => [reasons[code].code, bits(weight)]);
  };
  return { verdicts: [...block.scores].map(verdict), reasons: (one.reasons ?? []).map(why) };
}

function logicAnswers(one) {
  const [survey, given] = [JSON.stringify(one.survey), JSON.stringify(one.given)];
  const answers = {};
  if (one.problems !== undefined) answers.problems = said(() => logic.check(survey));
  if (one.failure !== undefined || one.outcome !== undefined) answers.outcome = said(() => logic.evaluate(survey, given));
  return answers;
}

const files = readdirSync(own("cases")).filter((name) => name.endsWith(".json"));
test("there is a case", () => assert.ok(files.length > 0));
for (const name of files.sort()) {
  test(name, () => {
    const one = JSON.parse(readFileSync(own(`cases/${name}`), "utf8"));
    tell(name, () => (rule ? ruleAnswers : logicAnswers)(one));
    (rule ? holdsOfRule : holdsOfLogic)(one);
  });
}
