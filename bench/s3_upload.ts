/**
 * Uploading 100 MB to Ceph's object gateway against rclone: the ratio of the medians
 * of interleaved pairs, and the peak memory of 100 MB and of 1 GB.
 * `deno run -A bench/s3_upload.ts [pairs]`.
 *
 * @module
 */

import { type Body, bytesBody, fileBody } from "../core/extend/mod.ts";
import { s3Target } from "../plugins/s3/mod.ts";
import { type RgwServer, rgwServer } from "../tests/support/rgw_server.ts";
import { median } from "./support/pairs.ts";
import { timed } from "./support/timed.ts";
import { writeRandom } from "./support/write_random.ts";

/** Bytes of the file that is uploaded. */
const size = 100_000_000;

/** A body that repeats another. */
function repeated(body: Body, times: number): Body {
  const stream = (start: number, end: number): ReadableStream<Uint8Array<ArrayBuffer>> =>
    ReadableStream.from((async function* () {
      for (let at = start; at < end;) {
        const from = at % body.size;
        const to = Math.min(body.size, from + end - at);
        yield* body.slice(from, to).stream();
        at += to - from;
      }
    })());
  const part = (start: number, end: number): Body => ({
    size: end - start,
    stream: () => stream(start, end),
    slice: (from, to) => part(start + from, start + to),
  });
  return part(0, body.size * times);
}

/** Copies the file with rclone, configured by its environment alone. */
async function rcloneCopy(server: RgwServer, path: string): Promise<void> {
  const { success } = await new Deno.Command("rclone", {
    args: ["copyto", "--ignore-times", path, "rgw:copies/theirs"],
    clearEnv: true,
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      RCLONE_CONFIG: "/dev/null",
      RCLONE_CONFIG_RGW_TYPE: "s3",
      RCLONE_CONFIG_RGW_PROVIDER: "Ceph",
      RCLONE_CONFIG_RGW_ENDPOINT: server.endpoint,
      RCLONE_CONFIG_RGW_ACCESS_KEY_ID: server.accessKeyId,
      RCLONE_CONFIG_RGW_SECRET_ACCESS_KEY: server.secretAccessKey,
    },
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error("rclone failed");
}

const pairs = Number(Deno.args[0] ?? 7);
const { signal } = new AbortController();
await using server = await rgwServer();
await server.makeBucket("copies");
const dir = await Deno.makeTempDir({ prefix: "holdfast-bench-" });
try {
  await writeRandom(`${dir}/source`, size);
  const body = await fileBody(`${dir}/source`);
  const values = new Map<string, string>();
  const { endpoint, accessKeyId, secretAccessKey } = server;
  const target = s3Target({
    bucket: "copies",
    endpoint,
    credentials: () => Promise.resolve({ accessKeyId, secretAccessKey }),
    state: {
      get: (key) => Promise.resolve(values.get(key)),
      set: (key, value) => Promise.resolve(void values.set(key, value)),
      delete: (key) => Promise.resolve(void values.delete(key)),
    },
  });
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, Deno.memoryUsage().rss);
  };
  const [ours, theirs]: [number[], number[]] = [[], []];
  await target.put("warm", bytesBody(new Uint8Array(10)), { signal });
  for (let pair = 0; pair < pairs; pair++) {
    theirs.push(await timed(() => rcloneCopy(server, `${dir}/source`)));
    ours.push(await timed(() => target.put("ours", body, { signal, onProgress: look })));
  }
  const smallPeak = peak;
  await target.put("large", repeated(body, 10), { signal, onProgress: look });
  await target.close?.();
  // deno-lint-ignore no-console -- a script prints its result
  console.log(JSON.stringify({
    bench: "upload of 100 MB to Ceph's gateway ÷ rclone",
    ratio: Number((median(ours) / median(theirs)).toFixed(2)),
    bar: 1.2,
    oursMBs: Math.round(size / 1000 / median(ours)),
    rcloneMBs: Math.round(size / 1000 / median(theirs)),
    peakMB: Math.round(smallPeak / 1e6),
    peakMBOf1GB: Math.round(peak / 1e6),
  }));
} finally {
  await Deno.remove(dir, { recursive: true });
}
