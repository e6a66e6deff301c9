/**
 * Sends news to a webhook: plain JSON, Slack or Discord.
 *
 * @example
 * ```ts
 * import webhook from "@holdfast/holdfast/plugins/webhook";
 *
 * console.log(webhook.notifiers?.webhook?.settings.map(({ name }) => name).join(" "));
 * ```
 *
 * @module
 */

import { definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { webhookNotifier, webhookSettings } from "./webhook_notifier.ts";

/** The plugin: the notifier `webhook`. */
const plugin: Plugin = definePlugin({
  name: "webhook",
  summary: "Sends news to a webhook: plain JSON, Slack or Discord.",
  notifiers: {
    webhook: {
      summary: "Sends news to a webhook: plain JSON, Slack or Discord.",
      settings: webhookSettings,
      create: webhookNotifier,
    },
  },
});

export default plugin;
