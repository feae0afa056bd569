// The oracle @getodk/xpath: evaluates what it is given on standard input, a JSON list of questions, and prints a JSON
// list of answers. A question is {expression, kind, answers} or {xform, answers, names}.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
// The evaluator's own adapter of the DOM expects the classes of a browser.
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis) && /^[A-Z]/.test(name)) globalThis[name] = window[name];
}
globalThis.document = window.document;
// Its parser is built for bundlers, and in node asks where it is though it has everything inside.
globalThis.__dirname = import.meta.dirname;
const { XFormsXPathEvaluator, DEFAULT_DOM_ADAPTER } = await import("./xpath/dist/index.js");
const parse = (xml) => new window.DOMParser().parseFromString(xml, "text/xml");
const plain = (number) => (Number.isFinite(number) ? number : String(number).replace("Infinity", "inf"));


const evaluatorOf = (document) =>
  new XFormsXPathEvaluator({
    domAdapter: DEFAULT_DOM_ADAPTER,
    rootNode: document,
    timeZoneId: "UTC",
    itextTranslationsByLanguage: new Map(),
    secondaryInstancesById: new Map(),
  });

function expression({ expression, kind, answers }) {
  const document = parse("<data/>");
  for (const [name, answer] of Object.entries(answers)) {
    const element = document.createElement(name);
    element.textContent = answer;
    document.documentElement.append(element);
  }
  const evaluator = evaluatorOf(document);
  const contextNode = document.querySelector("this");
  // With spaces around, as pyxform writes it: `-` may be a part of a name.
  const path = expression.replaceAll(/\$\{(\w+)\}/g, " /data/$1 ");
  if (kind === "truth") return evaluator.evaluateBoolean(path, { contextNode });
  if (kind === "number") return plain(evaluator.evaluateNumber(path, { contextNode }));
  return evaluator.evaluateString(path, { contextNode });
}

// Fills an instance, evaluates the binds that pyxform wrote until nothing moves, and says what came of it.
function form({ xform, answers }) {
  const source = parse(xform);
  const primary = [...source.getElementsByTagName("instance")][0].firstElementChild;
  const document = parse(new window.XMLSerializer().serializeToString(primary).replace(/ xmlns="[^"]*"/, ""));
  const evaluator = evaluatorOf(document);
  const node = (path) => evaluator.evaluateNodes(path, { contextNode: document })[0];
  const binds = [...source.getElementsByTagName("bind")]
    .map((bind) => ({ path: bind.getAttribute("nodeset"), bind, node: node(bind.getAttribute("nodeset")) }))
    .filter(({ path }) => !path.includes("/meta"));
  const given = new Map();
  for (const { node } of binds) {
    if (!node.childElementCount) given.set(node, answers[node.localName] ?? "");
  }
  const relevant = new Map();
  const truth = (expression, contextNode) => evaluator.evaluateBoolean(expression, { contextNode });
  let rounds = 0;
  for (let before = null, now = ""; before !== now; rounds++) {
    if (rounds > 100) throw new Error("it never settles");
    before = now;
    for (const { bind, node } of binds) {
      const own = bind.getAttribute("relevant");
      const parent = relevant.get(node.parentNode) ?? true;
      relevant.set(node, parent && (!own || truth(own, node)));
    }
    for (const { bind, node } of binds) {
      if (node.childElementCount) continue;
      const calculate = bind.getAttribute("calculate");
      const seen = visible(node, relevant);
      node.textContent = "";
      if (seen) node.textContent = calculate ? evaluator.evaluateString(calculate, { contextNode: node }) : given.get(node);
    }
    now = JSON.stringify(binds.map(({ node }) => [visible(node, relevant), node.textContent]));
  }
  const result = { visible: [], computed: {}, wrong: [], required: [] };
  for (const { bind, node } of binds) {
    if (!visible(node, relevant)) continue;
    const name = node.localName;
    result.visible.push(name);
    if (bind.getAttribute("calculate")) result.computed[name] = node.textContent;
    const required = bind.getAttribute("required");
    const readonly = bind.getAttribute("calculate");
    if (required && !readonly && truth(required, node)) {
      result.required.push(name);
      if (node.textContent === "") result.wrong.push([name, "required"]);
    }
    const constraint = bind.getAttribute("constraint");
    if (constraint && node.textContent !== "" && !truth(constraint, node)) result.wrong.push([name, "constraint"]);
  }
  return result;
}

function visible(node, relevant) {
  for (let at = node; at && at.nodeType === 1; at = at.parentNode) {
    if (relevant.get(at) === false) return false;
  }
  return true;
}

let input = "";
for await (const chunk of process.stdin) input += chunk;
const results = JSON.parse(input).map((question) => {
  try {
    return { value: question.xform ? form(question) : expression(question) };
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
});
console.log(JSON.stringify(results));
