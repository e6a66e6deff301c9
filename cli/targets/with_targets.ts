/**
 * A backup with the targets of its database: opened before, closed after, and what did
 * not arrive told.
 *
 * @module
 */

import type { BackupResult } from "../../core/backup.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import type { OpenTarget } from "../../core/targets/open_target.ts";
import { plainError, type PushedTarget } from "../../core/targets/push_result.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf, PARTLY } from "../exit_code.ts";

import type { Run } from "../session.ts";
import type { FailedOpen } from "./open_targets.ts";

/** What a person says about copies. */
export interface CopyFlags {
  /** Only these targets. */
  readonly to?: readonly string[] | undefined;
  /** `false` sends no copies. */
  readonly copies?: boolean | undefined;
}

/** Takes the backup; a target that cannot be opened keeps it from nothing, unless it was named. */
export async function withTargets(
  run: Run,
  { database, flags }: { readonly database: ConfiguredDatabase; readonly flags: CopyFlags },
  take: (targets: readonly OpenTarget[]) => Promise<BackupResult>,
): Promise<BackupResult> {
  const configured = Object.keys(database.settings.targets).length > 0;
  if (flags.copies === false || (flags.to === undefined && !configured)) return await take([]);
  const { openEnabled, openNamed } = await import("./open_targets.ts");
  await using closing = new AsyncDisposableStack();
  const open: OpenTarget[] = [];
  let failed: readonly FailedOpen[] = [];
  if (flags.to === undefined) {
    const opened = await openEnabled(run, database);
    opened.open.forEach((target) => open.push(closing.use(target)));
    failed = opened.failed;
  } else {
    for (const name of new Set(flags.to)) {
      open.push(closing.use(await openNamed(run, database, name)));
    }
  }
  const result = await take(open);
  const targets = [...result.targets, ...failed.map(notOpened)];
  tellFailures(run, "backup", targets);
  return { ...result, targets };
}

/** Each copy that did not arrive is a warning; a required one makes the run fail. */
export function tellFailures(
  run: Run,
  job: "backup" | "push",
  targets: readonly PushedTarget[],
): void {
  for (const { target, ok, required, error } of targets) {
    if (ok) continue;
    run.printer.event({
      type: "warning",
      job,
      code: error?.code === "CANCELLED" ? "COPY_PENDING" : "COPY_FAILED",
      message: error?.message ?? `Target "${target}" failed`,
      hint: error?.hint,
    });
    if (required) run.session.exitCode = exitCodeOf("TARGET_FAILED");
    else if (run.session.exitCode === 0) run.session.exitCode = PARTLY;
  }
}

/** How it went with a target that never opened. */
export function notOpened({ target, required, error }: FailedOpen): PushedTarget {
  return {
    target,
    required,
    ok: false,
    copies: [],
    pruned: [],
    swept: [],
    error: plainError(error),
  };
}

/** `copy on usb: app-…/2026-….db.zst, 1.2 MB`, `copy on usb: 2 copies, then TARGET_FAILED`. */
export function targetText({ target, copies, pruned, error }: PushedTarget): string {
  const sent = copies.filter(({ already }) => !already);
  const [only, ...others] = sent;
  const what = only === undefined
    ? error === undefined ? "nothing to send" : ""
    : others.length > 0
    ? `${sent.length} copies`
    : `${escapeText(only.key)}, ${formatByteSize(only.size)}`;
  const gone = pruned.length === 0 ? "" : `; ${pruned.length} removed by its policy`;
  const end = error === undefined ? "" : `${what === "" ? "" : ", then "}${error.code}`;
  return `copy on ${escapeText(target)}: ${what}${end}${gone}`;
}
