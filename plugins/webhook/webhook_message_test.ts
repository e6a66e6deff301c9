import { deepEqual, ok } from "node:assert/strict";
import type { Notification } from "../../core/extend/mod.ts";
import { webhookMessage } from "./webhook_message.ts";

const news: Notification = {
  kind: "failure",
  job: "backup",
  database: "shop.db",
  title: "Backup of <shop> failed & stopped",
  text: "The disk is full @everyone",
  at: "2026-01-03T14:30:00.000Z",
  code: "NO_SPACE",
};

Deno.test("webhookMessage gives the notification itself as JSON", () => {
  deepEqual(JSON.parse(webhookMessage(news, "json")), news);
});

Deno.test("webhookMessage gives Slack its text without markup of ours", () => {
  deepEqual(JSON.parse(webhookMessage(news, "slack")), {
    text: "*Backup of &lt;shop&gt; failed &amp; stopped*\nThe disk is full @everyone",
  });
});

Deno.test("webhookMessage gives Discord its content, short enough, calling nobody", () => {
  const message = JSON.parse(webhookMessage({ ...news, text: "😀".repeat(3000) }, "discord"));
  ok(message.content.length <= 2000 && message.content.length > 1990);
  ok(message.content.isWellFormed());
  deepEqual(message.allowed_mentions, { parse: [] });
});
