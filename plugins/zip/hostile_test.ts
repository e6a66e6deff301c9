import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { crc32 } from "node:zlib";
import { bytesBody, TargetError, type TargetErrorKind } from "../../core/extend/mod.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { inspectArchive } from "./inspect_archive.ts";
import type { ReadArchiveOptions } from "./open_archive.ts";
import {
  packed,
  rawArchive,
  recordAt,
  replaced,
  signal,
  signatures,
  textFile,
} from "./testing/archives.ts";
import { unpackArchive } from "./unpack_archive.ts";

/** Every file below a folder. */
async function treeOf(path: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory) found.push(...(await treeOf(`${path}/${name}`)).map((at) => `${name}/${at}`));
    else found.push(name);
  }
  return found.sort();
}

/** Unpacks beside a bystander and expects a refusal of a kind that leaves nothing outside. */
async function refuses(
  bytes: Uint8Array<ArrayBuffer>,
  kind: TargetErrorKind,
  options: Partial<ReadArchiveOptions> & { readonly why?: RegExp; readonly leaves?: boolean } = {},
): Promise<void> {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("into"));
  await Deno.writeTextFile(dir.join("bystander"), "as it was");
  await rejects(
    unpackArchive(bytesBody(bytes), dir.join("into"), { signal, ...options }),
    (error) => {
      equal(error instanceof TargetError ? error.kind : error, kind);
      match(String(error), options.why ?? /./);
      return true;
    },
  );
  const left = await treeOf(dir.path);
  if (options.leaves !== true) deepEqual(left, ["bystander"]);
  equal(left.every((name) => name === "bystander" || name.startsWith("into/")), true, left.join());
  equal(await Deno.readTextFile(dir.join("bystander")), "as it was");
}

const names = [
  "../bystander",
  "a/../../bystander",
  "/bystander",
  "\\bystander",
  "..\\bystander",
  "C:/bystander",
  "C:bystander",
  "files/d:/x",
  "a//b",
  "a/./b",
  "a\nb",
];
for (const name of names) {
  Deno.test(`unpackArchive refuses the name ${JSON.stringify(name)}`, async () => {
    await refuses(await rawArchive([{ name, text: "evil" }]), "invalid", { why: /name/ });
  });
}

Deno.test("unpackArchive refuses a folder whose name leads out", async () => {
  const bytes = await rawArchive([{ name: "../evil/", text: "", directory: true }]);
  await refuses(bytes, "invalid");
});

Deno.test("unpackArchive refuses links and devices", async () => {
  for (const unixMode of [0o120777, 0o020666, 0o010644, 0o140644]) {
    const link = { name: "files/link", text: "/etc/passwd", unixMode };
    await refuses(await rawArchive([link]), "invalid", { why: /link|regular/ });
  }
});

Deno.test("unpackArchive refuses duplicates in every form", async () => {
  const same = replaced(
    await rawArchive([{ name: "files/a", text: "1" }, { name: "files/b", text: "2" }]),
    "files/b",
    "files/a",
  );
  await refuses(same, "corrupt", { why: /duplicate/ });
  for (const [a, b] of [["files/A", "files/a"], ["files/\u00e9", "files/e\u0301"]] as const) {
    await refuses(await rawArchive([{ name: a, text: "1" }, { name: b, text: "2" }]), "invalid", {
      why: /twice/,
    });
  }
  await refuses(
    await rawArchive([{ name: "files/a", text: "1" }, { name: "files/a/b", text: "2" }]),
    "invalid",
    { why: /not a folder/ },
  );
});

Deno.test("unpackArchive refuses a log or journal planted beside the database", async () => {
  for (const sidecar of ["-wal", "-shm", "-journal", "-WAL"]) {
    const bytes = await rawArchive([
      { name: "database.sqlite", text: "rows" },
      { name: `database.sqlite${sidecar}`, text: "evil" },
    ]);
    await refuses(bytes, "invalid", { why: /SQLite/ });
  }
});

Deno.test("unpackArchive refuses a file that the facts do not list, and misses one", async () => {
  const files = [textFile("database.sqlite", "rows"), textFile("files/a", "a")];
  const other = replaced(await packed(files, { level: 0 }), "files/a", "files/b");
  const bytes = replaced(other, '"files/b": {', '"files/a": {');
  await refuses(bytes, "corrupt");
});

Deno.test("unpackArchive refuses other bytes even where CRC-32 and size agree", async () => {
  const good = await packed([textFile("database.sqlite", "rows")], { level: 0 });
  const evil = replaced(good, "rows", "evil");
  const view = new DataView(evil.buffer);
  const checksum = crc32("evil");
  view.setUint32(recordAt(evil, signatures.central) + 16, checksum, true);
  view.setUint32(recordAt(evil, signatures.descriptor) + 4, checksum, true);
  await refuses(evil, "corrupt", { why: /not those that were packed/, leaves: true });
});

Deno.test("unpackArchive refuses altered bytes in an archive without facts", async () => {
  const files = [textFile("database.sqlite", "rows")];
  const good = await packed(files, { level: 0, includeMetadata: false });
  await refuses(replaced(good, "rows", "evil"), "corrupt", { why: /CRC32/, leaves: true });
});

Deno.test("unpackArchive refuses entries that share bytes", async () => {
  const bytes = await rawArchive([{ name: "files/a", text: "1" }, { name: "files/b", text: "2" }]);
  const view = new DataView(bytes.buffer);
  // The second entry of the directory points at the first one's bytes: APPNOTE 4.4.16.
  view.setUint32(recordAt(bytes, signatures.central, 1) + 42, 0, true);
  await refuses(bytes, "corrupt", { why: /shares|mismatch|Ambiguous/ });
});

Deno.test("unpackArchive refuses sizes that lie, in either direction", async () => {
  for (const lie of [1, 999, 5_000_000]) {
    const bytes = await rawArchive([{ name: "files/a", text: "x".repeat(1_000) }]);
    const view = new DataView(bytes.buffer);
    view.setUint32(recordAt(bytes, signatures.central) + 24, lie, true);
    await refuses(bytes, "corrupt", { leaves: true });
  }
});

Deno.test("unpackArchive refuses a bomb by its ratio before it unpacks it", async () => {
  const zeros = { name: "files/zeros", text: "\0".repeat(3_000_000) };
  const limits = { ratioFrom: 1_000_000, maxRatio: 100 };
  await refuses(await rawArchive([zeros]), "invalid", { limits, why: /grow/ });
});

Deno.test("unpackArchive refuses a bomb that says it is small", async () => {
  const bytes = await rawArchive([{ name: "files/zeros", text: "\0".repeat(30_000_000) }]);
  new DataView(bytes.buffer).setUint32(recordAt(bytes, signatures.central) + 24, 100, true);
  await refuses(bytes, "corrupt", { leaves: true });
});

Deno.test("unpackArchive refuses too many files while it counts them", async () => {
  const entries = Array.from({ length: 40 }, (_, at) => ({ name: `files/${at}`, text: "" }));
  await refuses(await rawArchive(entries), "invalid", { limits: { maxEntries: 10 }, why: /10/ });
});

Deno.test("unpackArchive refuses a damaged directory", async () => {
  const bytes = await rawArchive([{ name: "files/a", text: "1" }, { name: "files/b", text: "2" }]);
  const end = recordAt(bytes, signatures.end);
  const damage: readonly (readonly [number, number])[] = [
    [end, 0],
    [end + 10, 3],
    [end + 12, 1],
    [end + 16, 7],
    [recordAt(bytes, signatures.central), 0],
  ];
  for (const [at, value] of damage) {
    const broken = bytes.slice();
    broken[at] = value;
    await refuses(broken, "corrupt");
  }
});

Deno.test("unpackArchive refuses data before and after the archive", async () => {
  const bytes = [...await rawArchive([{ name: "files/a", text: "1" }])];
  await refuses(new Uint8Array([1, 2, 3, ...bytes]), "corrupt");
  await refuses(new Uint8Array([...bytes, 1, 2, 3]), "corrupt");
});

Deno.test("unpackArchive says whether the password is missing or wrong", async () => {
  const bytes = await packed([textFile("database.sqlite", "rows")], { password: "right" });
  await refuses(bytes, "denied", { why: /no password/ });
  await refuses(bytes, "denied", { password: "wrong", why: /does not open/ });
});

Deno.test("unpackArchive refuses ZipCrypto and files that are not encrypted among others", async () => {
  const secret = { name: "files/a", text: "1", password: "right" };
  await refuses(await rawArchive([{ ...secret, zipCrypto: true }]), "invalid", {
    password: "right",
    why: /ZipCrypto/,
  });
  await refuses(await rawArchive([secret, { name: "files/b", text: "2" }]), "invalid", {
    password: "right",
    why: /not encrypted/,
  });
});

Deno.test("unpackArchive overwrites nothing and follows no link", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("into"));
  await Deno.mkdir(dir.join("outside"));
  await Deno.symlink(dir.join("outside"), dir.join("into/files"));
  const bytes = bytesBody(await packed([textFile("files/a", "a")]));
  await rejects(unpackArchive(bytes, dir.join("into"), { signal }), /no folder/);
  await Deno.remove(dir.join("into/files"));
  await Deno.mkdir(dir.join("into/files"));
  await Deno.symlink(dir.join("outside/a"), dir.join("into/files/a"));
  await rejects(unpackArchive(bytes, dir.join("into"), { signal }), /there already/);
  deepEqual(await treeOf(dir.join("outside")), []);
});

Deno.test("inspectArchive reads the records for more than 4 GiB", async () => {
  const bytes = await rawArchive([{ name: "files/a", text: "a", zip64: true }]);
  const { entries } = await inspectArchive(bytesBody(bytes), { signal });
  deepEqual(entries.map(({ name, size }) => [name, size]), [["files/a", 1]]);
});

Deno.test("inspectArchive refuses what is no archive", async () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(21), new Uint8Array(5_000).fill(80)]) {
    await rejects(inspectArchive(bytesBody(bytes), { signal }), (error) => {
      equal(error instanceof TargetError && error.kind, "corrupt");
      return true;
    });
  }
});
