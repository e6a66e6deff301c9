/**
 * Makes a key of age, and a page of it to print.
 *
 * @module
 */

import { resolve } from "node:path";
import { HoldfastError } from "../../core/errors.ts";
import { newAgeKey, recoverySheet, writeIdentityFile } from "../../plugins/age/mod.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

/** Writes both files with mode 0600; the secret is never printed. */
export async function keyNew(
  run: Run,
  file: string,
  flags: { readonly sheet?: string | undefined },
): Promise<Outcome> {
  const { cwd } = run.session.around;
  const [path, sheet] = [file, flags.sheet].map((each) =>
    each === undefined ? undefined : resolve(cwd, each)
  );
  const key = await newAgeKey();
  const createdAt = run.clock.now();
  await writeIdentityFile(path ?? file, key, createdAt);
  if (sheet !== undefined) {
    await writeNew(sheet, recoverySheet(key, { subject: "holdfast copies", createdAt }));
  }
  return {
    verb: "key new",
    data: { path, sheet, recipient: key.recipient },
    text: key.recipient,
    note: `The key is in ${escapeText(path ?? file)}: without it nobody opens the copies. ` +
      (sheet === undefined
        ? "Keep a copy of it elsewhere."
        : `Print ${escapeText(sheet)}, put it away, and delete it.`),
  };
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await Deno.writeTextFile(path, text, { createNew: true, mode: 0o600 });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
    throw new HoldfastError(
      "DESTINATION_EXISTS",
      `Cannot write the sheet to "${path}": it exists`,
      {
        hint: "Choose another path. The key itself was written.",
        cause,
      },
    );
  }
}
