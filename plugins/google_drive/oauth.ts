/**
 * The requests of OAuth 2.0 for installed applications (RFC 8252, PKCE: RFC 7636),
 * as Google speaks it.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/native-app
 *
 * @module
 */

import { createHash } from "node:crypto";
import * as v from "valibot";
import { TargetError } from "../../core/extend/target_error.ts";
import { readAnswer } from "./answer.ts";
import { Backoff } from "./backoff.ts";
import { connectAgain, googleError } from "./google_error.ts";
import { networkError } from "./network_error.ts";
import type { DriveRuntime } from "./runtime.ts";
import type { DriveSettings } from "./settings.ts";

/** The one scope: files that holdfast made itself, nothing else. */
export const driveScope = "https://www.googleapis.com/auth/drive.file";

/** What the token service grants. */
export interface Grant {
  readonly accessToken: string;
  /** Seconds that the access token is good for. */
  readonly expiresIn: number;
  readonly refreshToken: string | undefined;
  /** Seconds that the refresh token is good for, where it ends at all. */
  readonly refreshExpiresIn: number | undefined;
  readonly scope: string;
}

/** What a client is, for the token service. */
export interface OAuthClient {
  readonly settings: DriveSettings;
  readonly runtime: DriveRuntime;
  /** The client secret. */
  secret(): Promise<string>;
}

/** A random value of 256 bits that is safe in an address. */
export function randomToken(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}

/** The address of Google's consent page. */
export function consentAddress(
  settings: DriveSettings,
  flow: { readonly redirectUri: string; readonly state: string; readonly verifier: string },
): string {
  const query = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: flow.redirectUri,
    response_type: "code",
    scope: driveScope,
    state: flow.state,
    code_challenge: createHash("sha256").update(flow.verifier).digest("base64url"),
    code_challenge_method: "S256",
    access_type: "offline",
    // Without it Google gives a refresh token the first time only.
    prompt: "consent",
  });
  return `${settings.authBase}/o/oauth2/v2/auth?${query}`;
}

/** Asks the token service for a grant. Throws `denied` and `unavailable`. */
export async function requestGrant(
  client: OAuthClient,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Grant> {
  const body = {
    client_id: client.settings.clientId,
    client_secret: await client.secret(),
    ...form,
  };
  const answer = await postForm(
    client,
    { path: "token", action: "sign in to Google", body },
    signal,
  );
  const grant = readAnswer(grantSchema, answer, "sign in to Google");
  return {
    accessToken: grant.access_token,
    expiresIn: grant.expires_in,
    refreshToken: grant.refresh_token,
    refreshExpiresIn: grant.refresh_token_expires_in,
    scope: grant.scope ?? "",
  };
}

/** Throws `denied` where the person left out the access to Drive, or no lasting sign-in came. */
export function checkGrant({ scope, refreshToken }: Grant): string {
  if (!scope.split(" ").includes(driveScope)) {
    throw new TargetError("denied", "Cannot sign in to Google: the access to Drive was left out", {
      hint: "Connect again and tick the box for Google Drive on the consent page.",
    });
  }
  if (refreshToken !== undefined) return refreshToken;
  throw new TargetError("denied", "Cannot sign in to Google: no lasting sign-in was granted", {
    hint: `Remove the app at https://myaccount.google.com/connections. ${connectAgain}`,
  });
}

/** Takes a token back; a token that Google no longer knows is as good as taken back. */
export async function revokeToken(
  client: OAuthClient,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const request = { path: "revoke", action: "revoke the sign-in", body: { token }, gone: true };
  await postForm(client, request, signal);
}

/** One request of a form. */
interface FormRequest {
  readonly path: string;
  /** Completes "Cannot …". */
  readonly action: string;
  readonly body: Readonly<Record<string, string>>;
  /** A refusal of the token itself is fine. */
  readonly gone?: boolean;
}

/** Posts a form, again after passing failures, and reads the JSON of the answer. */
export async function postForm(
  client: Pick<OAuthClient, "settings" | "runtime">,
  { path, action, body, gone = false }: FormRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const { settings, runtime } = client;
  const backoff = new Backoff(runtime);
  for (;;) {
    try {
      const response = await reach(
        action,
        signal,
        () =>
          runtime.fetch(`${settings.tokenBase}/${path}`, {
            method: "POST",
            body: new URLSearchParams(body),
            redirect: "error",
            signal,
          }),
      );
      if (response.ok) return await reach(action, signal, () => response.json());
      if (gone && response.status === 400) return await response.body?.cancel();
      throw await reach(action, signal, () => googleError(action, response));
    } catch (error) {
      await backoff.wait(error, signal);
    }
  }
}

/** Runs a step on the network; a failure of it is `unavailable`. */
export async function reach<Result>(
  action: string,
  signal: AbortSignal,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TargetError) throw error;
    throw networkError(action, error);
  }
}

/** The answer of the token service. */
const grantSchema = v.object({
  access_token: v.string(),
  expires_in: v.number(),
  refresh_token: v.optional(v.string()),
  refresh_token_expires_in: v.optional(v.number()),
  scope: v.optional(v.string()),
  token_type: v.literal("Bearer"),
});
