/**
 * Runs a verb of the library in a process that kills itself right before the n-th step that
 * changes the file system. Run as a program: `killed_at.ts <n> <verb> <options as JSON>`.
 *
 * @module
 */

import {
  backup,
  deleteBackups,
  exportDatabase,
  moveBackups,
  renewCatalog,
  restore,
  undeleteBackups,
} from "../../mod.ts";

const verbs = {
  backup,
  restore,
  deleteBackups,
  undeleteBackups,
  moveBackups,
  renewCatalog,
  exportDatabase,
};
const [number = "0", verb = "", options = "{}"] = Deno.args;
let left = Number(number);

/** Counts a step; the last one never happens. */
function counted<A extends readonly unknown[], R>(step: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    if (--left === 0) Deno.kill(Deno.pid, "SIGKILL");
    return step(...args);
  };
}

Object.assign(Deno, {
  rename: counted(Deno.rename),
  remove: counted(Deno.remove),
  copyFile: counted(Deno.copyFile),
});

const run = Object.entries(verbs).find(([name]) => name === verb)?.[1];
await run?.(JSON.parse(options));
