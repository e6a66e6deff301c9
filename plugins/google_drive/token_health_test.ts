import { deepEqual, equal, match } from "node:assert/strict";
import { tokenHealth } from "./token_health.ts";
import type { SavedTokens } from "./tokens.ts";

const granted = Temporal.Instant.from("2026-01-01T00:00:00Z");
const saved: SavedTokens = {
  clientId: "id",
  refreshToken: "refresh",
  accessToken: "access",
  expiresAt: "2026-01-01T01:00:00Z",
  grantedAt: granted.toString(),
  refreshedAt: granted.toString(),
};

/** What is found so many days after the sign-in. */
function after(days: number, tokens: SavedTokens | undefined, appInTesting = false) {
  const now = granted.add({ hours: 24 * days });
  return tokenHealth(tokens, { now, appInTesting });
}

Deno.test("tokenHealth is content with a sign-in that is used", () => {
  deepEqual(after(30, saved), []);
  deepEqual(after(400, { ...saved, refreshedAt: granted.add({ hours: 24 * 390 }).toString() }), []);
});

Deno.test("tokenHealth tells of a missing and of a dead sign-in, with the remedy", () => {
  equal(after(0, undefined)[0]?.kind, "not_connected");
  const [dead] = after(0, {
    ...saved,
    dead: { at: "2026-01-01T00:00:00.123456789Z", reason: "invalid_grant" },
  });
  equal(dead?.kind, "token_dead");
  match(dead?.message ?? "", /noticed 2026-01-01T00:00:00Z\)/);
  match(dead?.hint ?? "", /Sign in again.*Publish the app/);
});

Deno.test("tokenHealth warns before an app in testing loses its sign-in", () => {
  deepEqual(after(3, saved, true), []);
  const [warning] = after(4.5, saved, true);
  equal(warning?.kind, "token_expires");
  equal(warning?.level, "warning");
  match(warning?.message ?? "", /ends on 2026-01-08/);
  match(warning?.hint ?? "", /Publish the app/);
  equal(after(8, saved, true)[0]?.kind, "token_dead");
});

Deno.test("tokenHealth goes by the end that Google told", () => {
  const told = { ...saved, refreshExpiresAt: granted.add({ hours: 24 * 10 }).toString() };
  deepEqual(after(6, told), []);
  equal(after(7.5, told)[0]?.kind, "token_expires");
});

Deno.test("tokenHealth warns before six months without use end it", () => {
  deepEqual(after(170, saved), []);
  const [warning] = after(178, saved);
  equal(warning?.kind, "token_expires");
  match(warning?.hint ?? "", /Any use/);
});
