import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { backupDirectory, moments } from "../../tests/support/backup_directory.ts";
import { checkCatalog, repairCatalog } from "../catalog_care.ts";
import { listBackups } from "../list.ts";

Deno.test("renewCatalog killed before any step loses no record", async () => {
  let step = 1;
  for (;; step++) {
    await using made = await backupDirectory(moments("2026-03-10T12:00:00Z", 24, 4));
    const { directory, records } = made;
    const { signal } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-q",
        "-A",
        fileURLToPath(new URL("../../tests/support/killed_at.ts", import.meta.url)),
        String(step),
        "renewCatalog",
        JSON.stringify({ directory }),
      ],
      stderr: "inherit",
    }).output();
    const { backups } = await listBackups({ directory });
    assert.deepEqual(backups.map(({ id }) => id).reverse(), records.map(({ id }) => id));
    if (signal === null) break;
    const { ok } = await repairCatalog({ directory });
    assert.ok(ok, JSON.stringify(await checkCatalog({ directory })));
  }
  assert.ok(step > 3, `${step} steps`);
});
