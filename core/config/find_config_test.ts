import assert from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { findConfig, userConfigPath } from "./find_config.ts";
import type { Surroundings } from "./surroundings.ts";

function around(cwd: string, env: Surroundings["env"] = {}): Surroundings {
  return { cwd, env, os: "linux", uid: Deno.uid() ?? undefined };
}

async function tree(): Promise<Awaited<ReturnType<typeof tempDir>>> {
  const dir = await tempDir();
  await Deno.mkdir(dir.join("project", "deep", "deeper"), { recursive: true });
  await Deno.mkdir(dir.join("home", ".config", "holdfast"), { recursive: true });
  return dir;
}

Deno.test("findConfig() takes the flag, then the variable, then upward, then the user's", async () => {
  await using dir = await tree();
  const files = ["flag.json", "variable.json", "project/holdfast.json"];
  files.push("home/.config/holdfast/holdfast.json");
  for (const file of files) await Deno.writeTextFile(dir.join(file), "{}");
  const env = { HOLDFAST_CONFIG: dir.join("variable.json"), HOME: dir.join("home") };
  const deep = dir.join("project", "deep", "deeper");

  assert.deepEqual(await findConfig(around(deep, env), "../../../flag.json"), {
    path: dir.join("flag.json"),
    by: "flag",
  });
  assert.equal((await findConfig(around(deep, env)))?.by, "environment");
  const up = await findConfig(around(deep, { HOME: env.HOME }));
  assert.deepEqual(up, { path: dir.join("project", "holdfast.json"), by: "upward" });
  const user = await findConfig(around(dir.join("home"), { HOME: env.HOME }));
  assert.equal(user?.by, "user");
});

Deno.test("findConfig() gives nothing where there is none", async () => {
  await using dir = await tree();
  assert.equal(await findConfig(around(dir.path)), undefined);
});

Deno.test("findConfig() passes over a folder of that name", async () => {
  await using dir = await tree();
  await Deno.mkdir(dir.join("holdfast.json"));
  assert.equal(await findConfig(around(dir.path)), undefined);
});

Deno.test("findConfig() refuses a named file that is missing", async () => {
  await using dir = await tree();
  await assert.rejects(findConfig(around(dir.path), "no.json"), {
    code: "CONFIG_INVALID",
    message: /no\.json" that --config names: there is no such file/,
  });
  await assert.rejects(findConfig(around(dir.path, { HOLDFAST_CONFIG: "no.json" })), {
    message: /that HOLDFAST_CONFIG names/,
  });
});

Deno.test("findConfig() does not trust a stranger's file on the way up", async () => {
  await using dir = await tree();
  await Deno.writeTextFile(dir.join("holdfast.json"), "{}");
  const { uid } = await Deno.stat(dir.join("holdfast.json"));
  if (uid === null || uid === 0) {
    await Deno.chown(dir.join("holdfast.json"), 12_345, null);
  }
  const stranger = { ...around(dir.join("project")), uid: (uid ?? 0) + 1 };
  await assert.rejects(findConfig(stranger), { message: /belongs to another user/ });
  assert.equal((await findConfig(stranger, "../holdfast.json"))?.by, "flag");
});

Deno.test("userConfigPath() follows each system's rule", () => {
  const on = (os: Surroundings["os"], env: Surroundings["env"]) =>
    userConfigPath({ cwd: "/", env, os });
  assert.equal(on("linux", { HOME: "/h" }), "/h/.config/holdfast/holdfast.json");
  assert.equal(on("linux", { HOME: "/h", XDG_CONFIG_HOME: "/x" }), "/x/holdfast/holdfast.json");
  assert.equal(
    on("linux", { HOME: "/h", XDG_CONFIG_HOME: "rel" }),
    "/h/.config/holdfast/holdfast.json",
  );
  assert.equal(
    on("darwin", { HOME: "/h" }),
    "/h/Library/Application Support/holdfast/holdfast.json",
  );
  assert.ok(on("windows", { APPDATA: "C:/A" })?.startsWith("C:/A"));
  assert.equal(on("linux", {}), undefined);
});
