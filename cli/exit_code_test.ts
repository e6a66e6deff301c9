import assert from "node:assert/strict";
import { exitCodeOf, exitCodes } from "./exit_code.ts";

Deno.test("exitCodeOf() gives only codes that are documented", () => {
  const known = exitCodes.map(([code]) => code);
  for (const code of ["NO_SPACE", "USAGE", "LOCKED", "KEY_WRONG", "BACKUP_INVALID"] as const) {
    assert.ok(known.includes(exitCodeOf(code)), code);
  }
  assert.equal(exitCodeOf("CANCELLED"), 130);
  assert.equal(exitCodeOf("DATABASE_MISSING"), 10);
});
