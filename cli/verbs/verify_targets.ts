/**
 * Checks the copies on targets by itself, where their configuration wants it and it is due:
 * by the process that stays or by the timers of a system.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import type { TargetSettings } from "../../core/config/target_settings.ts";
import type { Place } from "../../core/directory/place.ts";
import { HoldfastError } from "../../core/errors.ts";
import { isFile } from "../../core/files/is_file.ts";
import { isQuiet } from "../../core/schedule/schedule_runs.ts";
import { isCheckOfCopiesDue, notedCheck } from "../../core/targets/checked_copies.ts";
import { tellNews } from "../news.ts";
import { scheduleOf } from "../schedule_of.ts";
import type { Run } from "../session.ts";

/** What was found, target by target. */
export interface VerifiedTargets {
  /** A line for each that is good. */
  readonly verified: readonly string[];
  readonly failed: readonly HoldfastError[];
}

/** One of them, with whose copies it holds. */
interface Checked {
  readonly database: ConfiguredDatabase;
  readonly place: Place;
  readonly name: string;
  readonly target: TargetSettings;
}

/** Checks those that are due, outside the quiet window. The notifiers hear how it went. */
export async function verifyTargets(
  run: Run,
  { database, place }: Pick<Checked, "database" | "place">,
): Promise<VerifiedTargets> {
  const { settings } = database;
  const verified: string[] = [];
  const failed: HoldfastError[] = [];
  const schedule = scheduleOf(settings, run.clock.zone());
  for (const [name, target] of Object.entries(settings.targets)) {
    const { enabled, verifyEvery: every } = target;
    if (!enabled || every === undefined) continue;
    if (schedule !== undefined && isQuiet(run.clock.now(), schedule)) break;
    const due = { target: name, every, clock: run.clock };
    if (!await isCheckOfCopiesDue(place.directory, due)) continue;
    try {
      verified.push(await told(run, { database, place, name, target }));
    } catch (error) {
      if (!(error instanceof HoldfastError) || run.signal.aborted) throw error;
      failed.push(error);
    }
  }
  return { verified, failed };
}

async function told(run: Run, checked: Checked): Promise<string> {
  const { database, place, name } = checked;
  const job = `verify ${name}`;
  try {
    const noted = { target: name, clock: run.clock };
    const summary = await notedCheck(place.directory, noted, () => check(run, checked));
    await tellNews(run, database, { kind: "done", job, summary });
    return summary;
  } catch (error) {
    if (error instanceof HoldfastError && !run.signal.aborted) {
      const { code, message, hint } = error;
      await tellNews(run, database, { kind: "failed", job, code, message, hint });
    }
    throw error;
  }
}

async function check(run: Run, { database, place, name, target }: Checked): Promise<string> {
  const [{ openNamed, surroundingsOf }, { checkCopies }] = await Promise.all([
    import("../targets/open_targets.ts"),
    import("../../core/targets/check_copies.ts"),
  ]);
  const { secrets, absolute = (path: string): string => path } = await surroundingsOf(run, name);
  const settings = ageSettings(target);
  const hasKey = settings !== undefined && (
    await secrets.get("identity") !== undefined || await secrets.get("passphrase") !== undefined ||
    typeof settings.identityFile === "string" && await isFile(absolute(settings.identityFile))
  );
  await using open = await openNamed(run, database, name);
  return await checkCopies({
    ...place,
    target: open,
    samplePercent: target.verifySample,
    hasKey,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  });
}

/** The settings of age, where new copies are encrypted with it. */
function ageSettings({ codecs }: TargetSettings): Readonly<Record<string, unknown>> | undefined {
  const age = codecs.find((codec) => (typeof codec === "string" ? codec : codec.kind) === "age");
  if (age === undefined) return undefined;
  return typeof age === "string" ? {} : age.settings ?? {};
}
