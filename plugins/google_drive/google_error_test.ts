import { equal, match, ok } from "node:assert/strict";
import type { TargetErrorKind } from "../../core/extend/target_error.ts";
import { GoogleError, googleError, reasonOf } from "./google_error.ts";

/** What a person can meet, and what it becomes. */
const met: readonly (readonly [number, string, TargetErrorKind, RegExp])[] = [
  [403, "accessNotConfigured", "denied", /Enable it at/],
  [403, "SERVICE_DISABLED", "denied", /Enable it at/],
  [400, "invalid_grant", "denied", /Sign in again/],
  [401, "authError", "denied", /Sign in again/],
  [401, "invalid_client", "denied", /correct the settings/],
  [401, "deleted_client", "denied", /TVs and Limited Input/],
  [400, "redirect_uri_mismatch", "invalid", /Desktop app/],
  [400, "invalid_scope", "invalid", /TVs and Limited Input/],
  [400, "expired_token", "denied", /new code/],
  [403, "downloadQuotaExceeded", "unavailable", /within a day/],
  [403, "insufficientFilePermissions", "denied", /same client ID/],
  [403, "access_denied", "denied", /allow the access/],
  [400, "admin_policy_enforced", "denied", /allow this client ID/],
  [403, "org_internal", "denied", /External/],
  [403, "storageQuotaExceeded", "full", /Free some room/],
  [403, "activeItemCreationLimitExceeded", "full", /Delete files/],
  [403, "numChildrenInNonRootLimitExceeded", "full", /another folder/],
  [403, "uploadTooLarge", "invalid", /Compress/],
  [413, "", "invalid", /Compress/],
  [403, "domainPolicy", "denied", /allow this client ID/],
  [403, "appNotAuthorizedToFile", "denied", /same client ID/],
  [403, "cannotDownloadAbusiveFile", "denied", /browser/],
  [403, "dailyLimitExceeded", "unavailable", /tomorrow/],
];

Deno.test("GoogleError has a kind and a next step for each reason", () => {
  for (const [status, reason, kind, hint] of met) {
    const error = new GoogleError("upload it", { status, reason });
    equal(error.kind, kind, reason);
    match(error.hint ?? "", hint, reason);
    match(error.message, /^Cannot upload it: .*[^.]$/);
  }
});

Deno.test("GoogleError of a passing failure is unavailable", () => {
  for (const reason of ["rateLimitExceeded", "userRateLimitExceeded", "rate_limit_exceeded"]) {
    equal(new GoogleError("list", { status: 403, reason }).kind, "unavailable");
  }
  for (const status of [408, 429, 500, 502, 503, 504]) {
    equal(new GoogleError("list", { status, reason: "" }).kind, "unavailable");
  }
});

Deno.test("GoogleError of an unknown refusal keeps the status", () => {
  const error = new GoogleError("list", { status: 403, reason: "somethingNew" });
  equal(error.kind, "denied");
  match(error.message, /\(403 somethingNew\)$/);
  equal(new GoogleError("list", { status: 418, reason: "" }).kind, "invalid");
  equal(new GoogleError("list", { status: 403, reason: "constructor" }).kind, "denied");
});

Deno.test("reasonOf reads every form, and nothing that is not one word", () => {
  equal(reasonOf({ error: "invalid_grant" }), "invalid_grant");
  equal(reasonOf({ error: { errors: [{ reason: "notFound" }] } }), "notFound");
  equal(reasonOf({ error: { details: [{ reason: "SERVICE_DISABLED" }] } }), "SERVICE_DISABLED");
  equal(reasonOf({ error: "ya29.token with blanks" }), "");
  for (const body of [undefined, null, 1, "text", [], {}, { error: null }]) {
    equal(reasonOf(body), "");
  }
});

Deno.test("googleError reads Retry-After as seconds and as a date", async () => {
  const date = "Sat, 03 Jan 2026 14:30:00 GMT";
  const wait = async (retryAfter: string): Promise<number | undefined> => {
    const headers = { "retry-after": retryAfter, date };
    return (await googleError("list", new Response("", { status: 503, headers }))).retryAfterMs;
  };
  equal(await wait("7"), 7000);
  equal(await wait("Sat, 03 Jan 2026 14:30:09 GMT"), 9000);
  equal(await wait("Sat, 03 Jan 2026 14:29:00 GMT"), 0);
  equal(await wait("soon"), undefined);
});

Deno.test("googleError takes a page of a proxy for what its status says", async () => {
  const error = await googleError(
    "list",
    new Response("<html>Bad gateway</html>", { status: 502 }),
  );
  equal(error.kind, "unavailable");
  ok(!error.message.includes("html"));
});
