/**
 * An upload of 100 MB to a server of the Drive protocol against a plain streamed PUT
 * of the same to the same machine: the ratio of the medians of interleaved pairs;
 * and the peak memory of an upload of 1 GB. Exits 1 over a bar.
 * `deno run -A bench/drive_upload.ts [pairs] [large MB]`.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { type Body, fileBody, type StateStore } from "../core/extend/mod.ts";
import { driveKind } from "../plugins/google_drive/mod.ts";
import { median } from "./support/pairs.ts";
import { timed } from "./support/timed.ts";

/** At most so many times the time of a plain PUT. */
const bar = 1.3;
/** At most so many MB of memory. */
const memoryBar = 200;
const pairs = Number(Deno.args[0] ?? 15);
const largeMb = Number(Deno.args[1] ?? 1000);
const { signal } = new AbortController();

/** Writes a file of so many MB that do not compress; gives its SHA-256. */
async function makeFile(path: string, mb: number): Promise<string> {
  const block = new Uint8Array(1_000_000);
  for (let at = 0; at < block.length; at += 50_000) {
    crypto.getRandomValues(block.subarray(at, at + 50_000));
  }
  const hash = createHash("sha256");
  using file = await Deno.create(path);
  for (let at = 0; at < mb; at++) {
    new DataView(block.buffer).setUint32(0, at);
    await file.write(block);
    hash.update(block);
  }
  return hash.digest("hex");
}

/** A store that is gone with the process. */
function store(): StateStore {
  const values = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
  };
}

/** What the servers told. */
interface Servers {
  readonly drive: string;
  readonly plain: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A target that is signed in there. */
async function signIn({ drive, clientId, clientSecret }: Servers) {
  const kind = driveKind();
  const context = {
    name: "drive",
    settings: { clientId, apiBase: drive, authBase: drive, tokenBase: drive },
    secrets: {
      get: (name: string) => Promise.resolve(name === "clientSecret" ? clientSecret : undefined),
    },
    state: store(),
    signal,
  };
  await kind.connect?.(context, {
    say() {},
    ask: () => Promise.resolve(""),
    visit: async (url) => await (await fetch(url)).body?.cancel(),
  });
  return await kind.create(context);
}

/** MB of memory of this process. */
function memory(): number {
  return Math.round(Deno.memoryUsage().rss / 1e6);
}

/** The times of the two ways, in milliseconds. */
interface Times {
  readonly drive: number[];
  readonly plain: number[];
}

/** Runs the pairs. */
async function compare(servers: Servers, body: Body, sha256: string): Promise<Times> {
  const target = await signIn(servers);
  const times: Times = { drive: [], plain: [] };
  for (let pair = -1; pair < pairs; pair++) {
    const drive = await timed(() => target.put(`db-1/${pair}.db`, body, { signal, sha256 }));
    const plain = await timed(async () => {
      const answer = await fetch(servers.plain, { method: "PUT", body: body.stream() });
      if (await answer.text() !== sha256) throw new Error("the plain PUT lost something");
    });
    // The first pair warms up both.
    if (pair === -1) continue;
    times.drive.push(drive);
    times.plain.push(plain);
  }
  return times;
}

/** The peak of memory while one upload of so many MB runs. */
async function peak(servers: Servers, body: Body, sha256: string): Promise<number> {
  const target = await signIn(servers);
  let most = memory();
  const watch = setInterval(() => most = Math.max(most, memory()), 20);
  await target.put("db-1/large.db", body, { signal, sha256 });
  clearInterval(watch);
  return most;
}

const dir = await Deno.makeTempDir({ prefix: "holdfast-bench-" });
const child = new Deno.Command(Deno.execPath(), {
  args: ["run", "-q", "-A", new URL("drive_server.ts", import.meta.url).href],
  stdin: "piped",
  stdout: "piped",
}).spawn();
try {
  const lines = child.stdout.pipeThrough(new TextDecoderStream());
  const { value = "" } = await lines.getReader().read();
  const servers: Servers = JSON.parse(value);
  const small = `${dir}/small`;
  const hash = await makeFile(small, 100);
  const times = await compare(servers, await fileBody(small), hash);
  const ratio = median(times.drive) / median(times.plain);
  const large = `${dir}/large`;
  const sha256 = await makeFile(large, largeMb);
  const before = memory();
  const most = await peak(servers, await fileBody(large), sha256);
  const ok = ratio <= bar && most <= memoryBar;
  // deno-lint-ignore no-console -- a script prints its result
  console.log(JSON.stringify({
    bench: "upload of 100 MB to Drive's protocol ÷ plain streamed PUT",
    ratio: Number(ratio.toFixed(2)),
    bar,
    ok,
    driveMs: times.drive.map(Math.round),
    plainMs: times.plain.map(Math.round),
    memory: { uploadMB: largeMb, peakMB: most, beforeMB: before, barMB: memoryBar },
  }));
  if (!ok) Deno.exitCode = 1;
} finally {
  await child.stdin.close();
  await child.status;
  await Deno.remove(dir, { recursive: true });
}
