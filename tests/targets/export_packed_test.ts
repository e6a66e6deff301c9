import assert from "node:assert/strict";
import { registryOf } from "../../core/extend/mod.ts";
import { exportPacked, restore } from "../../mod.ts";
import zip from "../../plugins/zip/mod.ts";
import { copyBench, textsIn } from "../support/copy_bench.ts";
import { pluginContext } from "../support/plugin_context.ts";

Deno.test("exportPacked writes an archive that restore reads, and never over a file", async () => {
  await using bench = await copyBench();
  const format = await registryOf([zip]).find("formats", "zip").kind.create(pluginContext({}));
  const output = bench.join("app.zip");
  const options = { database: bench.database, format, output };
  await exportPacked(options);
  await assert.rejects(exportPacked(options), { code: "DESTINATION_EXISTS" });
  await bench.backup();
  await restore({
    database: bench.database,
    backup: output,
    formats: [format],
    to: bench.join("copy.db"),
  });
  assert.deepEqual(textsIn(bench.join("copy.db")), ["first"]);
});
