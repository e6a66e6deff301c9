/**
 * Sends news by mail.
 *
 * @example
 * ```ts
 * import mail from "@holdfast/holdfast/plugins/mail";
 *
 * console.log(mail.notifiers?.mail?.settings.map(({ name }) => name).join(" "));
 * ```
 *
 * @module
 */

import { definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { mailNotifier, mailSettings } from "./mail_notifier.ts";

/** The plugin: the notifier `mail`. */
const plugin: Plugin = definePlugin({
  name: "mail",
  summary: "Sends news by mail.",
  notifiers: {
    mail: {
      summary: "Sends news by mail.",
      settings: mailSettings,
      create: mailNotifier,
    },
  },
});

export default plugin;
