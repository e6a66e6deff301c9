import { deepEqual, equal } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { forgetSecrets, keepSecrets, targetSecrets } from "./secret_file.ts";

Deno.test("keepSecrets loses none of those that are kept at once, and forgetSecrets only its own", async () => {
  await using dir = await tempDir();
  const path = dir.join("own", "secrets.json");
  await forgetSecrets(path, "t0");
  const targets = Array.from({ length: 20 }, (_, at) => `t${at}`);
  await Promise.all(targets.map((target) => keepSecrets(path, target, { key: `of ${target}` })));
  await forgetSecrets(path, "t3");
  const kept = await Promise.all(
    targets.map((target) => targetSecrets(target, { env: {}, path }).get("key")),
  );
  deepEqual(kept, targets.map((target) => target === "t3" ? undefined : `of ${target}`));
  if (Deno.build.os !== "windows") equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
});

Deno.test("targetSecrets takes the target's own variable, then the file, then what others read too", async () => {
  await using dir = await tempDir();
  const path = dir.join("secrets.json");
  await keepSecrets(path, "safe", { accessKeyId: "kept" });
  const env = { AWS_ACCESS_KEY_ID: "usual", AWS_SESSION_TOKEN: "", accessKeyId: "none of ours" };
  const secrets = targetSecrets("safe", { env, path });
  equal(await secrets.get("accessKeyId"), "kept");
  equal(await secrets.get("AWS_ACCESS_KEY_ID"), "usual");
  equal(await secrets.get("AWS_SESSION_TOKEN"), undefined);
  const own = targetSecrets("safe", {
    env: { ...env, HOLDFAST_SECRET_SAFE_ACCESS_KEY_ID: "mine" },
    path,
  });
  equal(await own.get("accessKeyId"), "mine");
});
