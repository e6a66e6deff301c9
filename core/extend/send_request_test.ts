import { equal, ok, rejects, throws } from "node:assert/strict";
import { secretUrl, sendRequest } from "./send_request.ts";
import type { TargetError } from "./target_error.ts";

const { signal } = new AbortController();

Deno.test("sendRequest tells the kind by the status, and nothing of the address but its host", async () => {
  let answer = new Response();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => answer,
  );
  const url = `http://127.0.0.1:${server.addr.port}/token-of-mine`;
  const send = (): Promise<void> =>
    sendRequest(new Request(url, { method: "POST", body: "x" }), {
      action: "Cannot call",
      signal,
      timeoutMs: 5000,
    });
  for (const status of [200, 204]) {
    answer = new Response(null, { status });
    await send();
  }
  const kinds = [[401, "denied"], [403, "denied"], [404, "invalid"], [302, "invalid"]] as const;
  const busy = [[429, "unavailable"], [500, "unavailable"], [503, "unavailable"]] as const;
  for (const [status, kind] of [...kinds, ...busy]) {
    answer = new Response("no", { status, headers: { "retry-after": "7", location: "/" } });
    await rejects(send(), (error: TargetError) => {
      equal(error.kind, kind);
      equal(error.retryAfterMs, 7000);
      ok(!Deno.inspect(error).includes("token-of-mine"));
      return true;
    });
  }
});

Deno.test("sendRequest gives up in time, and at once when it is aborted", async () => {
  const held = Promise.withResolvers<Response>();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => held.promise,
  );
  const request = (): Request => new Request(`http://127.0.0.1:${server.addr.port}/token-of-mine`);
  const options = { action: "Cannot call", signal, timeoutMs: 50 };
  await rejects(sendRequest(request(), options), { name: "TargetError", kind: "unavailable" });
  const abort = new AbortController();
  const sending = sendRequest(request(), { ...options, signal: abort.signal, timeoutMs: 60_000 });
  const reason = new Error("enough");
  abort.abort(reason);
  await rejects(sending, reason);
  held.resolve(new Response());
});

Deno.test("sendRequest tells unavailable where nobody listens, without the address", async () => {
  const request = new Request("http://127.0.0.1:1/token-of-mine");
  const sending = sendRequest(request, { action: "Cannot call", signal, timeoutMs: 5000 });
  await rejects(sending, (error: TargetError) => {
    equal(error.kind, "unavailable");
    ok(!Deno.inspect(error).includes("token-of-mine"));
    return true;
  });
});

Deno.test("secretUrl refuses what is no web address by the name of the setting", () => {
  equal(secretUrl(" https://example.org/a ", "url").href, "https://example.org/a");
  for (const wrong of [undefined, "", "example.org/token", "ftp://example.org/token", "https://"]) {
    throws(() => secretUrl(wrong, "url"), (error: TargetError) => {
      equal(error.kind, "invalid");
      ok(error.message.includes('"url"') && !Deno.inspect(error).includes("token"));
      return true;
    });
  }
});
