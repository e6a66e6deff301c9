import { deepEqual, equal, match, rejects } from "node:assert/strict";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { HoldfastError } from "./errors.ts";
import type { HoldfastEvent } from "./events.ts";
import { asHoldfastError } from "./report.ts";

function defect(): never {
  throw new RangeError("no such colour");
}

/** The next warning of the process. */
async function nextWarning(): Promise<Error> {
  const { promise, resolve } = Promise.withResolvers<Error>();
  process.once("warning", resolve);
  return await promise;
}

Deno.test("backup is taken also where the listener throws, and its result says so", async () => {
  const broken: readonly ((event: HoldfastEvent) => void)[] = [
    defect,
    // Later, as a promise: nobody waits for it.
    async () => {
      await Promise.resolve();
      defect();
    },
  ];
  for (const onEvent of broken) {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x)");
    const { proof, warnings } = await backup({ database, onEvent });
    equal(proof, "checked");
    deepEqual(warnings.map(({ code }) => code), ["LISTENER_FAILED"]);
    match(warnings[0]?.message ?? "", /RangeError: no such colour/);
  }
});

Deno.test("backup that fails throws its own error; the listener's is a warning of the process", async () => {
  await using dir = await tempDir();
  const told = nextWarning();
  await rejects(
    backup({ database: dir.join("none.db"), onEvent: defect }),
    (error: unknown) => error instanceof HoldfastError && error.code === "DATABASE_MISSING",
  );
  match(String(await told), /no such colour/);
});

Deno.test("asHoldfastError tells what failed first, not that clearing up failed too", () => {
  const full = new HoldfastError("NO_SPACE", "Cannot write: there is no room");
  const [last, middle] = [new Error("still in use"), new Error("cannot remove it")];
  const both = new SuppressedError(last, new SuppressedError(middle, full));
  equal(asHoldfastError(both, "BACKUP_FAILED"), full);
});
