/**
 * Restores a packed backup in a process that kills itself: right before its n-th step on the
 * files beside the database, or when a phase of the database begins. Run as a program:
 * `killed_restore.ts <database> <n or phase>`.
 *
 * @module
 */

import { restore } from "../../mod.ts";
import { zipFormats } from "../support/zip_formats.ts";

const [database = "", when = ""] = Deno.args;
let left = Number(when);

/** Counts a step on a file that waits or is kept; the last one never happens. */
function counted<A extends readonly unknown[], R>(step: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    const isOurs = args.some((arg) => String(arg).includes("/.holdfast-"));
    if (isOurs && --left === 0) Deno.kill(Deno.pid, "SIGKILL");
    return step(...args);
  };
}

Object.assign(Deno, {
  copyFile: counted(Deno.copyFile),
  link: counted(Deno.link),
  remove: counted(Deno.remove),
  rename: counted(Deno.rename),
});

await restore({
  database,
  formats: await zipFormats(),
  onEvent: (event) => {
    if (event.type === "progress" && event.phase === when) Deno.kill(Deno.pid, "SIGKILL");
  },
});
