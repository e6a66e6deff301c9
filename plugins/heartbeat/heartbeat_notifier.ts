/**
 * Pings a service that watches jobs, so that silence is noticed too.
 *
 * @module
 */

import {
  type Notification,
  type Notifier,
  type PluginContext,
  secretUrl,
  sendRequest,
  type Setting,
} from "../../core/extend/mod.ts";

/** The settings as data. */
export const heartbeatSettings: readonly Setting[] = [
  {
    name: "url",
    kind: "url",
    required: true,
    secret: true,
    help: "Address that is called after each success.",
  },
  {
    name: "startUrl",
    kind: "url",
    secret: true,
    help: "Address that is called when a run begins; with style healthchecks: url/start.",
  },
  {
    name: "failUrl",
    kind: "url",
    secret: true,
    help: "Address that is called when a run failed; with style healthchecks: url/fail.",
  },
  {
    name: "style",
    kind: "choice",
    choices: ["healthchecks", "plain"],
    default: "healthchecks",
    help: "healthchecks adds /start, /fail and /log to the address; plain calls only what is set.",
  },
  { name: "timeout", kind: "number", default: 15, min: 1, max: 300, help: "Seconds to wait." },
];

/** The addresses; what is absent is not called. */
interface Addresses {
  readonly success: URL;
  readonly start: URL | undefined;
  readonly fail: URL | undefined;
  readonly log: URL | undefined;
}

/**
 * A notifier for a service like Healthchecks (https://healthchecks.io/docs/http_api/).
 * Throws `invalid` for a wrong address at once, by the name of its setting.
 * Needs `--allow-net`.
 */
export async function heartbeatNotifier(context: PluginContext): Promise<Notifier> {
  const { settings } = context;
  const addresses = await readAddresses(context);
  return {
    wants: "beats",
    async notify(notification, { signal }): Promise<void> {
      signal.throwIfAborted();
      const url = addressFor(notification, addresses);
      if (url === undefined) return;
      const body = `${notification.title}\n${notification.text}`.trim();
      await sendRequest(new Request(url, { method: "POST", body }), {
        action: "Cannot send the heartbeat",
        signal,
        timeoutMs: Number(settings.timeout ?? 15) * 1000,
      });
    },
  };
}

/** Which address a notification goes to; `undefined` for what is no beat. */
function addressFor({ kind }: Notification, addresses: Addresses): URL | undefined {
  switch (kind) {
    case "started":
      return addresses.start;
    case "success":
    case "recovery":
      return addresses.success;
    case "failure":
      return addresses.fail;
    case "test":
      // Where nothing else is offered, a test is a beat: better than testing nothing.
      return addresses.log ?? addresses.success;
    case "warning":
    case "digest":
      return addresses.log;
  }
}

/** Reads the addresses from the secrets. */
async function readAddresses({ settings, secrets }: PluginContext): Promise<Addresses> {
  const success = secretUrl(await secrets.get("url"), "url");
  const isPlain = settings.style === "plain";
  const below = (name: string): URL | undefined => isPlain ? undefined : childUrl(success, name);
  const optional = async (name: string): Promise<URL | undefined> => {
    const text = await secrets.get(name);
    return text === undefined || text === "" ? undefined : secretUrl(text, name);
  };
  return {
    success,
    start: await optional("startUrl") ?? below("start"),
    fail: await optional("failUrl") ?? below("fail"),
    log: below("log"),
  };
}

/** The address one step below. */
function childUrl(url: URL, name: string): URL {
  const child = new URL(url);
  child.pathname = `${url.pathname.replace(/\/$/, "")}/${name}`;
  return child;
}
