/**
 * Sends news by mail.
 *
 * @module
 */

import { createTransport } from "nodemailer";
import { connect, type Socket } from "node:net";
import {
  type Notification,
  type Notifier,
  type PluginContext,
  type Setting,
  TargetError,
} from "../../core/extend/mod.ts";
import { mailAddress } from "./mail_address.ts";
import { mailError } from "./mail_error.ts";

/** The settings as data. */
export const mailSettings: readonly Setting[] = [
  { name: "host", kind: "text", required: true, help: "The SMTP server." },
  {
    name: "port",
    kind: "number",
    min: 1,
    max: 65_535,
    help: "Its port; 587 by default, 465 with security tls.",
  },
  {
    name: "security",
    kind: "choice",
    choices: ["starttls", "tls", "none"],
    default: "starttls",
    help: "starttls and tls refuse a connection that is not encrypted.",
  },
  { name: "user", kind: "text", help: "Who signs in, where the server asks for it." },
  { name: "password", kind: "text", secret: true, help: "Password of the user." },
  { name: "from", kind: "text", required: true, help: "Address of the sender." },
  { name: "to", kind: "list", required: true, help: "Addresses of those who get the news." },
  { name: "ca", kind: "path", help: "File with the certificate of a private authority (PEM)." },
  { name: "timeout", kind: "number", default: 30, min: 1, max: 600, help: "Seconds to wait." },
];

/** The settings, read. */
interface MailSettings {
  readonly host: string;
  readonly port: number;
  readonly security: "starttls" | "tls" | "none";
  readonly user: string | undefined;
  readonly from: string;
  readonly to: readonly string[];
  readonly ca: string | undefined;
  readonly timeoutMs: number;
}

/**
 * A notifier that sends mail by SMTP. Throws `invalid` for an impossible address
 * or host at once, by the name of its setting. Needs `--allow-net`, and
 * `--allow-read` for the file with a certificate.
 */
export function mailNotifier({ settings, secrets }: PluginContext): Notifier {
  const read = readMailSettings(settings);
  return {
    async notify(notification, { signal }): Promise<void> {
      signal.throwIfAborted();
      const deadline = AbortSignal.timeout(read.timeoutMs);
      const password = await secrets.get("password");
      try {
        await send(read, { notification, password, signal: AbortSignal.any([signal, deadline]) });
      } catch (cause) {
        signal.throwIfAborted();
        throw mailError(read.host, deadline.aborted ? { timeoutMs: read.timeoutMs } : cause);
      }
    },
  };
}

/** Checks the settings. */
function readMailSettings(settings: PluginContext["settings"]): MailSettings {
  const text = (name: string): string | undefined => {
    const value = settings[name];
    return value === undefined || value === "" ? undefined : String(value);
  };
  const host = text("host")?.trim();
  if (host === undefined || !/^[\p{L}\p{N}.:_-]+$/u.test(host)) {
    throw new TargetError("invalid", `Cannot use the setting "host": "${host ?? ""}" is no host`, {
      hint: "Write it as mail.example.org.",
    });
  }
  const to = settings.to;
  const addresses = (Array.isArray(to) ? to : []).map((address) => mailAddress(address, "to"));
  if (addresses.length === 0) {
    throw new TargetError("invalid", 'Cannot use the setting "to": it names nobody', {
      hint: 'Set "to" to one address or more.',
    });
  }
  const security = settings.security === "tls" || settings.security === "none"
    ? settings.security
    : "starttls";
  return {
    host,
    port: Number(text("port") ?? (security === "tls" ? 465 : 587)),
    security,
    user: text("user"),
    from: mailAddress(text("from") ?? "", "from"),
    to: addresses,
    ca: text("ca"),
    timeoutMs: Number(text("timeout") ?? 30) * 1000,
  };
}

/** What {@linkcode send} is given. */
interface SendOptions {
  readonly notification: Notification;
  readonly password: string | undefined;
  readonly signal: AbortSignal;
}

/** Sends one mail over a connection of its own, which ends with the signal. */
async function send(settings: MailSettings, options: SendOptions): Promise<void> {
  const { notification, password, signal } = options;
  const { host, port, security, user, timeoutMs, ca } = settings;
  const certificate = ca === undefined ? undefined : await Deno.readTextFile(ca);
  const socket = await connected({ host, port }, signal);
  const stop = (): void => void socket.destroy();
  signal.addEventListener("abort", stop, { once: true });
  const transport = createTransport({
    host,
    port,
    // Our own socket is plain; the transport wraps it in TLS.
    getSocket: (_options, callback) => callback(null, { connection: socket }),
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: { servername: host, ...(certificate === undefined ? {} : { ca: certificate }) },
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing in a notification is a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
  });
  try {
    signal.throwIfAborted();
    const sent = await transport.sendMail({
      from: settings.from,
      to: [...settings.to],
      subject: `[holdfast] ${notification.title.replace(/\s+/g, " ")}`,
      text: mailText(notification),
      headers: { "X-Holdfast-Kind": notification.kind, "Auto-Submitted": "auto-generated" },
    });
    if (sent.rejected.length > 0) {
      throw new TargetError("invalid", refusedText(sent.rejected.length));
    }
  } finally {
    signal.removeEventListener("abort", stop);
    transport.close();
    socket.destroy();
  }
}

/** The sentence for addresses that the server refused while it took others. */
function refusedText(count: number): string {
  return `Cannot send the mail to everybody: the server refused ${count} of the addresses`;
}

/** The body of the mail. */
function mailText({ text, database, job, at, code }: Notification): string {
  const facts = [`Database: ${database}`, `Job: ${job}`, `When: ${at}`];
  if (code !== undefined) facts.push(`Code: ${code}`);
  return `${text}\n\n${facts.join("\n")}\n`;
}

/** Connects, until the signal aborts. */
function connected(
  address: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ ...address });
    const stop = (): void => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
    socket.once("error", (error) => {
      signal.removeEventListener("abort", stop);
      reject(error);
    });
    socket.once("connect", () => {
      signal.removeEventListener("abort", stop);
      resolve(socket);
    });
  });
}
