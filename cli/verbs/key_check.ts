/**
 * Proves that the key at hand opens the newest copy on a target.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import { checkKey } from "../../core/targets/check_key.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { type TargetFlags, withCopies } from "../targets/copies_options.ts";

/** Opens the beginning of the newest copy. @throws {HoldfastError} `KEY_WRONG`. */
export async function keyCheck(run: Run, flags: TargetFlags): Promise<Outcome> {
  const result = await withCopies(run, flags, checkKey);
  if (!result.encrypted) {
    throw new HoldfastError(
      "USAGE",
      `Cannot check a key: the copies on "${flags.target}" have none`,
      {
        hint: "Encrypt them: add age to its codecs.",
      },
    );
  }
  return {
    verb: "key check",
    data: result,
    text: `The key at hand opens ${escapeText(result.name)}`,
  };
}
