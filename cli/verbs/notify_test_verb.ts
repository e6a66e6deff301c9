/**
 * Sends a test message by each notifier.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { sendNews } from "../../core/notify/send_news.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf, PARTLY } from "../exit_code.ts";
import { openConfigured } from "../notifiers.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

/** How it went with one notifier. */
interface Tested {
  readonly notifier: string;
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** Tests the named ones, or all. */
export async function notifyTestVerb(run: Run, names: readonly string[]): Promise<Outcome> {
  const configured = Object.keys((await run.config()).file.notifiers ?? {});
  const chosen = names.length > 0 ? names : configured;
  if (chosen.length === 0) {
    throw new HoldfastError("CONFIG_INVALID", "Cannot test notifiers: none is configured", {
      hint: "Add one: holdfast notify add desk webhook",
    });
  }
  const tested: Tested[] = [];
  for (const name of chosen) tested.push(await testOne(run, name));
  const failed = tested.filter(({ ok }) => !ok).length;
  const exitCode = failed === 0 ? 0 : failed < tested.length ? PARTLY : exitCodeOf(
    tested.some(({ error }) => error?.code === "CONFIG_INVALID")
      ? "CONFIG_INVALID"
      : "TARGET_FAILED",
  );
  return {
    verb: "notify test",
    data: { notifiers: tested },
    text: tested.map(lineOf).join("\n"),
    exitCode,
  };
}

async function testOne(run: Run, name: string): Promise<Tested> {
  try {
    const { notifier } = await openConfigured(run, name);
    await sendNews(notifier, {
      kind: "test",
      job: "notify",
      database: "test",
      title: "holdfast: a test message",
      text: `The notifier "${name}" works.`,
      at: run.clock.now().toString({ fractionalSecondDigits: 3 }),
    }, { signal: run.signal });
    return { notifier: name, ok: true };
  } catch (error) {
    const isOurs = error instanceof HoldfastError || error instanceof TargetError;
    if (!isOurs || run.signal.aborted) throw error;
    const code = error instanceof HoldfastError ? error.code : "TARGET_FAILED";
    const { message, hint } = error;
    return {
      notifier: name,
      ok: false,
      error: { code, message, ...(hint === undefined ? {} : { hint }) },
    };
  }
}

function lineOf({ notifier, error }: Tested): string {
  if (error === undefined) return `${notifier}: sent`;
  const hint = error.hint === undefined ? "" : `\n  ${escapeText(error.hint)}`;
  return `${notifier}: FAILED: ${escapeText(error.message)}${hint}`;
}
