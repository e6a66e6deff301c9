import { equal, rejects } from "node:assert/strict";
import { cuttingProxy } from "./cutting_proxy.ts";

Deno.test("cuttingProxy lets bytes through until it is told to cut", async () => {
  await using server = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      onListen: () => {},
      // A cut request is what this test wants.
      onError: () => new Response(),
    },
    async (request) => new Response(String((await request.bytes()).length)),
  );
  await using proxy = cuttingProxy({ port: server.addr.port });
  const address = `http://127.0.0.1:${proxy.port}`;
  using client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  const post = async (size: number): Promise<string> => {
    const body = new Uint8Array(size);
    return await (await fetch(address, { method: "POST", body, client })).text();
  };
  equal(await post(300_000), "300000");
  proxy.cutAfter(100_000);
  await rejects(post(300_000), TypeError);
  proxy.cutAfter(undefined);
  equal(await post(300_000), "300000");
});
