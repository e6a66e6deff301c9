/**
 * The sign-in that is kept: loaded, refreshed ahead of time, declared dead.
 *
 * @module
 */

import * as v from "valibot";
import type { StateStore } from "../../core/extend/plugin.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { readAnswer } from "./answer.ts";
import { connectAgain, GoogleError } from "./google_error.ts";
import { checkGrant, type Grant, type OAuthClient, requestGrant } from "./oauth.ts";

/** What is kept of a sign-in. Instants are ISO 8601, UTC. */
const savedSchema = v.object({
  clientId: v.string(),
  refreshToken: v.string(),
  accessToken: v.string(),
  /** When the access token ends. */
  expiresAt: v.string(),
  /** When the person signed in. */
  grantedAt: v.string(),
  /** When the refresh token was last used. */
  refreshedAt: v.string(),
  /** When the refresh token ends, where Google says that it does. */
  refreshExpiresAt: v.optional(v.string()),
  /** When Google first refused the refresh token, and its word for why. */
  dead: v.optional(v.object({ at: v.string(), reason: v.string() })),
});

/** What is kept of a sign-in. */
export type SavedTokens = v.InferOutput<typeof savedSchema>;

/** Where the sign-in lies in the store. */
const tokensKey = "tokens";

/** An access token is renewed this long before it ends. */
const ahead: Temporal.Duration = Temporal.Duration.from({ minutes: 5 });

/** The kept sign-in, `undefined` where there is none. */
export async function loadTokens(state: StateStore): Promise<SavedTokens | undefined> {
  return tokensFrom(await state.get(tokensKey));
}

/** What is kept, read. */
function tokensFrom(text: string | undefined): SavedTokens | undefined {
  if (text === undefined) return undefined;
  return readAnswer(savedSchema, JSON.parse(text), "read the kept sign-in");
}

/** Keeps a sign-in. */
export async function saveTokens(state: StateStore, tokens: SavedTokens): Promise<void> {
  await state.set(tokensKey, JSON.stringify(tokens));
}

/** Forgets the sign-in. */
export async function forgetTokens(state: StateStore): Promise<void> {
  await state.delete(tokensKey);
}

/** What is to be kept of a new sign-in. Throws `denied` where the grant is not enough. */
export function tokensOf(grant: Grant, clientId: string, now: Temporal.Instant): SavedTokens {
  return {
    clientId,
    refreshToken: checkGrant(grant),
    grantedAt: now.toString(),
    ...renewed(grant, now),
  };
}

/** What every grant renews. */
function renewed(grant: Grant, now: Temporal.Instant) {
  const ends = (seconds: number): string => now.add({ seconds }).toString();
  return {
    accessToken: grant.accessToken,
    expiresAt: ends(grant.expiresIn),
    refreshedAt: now.toString(),
    ...(grant.refreshExpiresIn === undefined
      ? {}
      : { refreshExpiresAt: ends(grant.refreshExpiresIn) }),
  };
}

/** The access tokens of one instance. */
export class Tokens {
  readonly #client: OAuthClient;
  readonly #state: StateStore;
  readonly #signal: AbortSignal;
  #renewing: Promise<string> | undefined;

  /** Takes the store of the instance; `signal` ends the run. */
  constructor(client: OAuthClient, state: StateStore, signal: AbortSignal) {
    this.#client = client;
    this.#state = state;
    this.#signal = signal;
  }

  /**
   * An access token that is good for some minutes more, and not the one that was
   * just refused. Throws `denied` where there is no sign-in, or it is dead.
   */
  async access(refused?: string): Promise<string> {
    const saved = await this.#saved();
    if (this.#isFresh(saved) && saved.accessToken !== refused) return saved.accessToken;
    // Whoever comes meanwhile waits for the same answer.
    this.#renewing ??= this.#renew(saved).finally(() => this.#renewing = undefined);
    return await this.#renewing;
  }

  /** Whether its access token is good for some minutes more. */
  #isFresh({ expiresAt }: SavedTokens): boolean {
    const until = Temporal.Instant.from(expiresAt).subtract(ahead);
    return Temporal.Instant.compare(this.#client.runtime.now(), until) < 0;
  }

  /** The sign-in, as long as it can be used. */
  async #saved(): Promise<SavedTokens> {
    const { name, clientId } = this.#client.settings;
    const saved = await loadTokens(this.#state);
    if (saved === undefined) throw notConnected(`"${name}" is not signed in`);
    if (saved.dead !== undefined) throw notConnected("the sign-in has ended or was revoked");
    if (saved.clientId !== clientId) throw notConnected("the client ID is another one than before");
    return saved;
  }

  /** Renews the access token; a refusal of the sign-in itself is remembered. */
  async #renew(saved: SavedTokens): Promise<string> {
    const form = { grant_type: "refresh_token", refresh_token: saved.refreshToken };
    try {
      const grant = await requestGrant(this.#client, form, this.#signal);
      const refreshToken = grant.refreshToken ?? saved.refreshToken;
      const now = this.#client.runtime.now();
      await this.#replace(saved, { ...saved, refreshToken, ...renewed(grant, now) });
      return grant.accessToken;
    } catch (error) {
      if (!(error instanceof GoogleError) || error.reason !== "invalid_grant") throw error;
      const at = this.#client.runtime.now().toString();
      await this.#replace(saved, { ...saved, dead: { at, reason: error.reason } });
      // Another process may have been first, and have got another refresh token for this one.
      const kept = await loadTokens(this.#state);
      const isRenewed = kept !== undefined && kept.dead === undefined &&
        kept.grantedAt === saved.grantedAt && kept.accessToken !== saved.accessToken;
      if (isRenewed && this.#isFresh(kept)) return kept.accessToken;
      throw error;
    }
  }

  /** Keeps what became of a sign-in, unless it was renewed, ended or made anew meanwhile. */
  async #replace(old: SavedTokens, saved: SavedTokens): Promise<void> {
    const change = (text: string | undefined): Promise<string | undefined> => {
      const isSame = tokensFrom(text)?.refreshToken === old.refreshToken;
      return Promise.resolve(isSame ? JSON.stringify(saved) : text);
    };
    if (this.#state.update !== undefined) return await this.#state.update(tokensKey, change);
    const text = await this.#state.get(tokensKey);
    const changed = await change(text);
    if (changed !== undefined && changed !== text) await this.#state.set(tokensKey, changed);
  }
}

/** The error where nobody is signed in. */
function notConnected(why: string): TargetError {
  return new TargetError("denied", `Cannot use Google Drive: ${why}`, { hint: connectAgain });
}
