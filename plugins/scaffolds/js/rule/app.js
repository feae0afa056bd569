// Prefers a mentor from another site: change this into your own rule.
import { Veto, exportRule } from "./turnabout-rule.js";

export const rule = exportRule({
  id: "my-plugin",
  version: "1.0.0",
  settings: {
    attribute: {
      type: "string",
      default: "site",
      description: "The attribute in which a mentor and a mentee should differ.",
    },
    veto_same: { type: "boolean", default: false, description: "Whether people who are alike are never paired." },
  },
  // What is not declared here is never passed. `{attribute}` is the attribute that the setting names.
  mentorAttributes: { "{attribute}": "category" },
  menteeAttributes: { "{attribute}": "category" },
  reasons: {
    same: "They are alike in what they should differ in.",
    different: "They differ in what they should differ in.",
  },

  prepare(settings, mentors, mentees) {
    const [ours, theirs] = [mentors[settings.attribute], mentees[settings.attribute]];
    const pair = (mentor, mentee) => {
      if (ours[mentor] === null || theirs[mentee] === null) return 0.5; // it is not known
      if (ours[mentor] !== theirs[mentee]) return 1;
      return settings.veto_same ? new Veto("same") : 0;
    };
    const explain = (mentor, mentee) => {
      const verdict = pair(mentor, mentee);
      if (verdict instanceof Veto) return { [verdict.code]: 0 };
      return verdict === 1 ? { different: 1 } : {};
    };
    return { pair, explain };
  },
});
