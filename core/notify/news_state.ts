/**
 * What a notifier was told already, as plain JSON.
 *
 * @module
 */

/** A job that fails at present. */
export interface Failing {
  /** When it first failed in this row. */
  readonly since: string;
  /** How often in a row. */
  readonly count: number;
}

/** What one notifier was told. Instants are ISO 8601 in UTC. */
export interface NewsState {
  /** Jobs that fail at present, by name. */
  readonly failing: Readonly<Record<string, Failing>>;
  /** When each failure (`backup NO_SPACE`) and each warning (`health FULL_SOON`) was last told. */
  readonly told: Readonly<Record<string, string>>;
  /** When news went out at once, over the last day. */
  readonly sent: readonly string[];
  /** News held back since, because there was too much of it. */
  readonly held: number;
  /** What the next digest counts. */
  readonly digest: {
    readonly since: string;
    readonly done: number;
    readonly failed: number;
    readonly warnings: readonly string[];
  } | undefined;
}

/** Nothing told yet. */
export const noNews: NewsState = { failing: {}, told: {}, sent: [], held: 0, digest: undefined };

/** The states of all notifiers from the text that was kept; nothing from what is no such text. */
export function readNewsStates(text: string | undefined): Record<string, NewsState> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).map(([name, state]) => [name, { ...noNews, ...Object(state) }]),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
