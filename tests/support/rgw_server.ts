/**
 * A real S3 server of a test's own: Ceph's object gateway with a monitor and a
 * store in memory, on loopback, in a temporary folder.
 *
 * @module
 */

import { AwsV4Signer } from "aws4fetch";
import { freePort, waitForPort } from "./loopback_port.ts";
import { becomes } from "./patience.ts";
import { serverProcess } from "./server_process.ts";
import { tempDir } from "./temp_dir.ts";

/** The programs that it takes (Debian: `ceph-mon ceph-osd radosgw ceph-common`). */
export const rgwPrograms: readonly string[] = ["ceph-mon", "ceph-osd", "radosgw", "ceph"];

/** A running S3 server. */
export interface RgwServer extends AsyncDisposable {
  /** Its port on 127.0.0.1. */
  readonly port: number;
  /** Its address. */
  readonly endpoint: string;
  /** The credentials of its one user. */
  readonly accessKeyId: string;
  /** The credentials of its one user. */
  readonly secretAccessKey: string;
  /** Makes a bucket. */
  makeBucket(name: string): Promise<void>;
  /** Sends a signed request with an empty body. */
  request(method: string, path: string): Promise<Response>;
  /** Kills the gateway; the store stays. */
  killGateway(): Promise<void>;
  /** Starts the gateway again, at the same port. */
  startGateway(): Promise<void>;
  /** Runs `radosgw-admin`. */
  admin(...args: readonly string[]): Promise<void>;
}

/** How much room the store has, in bytes: what is deleted goes lazily. */
const storeBytes = 4 * 1024 ** 3;

/** Starts the server; `await using` stops it and removes its folder. */
export async function rgwServer(): Promise<RgwServer> {
  await using started = new AsyncDisposableStack();
  const { path: dir } = started.use(await tempDir());
  const [port, monitorPort] = [freePort(), freePort()];
  const ceph = `${dir}/ceph.conf`;
  const fsid = crypto.randomUUID();
  await Deno.writeTextFile(ceph, configuration({ dir, port, monitorPort, fsid }));
  await Deno.writeTextFile(`${dir}/keyring`, "");
  for (const folder of ["mon", "osd", "rgw"]) await Deno.mkdir(`${dir}/${folder}`);

  const monitorMap = `${dir}/monmap`;
  const address = `[v1:127.0.0.1:${monitorPort}]`;
  const map = ["--create", "--clobber", "--addv", "a", address, "--fsid", fsid, monitorMap];
  await run("monmaptool", ...map);
  await run("ceph-mon", "-c", ceph, "--mkfs", "-i", "a", "--monmap", monitorMap);
  started.use(serverProcess("ceph-mon", ["-c", ceph, "-i", "a", "-f"]));
  const osd = crypto.randomUUID();
  // Until it has read its own records the monitor refuses everybody (EPERM).
  await becomes(
    "the monitor takes commands",
    () => succeeds("ceph", "-c", ceph, "osd", "new", osd),
  );
  await run("ceph-osd", "-c", ceph, "-i", "0", "--mkfs", "--osd-uuid", osd);
  started.use(serverProcess("ceph-osd", ["-c", ceph, "-i", "0", "-f"]));
  await run("ceph", "-c", ceph, "osd", "crush", "add", "osd.0", "1.0", "root=default", "host=t");

  const startGateway = (): ReturnType<typeof serverProcess> =>
    serverProcess("radosgw", ["-c", ceph, "-n", "client.rgw.a", "-f"]);
  let gateway = startGateway();
  started.defer(() => gateway[Symbol.asyncDispose]());
  const ready = (): Promise<void> => waitForPort(port, "the gateway");
  await ready();
  const [accessKeyId, secretAccessKey] = ["AKTEST", "SKTEST"];
  const admin = (...args: readonly string[]): Promise<void> =>
    run("radosgw-admin", "-c", ceph, ...args);
  const keys = [`--access-key=${accessKeyId}`, `--secret=${secretAccessKey}`];
  await admin("user", "create", "--uid=test", "--display-name=test", ...keys);

  const endpoint = `http://127.0.0.1:${port}`;
  const request = async (method: string, path: string): Promise<Response> => {
    const signer = new AwsV4Signer({
      method,
      url: `${endpoint}${path}`,
      service: "s3",
      region: "us-east-1",
      accessKeyId,
      secretAccessKey,
    });
    const { url, headers } = await signer.sign();
    return await fetch(url, { method, headers });
  };
  const server = started.move();
  return {
    port,
    endpoint,
    accessKeyId,
    secretAccessKey,
    request,
    async makeBucket(name): Promise<void> {
      const { ok, body } = await request("PUT", `/${name}`);
      await body?.cancel();
      if (!ok) throw new Error(`Cannot make the bucket "${name}"`);
    },
    killGateway: () => gateway.kill(),
    async startGateway(): Promise<void> {
      gateway = startGateway();
      await ready();
    },
    admin,
    [Symbol.asyncDispose]: () => server.disposeAsync(),
  };
}

/** Runs a program to its end; throws where it fails. */
async function run(program: string, ...args: readonly string[]): Promise<void> {
  const { success, stderr } = await output(program, args);
  if (!success) throw new Error(`Cannot run ${program}: ${new TextDecoder().decode(stderr)}`);
}

/** Whether a program does what it is told. */
async function succeeds(program: string, ...args: readonly string[]): Promise<boolean> {
  return (await output(program, args)).success;
}

function output(program: string, args: readonly string[]): Promise<Deno.CommandOutput> {
  return new Deno.Command(program, { args: [...args], stdin: "null" }).output();
}

/** Where the server lives. */
interface ServerPlace {
  readonly dir: string;
  readonly port: number;
  readonly monitorPort: number;
  readonly fsid: string;
}

/** The smallest cluster: one monitor, one store in memory, no authentication inside. */
function configuration({ dir, port, monitorPort, fsid }: ServerPlace): string {
  return `[global]
fsid = ${fsid}
mon host = [v1:127.0.0.1:${monitorPort}]
mon initial members = a
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
ms bind msgr2 = false
run dir = ${dir}
admin socket = ${dir}/$name.asok
log file = ${dir}/$name.log
pid file = ${dir}/$name.cephpid
keyring = ${dir}/keyring
rgw gc obj min wait = 1
rgw gc processor period = 1
rgw gc processor max time = 1
rgw bucket quota ttl = 0
rgw user quota bucket sync interval = 1
[mon.a]
mon data = ${dir}/mon
public addr = 127.0.0.1
[osd]
osd objectstore = memstore
memstore device bytes = ${storeBytes}
osd data = ${dir}/osd
osd crush update on start = false
osd class update on start = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
[client.rgw.a]
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw data = ${dir}/rgw
`;
}
