/**
 * The same look at every chosen database: one that cannot be looked at hides none of the others.
 *
 * @module
 */

import { HoldfastError } from "../core/errors.ts";
import { choosePlaces, type ChosenPlace } from "./choose_database.ts";
import { exitCodeOf, PARTLY } from "./exit_code.ts";
import type { Failure } from "./printer.ts";
import type { Run } from "./session.ts";

/** What was seen, and what of the outcome follows from what was not. */
export interface SeenPlaces<Seen> {
  readonly seen: readonly Seen[];
  /** For the data of the result: nothing where everything was seen. */
  readonly failed: {
    readonly failed?: readonly { readonly database: string; readonly error: Failure }[];
  };
  readonly failures: readonly Failure[];
  /** 3 where some were seen, that of the first error where none was. */
  readonly exitCode: number;
}

/**
 * Looks at every chosen place, one by one.
 *
 * @throws {HoldfastError} where only one is chosen and cannot be looked at.
 */
export async function eachPlace<Seen>(
  run: Run,
  names: readonly string[],
  look: (place: ChosenPlace) => Promise<Seen>,
): Promise<SeenPlaces<Seen>> {
  const nameOf = ({ database, directory }: ChosenPlace): string => database ?? directory ?? "";
  return await eachOf(run, await choosePlaces(run, names), { nameOf, look });
}

/** The same for whatever has the name of a database. */
export async function eachOf<Item, Seen>(
  run: Run,
  items: readonly Item[],
  { nameOf, look }: {
    readonly nameOf: (item: Item) => string;
    readonly look: (item: Item) => Promise<Seen>;
  },
): Promise<SeenPlaces<Seen>> {
  const seen: Seen[] = [];
  const failed: { readonly database: string; readonly error: HoldfastError }[] = [];
  for (const item of items) {
    try {
      seen.push(await look(item));
    } catch (error) {
      if (!(error instanceof HoldfastError) || items.length === 1) throw error;
      run.signal.throwIfAborted();
      failed.push({ database: nameOf(item), error });
    }
  }
  const [first] = failed;
  if (first === undefined) return { seen, failed: {}, failures: [], exitCode: 0 };
  const plain = failed.map(({ database, error: { code, message, hint } }) => ({
    database,
    error: { code, message, hint },
  }));
  return {
    seen,
    failed: { failed: plain },
    failures: plain.map(({ error }) => error),
    exitCode: seen.length > 0 ? PARTLY : exitCodeOf(first.error.code),
  };
}
