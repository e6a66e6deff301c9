import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { listCopies, push, verifyCopies } from "../../mod.ts";
import { copyBench } from "../support/copy_bench.ts";
import { kill } from "../support/processes.ts";

const script = fileURLToPath(new URL("push_process.ts", import.meta.url));

/** Runs a push and kills it at its n-th progress line; `false` where it ended before. */
async function killedAt(line: number, args: readonly string[]): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", script, ...args],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let seen = 0;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    seen += text.split('"progress"').length - 1;
    if (seen >= line) break;
  }
  const killed = seen >= line;
  // It may have ended by itself just now.
  if (killed) kill(child.pid);
  await child.status;
  return killed;
}

Deno.test("push that is killed anywhere leaves no copy or a whole one, and the next makes it whole", async () => {
  await using bench = await copyBench();
  bench.write("x".repeat(1_500_000));
  const { id } = await bench.backup();
  await using usb = await bench.open("usb");
  const options = { database: bench.database, target: usb };
  let kills = 0;
  for (const line of [1, 3, 9, 20]) {
    if (await killedAt(line, [bench.database, bench.usb])) kills++;
    const { copies } = await listCopies(options);
    assert.ok(copies.length <= 1);
    assert.equal(
      (await verifyCopies({ ...options, download: true })).copies.every(({ ok }) => ok),
      true,
    );
  }
  assert.ok(kills > 0);
  const { ok } = await push({ database: bench.database, targets: [usb] });
  assert.equal(ok, true);
  assert.deepEqual((await listCopies(options)).copies.map((copy) => copy.id), [id]);
  assert.equal((await verifyCopies({ ...options, download: true })).ok, true);
});
