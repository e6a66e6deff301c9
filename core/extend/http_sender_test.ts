import { equal, ok, rejects } from "node:assert/strict";
import { nextTick } from "node:process";
import { becomes } from "../../tests/support/patience.ts";
import type { Body } from "./body.ts";
import { bytesBody } from "./body.ts";
import { type HttpSender, httpSender, type SendRequest } from "./http_sender.ts";

/** Everything that a request needs but its body. */
function put(body: Body, more: Partial<SendRequest> = {}): SendRequest {
  const signal = new AbortController().signal;
  return {
    method: "PUT",
    headers: new Headers(),
    size: body.size,
    body: body.stream(),
    signal,
    ...more,
  };
}

/** Runs a step against a server that answers so. */
async function withServer(
  answer: (request: Request) => Response | Promise<Response>,
  step: (url: URL, sender: HttpSender) => Promise<void>,
): Promise<void> {
  const listen = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  await using server = Deno.serve(listen, answer);
  const sender = httpSender();
  try {
    await step(new URL(`http://127.0.0.1:${server.addr.port}/x`), sender);
  } finally {
    sender.close();
  }
}

Deno.test("httpSender tells the length first and sends every byte", async () => {
  await withServer(async (request) => {
    const length = request.headers.get("content-length");
    return new Response(`${length} ${(await request.bytes()).length}`, { status: 201 });
  }, async (url, sender) => {
    for (const size of [0, 1, 3_000_000]) {
      const sent: number[] = [];
      const body = bytesBody(new Uint8Array(size));
      const onSent = (bytes: number): number => sent.push(bytes);
      const response = await sender.send(url, put(body, { onSent }));
      equal(response.status, 201);
      equal(await response.text(), `${size} ${size}`);
      equal(sent.at(-1) ?? 0, size);
    }
  });
});

Deno.test("httpSender gives an answer that comes before the body ended", async () => {
  await withServer(() => new Response("no", { status: 403 }), async (url, sender) => {
    const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    }, { highWaterMark: 0 });
    try {
      const request = put(bytesBody(new Uint8Array()), { size: 2 ** 40, body: endless });
      equal((await sender.send(url, request)).status, 403);
    } catch (error) {
      // The server may close the connection before its answer was read.
      ok(error instanceof Error);
    }
  });
});

Deno.test("httpSender throws what the body threw", async () => {
  await withServer((request) => request.bytes().then(() => new Response()), async (url, sender) => {
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      pull: (controller) => controller.error(new RangeError("the disk broke")),
    });
    const request = put(bytesBody(new Uint8Array()), { size: 100, body: broken });
    await rejects(sender.send(url, request), RangeError);
  });
});

Deno.test("httpSender leaves no kept connection behind with half a request", async () => {
  let waiting = 0;
  await withServer(async (request) => {
    waiting++;
    try {
      await request.bytes();
    } catch (cause) {
      // The connection was closed before the whole body came.
      if (!(cause instanceof Error)) throw cause;
    } finally {
      waiting--;
    }
    return new Response();
  }, async (url, sender) => {
    const broken = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
      new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array(1000)),
        async pull(controller): Promise<void> {
          // When the connection is just being handed to the request.
          await new Promise<void>((resolve) => nextTick(resolve));
          controller.error(new RangeError("the disk broke"));
        },
      });
    const whole = bytesBody(new Uint8Array(10));
    for (let round = 0; round < 20; round++) {
      await sender.send(url, put(whole));
      await rejects(sender.send(url, put({ ...whole, size: 100_000, stream: broken })), RangeError);
    }
    await sender.send(url, put(whole));
    await becomes("the server waits for the rest", () => waiting === 0);
  });
});

Deno.test("httpSender throws the signal's reason and closes the connection", async () => {
  const arrived = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  await withServer(async (request) => {
    arrived.resolve();
    await request.bytes().catch(() => gone.resolve());
    return new Response();
  }, async (url, sender) => {
    const abort = new AbortController();
    const stuck = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
    });
    const request = put(bytesBody(new Uint8Array()), {
      size: 100,
      body: stuck,
      signal: abort.signal,
    });
    const outcome = rejects(sender.send(url, request), RangeError);
    await arrived.promise;
    abort.abort(new RangeError("given up"));
    await outcome;
    await gone.promise;
  });
});

Deno.test("httpSender throws where nobody listens", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr;
  listener.close();
  const sender = httpSender();
  const body = bytesBody(new Uint8Array(10));
  await rejects(sender.send(new URL(`http://127.0.0.1:${port}/`), put(body)), {
    name: "TargetError",
    kind: "unavailable",
  });
  sender.close();
});

Deno.test("httpSender holds no bytes that were sent", async () => {
  const pieces = 400;
  await withServer(async (request) => {
    for await (const _ of request.body ?? []) continue;
    return new Response();
  }, async (url, sender) => {
    const piece = 1024 * 1024;
    const before = Deno.memoryUsage().rss;
    let [left, peak] = [pieces, 0];
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller): void {
        controller.enqueue(new Uint8Array(piece).fill(left));
        if (--left === 0) controller.close();
        peak = Math.max(peak, Deno.memoryUsage().rss);
      },
    }, { highWaterMark: 0 });
    const request = put(bytesBody(new Uint8Array()), { size: pieces * piece, body });
    equal((await sender.send(url, request)).status, 200);
    ok(peak - before < 200 * piece, `grew by ${Math.round((peak - before) / piece)} MiB`);
  });
});
