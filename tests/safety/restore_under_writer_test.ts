import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { liveGrant } from "../../core/database_file.ts";
import { runJob } from "../../core/engine/client.ts";
import { backup, restore, undo } from "../../mod.ts";
import { becomes } from "../support/patience.ts";
import { tempDir } from "../support/temp_dir.ts";
import { JOURNAL_MODES, lastNumber, makeLedger, startWriter, tornIn } from "./writer.ts";

const ROUNDS = Number(Deno.env.get("HOLDFAST_RESTORES") ?? 10);

for (const mode of JOURNAL_MODES) {
  Deno.test(`restore of a ${mode} database under a saturating writer loses no commit (${ROUNDS})`, async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    makeLedger(database, mode);
    await using writer = await startWriter(database);
    const first = await backup({ database, busyMs: 120_000 });
    const start = lastNumber(first.path);
    deepEqual(tornIn(first.path), []);
    // A restore that takes nothing back would be no jump.
    await becomes("a commit after the backup", () => lastNumber(database) > start);
    for (let round = 0; round < ROUNDS; round++) {
      const { safetyBackup } = await restore({
        database,
        backup: first.name,
        lockMs: 120_000,
      });
      const before = await writer.nextJump();
      equal(lastNumber(safetyBackup?.path ?? ""), before, "the safety backup lacks commits");
      deepEqual(tornIn(safetyBackup?.path ?? ""), []);
      deepEqual(tornIn(database, start), []);
    }
    const undone = await undo({ database, lockMs: 120_000 });
    await writer.nextJump();
    ok(undone.safetyBackup !== null);
    deepEqual(tornIn(database), []);
  });
}

Deno.test("restore broken by no-safety-again is seen to lose commits", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  makeLedger(database, "wal");
  const { path: artifact } = await backup({ database });
  await using writer = await startWriter(database);
  const stage = dir.join("stage");
  await Deno.mkdir(stage);
  await Deno.copyFile(artifact, `${stage}/artifact.db`);
  const grant = liveGrant(database, stage);
  const safety = `${stage}/safety.db`;
  const { moment } = await runJob("snapshot", {
    source: database,
    destination: safety,
    engine: "online",
    busyMs: 60_000,
  }, { grant });
  const last = lastNumber(safety);
  await becomes("a commit after the safety backup", () => lastNumber(database) > last);
  const result = await runJob("restore", {
    live: database,
    artifact: `${stage}/artifact.db`,
    safetyMoment: moment,
    safetyAgain: `${stage}/again.db`,
    lockMs: 60_000,
    sabotage: ["no-safety-again"],
  }, { grant });
  equal(result.safetyTakenAgain, false);
  notEqual(last, await writer.nextJump());
});
