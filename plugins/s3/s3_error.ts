/**
 * What the answers of an S3 store mean, as one of the six kinds.
 *
 * @module
 */

import { TargetError, type TargetErrorKind } from "../../core/extend/mod.ts";
import { readXml, textOf } from "./s3_xml.ts";

/** A kind, and what to do now. */
type Meaning = readonly [kind: TargetErrorKind, hint?: string];

const keyHint = "Check the access key and the secret key, and what they may do with the bucket.";
const tokenHint = "Renew the session token.";
const regionHint = "Set the region and the endpoint of the bucket.";

/**
 * What the codes of S3 mean. Source:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; the codes
 * of a full store are those of Ceph and MinIO.
 */
const meanings: Readonly<Record<string, Meaning>> = {
  NoSuchKey: ["not_found"],
  AccessDenied: ["denied", keyHint],
  AllAccessDisabled: ["denied", keyHint],
  AccountProblem: ["denied", "Ask the provider of the store about the account."],
  InvalidAccessKeyId: ["denied", keyHint],
  SignatureDoesNotMatch: ["denied", keyHint],
  InvalidToken: ["denied", tokenHint],
  ExpiredToken: ["denied", tokenHint],
  TokenRefreshRequired: ["denied", tokenHint],
  RequestTimeTooSkewed: ["denied", "Set the clock of this machine: it differs from the store's."],
  RequestExpired: ["denied", "Set the clock of this machine: it differs from the store's."],
  QuotaExceeded: ["full", "Raise the quota, or delete old backups there."],
  InsufficientStorage: ["full", "Make room in the store, or delete old backups there."],
  XMinioStorageFull: ["full", "Make room in the store, or delete old backups there."],
  XMinioAdminBucketQuotaExceeded: ["full", "Raise the quota, or delete old backups there."],
  NoSuchBucket: ["invalid", "Make the bucket, or correct its name."],
  InvalidBucketName: ["invalid", "Correct the name of the bucket."],
  PermanentRedirect: ["invalid", regionHint],
  TemporaryRedirect: ["unavailable"],
  AuthorizationHeaderMalformed: ["invalid", regionHint],
  IllegalLocationConstraintException: ["invalid", regionHint],
  InvalidStorageClass: ["invalid", "Choose a storage class that the store has, or none."],
  InvalidObjectState: ["invalid", "Bring the object back from its archive class first."],
  SlowDown: ["unavailable"],
  RequestTimeout: ["unavailable"],
  OperationAborted: ["unavailable"],
  // The bytes were damaged on the way: sent again, they may arrive whole.
  BadDigest: ["unavailable"],
  XAmzContentSHA256Mismatch: ["unavailable"],
  IncompleteBody: ["unavailable"],
};

/** What a status means where there is no code, or an unknown one. */
function meaningOf(status: number): Meaning {
  if (status === 401 || status === 403) return ["denied", keyHint];
  if (status === 507) return ["full", "Make room in the store, or delete old backups there."];
  if (status === 408 || status === 409 || status === 425 || status === 429) return ["unavailable"];
  if (status === 501) return ["invalid", "This store does not know the request."];
  if (status >= 500) return ["unavailable"];
  if (status >= 300 && status < 400) return ["invalid", regionHint];
  return ["invalid"];
}

/** An answer that is a failure. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body, XML as a rule. */
  readonly text: string;
}

/** The code of a failure; empty where it has none. */
export function failureCode({ text }: Pick<FailedAnswer, "text">): string {
  if (!text.includes("<Error")) return "";
  const root = readXml(text);
  return root.name === "Error" ? textOf(root, "Code") : "";
}

/**
 * The error for a failed request.
 *
 * @param action What was done, `Cannot …`.
 */
export function s3Error(action: string, answer: FailedAnswer): TargetError {
  const code = failureCode(answer);
  const [kind, hint] = meanings[code] ?? meaningOf(answer.status);
  const what = code === "" ? `status ${answer.status}` : code;
  return new TargetError(kind, `${action}: the S3 store says ${what}`, {
    hint,
    retryAfterMs: retryAfter(answer.headers),
  });
}

/** How long the store asks to be left alone (RFC 9110 §10.2.3), by its own clock where it names a time. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return wait > 0 ? wait : undefined;
}

/** The error for a request that got no answer; the signal's reason and errors of a kind pass as they are. */
export function connectionError(action: string, cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (cause instanceof TargetError) return cause;
  if (cause instanceof Deno.errors.NotCapable) {
    return new TargetError("denied", `${action}: the network is not allowed`, {
      hint: "Run with --allow-net for the host of the store.",
      cause,
    });
  }
  return new TargetError("unavailable", `${action}: the S3 store cannot be reached`, {
    hint: "Check the network and the endpoint.",
    cause,
  });
}
