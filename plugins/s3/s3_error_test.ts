import { deepEqual, equal } from "node:assert/strict";
import { TargetError } from "../../core/extend/mod.ts";
import { connectionError, s3Error } from "./s3_error.ts";

/** An answer with a code in XML. */
function answer(status: number, code?: string, headers: Record<string, string> = {}): {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
} {
  const text = code === undefined ? "" : `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;
  return { status, headers: new Headers(headers), text };
}

Deno.test("s3Error tells the six kinds apart", () => {
  const cases = [
    [404, "NoSuchKey", "not_found"],
    [404, "NoSuchBucket", "invalid"],
    [403, "AccessDenied", "denied"],
    [403, "RequestTimeTooSkewed", "denied"],
    [403, "QuotaExceeded", "full"],
    [507, undefined, "full"],
    [503, "SlowDown", "unavailable"],
    [500, undefined, "unavailable"],
    [429, undefined, "unavailable"],
    [400, "BadDigest", "unavailable"],
    [400, "SomethingNew", "invalid"],
    [301, "PermanentRedirect", "invalid"],
    [501, "NotImplemented", "invalid"],
    [401, undefined, "denied"],
  ] as const;
  for (const [status, code, kind] of cases) {
    equal(s3Error("Cannot try", answer(status, code)).kind, kind, `${status} ${code}`);
  }
});

Deno.test("s3Error names the code, and what to do", () => {
  const { message, hint } = s3Error("Cannot try", answer(403, "RequestTimeTooSkewed"));
  equal(message, "Cannot try: the S3 store says RequestTimeTooSkewed");
  equal(hint, "Set the clock of this machine: it differs from the store's.");
});

Deno.test("s3Error heeds how long the store wants to be left alone", () => {
  const date = "Sun, 06 Nov 1994 08:49:37 GMT";
  const later = "Sun, 06 Nov 1994 08:50:07 GMT";
  const waits = [
    { "retry-after": "7" },
    { "retry-after": later, date },
    { "retry-after": later },
    {},
  ].map((headers) => s3Error("Cannot try", answer(503, "SlowDown", headers)).retryAfterMs);
  deepEqual(waits, [7_000, 30_000, undefined, undefined]);
});

Deno.test("connectionError passes the signal's reason and errors of a kind as they are", () => {
  const known = new TargetError("full", "Cannot try");
  const aborted = AbortSignal.abort(known);
  const open = new AbortController().signal;
  equal(connectionError("Cannot try", new TypeError("x"), aborted), known);
  equal(connectionError("Cannot try", known, open), known);
  const error = connectionError("Cannot try", new TypeError("reset"), open);
  equal(error instanceof TargetError && error.kind, "unavailable");
});
