/**
 * News as the body of a webhook.
 *
 * @module
 */

import type { Notification } from "../../core/extend/mod.ts";

/** Whose webhook it is. */
export const webhookShapes = ["json", "slack", "discord"] as const;
/** One of them. */
export type WebhookShape = typeof webhookShapes[number];

/** Discord takes at most so many characters. */
const discordLimit = 2000;

/** The body, as JSON text. */
export function webhookMessage(notification: Notification, shape: WebhookShape): string {
  const { title, text } = notification;
  switch (shape) {
    case "json":
      return JSON.stringify(notification);
    case "slack":
      return JSON.stringify({ text: `*${slackText(title)}*\n${slackText(text)}`.trim() });
    case "discord":
      return JSON.stringify({
        content: shorten(`**${title}**\n${text}`.trim(), discordLimit),
        // A path or a name in the text never calls anybody.
        allowed_mentions: { parse: [] },
      });
  }
}

/** Text without Slack's own markup (https://docs.slack.dev/messaging/formatting-message-text). */
function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** At most so many characters. */
function shorten(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
