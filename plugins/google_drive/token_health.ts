/**
 * Whether the sign-in will still be good tomorrow.
 *
 * @module
 */

import type { DriveFinding } from "./finding.ts";
import { connectAgain } from "./google_error.ts";
import type { SavedTokens } from "./tokens.ts";

/** What {@linkcode tokenHealth} looks at beside the tokens. */
export interface TokenHealthOptions {
  readonly now: Temporal.Instant;
  /** The setting: the app's publishing status is "Testing". */
  readonly appInTesting: boolean;
}

/** Google ends the sign-in of an app in "Testing" after so many days. */
const testingDays = 7;
/** Google ends a sign-in that was not used for six months. */
const idleDays = 180;
/** How long before the end it is told. */
const warnDays = 3;

const publish =
  'Publish the app (Google Auth Platform, "Audience", "Publish app") and sign in again; ' +
  "see docs/google_drive.md.";

/**
 * What is wrong, or soon will be, with the kept sign-in. Pure; nothing is asked of
 * Google.
 *
 * @see https://developers.google.com/identity/protocols/oauth2#expiration
 */
export function tokenHealth(
  tokens: SavedTokens | undefined,
  { now, appInTesting }: TokenHealthOptions,
): readonly DriveFinding[] {
  if (tokens === undefined) {
    return [{
      kind: "not_connected",
      level: "problem",
      message: "Nobody is signed in to Google",
      hint: connectAgain,
    }];
  }
  if (tokens.dead !== undefined) {
    const message = `The sign-in to Google has ended (noticed ${told(tokens.dead.at)})`;
    return [{ kind: "token_dead", level: "problem", message, hint: `${connectAgain} ${publish}` }];
  }
  const end = endOf(tokens, appInTesting);
  const days = end.since(now).total("days");
  if (days > warnDays) return [];
  const idle = end.equals(idleEnd(tokens));
  const hint = idle ? "Any use of the target keeps it: run a backup." : publish;
  if (days <= 0) {
    const message = `The sign-in to Google ended on ${told(end)}`;
    return [{ kind: "token_dead", level: "problem", message, hint: `${connectAgain} ${hint}` }];
  }
  const message = `The sign-in to Google ends on ${told(end)}`;
  return [{ kind: "token_expires", level: "warning", message, hint }];
}

/** An instant for a person: nobody counts in parts of a second here. */
function told(instant: Temporal.Instant | string): string {
  return Temporal.Instant.from(instant).toString({ smallestUnit: "second" });
}

/** When the sign-in ends, by the earliest of the rules that apply. */
function endOf(tokens: SavedTokens, appInTesting: boolean): Temporal.Instant {
  const ends = [idleEnd(tokens)];
  if (tokens.refreshExpiresAt !== undefined) {
    ends.push(Temporal.Instant.from(tokens.refreshExpiresAt));
  }
  if (appInTesting) ends.push(after(tokens.grantedAt, testingDays));
  return ends.reduce((one, other) => Temporal.Instant.compare(one, other) <= 0 ? one : other);
}

/** When the sign-in ends if it is not used any more. */
function idleEnd(tokens: SavedTokens): Temporal.Instant {
  return after(tokens.refreshedAt, idleDays);
}

/** So many days later. */
function after(instant: string, days: number): Temporal.Instant {
  return Temporal.Instant.from(instant).add({ hours: 24 * days });
}
