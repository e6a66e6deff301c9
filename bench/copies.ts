/**
 * The peak memory of all our processes while a backup goes through zstd and age to a folder, an S3
 * server and an SFTP server, and into a ZIP archive; and encrypting 300 MB with age against copying
 * it. `deno run -A bench/copies.ts [MB of the database] [MB of the archive] [pairs]`.
 *
 * @module
 */

import { join } from "node:path";
import { encodeToFile } from "../core/extend/codec_chain.ts";
import { fileBody } from "../core/extend/mod.ts";
import { ageCodec, newAgeKey } from "../plugins/age/mod.ts";
import { rgwServer } from "../tests/support/rgw_server.ts";
import { sshdServer } from "../tests/support/sshd_server.ts";
import { peakMemoryOf } from "./memory.ts";
import { median } from "./support/pairs.ts";
import { projectFile, removeTree, run, runDeno } from "./support/run.ts";
import { makeSample } from "./support/sample.ts";
import { timed } from "./support/timed.ts";
import { writeRandom } from "./support/write_random.ts";

/** The settings of a target, and the secrets that go with it. */
interface Place {
  readonly name: string;
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>> | undefined;
}

/** The peak while a backup is taken and brought to one place, through zstd and age. */
async function measure(folder: string, database: string, place: Place): Promise<void> {
  const key = join(folder, `${place.name}.key`);
  const made = await runDeno(projectFile("cli.ts"), "key", "new", key, "--json");
  const { data } = JSON.parse(made.trim().split("\n").at(-1) ?? "{}");
  const { kind, settings } = place;
  const codecs = ["zstd", { kind: "age", settings: { recipients: [data.recipient] } }];
  const directory = join(folder, `${place.name}.backups`);
  const targets = { [place.name]: { kind, settings, codecs, required: true } };
  const config = join(folder, `${place.name}.json`);
  await Deno.writeTextFile(
    config,
    JSON.stringify({ databases: { app: { path: database, directory, targets } } }),
  );
  const args = ["backup", "app", "--config", config, "--quiet"];
  say(`${place.name}: ${await peakOf(args, place.secrets)}`);
  await removeTree(directory);
}

async function peakOf(args: readonly string[], env?: Record<string, string>): Promise<string> {
  const started = performance.now();
  const peak = await peakMemoryOf(args, env);
  const seconds = (performance.now() - started) / 1000;
  return `${(peak / 1e6).toFixed(0)} MB at the peak, ${seconds.toFixed(0)} s`;
}

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

async function ageRatio(folder: string, pairs: number): Promise<void> {
  const source = join(folder, "random");
  await writeRandom(source, 300_000_000);
  const body = await fileBody(source);
  const { signal } = new AbortController();
  const { recipient } = await newAgeKey();
  const codec = ageCodec({ recipients: [recipient] });
  const ours = async (): Promise<void> => {
    await encodeToFile(body, [codec], { path: join(folder, "sealed"), signal });
  };
  const peer = async (): Promise<void> => {
    await run("cp", source, join(folder, "copy"));
    await run("sync", join(folder, "copy"));
  };
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let pair = 0; pair < pairs; pair++) {
    times.peer.push(await timed(peer));
    times.ours.push(await timed(ours));
  }
  const [a, b] = [median(times.ours), median(times.peer)];
  say(`age ÷ cp, 300 MB: ${(a / b).toFixed(2)}, ${a.toFixed(0)} ms ÷ ${b.toFixed(0)} ms`);
}

const [megabytes = 1000, archived = 300, pairs = 3] = Deno.args.map(Number);
const folder = await Deno.makeTempDir({ prefix: "holdfast-bench-" });
try {
  const small = join(folder, "small.db");
  makeSample(small, archived * 1e6);
  const directory = join(folder, "zip.backups");
  const zip = ["backup", small, "--format", "zip", "--directory", directory, "--quiet"];
  say(`zip of ${archived} MB: ${await peakOf(zip)}`);
  await removeTree(directory);
  await removeTree(small);
  await ageRatio(folder, pairs);
  const database = join(folder, "app.db");
  makeSample(database, megabytes * 1e6);
  const path = join(folder, "usb");
  await Deno.mkdir(path);
  await measure(folder, database, { name: "folder", kind: "folder", settings: { path } });
  await removeTree(path);
  {
    await using sshd = await sshdServer();
    const { host, port, user, hostKey, privateKey } = sshd;
    const settings = { host, port, user, hostKey, privateKey, path: sshd.folder };
    await measure(folder, database, { name: "sftp", kind: "sftp", settings });
  }
  await using rgw = await rgwServer();
  await rgw.makeBucket("copies");
  await measure(folder, database, {
    name: "s3",
    kind: "s3",
    settings: { bucket: "copies", endpoint: rgw.endpoint },
    secrets: {
      HOLDFAST_SECRET_S3_ACCESS_KEY_ID: rgw.accessKeyId,
      HOLDFAST_SECRET_S3_SECRET_ACCESS_KEY: rgw.secretAccessKey,
    },
  });
} finally {
  await removeTree(folder);
}
