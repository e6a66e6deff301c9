import { equal } from "node:assert/strict";
import { requireProgram } from "./require_program.ts";

Deno.test("requireProgram names what is missing", () => {
  const { name } = requireProgram(["no-such-program-xyz"], "needs it");
  equal(name, "needs it (not installed: no-such-program-xyz)");
});

Deno.test("requireProgram lets a test run whose programs are there", () => {
  equal(requireProgram([], "needs none").ignore, false);
});
