/**
 * Google's reasons for a refusal, each as one of our kinds with a sentence that
 * says what to do.
 *
 * @module
 */

import { answerText } from "../../core/extend/answer_text.ts";
import { TargetError, type TargetErrorKind } from "../../core/extend/target_error.ts";

/** What a refusal means. */
interface Meaning {
  readonly kind: TargetErrorKind;
  readonly says: string;
  readonly hint?: string;
}

const enable = "https://console.cloud.google.com/apis/library/drive.googleapis.com";
const clients = "https://console.cloud.google.com/auth/clients";

/** What to do where the sign-in is no longer good. */
export const connectAgain =
  "Sign in again: run `holdfast target connect` for this target (docs/google_drive.md).";

/** A limit on the pace; waiting helps. */
const tooFast: Meaning = { kind: "unavailable", says: "Google asks to slow down" };

/** The account holds no more. */
const accountFull: Meaning = {
  kind: "full",
  says: "the storage of the Google account is full",
  hint: "Free some room (the bin counts too) or buy more: https://one.google.com/storage",
};

/** The API is off in the project of the client ID. */
const apiOff: Meaning = {
  kind: "denied",
  says: "the Google Drive API is not enabled in the project of this client ID",
  hint: `Enable it at ${enable} and try again after a few minutes.`,
};

/** The client ID or its secret is wrong or gone. */
const clientRefused: Meaning = {
  kind: "denied",
  says: "Google does not know this client ID and secret",
  hint: `Compare both with ${clients} and correct the settings. A sign-in with a code needs a ` +
    `client of the type "TVs and Limited Input devices".`,
};

/** The file is larger than the account or its domain takes. */
const tooLarge: Meaning = {
  kind: "invalid",
  says: "the file is larger than this account or its domain may store",
  hint: "Compress the copies (zstd), or ask the administrator of the domain for the limit.",
};

/** The grant does not reach this file or this action. */
const notAllowed: Meaning = {
  kind: "denied",
  says: "this sign-in may not do that",
  hint: "holdfast reaches only what it made itself, with the same client ID: " + connectAgain,
};

/**
 * By the reason in the answer.
 * Drive: https://developers.google.com/workspace/drive/api/guides/handle-errors
 * OAuth: https://developers.google.com/identity/protocols/oauth2/native-app#errors
 */
const byReason: Readonly<Record<string, Meaning>> = {
  accessNotConfigured: apiOff,
  SERVICE_DISABLED: apiOff,
  authError: {
    kind: "denied",
    says: "Google no longer accepts the sign-in",
    hint: connectAgain,
  },
  storageQuotaExceeded: accountFull,
  quotaExceeded: accountFull,
  teamDriveFileLimitExceeded: accountFull,
  activeItemCreationLimitExceeded: {
    kind: "full",
    says: "the account holds as many items as Google allows",
    hint: "Delete files that are no longer needed, also from the bin.",
  },
  numChildrenInNonRootLimitExceeded: {
    kind: "full",
    says: "the folder holds as many items as Google allows",
    hint: "Choose another folder for this target, or keep fewer copies.",
  },
  rateLimitExceeded: tooFast,
  userRateLimitExceeded: tooFast,
  sharingRateLimitExceeded: tooFast,
  rate_limit_exceeded: tooFast,
  dailyLimitExceeded: {
    kind: "unavailable",
    says: "the daily limit of the project is used up",
    hint: "It goes on tomorrow; other programs with the same client ID share the limit.",
  },
  downloadQuotaExceeded: {
    kind: "unavailable",
    says: "the file was downloaded too often for now",
    hint: "Google gives it out again within a day.",
  },
  domainPolicy: {
    kind: "denied",
    says: "the administrators of the domain do not allow Drive apps",
    hint: "Ask them to allow this client ID, or use another account.",
  },
  appNotAuthorizedToFile: notAllowed,
  insufficientFilePermissions: notAllowed,
  insufficientPermissions: notAllowed,
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: notAllowed,
  forbidden: notAllowed,
  uploadTooLarge: tooLarge,
  fileSizeLimitExceeded: tooLarge,
  cannotDownloadAbusiveFile: {
    kind: "denied",
    says: "Google holds the file for harmful and does not give it out",
    hint: "Sign in to Drive in the browser as its owner and download it there.",
  },
  invalid_grant: {
    kind: "denied",
    says: "the sign-in has ended or was revoked",
    hint: 'An app in "Testing" loses it after 7 days: publish it (docs/google_drive.md). ' +
      connectAgain,
  },
  invalid_client: clientRefused,
  unauthorized_client: clientRefused,
  deleted_client: clientRefused,
  disabled_client: clientRefused,
  redirect_uri_mismatch: {
    kind: "invalid",
    says: "this client may not sign in with a browser on this machine",
    hint: `That needs a client of the type "Desktop app": ${clients}`,
  },
  access_denied: {
    kind: "denied",
    says: "the consent was refused",
    hint: 'Connect again and allow the access. Of an app in "Testing" only its test users may.',
  },
  admin_policy_enforced: {
    kind: "denied",
    says: "the administrators of the Google account block this app",
    hint: "Ask them to allow this client ID, or use another account.",
  },
  org_internal: {
    kind: "denied",
    says: "the app is for accounts of its own organization only",
    hint: 'Set its user type to "External", or use an account of the organization.',
  },
  expired_token: {
    kind: "denied",
    says: "the code was not entered in time",
    hint: "Connect again and enter the new code.",
  },
  invalid_scope: {
    kind: "invalid",
    says: "this client may not ask for access to Drive",
    hint: 'Signing in with a code needs a client of the type "TVs and Limited Input devices".',
  },
};

/** What a reason means; whatever word the answer holds, only ours are looked up. */
function meaningOf(reason: string): Meaning | undefined {
  return Object.hasOwn(byReason, reason) ? byReason[reason] : undefined;
}

/** What a bare status means. */
function byStatus(status: number): Meaning {
  if (status === 401) return byReason["authError"] ?? notAllowed;
  if (status === 403) return notAllowed;
  if (status === 413) return tooLarge;
  if (status === 408 || status === 429) return tooFast;
  if (status >= 500) return { kind: "unavailable", says: "Google has a passing problem" };
  if (status === 404) return { kind: "invalid", says: "Google does not find it" };
  return { kind: "invalid", says: "Google refused the request" };
}

/** A refusal by Google. */
export class GoogleError extends TargetError {
  /** The HTTP status. */
  readonly status: number;
  /** Google's word for the reason, empty where it gave none. */
  readonly reason: string;

  /** Makes an error of an answer; `action` completes "Cannot …". */
  constructor(
    action: string,
    answer: { readonly status: number; readonly reason: string; readonly retryAfterMs?: number },
  ) {
    const { status, reason } = answer;
    const { kind, says, hint } = meaningOf(reason) ?? byStatus(status);
    const detail = reason === "" ? `${status}` : `${status} ${reason}`;
    super(kind, `Cannot ${action}: ${says} (${detail})`, {
      hint,
      retryAfterMs: answer.retryAfterMs,
    });
    this.status = status;
    this.reason = reason;
  }
}

/** Google's word for the reason, in the body of an answer of Drive or OAuth. */
export function reasonOf(body: unknown): string {
  const error = field(body, "error");
  if (typeof error === "string") return word(error);
  const details = field(error, "details");
  const errors = field(error, "errors");
  for (const list of [errors, details]) {
    const reason = Array.isArray(list) ? field(list[0], "reason") : undefined;
    if (typeof reason === "string") return word(reason);
  }
  return "";
}

/** One field of an unknown value. */
function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** A reason is one word; anything else could carry what must not be shown. */
function word(text: string): string {
  return /^\w{1,60}$/.test(text) ? text : "";
}

/** The error for an answer; reads its body to the end. */
export async function googleError(action: string, response: Response): Promise<GoogleError> {
  const { status } = response;
  const text = await answerText(response);
  const retryAfterMs = retryAfter(
    response.headers.get("retry-after"),
    response.headers.get("date"),
  );
  return new GoogleError(action, {
    status,
    reason: reasonOf(parsed(text)),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** JSON, or `undefined` where it is none: proxies answer in HTML. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Seconds, or a date to be seen from the server's own (RFC 9110 §10.2.3). */
function retryAfter(value: string | null, date: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(date ?? "");
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
