/**
 * Tries a target for real: its promises, its room, and what is found there.
 *
 * @module
 */

import { formatByteSize } from "../../core/words/byte_size.ts";
import type { CheckResult } from "../../core/extend/checks/check.ts";
import { bytesBody } from "../../core/extend/body.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import type { TargetFinding } from "../../core/extend/target_report.ts";
import type { OpenTarget } from "../../core/targets/open_target.ts";
import { targetFailure } from "../../core/targets/target_failure.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf } from "../exit_code.ts";
import { paint } from "../paint.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { databaseOfTarget } from "../targets/database_of_target.ts";
import { findAtPlace } from "../targets/find_at_place.ts";
import { tryCodecs } from "../targets/try_codecs.ts";
import { openNamed } from "../targets/open_targets.ts";

/** Which database's. */
export interface TargetTryFlags {
  readonly database?: string | undefined;
}

/** Runs every check of the contract against the place, with objects of its own. */
export async function targetCheck(run: Run, name: string, flags: TargetTryFlags): Promise<Outcome> {
  const configured = await databaseOfTarget(run, name, flags.database);
  // One that cannot even be reached fails once, not once a check.
  {
    await using place = await openNamed(run, configured, name);
    await tryCodecs(place, run.signal);
    await reach(place, run);
  }
  const { runChecks } = await import("../../core/extend/checks/check.ts");
  const { targetChecks } = await import("../../core/extend/target_checks.ts");
  const { color } = run.session.screen;
  const make = async (): Promise<OpenTarget["target"]> =>
    (await openNamed(run, configured, name)).target;
  const results = await runChecks(targetChecks, { make, signal: run.signal }, {
    onResult: (result) => run.printer.note(`  ${lineOf(result, color)}`),
  });
  run.signal.throwIfAborted();
  const failed = results.filter(({ outcome }) => outcome === "failed");
  const findings = await findAtPlace(run, name, configured);
  return {
    verb: "target check",
    data: {
      name,
      ok: failed.length === 0,
      checks: results.map(({ name, outcome, error }) => ({ name, outcome, error: wordsOf(error) })),
      findings,
    },
    text: [
      failed.length === 0
        ? `${escapeText(name)} keeps all ${results.length} promises`
        : `${escapeText(name)} breaks ${failed.length} of ${results.length} promises`,
      ...findings.map((finding) => findingText(finding, color)),
    ].join("\n"),
    exitCode: failed.length === 0 ? 0 : exitCodeOf("TARGET_FAILED"),
  };
}

/** How much room there is. */
export async function targetQuota(run: Run, name: string, flags: TargetTryFlags): Promise<Outcome> {
  const configured = await databaseOfTarget(run, name, flags.database);
  await using place = await openNamed(run, configured, name);
  const { target } = place;
  if (target.quota === undefined) {
    return { verb: "target quota", data: { name, quota: null }, text: "The place does not tell." };
  }
  try {
    const quota = await target.quota({ signal: run.signal });
    const lines = Object.entries(quota).filter(([, bytes]) => bytes !== undefined)
      .map(([word, bytes]) => `${word.padEnd(6)} ${formatByteSize(Number(bytes))}`);
    return {
      verb: "target quota",
      data: { name, quota },
      text: lines.length === 0 ? "The place does not tell." : lines.join("\n"),
    };
  } catch (error) {
    throw targetFailure(error, { name, doing: "list" });
  }
}

/** Whether the place can be asked and written to. What a plugin breaks itself, its checks tell. */
async function reach({ name, target }: OpenTarget, { signal }: Run): Promise<void> {
  const key = `holdfast-check/${crypto.randomUUID()}`;
  const body = bytesBody(new TextEncoder().encode("holdfast was here\n"));
  try {
    if (await target.stat(key, { signal }) !== undefined) return;
    await target.put(key, body, { signal });
    await target.remove(key, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TargetError) throw targetFailure(error, { name, doing: "list" });
  }
}

function lineOf({ name, outcome, error }: CheckResult, color: boolean): string {
  if (outcome !== "failed") return `${paint("kept", "green", color)}    ${name}`;
  return `${paint("BROKEN", "red", color)}  ${name}\n          ${escapeText(wordsOf(error) ?? "")}`;
}

function findingText({ level, message, hint }: TargetFinding, color: boolean): string {
  const sign = paint(level, level === "problem" ? "red" : "yellow", color);
  return [
    `  ${sign}: ${escapeText(message)}`,
    ...hint === undefined ? [] : [`    ${escapeText(hint)}`],
  ]
    .join("\n");
}

function wordsOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0];
}
