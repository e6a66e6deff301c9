import { equal, rejects } from "node:assert/strict";
import { sampleRecord } from "../../tests/support/sample_record.ts";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import type { BackupRecord } from "./backup_record.ts";
import { chooseBackup } from "./choose_backup.ts";
import { HoldfastError } from "../errors.ts";

function record(dir: TempDir, sequence: number, over: Partial<BackupRecord> = {}): BackupRecord {
  const name = `2026-01-0${sequence}_10-00-00.db`;
  Deno.writeTextFileSync(dir.join(name), "x");
  return sampleRecord({
    id: `${"abcdefgh"[sequence]}${sequence}000000-0000`,
    name,
    path: dir.join(name),
    createdAt: `2026-01-0${sequence}T10:00:00.000Z`,
    sequence,
    ...over,
  });
}

const code = (wanted: string) => (error: unknown): boolean =>
  error instanceof HoldfastError && error.code === wanted;

Deno.test("chooseBackup passes over safety backups, bad ones and missing files for latest", async () => {
  await using dir = await tempDir();
  const records = [
    record(dir, 5, { reason: "pre-restore" }),
    record(dir, 4, { proof: "stored" }),
    record(dir, 3),
    record(dir, 2),
  ];
  const name = async (choice: Parameters<typeof chooseBackup>[1]): Promise<string> => {
    const chosen = await chooseBackup(records, choice);
    return chosen.kind === "record" ? chosen.record.name : chosen.path;
  };
  equal(await name({}), "2026-01-03_10-00-00.db");
  await Deno.remove(dir.join("2026-01-03_10-00-00.db"));
  equal(await name({ backup: "latest" }), "2026-01-02_10-00-00.db");
  equal(
    await name({ at: Temporal.Instant.from("2026-01-02T10:00:00Z") }),
    "2026-01-02_10-00-00.db",
  );
  await rejects(
    name({ at: Temporal.Instant.from("2026-01-01T10:00:00Z") }),
    (error) =>
      error instanceof HoldfastError && error.code === "BACKUP_NOT_FOUND" &&
      error.hint?.startsWith("The oldest good one is 2026-01-02_10-00-00.db. ") === true,
  );
  equal(await name({ backup: "f5" }), "2026-01-05_10-00-00.db");
  equal(await name({ backup: "2026-01-04" }), "2026-01-04_10-00-00.db");
  await rejects(name({ backup: "2026-01-0" }), code("USAGE"));
  await rejects(name({ backup: "nothing" }), code("BACKUP_NOT_FOUND"));
  await rejects(name({ backup: "" }), code("BACKUP_NOT_FOUND"));
});
