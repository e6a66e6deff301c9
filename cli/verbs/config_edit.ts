/**
 * Opens the file in the person's editor.
 *
 * @module
 */

import { findConfig } from "../../core/config/find_config.ts";
import { readConfigFile } from "../../core/config/load_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

/** Waits for the editor, then checks what it left. */
export async function configEdit(run: Run): Promise<Outcome> {
  const { around } = run.session;
  const found = await findConfig(around, run.globals.config);
  if (found === undefined) {
    throw new HoldfastError("CONFIG_INVALID", "Cannot edit the configuration: there is no file", {
      hint: "Write one first: holdfast init",
    });
  }
  const [program = "", ...args] = editorIn(around.env);
  const status = await runEditor(program, [...args, found.path]);
  if (!status.success) {
    throw new HoldfastError("USAGE", `Cannot edit: "${program}" ended with ${status.code}`, {
      hint: "Set EDITOR to a program that takes a path.",
    });
  }
  await readConfigFile(found.path);
  return {
    verb: "config edit",
    data: { path: found.path },
    text: `${escapeText(found.path)} is good`,
  };
}

/** The editor with its arguments, by the custom of VISUAL before EDITOR. */
function editorIn(env: Readonly<Record<string, string | undefined>>): string[] {
  const usual = Deno.build.os === "windows" ? "notepad" : "vi";
  return (env.VISUAL || env.EDITOR || usual).trim().split(/\s+/);
}

async function runEditor(program: string, args: readonly string[]): Promise<Deno.CommandStatus> {
  try {
    return await new Deno.Command(program, { args: [...args] }).spawn().status;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new HoldfastError("USAGE", `Cannot start the editor "${program}": there is none`, {
      hint: "Set EDITOR, or open the file yourself: holdfast config path",
      cause,
    });
  }
}
