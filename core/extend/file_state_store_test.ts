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
