/**
 * Signing in as two calls, for applications with a window of their own: the
 * address to visit, and completing with the code that came back.
 *
 * @module
 */

import { timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import type { StateStore } from "../../core/extend/plugin.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { readAnswer } from "./answer.ts";
import { consentAddress, type OAuthClient, randomToken, requestGrant } from "./oauth.ts";
import { saveTokens, tokensOf } from "./tokens.ts";

/** What came back to the redirect address. */
export interface AuthorizationAnswer {
  /** The parameter `code`. */
  readonly code: string;
  /** The parameter `state`. */
  readonly state: string;
}

/** The half of a sign-in that waits for its code. */
const pendingSchema = v.object({
  state: v.string(),
  verifier: v.string(),
  redirectUri: v.string(),
  at: v.string(),
});

/** Where it lies in the store. */
const pendingKey = "authorization";

/** A code that comes later than this belongs to nothing. */
const patience: Temporal.Duration = Temporal.Duration.from({ minutes: 30 });

/** Begins a sign-in: the address to visit. A sign-in begun before is forgotten. */
export async function beginAuthorization(
  { settings, runtime }: OAuthClient,
  state: StateStore,
  redirectUri: string,
): Promise<string> {
  const pending = {
    state: randomToken(),
    verifier: randomToken(),
    redirectUri,
    at: runtime.now().toString(),
  };
  await state.set(pendingKey, JSON.stringify(pending));
  return consentAddress(settings, pending);
}

/**
 * Completes a sign-in and keeps its tokens. Each beginning is good for one answer.
 * Throws `denied` where the answer belongs to no sign-in that was begun here.
 */
export async function finishAuthorization(
  client: OAuthClient,
  state: StateStore,
  { answer, signal }: { readonly answer: AuthorizationAnswer; readonly signal: AbortSignal },
): Promise<void> {
  const { settings, runtime } = client;
  const text = await state.get(pendingKey);
  if (text === undefined) throw foreign("none was begun");
  await state.delete(pendingKey);
  const pending = readAnswer(pendingSchema, JSON.parse(text), "complete the sign-in");
  const until = Temporal.Instant.from(pending.at).add(patience);
  if (Temporal.Instant.compare(runtime.now(), until) > 0) throw foreign("it came too late");
  if (!same(pending.state, answer.state)) throw foreign("its state is not ours");
  const grant = await requestGrant(client, {
    grant_type: "authorization_code",
    code: answer.code,
    code_verifier: pending.verifier,
    redirect_uri: pending.redirectUri,
  }, signal);
  await saveTokens(state, tokensOf(grant, settings.clientId, runtime.now()));
}

/** Whether two texts are equal, without telling by the time where they differ. */
function same(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => new TextEncoder().encode(text));
  if (first === undefined || second === undefined || first.length !== second.length) return false;
  return timingSafeEqual(first, second);
}

/** The error for an answer that belongs to no sign-in of ours. */
function foreign(why: string): TargetError {
  return new TargetError("denied", `Cannot complete the sign-in: ${why}`, {
    hint: "Begin again, and finish in the same browser window.",
  });
}
