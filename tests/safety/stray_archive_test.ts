import assert from "node:assert/strict";
import { listBackups, renewCatalog, repairCatalog, restore } from "../../mod.ts";
import { type CopyBench, copyBench, textsIn } from "../support/copy_bench.ts";
import { zipFormats } from "../support/zip_formats.ts";

Deno.test("renewCatalog reads from an archive what the lost catalog knew of it", async () => {
  await using bench = await copyBench();
  const formats = await zipFormats();
  await Deno.writeTextFile(bench.join("prefs.json"), "{}");
  const given = { include: ["prefs.json"], formats, sourceVersion: "2.1" };
  const { metadata, createdAt } = await bench.backup(given);
  await loseCatalog(bench);

  const { done } = await renewCatalog({ database: bench.database, formats });
  assert.match(done.join("\n"), /its facts tell when it was taken/);
  const [found] = (await listBackups({ database: bench.database })).backups;
  const { databaseSha256, databaseSize, filesSize, userVersion, recordCount } = metadata;
  assert.deepEqual(
    [found?.createdAt, found?.fileCount, found?.sourceVersion],
    [createdAt, 2, "2.1"],
  );
  assert.deepEqual(found?.metadata, {
    ...{ databaseSha256, databaseSize, filesSize, userVersion, recordCount },
    inferred: true,
    zone: found?.metadata.zone,
  });
  bench.write("later");
  await restore({ database: bench.database, backup: found?.name, formats });
  assert.deepEqual(textsIn(bench.database), ["first"]);
});

Deno.test("repairCatalog believes the name of an archive whose facts are of another day, encrypted or damaged", async () => {
  await using bench = await copyBench();
  const formats = await zipFormats({}, "correct horse");
  const { path } = await bench.backup({ format: "zip", formats });
  await loseCatalog(bench);
  await Deno.rename(path, `${bench.directory}/2001-02-03_04-05-06.zip`);
  await Deno.writeTextFile(`${bench.directory}/2002-02-03_04-05-06.zip`, "PK, and no more");

  const days = async (): Promise<readonly unknown[]> =>
    (await listBackups({ database: bench.database })).backups.map(({ createdAt, metadata }) => [
      createdAt.slice(0, 4),
      metadata.recordCount,
    ]);
  const { done } = await repairCatalog({ database: bench.database, formats: await zipFormats() });
  assert.match(done.join("\n"), /its name alone tells when it was taken/);
  assert.deepEqual(await days(), [["2002", undefined], ["2001", undefined]]);
  await loseCatalog(bench);
  await repairCatalog({ database: bench.database, formats });
  assert.deepEqual(await days(), [["2002", undefined], ["2001", { notes: 1 }]]);
});

async function loseCatalog({ directory }: CopyBench): Promise<void> {
  await Deno.remove(`${directory}/catalog.db`);
  await Deno.remove(`${directory}/backup_manifest.json`);
}
