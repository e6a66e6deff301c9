import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { checkConfigFile } from "./check_config_file.ts";

Deno.test("checkConfigFile finds everything that is wrong, by its key", async () => {
  await using dir = await tempDir();
  const path = dir.join("holdfast.json");
  const keys = async (config: string): Promise<readonly string[]> => {
    await Deno.writeTextFile(path, config);
    return (await checkConfigFile(path)).map(({ key }) => key);
  };
  equal(await keys('{ "database": "app.db" } // mine'), []);
  equal(await keys('{ "verfy": "full", "maxSizeMB": "much" }'), ["maxSizeMB", "verfy"]);
  equal(await keys('{ "schedule": { "zone": "Mars/Base" } }'), ["schedule.zone"]);
  const target = (more: string): string =>
    `{ "targets": { "usb": { "kind": "folder", ${more} } } }`;
  equal(await keys(target('"verifyEvery": "7d", "verifySample": 100')), []);
  equal(await keys(target('"verifyEvery": "0d"')), ["targets.usb.verifyEvery"]);
  equal(await keys(target('"verifySample": 0')), ["targets.usb.verifySample"]);
  equal(await keys('{ "database" '), [""]);
  await rejects(checkConfigFile(dir.join("none.json")), { code: "CONFIG_INVALID" });
});
