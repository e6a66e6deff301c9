import { deepEqual, ok, rejects } from "node:assert/strict";
import type { Notification } from "../../core/extend/mod.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import heartbeat from "./mod.ts";

const { signal } = new AbortController();
const kinds: readonly Notification["kind"][] = [
  ...(["started", "success", "failure", "recovery", "warning", "digest", "test"] as const),
];

/** The paths that are called for one notification of every kind. */
async function calledPaths(
  settings: Record<string, string>,
  more: (url: string) => object = () => ({}),
) {
  const paths: string[] = [];
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      paths.push(new URL(request.url).pathname + new URL(request.url).search);
      await request.text();
      return new Response();
    },
  );
  const base = `http://127.0.0.1:${server.addr.port}`;
  const secrets = { url: `${base}/ping/id/?rid=1`, ...more(base) };
  const notifier = await heartbeat.notifiers?.heartbeat?.create(
    pluginContext(settings, { secrets }),
  );
  ok(notifier);
  for (const kind of kinds) {
    const at = "2026-01-03T14:30:00.000Z";
    const news = { kind, job: "backup", database: "a.db", title: kind, text: "", at };
    await notifier.notify(news, { signal });
  }
  return paths;
}

Deno.test("heartbeatNotifier calls start, success and fail as Healthchecks wants them", async () => {
  deepEqual(await calledPaths({}), [
    "/ping/id/start?rid=1",
    "/ping/id/?rid=1",
    "/ping/id/fail?rid=1",
    "/ping/id/?rid=1",
    "/ping/id/log?rid=1",
    "/ping/id/log?rid=1",
    "/ping/id/log?rid=1",
  ]);
});

Deno.test("heartbeatNotifier calls only what is set where the style is plain", async () => {
  const only = await calledPaths({ style: "plain" }, (base) => ({ failUrl: `${base}/down` }));
  deepEqual(only, ["/ping/id/?rid=1", "/down", "/ping/id/?rid=1", "/ping/id/?rid=1"]);
});

Deno.test("heartbeatNotifier refuses a wrong address by the name of its setting", async () => {
  const url = "https://example.org/id";
  const wrong = [[{}, "url"], [{ url, failUrl: "nonsense" }, "failUrl"]] as const;
  for (const [secrets, name] of wrong) {
    const making = async (): Promise<unknown> =>
      await heartbeat.notifiers?.heartbeat?.create(pluginContext({}, { secrets }));
    await rejects(making(), { kind: "invalid", message: new RegExp(`"${name}"`) });
  }
});
