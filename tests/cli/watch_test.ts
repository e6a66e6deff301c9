import assert from "node:assert/strict";
import { TextLineStream } from "../support/text_lines.ts";
import { requireProgram } from "../support/require_program.ts";
import { runHoldfast } from "../support/run_holdfast.ts";
import { execSql, makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";
import { watching } from "../support/watching.ts";

Deno.test("holdfast watch backs up at once and after commits, alone, and stops on SIGTERM", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const flags = ["app.db", "--on-change", "--quiet-for", "1s", "--at-most-every", "1s"];
  await using watcher = watching(flags, { cwd: dir.path });
  await watcher.line(/backed up: /);
  execSql(dir.join("app.db"), "DELETE FROM notes");
  await watcher.line(/backed up: /);
  const second = await runHoldfast(["watch", "app.db"], { cwd: dir.path });
  assert.equal(second.code, 11, second.stdout);
  assert.match(second.stderr, /LOCKED.*watch/);
  // It never said that it is ready.
  assert.equal(second.stdout, "");
  const status = await runHoldfast(["status", "app.db"], { cwd: dir.path });
  assert.match(status.stdout, /watching since/);
  assert.equal(await watcher.stop(), 0);
  const after = await runHoldfast(["status", "app.db"], { cwd: dir.path });
  assert.match(after.stdout, /stopped/);
});

Deno.test("holdfast watch waits for a database that is away, and logs as JSON lines", async () => {
  await using dir = await tempDir();
  await using watcher = watching(["app.db", "--json"], { cwd: dir.path });
  const line = JSON.parse(await watcher.line(/Waiting for it/));
  assert.equal(line.level, "error");
  assert.equal(line.database, "app.db");
  makeSampleDatabase(dir.join("app.db"));
  assert.equal(JSON.parse(await watcher.line(/backed up/)).reason, "auto:timer");
});

Deno.test("holdfast watch reads a changed configuration, and keeps the old one if it is wrong", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  makeSampleDatabase(dir.join("two.db"));
  const write = (text: string): Promise<void> =>
    Deno.writeTextFile(dir.join("holdfast.json"), text);
  await write('{ "databases": { "app": { "path": "app.db" } } }');
  await using watcher = watching([], { cwd: dir.path });
  await watcher.line(/app: backed up/);
  await write('{ "databases": 7 }');
  await watcher.line(/The old configuration stays/);
  await write('{ "databases": { "app": { "path": "app.db" }, "two": { "path": "two.db" } } }');
  await watcher.line(/The configuration changed/);
  await watcher.line(/two: backed up/);
});

Deno.test("holdfast watch verifies the collection by itself, and says which backup went bad", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await using watcher = watching(["app.db", "--on-change", "--verify-every", "1s"], {
    cwd: dir.path,
  });
  const [, name = ""] = /backed up: (\S+\.db)/.exec(await watcher.line(/backed up: /)) ?? [];
  await watcher.line(/1 backup verified.*drilled/);
  const file = await Deno.open(dir.join("backups", name), { write: true });
  await file.seek(3000, Deno.SeekMode.Start);
  await file.write(new Uint8Array([1, 2, 3]));
  file.close();
  await watcher.line(/ERROR: Found bad backups.*BACKUP_INVALID/);
});

Deno.test("holdfast watch refuses a wrong duration by name", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const ran = await runHoldfast(["watch", "app.db", "--every", "soon"], { cwd: dir.path });
  assert.equal(ran.code, 2);
  assert.match(ran.stderr, /"soon"/);
});

Deno.test({
  ...requireProgram(["systemd-notify"], "holdfast watch tells systemd that it is ready and alive"),
  fn: async () => {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    const socket = dir.join("notify");
    const listener = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--unstable-net", "-A", "-", socket],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = listener.stdin.getWriter();
    await writer.write(new TextEncoder().encode(
      `const socket = Deno.listenDatagram({ transport: "unixpacket", path: Deno.args[0] });
       console.log("listening");
       for await (const [bytes] of socket) console.log(new TextDecoder().decode(bytes));`,
    ));
    await writer.close();
    const lines = listener.stdout.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream()).getReader();
    const heard = async (wanted: RegExp): Promise<void> => {
      while (true) {
        const { done, value } = await lines.read();
        if (done) throw new Error(`the listener ended before ${wanted}`);
        if (wanted.test(value)) return;
      }
    };
    await heard(/listening/);
    const env = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: "2000000" };
    {
      await using watcher = watching(["app.db"], { cwd: dir.path, env });
      await heard(/READY=1/);
      await heard(/WATCHDOG=1/);
      await watcher.stop();
      await heard(/STOPPING=1/);
    }
    listener.kill("SIGKILL");
    while (!(await lines.read()).done);
    await listener.status;
  },
});

Deno.test("holdfast watch verifies the copies on a target that wants it", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const usb = { kind: "folder", settings: { path: "usb" }, verifyEvery: "7d" };
  const config = { databases: { app: { path: "app.db" } }, targets: { usb } };
  await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
  await using watcher = watching([], { cwd: dir.path });
  await watcher.line(/backed up: /);
  await watcher.line(/app: 1 copy verified on usb/);
  assert.equal(await watcher.stop(), 0);
});
