import { equal, ok, rejects } from "node:assert/strict";
import { bytesBody, type Target } from "../../core/extend/mod.ts";
import { s3Target } from "./mod.ts";
import { partSizeFor } from "./open_upload.ts";

const { signal } = new AbortController();
const body = bytesBody(new Uint8Array(11 * 1024 * 1024));

/** Runs a step against a store that answers as told; gives the requests it got. */
async function withStore(
  answer: (method: string, query: URLSearchParams) => Response,
  step: (target: Target) => Promise<void>,
): Promise<readonly string[]> {
  const requests: string[] = [];
  const listen = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  await using server = Deno.serve(listen, async (request) => {
    await request.bytes();
    const { searchParams } = new URL(request.url);
    requests.push(`${request.method} ${[...searchParams.keys()].join(" ")}`.trim());
    return answer(request.method, searchParams);
  });
  const values = new Map<string, string>();
  const target = s3Target({
    bucket: "copies",
    endpoint: `http://127.0.0.1:${server.addr.port}`,
    partSize: 5 * 1024 * 1024,
    parallel: 1,
    credentials: () => Promise.resolve({ accessKeyId: "a", secretAccessKey: "b" }),
    state: {
      get: (key) => Promise.resolve(values.get(key)),
      set: (key, value) => Promise.resolve(void values.set(key, value)),
      delete: (key) => Promise.resolve(void values.delete(key)),
    },
  });
  try {
    await step(target);
  } finally {
    await target.close?.();
  }
  return requests;
}

/** A store that takes everything but what is answered otherwise. */
function store(
  other: (method: string, query: URLSearchParams) => Response | undefined,
): (method: string, query: URLSearchParams) => Response {
  return (method, query) => {
    const answer = other(method, query);
    if (answer !== undefined) return answer;
    if (method === "POST" && query.has("uploads")) {
      return new Response("<R><UploadId>1</UploadId></R>");
    }
    if (method === "GET") return new Response("<ListMultipartUploadsResult/>");
    if (method === "POST") return new Response("<R><ETag>x</ETag></R>");
    return new Response(null, { headers: { etag: '"x"' } });
  };
}

/** A failure as S3 tells it. */
function failure(status: number, code: string, headers: Record<string, string> = {}): Response {
  return new Response(`<Error><Code>${code}</Code></Error>`, { status, headers });
}

Deno.test("partSizeFor keeps within 10,000 parts", () => {
  const mebibyte = 1024 * 1024;
  equal(partSizeFor(100 * mebibyte, 8 * mebibyte), 8 * mebibyte);
  const size = 2 * 1024 ** 4;
  ok(Math.ceil(size / partSizeFor(size, 8 * mebibyte)) <= 10_000);
});

Deno.test("putParts takes as few requests as there can be", async () => {
  const requests = await withStore(store(() => undefined), async (target) => {
    await target.put("a", body, { signal });
    await target.put("b", body, { signal });
  });
  const upload = ["PUT partNumber uploadId", "PUT partNumber uploadId", "PUT partNumber uploadId"];
  const whole = ["POST uploads", ...upload, "POST uploadId"];
  const sweep: readonly string[] = requests.filter((request) => request === "GET uploads prefix");
  equal(sweep.length, 1, "leftovers are looked for once a week");
  equal(requests.filter((request) => !sweep.includes(request)).join(), [...whole, ...whole].join());
});

Deno.test("putParts tries a throttled part again and then tells how long to wait", async () => {
  let throttled = 0;
  const once = store((method) =>
    method === "PUT" && throttled++ === 0 ? failure(503, "SlowDown") : undefined
  );
  await withStore(once, (target) => target.put("a", body, { signal }));
  const always = store((method) =>
    method === "PUT" ? failure(503, "SlowDown", { "retry-after": "1" }) : undefined
  );
  const requests = await withStore(always, async (target) => {
    const small = bytesBody(new Uint8Array(10));
    const put = target.put("a", small, { signal });
    await rejects(put, { kind: "unavailable", retryAfterMs: 1_000 });
  });
  equal(requests.length, 1, "one request alone is left to the caller");
});

Deno.test("putParts hears a failure in an answer that began well", async () => {
  const late = store((method, query) =>
    method === "POST" && query.has("uploadId")
      ? new Response("\n\n<Error><Code>InternalError</Code></Error>")
      : undefined
  );
  const requests = await withStore(late, async (target) => {
    await rejects(target.put("a", body, { signal }), { kind: "unavailable" });
  });
  ok(!requests.includes("DELETE uploadId"), "the upload stays for the next try");
});

Deno.test("putParts takes the upload back where it cannot ever end", async () => {
  const denied = store((_, query) =>
    query.get("partNumber") === "2" ? failure(403, "AccessDenied") : undefined
  );
  const requests = await withStore(denied, async (target) => {
    await rejects(target.put("a", body, { signal }), { kind: "denied" });
  });
  equal(requests.at(-1), "DELETE uploadId");
});

Deno.test("putParts refuses an object of which the store tells another hash", async () => {
  const other = store((method, query) =>
    method === "POST" && query.has("uploadId")
      ? new Response(`<R><ETag>"${"0".repeat(32)}-3"</ETag></R>`)
      : undefined
  );
  const requests = await withStore(other, async (target) => {
    await rejects(target.put("a", body, { signal }), { kind: "corrupt" });
  });
  ok(requests.includes("DELETE"), "the object is taken back");
});

Deno.test("s3Target tells a web page from a store", async () => {
  const page = (): Response => new Response("<!doctype html><p>Welcome<br>", { status: 200 });
  await withStore(page, async (target) => {
    await rejects(Array.fromAsync(target.list("", { signal })), { kind: "unavailable" });
  });
});
