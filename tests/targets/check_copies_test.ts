import assert from "node:assert/strict";
import { checkCopies } from "../../core/targets/check_copies.ts";
import { isCheckOfCopiesDue, notedCheck } from "../../core/targets/checked_copies.ts";
import { fileStateStore, registryOf, TargetError } from "../../core/extend/mod.ts";
import { health, type OpenTarget, openTarget, push, readLog } from "../../mod.ts";
import age, { newAgeKey, writeIdentityFile } from "../../plugins/age/mod.ts";
import folder from "../../plugins/folder/mod.ts";
import zstd from "../../plugins/zstd/mod.ts";
import { type CopyBench, copyBench, replaced } from "../support/copy_bench.ts";
import { SteppedTime } from "../support/stepped_time.ts";

const noWait = { attempts: 1, sleep: (): Promise<void> => Promise.resolve() };

/** What was found; `undefined` where nothing was due. */
async function checked(
  bench: CopyBench,
  target: OpenTarget,
  { clock, hasKey = false }: { readonly clock: SteppedTime; readonly hasKey?: boolean },
): Promise<string | undefined> {
  const { database, directory } = bench;
  const due = { target: target.name, every: "7d", clock };
  if (!await isCheckOfCopiesDue(directory, due)) return undefined;
  const options = { database, target, samplePercent: 5, hasKey, clock, retry: noWait };
  return await notedCheck(directory, due, () => checkCopies(options));
}

async function issues(
  { database }: CopyBench,
  { target, clock }: { readonly target: string; readonly clock: SteppedTime },
): Promise<readonly string[]> {
  const rules = { copies: [{ target, every: "7d" }], maxAge: { good: "1y", proven: "1y" } };
  const found = await health({ database, clock, ...rules });
  return found.issues.map(({ code }) => code).filter((code) => /COPIES|KEY/.test(code));
}

async function damageCopy(bench: CopyBench): Promise<void> {
  const name = (await bench.names()).find((path) => !path.endsWith(".json"));
  assert.ok(name);
  const bytes = await Deno.readFile(`${bench.usb}/${name}`);
  bytes[bytes.length - 9] = (bytes.at(-9) ?? 0) ^ 1;
  await Deno.writeFile(`${bench.usb}/${name}`, bytes);
}

Deno.test("checkCopies runs once when it is due, and health says where it is overdue", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const clock = new SteppedTime();
  assert.equal(await checked(bench, usb, { clock }), undefined, "there is no copy yet");
  await bench.backup({ targets: [usb], clock });
  assert.equal(await checked(bench, usb, { clock }), "1 copy verified on usb");
  await clock.pass({ days: 6 });
  assert.equal(await checked(bench, usb, { clock }), undefined);
  await clock.pass({ days: 1 });
  assert.equal(await checked(bench, usb, { clock }), "1 copy verified on usb");
  assert.equal(await checked(bench, usb, { clock }), undefined);
  await clock.pass({ days: 14 });
  assert.deepEqual(await issues(bench, { target: "usb", clock }), []);
  await clock.pass({ seconds: 1 });
  assert.deepEqual(await issues(bench, { target: "usb", clock }), ["COPIES_UNCHECKED"]);
  const runs = await readLog({ database: bench.database, job: "verify" });
  assert.deepEqual(runs.map(({ outcome, message }) => [outcome, message]), [
    ["done", "1 copy verified on usb"],
    ["done", "1 copy verified on usb"],
  ]);
});

Deno.test("checkCopies finds a damaged copy; health says so until push has sent it again", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const clock = new SteppedTime();
  await bench.backup({ targets: [usb], clock });
  await damageCopy(bench);
  await assert.rejects(checked(bench, usb, { clock }), { code: "BACKUP_INVALID" });
  assert.deepEqual(await issues(bench, { target: "usb", clock }), ["COPIES_BAD"]);
  assert.equal(await checked(bench, usb, { clock }), undefined, "it was made");
  const { targets: [sent] } = await push({ database: bench.database, targets: [usb], clock });
  assert.deepEqual(sent?.copies.map(({ already }) => already), [false]);
  assert.deepEqual(await issues(bench, { target: "usb", clock }), []);
  await clock.pass({ days: 7 });
  assert.equal(await checked(bench, usb, { clock }), "1 copy verified on usb");
});

Deno.test("checkCopies that cannot be made is tried again after an hour", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const clock = new SteppedTime();
  await bench.backup({ targets: [usb], clock });
  await Deno.rename(bench.usb, `${bench.usb}-away`);
  await Deno.writeTextFile(bench.usb, "no folder");
  await assert.rejects(checked(bench, usb, { clock }), { code: "TARGET_FAILED" });
  await Deno.remove(bench.usb);
  await Deno.rename(`${bench.usb}-away`, bench.usb);
  assert.equal(await checked(bench, usb, { clock }), undefined);
  await clock.pass({ hours: 1 });
  assert.equal(await checked(bench, usb, { clock }), "1 copy verified on usb");
});

Deno.test("checkCopies proves that the key at hand opens the newest copy; another is an issue", async () => {
  await using bench = await copyBench();
  const clock = new SteppedTime();
  const [right, wrong] = [await newAgeKey(), await newAgeKey()];
  const identityFile = bench.join("key.txt");
  await writeIdentityFile(identityFile, right, clock.now());
  const settings = { recipients: [right.recipient], identityFile };
  await using safe = await openTarget("safe", {
    registry: registryOf([age, folder, zstd]),
    settings: {
      kind: "folder",
      settings: { path: bench.usb },
      codecs: ["zstd", { kind: "age", settings }],
    },
    secrets: { get: () => Promise.resolve(undefined) },
    state: fileStateStore(bench.join("state.json")),
    signal: new AbortController().signal,
  });
  await bench.backup({ targets: [safe], clock });
  assert.equal(
    await checked(bench, safe, { clock, hasKey: true }),
    "1 copy verified on safe, the key opens the newest",
  );
  await clock.pass({ days: 7 });
  await Deno.remove(identityFile);
  assert.equal(
    await checked(bench, safe, { clock }),
    "1 copy verified on safe",
    "as it lies there",
  );
  await clock.pass({ days: 7 });
  await writeIdentityFile(identityFile, wrong, clock.now());
  const other = checked(bench, safe, { clock, hasKey: true });
  await assert.rejects(other, { code: "KEY_WRONG", message: /does not open the newest copy/ });
  assert.deepEqual(await issues(bench, { target: "safe", clock }), ["KEY_WRONG"]);
  await clock.pass({ days: 7 });
  await damageCopy(bench);
  await Deno.remove(identityFile);
  await assert.rejects(checked(bench, safe, { clock }), { code: "BACKUP_INVALID" });
  assert.deepEqual(await issues(bench, { target: "safe", clock }), ["COPIES_BAD"]);
});

Deno.test("checkCopies takes a place that refuses for no wrong key", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const clock = new SteppedTime();
  await bench.backup({ targets: [usb], clock });
  const shut = replaced(usb, (target) => ({
    ...target,
    // deno-lint-ignore require-yield
    async *list(): AsyncGenerator<never> {
      throw await Promise.resolve(new TargetError("denied", "Cannot list: another password"));
    },
  }));
  await assert.rejects(checked(bench, shut, { clock, hasKey: true }), { code: "TARGET_FAILED" });
});
