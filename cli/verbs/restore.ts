/**
 * Restores a backup, with the question before it.
 *
 * @module
 */

import { resolve } from "node:path";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import { restore, type RestoreResult } from "../../core/restore.ts";
import type { OpenTarget } from "../../core/targets/open_target.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { PARTLY } from "../exit_code.ts";
import { runHookOf } from "../hooks.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { confirmRestore, previewText } from "./confirm_restore.ts";

/** The options of the command. */
export interface RestoreFlags {
  readonly at?: string | undefined;
  readonly database?: string | undefined;
  readonly to?: string | undefined;
  readonly target?: string | undefined;
  readonly copies?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly force?: boolean | undefined;
  /** Bring the files of a packed backup back too, or not. */
  readonly files?: boolean | undefined;
  readonly safety?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Restores a backup onto its database, or into another file. */
export async function restoreVerb(
  run: Run,
  backup: string | undefined,
  flags: RestoreFlags,
): Promise<Outcome> {
  if (backup !== undefined && backup !== "latest" && flags.at !== undefined) {
    throw new HoldfastError("USAGE", "Cannot use --at together with a named backup", {
      hint: "Leave one of them away.",
    });
  }
  const at = await instantOf(run, flags.at);
  const place = await choosePlace(run, flags.database);
  const configured = await place.configured();
  const hooks = hooksAround(run, configured);
  await using closing = new AsyncDisposableStack();
  const target = await openFrom(run, configured, flags);
  const from = target === undefined
    ? undefined
    : { target: closing.use(target), copies: flags.copies };
  const result = await hooks.reported(() =>
    restore({
      from,
      formats: formatsOf(run, configured.settings),
      files: flags.files,
      database: place.database,
      directory: place.directory,
      backup,
      at,
      to: flags.to === undefined ? undefined : resolve(run.session.around.cwd, flags.to),
      force: flags.force,
      dryRun: flags.dryRun,
      safety: safetyFor(configured, flags),
      checksum: configured.settings.verifyChecksumBeforeRestore,
      before: hooks.before,
      confirm: flags.yes === true
        ? undefined
        : (preview) => confirmRestore(run, preview, "restore"),
      clock: run.clock,
      signal: run.signal,
      onEvent: run.printer.event,
    })
  );
  return await outcomeOf(run, result, "restore");
}

async function openFrom(
  run: Run,
  configured: ConfiguredDatabase,
  { target }: RestoreFlags,
): Promise<OpenTarget | undefined> {
  if (target === undefined) return undefined;
  const { openNamed } = await import("../targets/open_targets.ts");
  return await openNamed(run, configured, target);
}

async function instantOf(
  run: Run,
  text: string | undefined,
): Promise<Temporal.Instant | undefined> {
  if (text === undefined) return undefined;
  const { parseTime } = await import("../../core/words/time_expression.ts");
  return parseTime(text, { now: run.clock.now(), zone: run.clock.zone() });
}

/** Without a safety backup only where the configuration and the call both say so. */
function safetyFor({ settings }: ConfiguredDatabase, { safety }: RestoreFlags): boolean {
  if (safety !== false) return true;
  if (!settings.alwaysCreateLocalBackupBeforeRestore) return false;
  throw new HoldfastError(
    "USAGE",
    "Cannot leave the safety backup away: the configuration wants it",
    {
      hint: 'Set "alwaysCreateLocalBackupBeforeRestore" to false too. Then there is no undo.',
    },
  );
}

/** The hooks around a restore: the one after runs whenever the one before did. */
export function hooksAround(run: Run, database: ConfiguredDatabase): {
  readonly before: () => Promise<void>;
  reported(work: () => Promise<RestoreResult>): Promise<RestoreResult>;
} {
  let began = false;
  const after = async (facts: Readonly<Record<string, string | undefined>>): Promise<void> => {
    if (!began) return;
    try {
      await runHookOf(run, "afterRestore", { database, facts });
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      const { message, hint } = error;
      run.printer.event({ type: "warning", job: "restore", code: "HOOK_FAILED", message, hint });
      run.session.exitCode = PARTLY;
    }
  };
  return {
    before: async () => {
      began = true;
      await runHookOf(run, "beforeRestore", { database, facts: {} });
    },
    async reported(work) {
      try {
        const result = await work();
        await after({ OUTCOME: "success", BACKUP: result.id ?? undefined });
        return result;
      } catch (error) {
        const code = error instanceof HoldfastError ? error.code : "INTERNAL";
        await after({ OUTCOME: "failure", ERROR: code });
        throw error;
      }
    },
  };
}

/** How it is told. */
export async function outcomeOf(run: Run, result: RestoreResult, verb: string): Promise<Outcome> {
  if (result.dryRun) {
    const text = result.preview === null
      ? `${escapeText(result.backup)} can be restored`
      : await previewText(result.preview, run.clock.zone());
    return { verb, data: result, text, note: "Nothing was changed." };
  }
  const lines = [`Restored ${escapeText(result.backup)} into ${escapeText(result.database)}`];
  if (result.requiresRestart) {
    lines.push("Programs that had the old file open must start again.");
  }
  const note = result.safetyBackup === null
    ? undefined
    : `The state before is ${result.safetyBackup.name}. Bring it back with: holdfast undo`;
  return { verb, data: result, text: lines.join("\n"), note };
}
