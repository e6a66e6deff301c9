/**
 * Sends news to a webhook.
 *
 * @module
 */

import { createHmac } from "node:crypto";
import {
  type Notifier,
  type PluginContext,
  secretUrl,
  sendRequest,
  type Setting,
} from "../../core/extend/mod.ts";
import { webhookMessage, webhookShapes } from "./webhook_message.ts";

/** The settings as data. */
export const webhookSettings: readonly Setting[] = [
  {
    name: "url",
    kind: "url",
    required: true,
    secret: true,
    help: "Address of the webhook; whoever knows it may post there.",
  },
  {
    name: "shape",
    kind: "choice",
    choices: webhookShapes,
    default: "json",
    help: "Whose webhook it is: json is the notification itself.",
  },
  {
    name: "signingSecret",
    kind: "text",
    secret: true,
    help: "Signs the body: X-Holdfast-Signature: sha256=<HMAC-SHA256 of the body, hex>.",
  },
  { name: "timeout", kind: "number", default: 15, min: 1, max: 300, help: "Seconds to wait." },
];

/**
 * A notifier for a webhook. Throws `invalid` for a wrong address at once, by the
 * name of its setting. Needs `--allow-net`.
 */
export async function webhookNotifier({ settings, secrets }: PluginContext): Promise<Notifier> {
  const url = secretUrl(await secrets.get("url"), "url");
  const secret = await secrets.get("signingSecret");
  const shape = webhookShapes.find((known) => known === settings.shape) ?? "json";
  return {
    async notify(notification, { signal }): Promise<void> {
      const body = webhookMessage(notification, shape);
      const headers = new Headers({ "content-type": "application/json" });
      if (secret !== undefined && secret !== "") {
        headers.set("x-holdfast-signature", `sha256=${signature(body, secret)}`);
      }
      await sendRequest(new Request(url, { method: "POST", headers, body }), {
        action: "Cannot call the webhook",
        signal,
        timeoutMs: Number(settings.timeout ?? 15) * 1000,
      });
    },
  };
}

/** The HMAC-SHA256 of the body, as hex (RFC 2104). */
function signature(body: string, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}
