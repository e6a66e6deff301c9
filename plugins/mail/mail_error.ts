/**
 * What an SMTP server and the way to it can do wrong, as kinds.
 *
 * @module
 */

import { TargetError, type TargetErrorKind } from "../../core/extend/mod.ts";

/** A text or number of an error, by its name. */
function fact(cause: unknown, name: string): string | number | undefined {
  if (typeof cause !== "object" || cause === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(cause, name)?.value;
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

/** The failure of a mail as an error of a kind: by nodemailer's code, then by the server's. */
export function mailError(host: string, cause: unknown): TargetError {
  if (cause instanceof TargetError) return cause;
  const action = `Cannot send the mail by "${host}"`;
  const timeoutMs = fact(cause, "timeoutMs");
  if (typeof timeoutMs === "number") {
    return new TargetError("unavailable", `${action}: no answer within ${timeoutMs / 1000} s`, {
      hint: "Check the network and that the server runs.",
    });
  }
  const kind = mailErrorKind(cause);
  const answer = fact(cause, "responseCode");
  const code = fact(cause, "code");
  const why = answer !== undefined ? `the server answered ${answer}` : `${code ?? "it failed"}`;
  return new TargetError(kind, `${action}: ${why}`, { hint: hints[kind], cause });
}

/** What to do, by kind. */
const hints: Readonly<Partial<Record<TargetErrorKind, string>>> = {
  denied: "Check the user, the password, and the certificate of the server.",
  unavailable: "Check the host, the port and the network; it is tried again later.",
  invalid: "Check the addresses: the server does not take this mail.",
};

/** Codes of Node's TLS that say that the certificate is not trusted. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/;

/** The kind of a failure. */
function mailErrorKind(cause: unknown): TargetErrorKind {
  const code = String(fact(cause, "code") ?? "");
  const answer = Number(fact(cause, "responseCode") ?? 0);
  if (code === "EAUTH" && answer < 400) return "denied";
  if (answer >= 400 && answer < 500) return "unavailable";
  if (code === "EAUTH" || code === "ETLS" || [530, 534, 535, 538].includes(answer)) return "denied";
  if (untrusted.test(code)) return "denied";
  const isTls = cause instanceof Error && /certificate/i.test(cause.message);
  if (isTls) return "denied";
  if (answer >= 500 || code === "EENVELOPE" || code === "EMESSAGE") return "invalid";
  return "unavailable";
}
