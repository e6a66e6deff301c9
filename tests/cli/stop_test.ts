import assert from "node:assert/strict";
import { holdfastCommand, runHoldfast } from "../support/run_holdfast.ts";
import { ENDLESS, makeLargeDatabase, makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test({
    name: `holdfast backup ends with 130 at ${signal} and leaves nothing behind`,
    ignore: Deno.build.os === "windows",
    fn: async () => {
      await using dir = await tempDir();
      makeLargeDatabase(dir.join("app.db"));
      // However late the signal comes, it comes before the end.
      const args = ["backup", "app.db", "--json", "--assert", ENDLESS];
      const command = holdfastCommand(args, { cwd: dir.path });
      await using child = command.spawn();
      const stderr = new Response(child.stderr).text();
      const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      let seen = "";
      for (let sent = false;;) {
        const { value, done } = await reader.read();
        if (done) break;
        seen += value;
        if (!sent && seen.includes('"progress"')) {
          child.kill(signal);
          sent = true;
        }
      }
      const { code } = await child.status;
      assert.equal(code, 130, `${seen}${await stderr}`);
      const last = JSON.parse(seen.trimEnd().split("\n").at(-1) ?? "");
      assert.equal(last.error.code, "CANCELLED");
      // Not even the directory that a first backup would have made.
      assert.deepEqual([...Deno.readDirSync(dir.path)].map(({ name }) => name), ["app.db"]);
      const again = await runHoldfast(["backup", "app.db"], { cwd: dir.path });
      assert.equal(again.code, 0, again.stderr);
    },
  });
}

Deno.test({
  name: "holdfast stays quiet when its reader goes (| head)",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    await using child = holdfastCommand(["backup", "app.db", "--json"], { cwd: dir.path }).spawn();
    const stderr = new Response(child.stderr).text();
    const reader = child.stdout.getReader();
    await reader.read();
    await reader.cancel();
    const { code } = await child.status;
    assert.equal(await stderr, "");
    assert.equal(code, 0);
    const { stdout } = await runHoldfast(["list", "app.db"], { cwd: dir.path });
    assert.equal(stdout.trimEnd().split("\n").length, 2);
  },
});

Deno.test({
  name: "holdfast ends at once at the second Ctrl-C",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    // The first one ends this; only the second ends the wait for what runs after it.
    const beforeBackup = ["sh", "-c", "echo ready; exec sleep 600"];
    const afterBackup = ["sh", "-c", "echo after; while kill -0 $PPID; do sleep 0.2; done"];
    const config = { database: "app.db", hooks: { beforeBackup, afterBackup } };
    await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
    await using child = holdfastCommand(["backup"], { cwd: dir.path }).spawn();
    const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
    let said = "";
    const read = async (wanted?: string): Promise<void> => {
      while (wanted === undefined || !said.includes(wanted)) {
        const { value, done } = await reader.read();
        if (done) return;
        said += value;
      }
    };
    await read("ready");
    child.kill("SIGINT");
    await read("after");
    child.kill("SIGINT");
    const { code } = await child.status;
    assert.equal(code, 130);
    await read();
    assert.ok(!said.includes("CANCELLED"), said);
    await child.stdout.cancel();
  },
});
