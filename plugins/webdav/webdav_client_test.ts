import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { bytesBody, type Target, TargetError } from "../../core/extend/mod.ts";
import webdav, { type WebdavCredentials, webdavTarget } from "./mod.ts";

const { signal } = new AbortController();
const body = bytesBody(new Uint8Array(10));

/** Runs a step against a server that answers as told. */
async function withServer(
  answer: (request: Request) => Response | Promise<Response>,
  step: (target: Target) => Promise<void>,
  credentials: WebdavCredentials = {},
): Promise<void> {
  const listen = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  await using server = Deno.serve(listen, async (request) => {
    await request.bytes();
    return answer(request);
  });
  const target = webdavTarget({
    url: `http://127.0.0.1:${server.addr.port}/dav/`,
    credentials: () => Promise.resolve(credentials),
  });
  try {
    await step(target);
  } finally {
    await target.close?.();
  }
}

Deno.test("webdavTarget tells the kinds apart by status", async () => {
  const cases = [
    [403, "denied"],
    [507, "full"],
    [503, "unavailable"],
    [429, "unavailable"],
    [423, "unavailable"],
    [413, "invalid"],
    [301, "invalid"],
    [400, "invalid"],
  ] as const;
  for (const [status, kind] of cases) {
    const answer = ({ method }: Request): Response => {
      const others: Readonly<Record<string, number>> = { MKCOL: 405, DELETE: 404 };
      return new Response(null, { status: others[method] ?? status });
    };
    await withServer(answer, async (target) => {
      await rejects(target.put("a", body, { signal }), { name: "TargetError", kind });
    });
  }
});

Deno.test("webdavTarget tells how long a server wants to be left alone", async () => {
  const busy = (): Response => new Response(null, { status: 503, headers: { "retry-after": "9" } });
  await withServer(busy, async (target) => {
    await rejects(target.stat("a", { signal }), { kind: "unavailable", retryAfterMs: 9_000 });
  });
});

Deno.test("webdavTarget signs in by Basic or Bearer, and says so where neither will do", async () => {
  const seen: (string | null)[] = [];
  const digest = ({ headers }: Request): Response => {
    seen.push(headers.get("authorization"));
    return new Response(null, { status: 401, headers: { "www-authenticate": 'Digest realm="x"' } });
  };
  for (const credentials of [{ username: "ada", password: "pä:ss" }, { token: "t0ken" }, {}]) {
    await withServer(digest, async (target) => {
      const hint = /neither Basic nor Bearer/;
      await rejects(target.stat("a", { signal }), { kind: "denied", hint });
    }, credentials);
  }
  deepEqual(seen, ["Basic YWRhOnDDpDpzcw==", "Bearer t0ken", null]);
});

Deno.test("webdavTarget tells the quota, and nothing where there is no limit", async () => {
  const quota = (free: string): Response =>
    new Response(
      `<d:multistatus xmlns:d="DAV:"><d:response><d:href>/dav/</d:href><d:propstat><d:prop>` +
        `<d:quota-available-bytes>${free}</d:quota-available-bytes>` +
        `<d:quota-used-bytes>30</d:quota-used-bytes></d:prop>` +
        `<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`,
      { status: 207 },
    );
  await withServer(() => quota("70"), async (target) => {
    deepEqual(await target.quota?.({ signal }), { free: 70, used: 30, total: 100 });
  });
  await withServer(() => quota("-3"), async (target) => {
    deepEqual(await target.quota?.({ signal }), { used: 30 });
  });
});

Deno.test("webdavTarget reads on where a server ignores the range", async () => {
  const found = `<d:multistatus xmlns:d="DAV:"><d:response><d:href>/dav/a</d:href><d:propstat>` +
    `<d:prop><d:getcontentlength>6</d:getcontentlength></d:prop>` +
    `<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`;
  const answer = ({ method }: Request): Response =>
    method === "PROPFIND" ? new Response(found, { status: 207 }) : new Response("abcdef");
  await withServer(answer, async (target) => {
    const rest = await target.get("a", { signal, offset: 4 });
    equal(await new Response(rest).text(), "ef");
  });
  const short = ({ method }: Request): Response =>
    method === "PROPFIND" ? new Response(found, { status: 207 }) : new Response("abc");
  await withServer(short, async (target) => {
    const broken = new Response(await target.get("a", { signal }));
    await rejects(broken.text(), { kind: "unavailable" });
  });
});

Deno.test("webdavTarget moves nothing of which the server kept a part only", async () => {
  const part = `<d:multistatus xmlns:d="DAV:"><d:response><d:href>/dav/a</d:href><d:propstat>` +
    `<d:prop><d:getcontentlength>6</d:getcontentlength></d:prop>` +
    `<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`;
  const methods: string[] = [];
  const answer = ({ method }: Request): Response => {
    methods.push(method);
    return method === "PROPFIND"
      ? new Response(part, { status: 207 })
      : new Response(null, { status: method === "MKCOL" ? 405 : 201 });
  };
  await withServer(answer, async (target) => {
    await rejects(target.put("a", body, { signal }), { kind: "unavailable" });
  });
  equal(methods.includes("MOVE"), false);
  equal(methods.at(-1), "DELETE");
});

Deno.test("webdavTarget waits for a lock, and keeps out of the way of an upload that failed", async () => {
  const whole = `<d:multistatus xmlns:d="DAV:"><d:response><d:href>/dav/a</d:href><d:propstat>` +
    `<d:prop><d:getcontentlength>10</d:getcontentlength></d:prop>` +
    `<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`;
  const asked: string[] = [];
  // What the server answers in turn, then what it answers from there on.
  const answers: Record<string, number[]> = {
    MKCOL: [405],
    PUT: [503, 201],
    DELETE: [423, 423, 204],
    MOVE: [423, 201],
  };
  const answer = ({ method, url }: Request): Response => {
    if (method === "PROPFIND") return new Response(whole, { status: 207 });
    if (method !== "MKCOL") asked.push(`${method} ${url.slice(-2)}`);
    const [status, ...later] = answers[method] ?? [];
    if (later.length > 0) answers[method] = later;
    return new Response(null, { status: status ?? 400 });
  };
  await withServer(answer, async (target) => {
    await rejects(target.put("a", body, { signal }), { kind: "unavailable" });
    await target.put("a", body, { signal });
  });
  const first = asked[0]?.slice(-2);
  deepEqual(asked, [
    ...["PUT", "DELETE", "DELETE", "DELETE"].map((method) => `${method} ${first}`),
    ...["PUT -1", "MOVE -1", "MOVE -1"],
  ]);
});

Deno.test("webdavTarget makes a folder for others where the first one gave up", async () => {
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  let folders = 0;
  const answer = async ({ method }: Request): Promise<Response> => {
    if (method === "MKCOL" && folders++ === 0) {
      asked.resolve();
      await go.promise;
    }
    return new Response(null, { status: method === "MKCOL" ? 405 : 507 });
  };
  await withServer(answer, async (target) => {
    const abort = new AbortController();
    const first = rejects(target.put("a", body, { signal: abort.signal }), RangeError);
    await asked.promise;
    const second = rejects(target.put("a", body, { signal }), { kind: "full" });
    abort.abort(new RangeError("given up"));
    await Promise.all([first, second]);
    go.resolve();
  });
});

Deno.test("webdavTarget passes an error of the body as it is", async () => {
  const answer = ({ method }: Request): Response =>
    new Response(null, { status: method === "MKCOL" ? 405 : 404 });
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
    new ReadableStream({
      pull: (controller) => controller.error(new RangeError("the disk broke")),
    });
  await withServer(answer, async (target) => {
    await rejects(target.put("a", { ...body, stream }, { signal }), RangeError);
  });
});

Deno.test("webdavTarget tells a web page from a folder", async () => {
  await withServer(() => new Response("<p>Welcome<br>"), async (target) => {
    await rejects(Array.fromAsync(target.list("", { signal })), { kind: "invalid" });
  });
});

Deno.test("the webdav plugin refuses an address that is none", () => {
  throws(() => webdavTarget({ url: "ftp://example.org" }), TargetError);
  equal(webdav.targets?.["webdav"]?.settings.filter(({ secret }) => secret).length, 2);
});
