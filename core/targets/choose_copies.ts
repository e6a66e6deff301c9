/**
 * From what a person says to copies on a target: the same words as for backups here.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { isGoodCopy } from "./copy_record.ts";
import type { FoundCopy } from "./read_copies.ts";

/** What a person says. */
export interface CopyChoice {
  /** An id, a file name, an unambiguous beginning of either, or `latest` (the default). */
  readonly backup?: string | undefined;
  /** The newest one that is not younger than this instant. */
  readonly at?: Temporal.Instant | undefined;
}

/**
 * Finds the copy (of copies newest first). `latest` and a point in time pass over safety
 * backups and those that are not good.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `USAGE` where a beginning fits several.
 */
export function chooseCopy(
  copies: readonly FoundCopy[],
  { backup = "latest", at }: CopyChoice,
): FoundCopy {
  if (at !== undefined || backup === "latest") return newest(copies, at);
  const named = copies.map((copy) => ({ copy, ...copy.record.backup }));
  const exact = named.find(({ id, filename }) => id === backup || filename === backup);
  if (exact !== undefined) return exact.copy;
  const fitting = backup === ""
    ? []
    : named.filter(({ id, filename }) => id.startsWith(backup) || filename.startsWith(backup));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only.copy;
  if (only === undefined) throw none(`"${backup}"`);
  const some = fitting.slice(0, 5).map(({ id, filename }) => `${id.slice(0, 8)} ${filename}`);
  throw new HoldfastError(
    "USAGE",
    `"${backup}" fits ${fitting.length} copies: ${some.join(", ")}`,
    { hint: "Type more of it." },
  );
}

function newest(copies: readonly FoundCopy[], at: Temporal.Instant | undefined): FoundCopy {
  const limit = at?.epochMilliseconds ?? Infinity;
  const found = copies.find(({ record }) =>
    record.backup.reason !== "pre-restore" && isGoodCopy(record) &&
    Temporal.Instant.from(record.backup.createdAt).epochMilliseconds <= limit
  );
  if (found !== undefined) return found;
  throw none(at === undefined ? "that is good" : "that is good and as old");
}

function none(what: string): HoldfastError {
  return new HoldfastError("BACKUP_NOT_FOUND", `Cannot find a copy ${what} on the target`, {
    hint: "`holdfast list --target` shows what is there.",
  });
}
