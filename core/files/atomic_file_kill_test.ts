import { equal, ok } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";

/** Writes 3 MB of one letter after the other to the same file, for ever. */
const endless = `
import { writeFileAtomic } from ${
  JSON.stringify(new URL("./atomic_file.ts", import.meta.url).href)
};
for (let round = 0;; round++) {
  await writeFileAtomic(Deno.args[0], "abc"[round % 3].repeat(3_000_000));
  if (round === 1) console.log("ready");
}`;

Deno.test("writeFileAtomic leaves a whole file whenever it is killed", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("endless.ts"), endless);
  for (let round = 0; round < 4; round++) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-check", "--no-config", "-A", dir.join("endless.ts"), dir.join("x")],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    // A different moment of the write each time.
    await new Promise((resolve) => setTimeout(resolve, round * 7));
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    const text = await Deno.readTextFile(dir.join("x"));
    equal(text.length, 3_000_000);
    ok(["a", "b", "c"].some((letter) => text === letter.repeat(3_000_000)), "two writes mixed");
  }
});
