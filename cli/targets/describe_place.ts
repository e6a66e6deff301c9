/**
 * What the place of a target tells of itself: account, folder, room.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import type { TargetDescription } from "../../core/extend/target_report.ts";
import { withinTime } from "../../core/extend/within_time.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import { escapeText } from "../escape.ts";
import type { Run } from "../session.ts";
import { kindOfTarget, placeFailure } from "./kind_of_target.ts";
import { openNamed } from "./open_targets.ts";

/** A person waits for it. */
const LIMIT_MS = 20_000;

/**
 * Asks the place; `null` for a kind that has nothing to tell. A place that cannot be asked is
 * no error: its settings are shown all the same, with what is wrong.
 */
export async function describePlace(
  run: Run,
  name: string,
  configured: ConfiguredDatabase,
): Promise<TargetDescription | null> {
  const target = configured.settings.targets[name];
  if (target === undefined) return null;
  try {
    return await withinTime({ ms: LIMIT_MS, signal: run.signal }, async (signal) => {
      const { kind, context } = await kindOfTarget(run, name, target);
      if (kind.describe !== undefined) {
        return plain(await kind.describe({ ...context, signal }));
      }
      await using place = await openNamed(run, configured, name);
      const quota = await place.target.quota?.({ signal });
      return quota === undefined ? null : { connected: true, quota };
    });
  } catch (error) {
    run.signal.throwIfAborted();
    const { message, hint } = placeFailure(error, name);
    return { connected: false, problem: { message, hint } };
  }
}

/** What it tells, as lines. */
export function placeLines(told: TargetDescription | null): readonly string[] {
  if (told === null) return [];
  const { connected, account, folder, quota = {}, forecast, problem } = told;
  const room = Object.entries(quota).filter(([, bytes]) => bytes !== undefined)
    .map(([word, bytes]) => `${formatByteSize(Number(bytes))} ${word}`);
  return [
    `connected  ${connected ? "yes" : "no"}`,
    ...account === undefined
      ? []
      : [`account  ${escapeText([account.name, `<${account.email}>`].filter(Boolean).join(" "))}`],
    ...folder === undefined
      ? []
      : [`folder  ${escapeText(folder.name)}${folder.id === undefined ? "" : ` (${folder.id})`}`],
    ...room.length === 0 ? [] : [`room  ${room.join(", ")}`],
    ...forecast?.fullAt === undefined
      ? []
      : [`full  about ${forecast.fullAt.toString().slice(0, 10)}, as it grows now`],
    ...problem === undefined ? [] : [`problem  ${escapeText(problem.message)}`],
    ...problem?.hint === undefined ? [] : [`    ${escapeText(problem.hint)}`],
  ];
}

/** An error is no plain data. */
function plain({ problem, ...told }: TargetDescription): TargetDescription {
  if (problem === undefined) return told;
  return { ...told, problem: { message: problem.message, hint: problem.hint } };
}
