import assert from "node:assert/strict";
import { commandTable } from "../../cli/command_table.ts";
import { topicNames } from "../../cli/help/topic_names.ts";
import { requireProgram } from "../support/require_program.ts";
import { runHoldfast } from "../support/run_holdfast.ts";
import { tempDir } from "../support/temp_dir.ts";

Deno.test("holdfast help shows a topic, the help of a command, and what was meant", async () => {
  await using dir = await tempDir();
  const help = (name: string): ReturnType<typeof runHoldfast> =>
    runHoldfast(["help", name], { cwd: dir.path });
  assert.match((await help("exit-codes")).stdout, /^ +20 +damaged/m);
  assert.match((await help("backup")).stdout, /^Usage: holdfast backup/);
  const wrong = await help("retentoin");
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /holdfast help retention/);
  const { stdout } = await runHoldfast(["--help"], { cwd: dir.path });
  for (const name of topicNames) assert.ok(stdout.includes(name), name);
});

Deno.test({
  ...requireProgram(["groff"], "holdfast man prints a page without a fault, with every command"),
  async fn() {
    await using dir = await tempDir();
    const { stdout, code } = await runHoldfast(["man"], { cwd: dir.path });
    assert.equal(code, 0);
    await Deno.writeTextFile(dir.join("holdfast.1"), stdout);
    const shown = await new Deno.Command("groff", {
      args: ["-man", "-Tutf8", "-ww", "-P-c", "-P-b", "-P-u", dir.join("holdfast.1")],
    }).output();
    assert.equal(new TextDecoder().decode(shown.stderr), "");
    const text = new TextDecoder().decode(shown.stdout);
    for (const { name } of commandTable) {
      assert.ok(text.includes(`   holdfast ${name}\n`), name);
    }
    for (const name of topicNames) assert.ok(text.includes(`\n${name.toUpperCase()}\n`), name);
    assert.match(text, /--max-age <span>/);
  },
});
