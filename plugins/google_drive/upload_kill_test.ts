import { equal, notEqual, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { randomBytes } from "../../core/extend/checks/target_bench.ts";
import { fileStateStore } from "../../core/extend/file_state_store.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { driveBench } from "./testing/drive_bench.ts";
import { startProcess } from "./testing/start_process.ts";

Deno.test("put goes on where a process was killed, and sends no piece twice", async () => {
  await using dir = await tempDir();
  const store = dir.join("state", "drive.json");
  await using bench = await driveBench({ state: fileStateStore(store) });
  const { fake } = bench;
  // The child has the clock of the machine, and the sign-in must be good there.
  fake.now = Temporal.Now.instant();
  await bench.kind.connect?.(bench.context, bench.ui);
  equal(((await Deno.stat(store)).mode ?? 0) & 0o777, 0o600);

  const bytes = randomBytes(6 * 1024 * 1024);
  await Deno.writeFile(dir.join("a.db"), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const upload = (): Deno.ChildProcess =>
    startProcess("upload_process", { fake, dir, args: [store, dir.join("a.db"), sha256] });

  const [reached, killed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  fake.faults.add({
    step: "upload_chunk",
    skip: 5,
    fault: { is: "hold", reached: reached.resolve, until: killed.promise },
  });
  const first = upload();
  const ended = first.status;
  await Promise.race([reached.promise, ended]);
  first.kill("SIGKILL");
  notEqual((await ended).code, 0);
  killed.resolve();

  equal((await upload().status).code, 0);
  equal(fake.count("upload_begin"), 1);
  ok(fake.count("upload_query") >= 1);
  equal(fake.uploads.arrived, bytes.length);
  const files = [...fake.files.all.values()].filter(({ size }) => size > 0);
  equal(files.length, 1);
  equal(files[0]?.sha256, sha256);
});
