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
