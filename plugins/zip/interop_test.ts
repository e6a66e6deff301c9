import { deepEqual, equal, match } from "node:assert/strict";
import { bytesBody, fileBody, type PackedFile } from "../../core/extend/mod.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import { inspectArchive } from "./inspect_archive.ts";
import { packArchive, type PackArchiveOptions } from "./pack_archive.ts";
import { signal, textFile } from "./testing/archives.ts";
import { unpackArchive } from "./unpack_archive.ts";
import { verifyArchive } from "./verify_archive.ts";

/** Text that shrinks to about a third, more than the packer does on one thread. */
function rows(): Uint8Array<ArrayBuffer> {
  let seed = 7;
  const lines = Array.from({ length: 300_000 }, (_, at) => {
    seed = (seed * 48271) % 2147483647;
    return `row ${at} ${seed.toString(36)}`;
  });
  return new TextEncoder().encode(lines.join("\n"));
}

const files: readonly PackedFile[] = [
  { name: "database.sqlite", body: bytesBody(rows()) },
  textFile("files/grüße 日本.json", "{}"),
  textFile("files/deep/er/empty", ""),
];

/** Runs a program to its end; its output, standard error included. */
async function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly code: number; readonly text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { LC_ALL: "C.UTF-8" },
    stdin: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

/** Runs a program that must succeed. */
async function succeed(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, text } = await run(program, args, cwd);
  equal(code, 0, text);
}

/** Writes our archive of the files. */
async function ours(dir: TempDir, options: Partial<PackArchiveOptions> = {}): Promise<void> {
  await Deno.writeFile(dir.join("ours.zip"), packArchive(files, {}, { signal, ...options }));
}

/** Every file must lie below the folder with its bytes. */
async function sameFiles(folder: string): Promise<void> {
  for (const { name, body } of files) {
    const found = await Deno.readFile(`${folder}/${name}`);
    const wanted = await new Response(body.stream()).bytes();
    equal(
      found.length === wanted.length && found.every((byte, at) => byte === wanted[at]),
      true,
      name,
    );
  }
}

/** Lays the files out for another program to pack. */
async function layOut(dir: TempDir): Promise<void> {
  for (const { name, body } of files) {
    const path = dir.join("plain", name);
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(path, body.stream());
  }
}

for (const level of [0, 1, 6, 9]) {
  Deno.test({
    ...requireProgram(
      ["unzip", "7z", "zip"],
      `unzip, 7z and zip read our archive of level ${level}`,
    ),
    async fn() {
      await using dir = await tempDir();
      await ours(dir, { level });
      await succeed("unzip", ["-q", "ours.zip", "-d", "by-unzip"], dir.path);
      await sameFiles(dir.join("by-unzip"));
      await succeed("7z", ["x", "-y", "-oby-7z", "ours.zip"], dir.path);
      await sameFiles(dir.join("by-7z"));
      await succeed("zip", ["-T", "ours.zip"], dir.path);
    },
  });
}

Deno.test({
  ...requireProgram(["7z", "unzip"], "7z reads our AES-256 archive with the password only"),
  async fn() {
    await using dir = await tempDir();
    await ours(dir, { password: "correct horse" });
    await succeed("7z", ["x", "-y", "-oby-7z", "-pcorrect horse", "ours.zip"], dir.path);
    await sameFiles(dir.join("by-7z"));
    equal((await run("7z", ["t", "-pwrong", "ours.zip"], dir.path)).code, 2);
    match((await run("7z", ["l", "-slt", "ours.zip"], dir.path)).text, /Method = AES-256 Deflate/);
    // Why help and docs say that unzip does not open encrypted archives.
    match((await run("unzip", ["-t", "ours.zip"], dir.path)).text, /need PK compat\. v5\.1/);
  },
});

Deno.test({
  ...requireProgram(["zip"], "unpackArchive reads archives of zip, with folders in them"),
  async fn() {
    await using dir = await tempDir();
    await layOut(dir);
    for (const [level, name] of [["-0", "stored.zip"], ["-9", "small.zip"]] as const) {
      await succeed("zip", ["-q", "-r", level, `../${name}`, "."], dir.join("plain"));
      await Deno.mkdir(dir.join(`into${level}`));
      await unpackArchive(await fileBody(dir.join(name)), dir.join(`into${level}`), { signal });
      await sameFiles(dir.join(`into${level}`));
    }
  },
});

Deno.test({
  ...requireProgram(["7z"], "unpackArchive reads archives of 7z, plain and with AES-256"),
  async fn() {
    await using dir = await tempDir();
    await layOut(dir);
    const add = ["a", "-tzip", "-mx1", "-mmt1", "-mcu=on"];
    await succeed("7z", [...add, "../plain.zip", "."], dir.join("plain"));
    const secret = ["-pcorrect horse", "-mem=AES256"];
    await succeed("7z", [...add, ...secret, "../secret.zip", "."], dir.join("plain"));
    for (const [name, password] of [["plain", undefined], ["secret", "correct horse"]] as const) {
      await Deno.mkdir(dir.join(`into-${name}`));
      const body = await fileBody(dir.join(`${name}.zip`));
      await unpackArchive(body, dir.join(`into-${name}`), { signal, password });
      await sameFiles(dir.join(`into-${name}`));
    }
  },
});

Deno.test({
  ...requireProgram(["unzip", "zip"], "an archive packed again by zip still proves itself"),
  async fn() {
    await using dir = await tempDir();
    await ours(dir);
    await succeed("unzip", ["-q", "ours.zip", "-d", "plain"], dir.path);
    await succeed("zip", ["-q", "-r", "-9", "../again.zip", "."], dir.join("plain"));
    const first = await inspectArchive(await fileBody(dir.join("ours.zip")), { signal });
    const again = await verifyArchive(await fileBody(dir.join("again.zip")), { signal });
    deepEqual(again.metadata, first.metadata);
  },
});
