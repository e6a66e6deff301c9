import { deepStrictEqual as equal } from "node:assert/strict";
import { listBackups } from "../../mod.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";

Deno.test("The embedded example takes its backups by itself and undoes a failed import", async () => {
  await using dir = await tempDir();
  const program = new URL("./notes_app.ts", import.meta.url).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", program, dir.path],
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  equal({ code, stderr: decoder.decode(stderr) }, { code: 0, stderr: "" });
  equal(decoder.decode(stdout).trim().split("\n"), [
    "auto:startup: taken",
    "notes: 1",
    "import failed, restored: 1",
    "migrated: notes have a state now",
    "auto:shutdown: taken",
  ]);
  const { backups } = await listBackups({ database: dir.join("notes.db") });
  equal(backups.map(({ reason }) => reason), [
    "auto:shutdown",
    "pre-migration",
    "pre-restore",
    "pre-import",
    "auto:startup",
  ]);
});
