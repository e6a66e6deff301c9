/**
 * Sends what targets are missing.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import type { OpenTarget } from "../../core/targets/open_target.ts";
import { push, type PushResult } from "../../core/targets/push.ts";
import { choosePlace } from "../choose_database.ts";
import { exitCodeOf, PARTLY } from "../exit_code.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { openEnabled, openNamed } from "../targets/open_targets.ts";
import { notOpened, targetText, tellFailures } from "../targets/with_targets.ts";

/** The options of the command. */
export interface PushFlags {
  readonly to?: readonly string[] | undefined;
  readonly database?: string | undefined;
}

/** Sends the named backups, or everything that is missing. */
export async function pushVerb(
  run: Run,
  names: readonly string[],
  flags: PushFlags,
): Promise<Outcome> {
  const result = await pushCopies(run, names, flags);
  const { targets } = result;
  const bad = targets.filter(({ ok }) => !ok);
  const isFailed = bad.length > 0 && bad.length === targets.length;
  if (!isFailed) tellFailures(run, "push", targets);
  return {
    verb: "push",
    data: { ...result, ok: bad.length === 0 },
    text: targets.map(targetText).join("\n"),
    failures: isFailed ? bad.flatMap(({ error }) => error ?? []) : [],
    exitCode: bad.length === 0 ? 0 : isFailed ? exitCodeOf("TARGET_FAILED") : PARTLY,
  };
}

/** The same, without words: how it went with each target. */
export async function pushCopies(
  run: Run,
  names: readonly string[],
  flags: PushFlags,
): Promise<PushResult> {
  const place = await choosePlace(run, flags.database);
  const configured = await place.configured();
  await using closing = new AsyncDisposableStack();
  const { open, failed } = flags.to === undefined ? await openEnabled(run, configured) : {
    open: await openAll(run, flags.to, (name) => openNamed(run, configured, name)),
    failed: [],
  };
  open.forEach((target) => closing.use(target));
  if (open.length + failed.length === 0) {
    throw new HoldfastError("USAGE", "Cannot send copies: no target is configured", {
      hint: "Add one: holdfast target add. Or name a place: --to folder:/media/usb",
    });
  }
  const target = names.find((name) => Object.hasOwn(configured.settings.targets, name));
  const result = await naming(target, () =>
    push({
      database: place.database,
      directory: place.directory,
      targets: open,
      backups: names.length > 0 ? names : undefined,
      clock: run.clock,
      signal: run.signal,
      onEvent: run.printer.event,
    }));
  return { ...result, targets: [...result.targets, ...failed.map(notOpened)] };
}

/** Whoever names a target where a backup is wanted is told how it is meant. */
async function naming<T>(target: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isUnknown = error instanceof HoldfastError && error.code === "BACKUP_NOT_FOUND";
    if (!isUnknown || target === undefined) throw error;
    const hint = `"${target}" is a target: holdfast push --to ${target}`;
    throw new HoldfastError(error.code, error.message, { hint, cause: error });
  }
}

async function openAll(
  run: Run,
  names: readonly string[],
  open: (name: string) => Promise<OpenTarget>,
): Promise<OpenTarget[]> {
  const all: OpenTarget[] = [];
  for (const name of new Set(names)) {
    run.signal.throwIfAborted();
    all.push(await open(name));
  }
  return all;
}
