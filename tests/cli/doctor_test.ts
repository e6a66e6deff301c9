import assert from "node:assert/strict";
import * as v from "valibot";
import { dataShapes } from "../../cli/json_shapes.ts";
import { bareEnvironment, programPath, resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { tempDir } from "../support/temp_dir.ts";

type Findings = v.InferOutput<typeof dataShapes["doctor env"]>["findings"];

/** What it found, by name. */
function findingsOf(stdout: string): Map<string, Findings[number]> {
  const { findings } = v.parse(dataShapes["doctor env"], resultOf(stdout).data);
  return new Map(findings.map((finding) => [finding.name, finding]));
}

Deno.test("holdfast doctor env says what each thing is for, and ends with 0 where all is there", async () => {
  await using dir = await tempDir();
  const { code, stdout, stderr } = await runHoldfast(["doctor", "env"], { cwd: dir.path });
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /^ok +Deno +\d+\.\d+\.\d+/m);
  assert.match(stdout, /^ok +SQLite +3\.\d+\.\d+/m);
  assert.match(stderr, /nothing that is needed is missing/);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(dir.path)), []);
});

Deno.test("holdfast doctor env ends with 4 where a target's program is missing, and says how to get it", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(
    dir.join("holdfast.json"),
    JSON.stringify({
      database: "app.db",
      targets: { far: { kind: "rclone", settings: { remote: "r:x" } } },
    }),
  );
  const env = { PATH: dir.path };
  const ran = await runHoldfast(["doctor", "env", "--json"], { cwd: dir.path, env });
  assert.equal(ran.code, 4, ran.stderr);
  const rclone = findingsOf(ran.stdout).get("rclone");
  assert.equal(rclone?.status, "missing");
  assert.match(rclone?.hint ?? "", /rclone/);
});

Deno.test("holdfast doctor env ends with 4 for a configuration that cannot be read", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("holdfast.json"), "{ nonsense");
  const ran = await runHoldfast(["doctor", "env", "--json"], { cwd: dir.path });
  assert.equal(ran.code, 4, ran.stderr);
  assert.equal(findingsOf(ran.stdout).get("configuration")?.status, "missing");
});

Deno.test("holdfast doctor env runs with hardly a permission, and names those that are missing", async () => {
  await using dir = await tempDir();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "--allow-read", programPath, "doctor", "env", "--json"],
    cwd: dir.path,
    clearEnv: true,
    env: bareEnvironment(dir.path),
  }).output();
  assert.equal(code, 4, new TextDecoder().decode(stderr));
  const found = findingsOf(new TextDecoder().decode(stdout));
  assert.equal(found.get("--allow-read")?.status, "ok");
  assert.equal(found.get("--allow-run")?.status, "missing");
  assert.equal(found.get("state folder")?.status, "missing");
});
