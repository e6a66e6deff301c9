import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { bytesBody, type SettingValues, type Target } from "../../core/extend/mod.ts";
import { checkTarget } from "../../core/extend/testing.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { readRcloneSettings } from "./rclone_settings.ts";
import { rcloneTarget } from "./rclone_target.ts";

const { signal } = new AbortController();

/** A target with these settings. */
function targetOn(settings: SettingValues, secrets: Record<string, string> = {}): Target {
  return rcloneTarget(() => readRcloneSettings(pluginContext(settings, { secrets })));
}

/** Random bytes. */
function random(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

/** The names of all files below a folder. */
async function filesBelow(path: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory) {
      found.push(...(await filesBelow(`${path}/${name}`)).map((n) => `${name}/${n}`));
    } else found.push(name);
  }
  return found.sort();
}

Deno.test({
  ...requireProgram(["rclone"], "rcloneTarget keeps the promises of a target on a local remote"),
  async fn(t): Promise<void> {
    await using dir = await tempDir();
    const config = dir.join("rclone.conf");
    await Deno.writeTextFile(config, "[here]\ntype = local\n");
    const settings = { remote: `here:${dir.path}/copies/deep`, config };
    // One target for all checks: each anew would ask the version and the features again.
    const target = targetOn(settings);
    await checkTarget(() => target, {
      step: (name, run) => t.step(name, run),
      largeBytes: 3_000_000,
    });
    deepEqual(await filesBelow(dir.path), ["rclone.conf"]);
    equal(await Deno.readTextFile(config), "[here]\ntype = local\n", "changed the configuration");
  },
});

Deno.test({
  ...requireProgram(
    ["rclone"],
    "rcloneTarget works on a crypt remote, whose secrets stay out of sight",
  ),
  async fn(): Promise<void> {
    await using dir = await tempDir();
    await Deno.mkdir(dir.join("copies"));
    const settings = {
      remote: "vault:deep/er",
      config: dir.join("none.conf"),
      options: ["type=crypt", `remote=${dir.join("copies")}`],
      downloadCheck: true,
    };
    const target = targetOn(settings, { secretOptions: "password=open sesame" });
    const bytes = random(100_000);
    await target.put("db-1/a.db", bytesBody(bytes), { signal });
    const [object] = await Array.fromAsync(target.list("db-", { signal }));
    deepEqual([object?.key, object?.size, object?.sha256], ["db-1/a.db", 100_000, undefined]);
    const rest = await target.get("db-1/a.db", { signal, offset: 70_001 });
    deepEqual(await new Response(rest).bytes(), bytes.slice(70_001));

    const [name] = await filesBelow(dir.join("copies"));
    ok(name !== undefined && !name.includes("a.db"), "the name shows");
    const file = dir.join("copies", name);
    const cipher = await Deno.readFile(file);
    cipher[50_000] = (cipher[50_000] ?? 0) ^ 1;
    await Deno.writeFile(file, cipher);
    const reading = async (): Promise<void> => {
      await new Response(await target.get("db-1/a.db", { signal })).bytes();
    };
    await rejects(reading(), { name: "TargetError", kind: "corrupt" });
    await target.remove("db-1/a.db", { signal });
    deepEqual(await filesBelow(dir.join("copies")), []);
    await target.close?.();
  },
});
