/**
 * Where the file is, and what is wrong in it.
 *
 * @module
 */

import { nearestWord } from "../../core/extend/nearest_word.ts";
import type { ConfigIssue } from "../../core/config/config_issue.ts";
import { findConfig, userConfigPath } from "../../core/config/find_config.ts";
import { readConfigText } from "../../core/config/load_config.ts";
import { checkConfig } from "../../core/config/parse_config.ts";
import { listSettings } from "../../core/config/setting_list.ts";
import { HoldfastError } from "../../core/errors.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf } from "../exit_code.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

/** Prints the path of the file that is used. */
export async function configPath(run: Run): Promise<Outcome> {
  const found = await existing(run);
  const data = { path: found.path, by: found.by };
  return { verb: "config path", data, text: escapeText(found.path) };
}

/** Shows every issue, and variables that no setting has. */
export async function configCheck(run: Run): Promise<Outcome> {
  const { path } = await existing(run);
  const issues = [...await checkConfig(await readConfigText(path), path)];
  const strange = strangeVariables(run);
  for (const { message, hint } of strange) {
    run.printer.event({ type: "warning", job: "catalog", code: "UNKNOWN_VARIABLE", message, hint });
  }
  if (issues.length === 0) issues.push(...await notifierIssues(run));
  const lines = issues.map(({ message, hint }) =>
    hint === undefined ? escapeText(message) : `${escapeText(message)}\n  ${escapeText(hint)}`
  );
  return {
    verb: "config check",
    data: { path, ok: issues.length === 0, issues },
    text: issues.length === 0 ? `${escapeText(path)} is good` : lines.join("\n"),
    exitCode: issues.length === 0 ? 0 : exitCodeOf("CONFIG_INVALID"),
  };
}

/** Notifiers that can never work; a secret that is nowhere is a warning: it may come later. */
async function notifierIssues(run: Run): Promise<readonly ConfigIssue[]> {
  const issues: ConfigIssue[] = [];
  const { notifiers = {} } = (await run.config()).file;
  for (const [name, given] of Object.entries(notifiers)) {
    try {
      const { checkNotifier } = await import("../notifier_check.ts");
      const missing = await checkNotifier(run, name, { given });
      if (missing.length === 0) continue;
      run.printer.event({
        type: "warning",
        job: "notify",
        code: "SECRET_MISSING",
        message: `The notifier "${name}" has no secret ${missing.join(", ")}`,
        hint: `Give it: holdfast notify secret ${name}`,
      });
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      issues.push({ key: `notifiers.${name}`, message: error.message, hint: error.hint });
    }
  }
  return issues;
}

async function existing(run: Run): Promise<{ readonly path: string; readonly by: string }> {
  const { around } = run.session;
  const found = await findConfig(around, run.globals.config);
  if (found !== undefined) return found;
  throw new HoldfastError("CONFIG_INVALID", "Cannot find a configuration file", {
    hint: `Looked for holdfast.json from "${around.cwd}" upward and at "${
      userConfigPath(around) ?? "(no home folder)"
    }". Write one: holdfast init`,
  });
}

/** Variables of other parts of holdfast. */
const others = /^HOLDFAST_(?:CONFIG|TEST_|HOOK$|HOOK_|SECRET_)/;

function strangeVariables(run: Run): readonly ConfigIssue[] {
  const known = listSettings().flatMap(({ variable }) => variable ?? []);
  return Object.keys(run.session.around.env)
    .filter((name) => name.startsWith("HOLDFAST_") && !known.includes(name) && !others.test(name))
    .map((name) => {
      const near = nearestWord(name, known);
      return {
        key: name,
        message: `No setting has the variable ${name}: it is ignored`,
        hint: near === undefined ? undefined : `Did you mean ${near}?`,
      };
    });
}
