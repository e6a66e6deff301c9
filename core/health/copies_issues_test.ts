import { deepEqual, match } from "node:assert/strict";
import type { CheckedCopies } from "../targets/checked_copies.ts";
import { copiesIssues } from "./copies_issues.ts";

const at = "2026-03-20T12:00:00.000Z";
const fine: CheckedCopies = {
  target: "usb",
  bad: 0,
  since: "2026-01-01T12:00:00.000Z",
  checkedAt: "2026-03-18T12:00:00.000Z",
  triedAt: "2026-03-18T12:00:00.000Z",
  keyWrong: false,
};

const cases: readonly (readonly [string, Partial<CheckedCopies>, readonly string[]])[] = [
  ["nothing wrong", {}, []],
  ["a key that does not open the newest", { keyWrong: true }, ["error KEY_WRONG"]],
  ["a check twice as old as wanted", { checkedAt: "2026-03-06T12:00:00.000Z" }, []],
  ["a check older than that", { checkedAt: "2026-03-06T11:59:59.000Z" }, [
    "warning COPIES_UNCHECKED",
  ]],
  ["copies never checked", { checkedAt: null }, ["warning COPIES_UNCHECKED"]],
  ["new copies never checked", { checkedAt: null, since: "2026-03-18T12:00:00.000Z" }, []],
  ["no copy yet", { checkedAt: null, since: null }, []],
];

for (const [what, change, wanted] of cases) {
  Deno.test(`copiesIssues sees ${what}`, () => {
    const facts = { at, copies: [{ ...fine, ...change }] };
    const issues = copiesIssues(facts, [{ target: "usb", every: "7d" }]);
    deepEqual(issues.map(({ level, code }) => `${level} ${code}`), wanted);
    for (const { message, hint } of issues) {
      match(message, /"usb"/);
      match(hint, /holdfast/);
    }
  });
}

Deno.test("copiesIssues judges no target whose copies nobody wants checked", () => {
  const facts = { at, copies: [{ ...fine, keyWrong: true, checkedAt: null }] };
  deepEqual(copiesIssues(facts, [{ target: "nas", every: "7d" }]), []);
});
