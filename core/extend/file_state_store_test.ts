import { equal, rejects } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { fileStateStore } from "./file_state_store.ts";

Deno.test("fileStateStore keeps values in a file that only its owner reads", async () => {
  await using dir = await tempDir();
  const path = dir.join("state", "usb.json");
  const state = fileStateStore(path);
  equal(await state.get("token"), undefined);
  await Promise.all([
    state.set("token", "one"),
    state.set("id", "4711"),
    state.set("token", "two"),
  ]);
  equal(await fileStateStore(path).get("token"), "two");
  equal(await state.get("id"), "4711");
  const { mode } = await Deno.stat(path);
  if (Deno.build.os !== "windows") equal((mode ?? 0) & 0o777, 0o600);
  await state.delete("token");
  equal(await state.get("token"), undefined);
  equal(await state.get("id"), "4711");
});

Deno.test("fileStateStore changes a value as one step, also for others", async () => {
  await using dir = await tempDir();
  const path = dir.join("a.json");
  const [one, other] = [fileStateStore(path), fileStateStore(path)];
  const adding = (letter: string) => async (value = ""): Promise<string> => {
    await Promise.resolve();
    return value + letter;
  };
  await Promise.all(
    Array.from({ length: 10 }, (_, at) => (at % 2 ? one : other).update?.("a", adding("x"))),
  );
  equal(await one.get("a"), "x".repeat(10));
  await one.update?.("a", () => Promise.resolve(undefined));
  equal(await other.get("a"), undefined);
  await rejects(async () => await one.update?.("b", () => Promise.reject(new Error("no"))), /no/);
  await one.set("b", "after a failure");
  equal(await other.get("b"), "after a failure");
});

Deno.test("fileStateStore takes any key", async () => {
  await using dir = await tempDir();
  const state = fileStateStore(dir.join("a.json"));
  for (const key of ["__proto__", "constructor", ""]) {
    equal(await state.get(key), undefined);
    await state.set(key, `value of ${key}`);
    equal(await state.get(key), `value of ${key}`);
  }
});

Deno.test("fileStateStore says that its file is damaged", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("a.json"), "{");
  const state = fileStateStore(dir.join("a.json"));
  await rejects(state.get("a"), { code: "CONFIG_INVALID" });
  await rejects(state.set("a", "b"), { code: "CONFIG_INVALID" });
});

Deno.test("fileStateStore loses nothing where two processes write at once", async () => {
  await using dir = await tempDir();
  const path = dir.join("a.json");
  const writer = `
    import { fileStateStore } from ${JSON.stringify(import.meta.resolve("./file_state_store.ts"))};
    const [path, who] = Deno.args;
    const state = fileStateStore(path);
    for (let at = 0; at < 30; at++) await state.set(\`\${who} \${at}\`, "value");
  `;
  await Deno.writeTextFile(dir.join("writer.ts"), writer);
  const ends = await Promise.all(["one", "two"].map((who) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-check", "-A", dir.join("writer.ts"), path, who],
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
    }).output()
  ));
  equal(ends.every(({ success }) => success), true);
  const keys = Object.keys(JSON.parse(await Deno.readTextFile(path)));
  equal(keys.length, 60);
});
