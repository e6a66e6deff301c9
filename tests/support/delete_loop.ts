/**
 * Deletes and takes back backups of a directory for ever; a test kills it. Run as a program.
 *
 * @module
 */

import { deleteBackups, undeleteBackups } from "../../core/delete.ts";

const directory = Deno.args[0] ?? "";
const backups = [...Deno.readDirSync(directory), ...inTrash(`${directory}/.trash`)]
  .map(({ name }) => name).filter((name) => name.endsWith("-00.db")).sort().slice(0, 20);
await Deno.stdout.write(new TextEncoder().encode("go\n"));
while (true) {
  for (const verb of [deleteBackups, undeleteBackups]) {
    try {
      await verb({ directory, backups });
    } catch (error) {
      // Those that a killed loop left in the trash, or had brought back.
      if (!(error instanceof Error && "code" in error && error.code === "BACKUP_NOT_FOUND")) {
        throw error;
      }
    }
  }
}

function inTrash(path: string): Iterable<Deno.DirEntry> {
  try {
    return [...Deno.readDirSync(path)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
