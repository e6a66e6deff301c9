/**
 * Putting and getting 100 MB by SFTP against OpenSSH's `sftp`, connecting
 * included: ratios of the medians of interleaved pairs, MB/s, and the peak memory.
 * `deno run -A bench/sftp_upload.ts [pairs]`.
 *
 * @module
 */

import { fileBody } from "../core/extend/mod.ts";
import sftp from "../plugins/sftp/mod.ts";
import { pluginContext } from "../tests/support/plugin_context.ts";
import { type SshdServer, sshdServer } from "../tests/support/sshd_server.ts";
import { median } from "./support/pairs.ts";
import { timed } from "./support/timed.ts";
import { writeRandom } from "./support/write_random.ts";

/** Bytes that are put and got. */
const size = 100_000_000;

/** Runs OpenSSH's `sftp` with one command. */
async function opensshSftp(server: SshdServer, command: string): Promise<void> {
  const child = new Deno.Command("sftp", {
    args: [
      ...["-q", "-b", "-", "-P", String(server.port), "-i", server.privateKey],
      ...["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"],
      `${server.user}@${server.host}`,
    ],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${command}\n`));
  await writer.close();
  if (!(await child.status).success) throw new Error(`sftp failed: ${command}`);
}

const pairs = Number(Deno.args[0] ?? 5);
const { signal } = new AbortController();
await using server = await sshdServer();
const dir = await Deno.makeTempDir({ prefix: "holdfast-bench-" });
try {
  await writeRandom(`${dir}/source`, size);
  const body = await fileBody(`${dir}/source`);
  const { host, port, user, folder, hostKey, privateKey } = server;
  const context = pluginContext({ host, port, user, path: folder, hostKey, privateKey });
  const kind = sftp.targets?.sftp;
  if (kind === undefined) throw new Error("the plugin has no target");
  const times = { put: [], get: [], sftpPut: [], sftpGet: [] } as Record<
    "put" | "get" | "sftpPut" | "sftpGet",
    number[]
  >;
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, Deno.memoryUsage().rss);
  };
  for (let pair = 0; pair < pairs; pair++) {
    times.sftpPut.push(
      await timed(() => opensshSftp(server, `put -f ${dir}/source ${folder}/theirs`)),
    );
    times.put.push(
      await timed(async () => {
        const target = await kind.create(context);
        await target.put("ours", body, { signal, onProgress: look });
        await target.close?.();
      }),
    );
    times.sftpGet.push(
      await timed(() => opensshSftp(server, `get ${folder}/theirs ${dir}/theirs`)),
    );
    times.get.push(
      await timed(async () => {
        const target = await kind.create(context);
        await Deno.writeFile(`${dir}/ours`, await target.get("ours", { signal }));
        look();
        await target.close?.();
      }),
    );
  }
  const rate = (ms: readonly number[]): number => Math.round(size / 1000 / median(ms));
  const ratio = (ours: readonly number[], theirs: readonly number[]): number =>
    Number((median(ours) / median(theirs)).toFixed(2));
  // deno-lint-ignore no-console -- a script prints its result
  console.log(JSON.stringify({
    bench: "SFTP of 100 MB ÷ OpenSSH sftp",
    putRatio: ratio(times.put, times.sftpPut),
    getRatio: ratio(times.get, times.sftpGet),
    putMBs: rate(times.put),
    getMBs: rate(times.get),
    sftpPutMBs: rate(times.sftpPut),
    sftpGetMBs: rate(times.sftpGet),
    peakMB: Math.round(peak / 1e6),
  }));
} finally {
  await Deno.remove(dir, { recursive: true });
}
