import { deepEqual } from "node:assert/strict";
import { makeLedger } from "./writer.ts";
import { requireProgram } from "../support/require_program.ts";
import { tempDir } from "../support/temp_dir.ts";

/** What is not durable when it should be, by the system calls of one backup in their order. */
function notSynced(calls: readonly string[]): string[] {
  const wrong: string[] = [];
  let fileSynced = false;
  let renamed = false;
  let folderSynced = false;
  for (const call of calls) {
    if (/fsync\(\d+<[^>]*\/snapshot\.db>\)/.test(call)) fileSynced = true;
    if (/rename.*snapshot\.db".*\/backups\/\d{4}-[^"/]*\.db"/.test(call)) {
      renamed = true;
      if (!fileSynced) wrong.push("the backup got its name before its bytes were synced");
    }
    if (renamed && /fsync\(\d+<[^>]*\/backups>\)/.test(call)) folderSynced = true;
  }
  if (!renamed) wrong.push("the backup never got its name");
  if (!folderSynced) wrong.push("the folder was not synced after the rename");
  return wrong;
}

/**
 * The calls of a log of strace, each whole: one that another thread interrupts is in two pieces.
 * A sync counts where it ended, a rename where it began.
 */
function wholeCalls(lines: readonly string[]): string[] {
  const begun = new Map<string, string>();
  return lines.flatMap((line) => {
    const [thread = ""] = line.split(" ", 1);
    const [start, more] = line.split(" <unfinished ...>");
    if (more !== undefined && start !== undefined) {
      begun.set(thread, start);
      return start.includes("rename") ? [start] : [];
    }
    const [, end] = /<\.\.\. f\w*sync resumed>(.*)/.exec(line) ?? [];
    return [end === undefined ? line : `${begun.get(thread)}${end}`];
  });
}

Deno.test({
  ...requireProgram(
    ["strace"],
    "backup syncs the file before it gets its name, and the folder after",
  ),
  fn: async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    makeLedger(database, "wal");
    const script = new URL("./run_verb.ts", import.meta.url).href;
    const log = dir.join("calls");
    const command = new Deno.Command("strace", {
      args: ["-f", "-y", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2", "-o", log]
        .concat([Deno.execPath(), "run", "-A", "-q", script, "backup", database]),
      stdout: "null",
    });
    const { success } = await command.output();
    deepEqual(success, true);
    const calls = wholeCalls(Deno.readTextFileSync(log).split("\n"));
    deepEqual(notSynced(calls), []);
    // The same backup without its syncs must not pass.
    deepEqual(notSynced(calls.filter((call) => !call.includes("fsync("))).length, 2);
  },
});
