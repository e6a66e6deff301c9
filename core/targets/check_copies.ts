/**
 * What is done by itself to know that the copies on a target are good: a sample of them
 * is verified, and the key at hand has to open the newest.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { checkKey } from "./check_key.ts";
import type { CopiesOptions } from "./copies_job.ts";
import { verifyCopies, type VerifyCopiesOptions } from "./verify_copies.ts";

/** What {@linkcode checkCopies} is given. */
export interface CheckCopiesOptions extends CopiesOptions {
  /** See {@linkcode VerifyCopiesOptions.samplePercent}. */
  readonly samplePercent: number;
  /** A key is at hand that should open the copies. */
  readonly hasKey: boolean;
}

/**
 * Verifies the sample, and the key. Without a key what is encrypted is compared as it lies
 * there.
 *
 * @throws {HoldfastError} `BACKUP_INVALID` where copies are bad or gone, `KEY_WRONG`,
 * `TARGET_FAILED`, `NO_SPACE`, `CANCELLED`.
 */
export async function checkCopies(options: CheckCopiesOptions): Promise<string> {
  const { samplePercent, hasKey, ...rest } = options;
  const key = hasKey ? await tryKey(rest) : undefined;
  const sealed = key !== true;
  const bad = new Set<string>();
  // What the key check stumbled over need not be in the sample.
  if (key === "damaged") await look({ ...rest, sealed, backups: ["latest"], download: true }, bad);
  const count = await look({ ...rest, sealed, samplePercent }, bad);
  const { name } = options.target;
  if (key instanceof HoldfastError) {
    throw new HoldfastError(
      "KEY_WRONG",
      `Target "${name}": the key at hand does not open the newest copy`,
      { hint: `Find the right one: holdfast key check ${name}`, cause: key },
    );
  }
  if (bad.size > 0) {
    throw new HoldfastError(
      "BACKUP_INVALID",
      `Target "${name}": bad or gone: ${countOf(bad.size)}, ${[...bad].slice(0, 3).join(", ")}`,
      { hint: "Send them again: holdfast push" },
    );
  }
  const opens = key === true ? ", the key opens the newest" : "";
  return `${countOf(count)} verified on ${name}${opens}`;
}

/** Adds the names of what is bad; gives how many were looked at. */
async function look(options: VerifyCopiesOptions, bad: Set<string>): Promise<number> {
  try {
    const { copies, gone } = await verifyCopies(options);
    for (const { name, ok } of copies) if (!ok) bad.add(name);
    for (const name of gone) bad.add(name);
    return copies.length;
  } catch (error) {
    // Nothing is opened without the key: it is the place that refuses.
    if (options.sealed !== true || !isCoded(error, "KEY_WRONG")) throw error;
    const { message, hint } = error;
    throw new HoldfastError("TARGET_FAILED", message, { hint, cause: error });
  }
}

/** `true` where it opens the newest copy, the error where it does not. */
async function tryKey(
  options: CopiesOptions,
): Promise<true | "damaged" | HoldfastError | undefined> {
  try {
    return (await checkKey(options)).encrypted ? true : undefined;
  } catch (error) {
    if (isCoded(error, "KEY_WRONG")) return error;
    if (isCoded(error, "BACKUP_INVALID")) return "damaged";
    if (isCoded(error, "BACKUP_NOT_FOUND")) return undefined;
    throw error;
  }
}

function isCoded(error: unknown, code: HoldfastError["code"]): error is HoldfastError {
  return error instanceof HoldfastError && error.code === code;
}

function countOf(copies: number): string {
  return copies === 1 ? "1 copy" : `${copies} copies`;
}
