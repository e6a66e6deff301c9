/**
 * A durable store of a plugin instance, as one small JSON file.
 *
 * @module
 */

import { dirname } from "node:path";
import { HoldfastError } from "../errors.ts";
import { makePrivateDir, writeFileAtomic } from "../files/atomic_file.ts";
import { lockedFor } from "../files/locked_for.ts";
import type { StateStore } from "./plugin.ts";

/**
 * A store in the file, made with mode 0600 at the first `set`, its folder with
 * 0700. Each `set`, `delete` and `update` replaces the file atomically, one after the other, also
 * those of other processes: a file with `.lock` after its name sees to that.
 * Needs `--allow-read` and `--allow-write`.
 *
 * Throws `CONFIG_INVALID` where the file is damaged.
 *
 * @example
 * ```ts
 * import { fileStateStore } from "@holdfast/holdfast/plugin";
 *
 * const dir = await Deno.makeTempDir();
 * const state = fileStateStore(`${dir}/usb.json`);
 * await state.set("driveId", "4711");
 * console.log(await state.get("driveId")); // 4711
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export function fileStateStore(path: string): StateStore {
  let last: Promise<void> = Promise.resolve();
  const change = (edit: (values: Map<string, string>) => unknown): Promise<void> => {
    const step = async (): Promise<void> => {
      await makePrivateDir(dirname(path));
      await lockedFor(`${path}.lock`, async () => {
        const values = await readValues(path);
        await edit(values);
        const text = JSON.stringify(Object.fromEntries(values), undefined, 2);
        await writeFileAtomic(path, `${text}\n`);
      });
    };
    const done = last.then(step);
    // The next change waits for this one, whatever became of it; its caller hears.
    last = done.then(undefined, () => undefined);
    return done;
  };
  return {
    async get(key) {
      await last;
      return (await readValues(path)).get(key);
    },
    set: (key, value) => change((values) => values.set(key, value)),
    delete: (key) => change((values) => values.delete(key)),
    update: (key, edit) =>
      change(async (values) => {
        const value = await edit(values.get(key));
        if (value === undefined) values.delete(key);
        else values.set(key, value);
      }),
  };
}

/** What the file holds; nothing where there is none. */
async function readValues(path: string): Promise<Map<string, string>> {
  try {
    const parsed: unknown = JSON.parse(await Deno.readTextFile(path));
    if (typeof parsed !== "object" || parsed === null) throw new SyntaxError("it is no object");
    const entries = Object.entries(parsed)
      .filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return new Map(entries);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return new Map();
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new HoldfastError("CONFIG_INVALID", `Cannot read the state file "${path}": damaged`, {
      hint: "Remove it and connect again.",
      cause,
    });
  }
}
