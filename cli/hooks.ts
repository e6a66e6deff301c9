/**
 * Running the hooks of a database, with their lines in the log.
 *
 * @module
 */

import { configFolder, type ConfiguredDatabase } from "../core/config/load_config.ts";
import type { HookName } from "../core/hook.ts";
import { escapeText } from "./escape.ts";
import type { Run } from "./session.ts";

/** Facts for the hook, without the prefix of their variables. */
export type HookFacts = Readonly<Record<string, string | undefined>>;

/** Runs a hook where the database has it. */
export async function runHookOf(
  run: Run,
  name: HookName,
  about: { readonly database: ConfiguredDatabase; readonly facts: HookFacts },
): Promise<void> {
  const hook = about.database.settings.hooks[name];
  if (hook === undefined) return;
  const { runHook } = await import("../core/hook.ts");
  const job = name.endsWith("Restore") ? "restore" : "backup";
  run.printer.event({
    type: "progress",
    job,
    phase: "hook",
    done: 0,
    unit: "steps",
    item: name,
  });
  await runHook(name, hook, {
    facts: {
      DATABASE: about.database.path,
      NAME: about.database.name ?? "",
      DIRECTORY: about.database.settings.directory,
      ...about.facts,
    },
    cwd: configFolder(await run.config()),
    onLine: (line) => run.printer.note(`  ${name}: ${escapeText(line)}`),
    signal: name.startsWith("before") ? run.signal : undefined,
  });
}
