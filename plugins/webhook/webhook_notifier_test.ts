import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Notification, TargetError } from "../../core/extend/mod.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import webhook from "./mod.ts";

const { signal } = new AbortController();
const news: Notification = {
  kind: "failure",
  job: "backup",
  database: "grün.db",
  title: "Backup failed",
  text: "The disk is full",
  at: "2026-01-03T14:30:00.000Z",
};

Deno.test("webhookNotifier posts the notification, signed", async () => {
  const calls: { readonly body: string; readonly signature: string | null }[] = [];
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      equal(request.method, "POST");
      equal(request.headers.get("content-type"), "application/json");
      const signature = request.headers.get("x-holdfast-signature");
      calls.push({ body: await request.text(), signature });
      return new Response();
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}/token-of-mine`;
  const kind = webhook.notifiers?.webhook;
  ok(kind);
  for (const secrets of [{ url }, { url, signingSecret: "open sesame" }]) {
    const notifier = await kind.create(pluginContext({}, { secrets }));
    await notifier.notify(news, { signal });
  }
  const [plain, signed] = calls;
  deepEqual(JSON.parse(plain?.body ?? ""), news);
  equal(plain?.signature, null);
  const hmac = createHmac("sha256", "open sesame").update(signed?.body ?? "").digest("hex");
  equal(signed?.signature, `sha256=${hmac}`);
});

Deno.test("webhookNotifier refuses a wrong address when it is made, without showing it", async () => {
  const kind = webhook.notifiers?.webhook;
  ok(kind);
  for (const secrets of [{}, { url: "hooks.example/token-of-mine" }]) {
    const making = async (): Promise<unknown> => await kind.create(pluginContext({}, { secrets }));
    await rejects(making(), (error: TargetError) => {
      equal(error.kind, "invalid");
      ok(error.message.includes('"url"') && !Deno.inspect(error).includes("token-of-mine"));
      return true;
    });
  }
});

Deno.test("webhookNotifier tells denied for a revoked address and gives up in time", async () => {
  const held = Promise.withResolvers<Response>();
  let answer = Promise.resolve(new Response("no", { status: 403 }));
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => answer,
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const context = pluginContext({ timeout: 1, shape: "slack" }, { secrets: { url } });
  const notifier = await webhook.notifiers?.webhook?.create(context);
  ok(notifier);
  await rejects(notifier.notify(news, { signal }), { name: "TargetError", kind: "denied" });
  answer = held.promise;
  await rejects(notifier.notify(news, { signal }), { name: "TargetError", kind: "unavailable" });
  held.resolve(new Response());
});
