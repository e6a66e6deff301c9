/**
 * Google's sign-in, as far as the plugin uses it: consent page, token service,
 * device codes, revocation.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { demand, Refusal } from "./refusal.ts";

const scope = "https://www.googleapis.com/auth/drive.file";

/** What the person at the consent page does. */
export type Consent = "allow" | "deny" | "leave_out_drive";

/** A code that was given out and not used yet. */
interface Code {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scope: string;
}

/** Google's sign-in. */
export class FakeOAuth {
  readonly clientId = "1234.apps.googleusercontent.com";
  readonly clientSecret = "GOCSPX-client-secret-of-the-test";
  /** What the person does. */
  consent: Consent = "allow";
  /** Seconds that refresh tokens are good for, told to the client; `undefined` for ever. */
  refreshExpiresIn: number | undefined;
  /** How often a device's code is asked for in vain before the person has entered it. */
  devicePending = 0;
  /** Seconds that a device has to wait between two questions. */
  deviceInterval = 5;
  /** Each refresh token is good for one renewal, which gives the next one. */
  rotates = false;
  /** Google leaves out the refresh token. */
  withoutRefreshToken = false;
  /** Everything that must never be seen. */
  readonly secrets = new Set<string>();
  readonly #now: () => Temporal.Instant;
  readonly #codes = new Map<string, Code>();
  readonly #devices = new Set<string>();
  readonly #refresh = new Set<string>();
  readonly #access = new Map<
    string,
    { readonly until: Temporal.Instant; readonly refresh: string }
  >();
  #count = 0;

  /** Takes the clock of the server. */
  constructor(now: () => Temporal.Instant) {
    this.#now = now;
    this.secrets.add(this.clientSecret);
  }

  /** The consent page: where it sends the browser. */
  authorize(query: URLSearchParams): string {
    const get = (name: string): string => query.get(name) ?? "";
    demand(get("client_id") === this.clientId, "another client_id");
    demand(get("response_type") === "code", "response_type is not code");
    demand(get("scope") === scope, "the scope is not drive.file alone");
    demand(get("code_challenge_method") === "S256", "no PKCE with S256");
    demand(/^[\w-]{43}$/.test(get("code_challenge")), "no code_challenge");
    demand(get("state").length >= 22, "the state is missing or too short");
    demand(get("access_type") === "offline", "access_type is not offline");
    demand(get("prompt") === "consent", "prompt is not consent");
    const redirect = new URL(get("redirect_uri"));
    demand(redirect.protocol === "http:" && redirect.hostname === "127.0.0.1", "no loopback");
    redirect.searchParams.set("state", get("state"));
    if (this.consent === "deny") {
      redirect.searchParams.set("error", "access_denied");
      return redirect.href;
    }
    const code = this.#secret("4/0code");
    this.#codes.set(code, {
      redirectUri: get("redirect_uri"),
      challenge: get("code_challenge"),
      scope: this.consent === "allow" ? scope : "openid",
    });
    redirect.searchParams.set("code", code);
    return redirect.href;
  }

  /** The token service. */
  token(form: URLSearchParams): unknown {
    if (
      form.get("client_id") !== this.clientId || form.get("client_secret") !== this.clientSecret
    ) {
      throw new Refusal(401, "invalid_client");
    }
    const type = form.get("grant_type");
    if (type === "authorization_code") return this.#byCode(form);
    if (type === "refresh_token") return this.#byRefresh(form.get("refresh_token") ?? "");
    demand(type === "urn:ietf:params:oauth:grant-type:device_code", `grant_type ${type}`);
    return this.#byDevice(form.get("device_code") ?? "");
  }

  /** Gives out a device's code. */
  deviceCode(form: URLSearchParams, base: string): unknown {
    demand(form.get("client_id") === this.clientId, "another client_id");
    if (form.get("scope") !== scope) throw new Refusal(400, "invalid_scope");
    const device = this.#secret("AH-device");
    this.#devices.add(device);
    const address = `${base}/device`;
    return {
      device_code: device,
      user_code: "GQVQ-JKEC",
      verification_url: address,
      expires_in: 1800,
      interval: this.deviceInterval,
    };
  }

  /** Takes a token back, with all that came of it. */
  revoke(token: string): void {
    if (!this.#refresh.delete(token)) throw new Refusal(400, "invalid_token");
    for (const [access, { refresh }] of this.#access) {
      if (refresh === token) this.#access.delete(access);
    }
  }

  /** Refuses a request whose access token is not good. */
  check(authorization: string | undefined): void {
    const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "";
    const until = this.#access.get(token)?.until;
    if (until === undefined || Temporal.Instant.compare(this.#now(), until) >= 0) {
      throw new Refusal(401, "authError");
    }
  }

  /** Makes every access token old, as if an hour had passed at Google only. */
  expireAccess(): void {
    this.#access.clear();
  }

  /** Ends every sign-in, as the owner does at myaccount.google.com. */
  endAll(): void {
    this.#refresh.clear();
    this.#access.clear();
  }

  /** How many sign-ins live. */
  get signIns(): number {
    return this.#refresh.size;
  }

  #byCode(form: URLSearchParams): unknown {
    const text = form.get("code") ?? "";
    const code = this.#codes.get(text);
    this.#codes.delete(text);
    const verifier = form.get("code_verifier") ?? "";
    this.secrets.add(verifier);
    demand(verifier.length >= 43 && verifier.length <= 128, "code_verifier of a wrong length");
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (code?.challenge !== challenge || code.redirectUri !== form.get("redirect_uri")) {
      throw new Refusal(400, "invalid_grant");
    }
    return this.#grant(this.#newRefresh(), code.scope, !this.withoutRefreshToken);
  }

  #byRefresh(refresh: string): unknown {
    if (!this.#refresh.has(refresh)) throw new Refusal(400, "invalid_grant");
    if (!this.rotates) return this.#grant(refresh, scope, false);
    this.#refresh.delete(refresh);
    return this.#grant(this.#newRefresh(), scope, true);
  }

  #byDevice(device: string): unknown {
    if (!this.#devices.has(device)) throw new Refusal(400, "invalid_grant");
    if (this.devicePending-- > 0) {
      // Every third time Google finds the device too eager.
      if (this.devicePending % 3 === 2) throw new Refusal(403, "slow_down");
      throw new Refusal(428, "authorization_pending");
    }
    this.#devices.delete(device);
    if (this.consent === "deny") throw new Refusal(403, "access_denied");
    return this.#grant(this.#newRefresh(), scope, true);
  }

  #newRefresh(): string {
    const refresh = this.#secret("1//refresh");
    this.#refresh.add(refresh);
    return refresh;
  }

  #grant(refresh: string, granted: string, tell: boolean): unknown {
    const access = this.#secret("ya29.access");
    this.#access.set(access, { until: this.#now().add({ seconds: 3600 }), refresh });
    return {
      access_token: access,
      expires_in: 3600,
      scope: granted,
      token_type: "Bearer",
      ...(tell ? { refresh_token: refresh } : {}),
      ...(this.refreshExpiresIn === undefined
        ? {}
        : { refresh_token_expires_in: this.refreshExpiresIn }),
    };
  }

  /** A value that must never be seen. */
  #secret(prefix: string): string {
    const value = `${prefix}-secret-${++this.#count}-${crypto.randomUUID()}`;
    this.secrets.add(value);
    return value;
  }
}
