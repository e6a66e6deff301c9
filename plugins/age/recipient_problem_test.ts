import { equal, match, ok } from "node:assert/strict";
import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import { newAgeKey } from "./mod.ts";
import { recipientProblem } from "./recipient_problem.ts";

const { identity, recipient } = await newAgeKey();

Deno.test("recipientProblem takes every recipient that age makes", async () => {
  equal(recipientProblem(recipient), undefined);
  const hybrid = await identityToRecipient(await generateHybridIdentity());
  equal(recipientProblem(hybrid), undefined);
});

Deno.test("recipientProblem finds any one character that is mistyped, missing or too many", () => {
  for (let at = 0; at < recipient.length; at++) {
    const [before, after] = [recipient.slice(0, at), recipient.slice(at + 1)];
    const other = recipient[at] === "q" ? "p" : "q";
    for (const wrong of [before + other + after, before + after, before + other + other + after]) {
      ok(recipientProblem(wrong) !== undefined, wrong);
    }
  }
  match(recipientProblem(`${recipient.slice(0, -1)}`) ?? "", /"age1\w{8}…" is mistyped/);
  equal(recipientProblem("me"), '"me" is no recipient: one looks like age1…');
});

Deno.test("recipientProblem does not repeat an identity", () => {
  for (const text of [identity, identity.toLowerCase()]) {
    const problem = recipientProblem(text) ?? "";
    match(problem, /an identity, a secret/);
    ok(!problem.includes(text.slice(16, 24)), problem);
  }
});
