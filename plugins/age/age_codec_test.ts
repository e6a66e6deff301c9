import { equal, ok, rejects } from "node:assert/strict";
import { Decrypter, Encrypter } from "age-encryption";
import { bytesBody, type Codec, TargetError } from "../../core/extend/mod.ts";
import { checkCodec } from "../../core/extend/testing.ts";
import { pipeProgram } from "../../tests/support/pipe_program.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { ageCodec, ageKeyOpens, newAgeKey, writeIdentityFile } from "./mod.ts";

const { signal } = new AbortController();
const createdAt = Temporal.Instant.from("2026-01-03T14:30:00Z");
const [mine, yours, other] = [await newAgeKey(), await newAgeKey(), await newAgeKey()];

/** Bytes through a direction of the codec. */
async function through(direction: "encode" | "decode", bytes: Uint8Array, codec: Codec) {
  const step = await codec[direction](signal);
  return await new Response(bytesBody(new Uint8Array(bytes)).stream().pipeThrough(step)).bytes();
}

/** Bytes around the bounds of a chunk and of what is read at once. */
const bodies = [0, 1, 65_535, 65_536, 65_537, 1_048_576, 1_048_577, 2_500_000]
  .map((size) => new Uint8Array(size).map((_, at) => at * 31 >> 3));

Deno.test("ageCodec keeps the promises of a codec", async (t) => {
  await checkCodec(() => ageCodec({ identities: [mine.identity] }), {
    step: async (name, run) => void await t.step(name, run),
  });
});

Deno.test({
  ...requireProgram(
    ["age", "age-keygen"],
    "ageCodec writes what age reads, and reads what age writes",
  ),
  async fn(): Promise<void> {
    await using dir = await tempDir();
    const theirs = new TextDecoder().decode(await pipeProgram(["age-keygen"], new Uint8Array(0)));
    await Deno.writeTextFile(dir.join("theirs.txt"), theirs, { mode: 0o600 });
    await writeIdentityFile(dir.join("mine.txt"), mine, createdAt);
    const recipient = theirs.match(/age1[a-z0-9]+/)?.[0] ?? "";
    const recipients = [mine.recipient, yours.recipient, recipient];
    const codec = ageCodec({ recipients, identities: [mine.identity] });
    for (const bytes of bodies) {
      const sealed = await through("encode", bytes, codec);
      for (const file of ["mine.txt", "theirs.txt"]) {
        const read = await pipeProgram(["age", "-d", "-i", dir.join(file)], sealed);
        ok(read.toHex() === bytes.toHex(), `${bytes.length} bytes by ${file}`);
      }
      const their = await pipeProgram(["age", "-r", yours.recipient, "-r", mine.recipient], bytes);
      ok((await through("decode", their, codec)).toHex() === bytes.toHex());
    }
  },
});

Deno.test("ageCodec and the library read each other, by passphrase too", async () => {
  const passphrase = "correct horse battery staple";
  const codec = ageCodec({ passphrase, work: 10 });
  for (const bytes of bodies) {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    const read = await decrypter.decrypt(await through("encode", bytes, codec));
    ok(new Uint8Array(read).toHex() === bytes.toHex());
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    encrypter.setScryptWorkFactor(10);
    const sealed = await encrypter.encrypt(bytes);
    ok((await through("decode", sealed, codec)).toHex() === bytes.toHex());
  }
});

Deno.test({
  ...requireProgram(["age", "script"], "ageCodec writes what age opens with a passphrase"),
  async fn(): Promise<void> {
    await using dir = await tempDir();
    const sealed = await through(
      "encode",
      new Uint8Array(5),
      ageCodec({ passphrase: "a b c", work: 10 }),
    );
    await Deno.writeFile(dir.join("x.age"), sealed);
    // age asks on the terminal: `script` gives it one.
    const command = `age -d -o '${dir.join("x")}' '${dir.join("x.age")}'`;
    await pipeProgram(
      ["script", "-qec", command, "/dev/null"],
      new TextEncoder().encode("a b c\n"),
    );
    equal((await Deno.readFile(dir.join("x"))).length, 5);
  },
});

Deno.test("ageCodec is denied with the wrong key, and with none", async () => {
  const sealed = await through(
    "encode",
    bodies[2] ?? new Uint8Array(9),
    ageCodec({
      recipients: [mine.recipient, yours.recipient],
    }),
  );
  const denied = { name: "TargetError", kind: "denied" };
  const keys = [{ identities: [other.identity] }, { passphrase: "x" }, {}];
  for (const wrong of keys) await rejects(through("decode", sealed, ageCodec(wrong)), denied);
  const second = ageCodec({ identities: [other.identity, yours.identity] });
  equal((await through("decode", sealed, second)).length, 65_535);
  const locked = await through("encode", new Uint8Array(5), ageCodec({ passphrase: "x", work: 8 }));
  await rejects(through("decode", locked, ageCodec({ passphrase: "y" })), denied);
});

Deno.test({
  name: "ageCodec is denied with an identity where a passphrase is wanted",
  // The library derives the public key of an identity ahead and does not wait for it.
  sanitizeOps: false,
  async fn(): Promise<void> {
    const locked = await through(
      "encode",
      new Uint8Array(5),
      ageCodec({ passphrase: "x", work: 8 }),
    );
    const codec = ageCodec({ identities: [mine.identity] });
    await rejects(through("decode", locked, codec), { kind: "denied" });
  },
});

Deno.test("ageCodec refuses a passphrase that asks for endless work", async () => {
  const sealed = await through(
    "encode",
    new Uint8Array(5),
    ageCodec({ passphrase: "x", work: 10 }),
  );
  const text = new TextDecoder("latin1").decode(sealed).replace(/^(-> scrypt \S+) 10$/m, "$1 29");
  const hostile = new Uint8Array([...text].map((character) => character.charCodeAt(0)));
  await rejects(through("decode", hostile, ageCodec({ passphrase: "x" })), { kind: "corrupt" });
});

Deno.test("ageCodec refuses chunks that are missing, twice or in another order", async () => {
  const codec = ageCodec({ identities: [mine.identity] });
  const sealed = await through("encode", new Uint8Array(4 * 65_536), codec);
  const start = sealed.length - 4 * 65_552;
  const head = sealed.subarray(0, start);
  const chunks = [0, 1, 2, 3].map((at) =>
    sealed.subarray(start + at * 65_552, start + (at + 1) * 65_552)
  );
  const joined = (...places: readonly number[]): Uint8Array =>
    new Uint8Array([...head, ...places.flatMap((at) => [...chunks[at] ?? []])]);
  equal((await through("decode", joined(0, 1, 2, 3), codec)).length, 4 * 65_536);
  for (
    const places of [[0, 1, 2], [0, 2, 3], [1, 0, 2, 3], [0, 0, 1, 2, 3], [0, 1, 2, 3, 3], [3]]
  ) {
    await rejects(through("decode", joined(...places), codec), { kind: "corrupt" });
  }
});

Deno.test("ageCodec says which keys cannot be used, and shows no secret", async () => {
  const secret = `${mine.identity.slice(0, -1)}x`;
  const wrong = [
    {},
    { recipients: ["age1nonsense"] },
    { recipients: [mine.recipient], passphrase: "x" },
    { identities: [secret] },
  ];
  for (const keys of wrong) {
    await rejects(through("encode", new Uint8Array(5), ageCodec(keys)), (error) => {
      ok(error instanceof TargetError && error.kind === "invalid");
      ok(!Deno.inspect(error).includes(mine.identity.slice(20, 40)));
      return true;
    });
  }
});

Deno.test("ageKeyOpens tells whether the key at hand opens a copy, by its first bytes", async () => {
  const codec = ageCodec({ recipients: [mine.recipient] });
  const sealed = await through("encode", new Uint8Array(5_000_000), codec);
  let taken = 0;
  const copy = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
    new ReadableStream({
      pull(controller): void {
        controller.enqueue(sealed.slice(taken, taken += 65_536));
      },
    }, { highWaterMark: 0 });
  equal(await ageKeyOpens(copy(), { identities: [other.identity] }), false);
  taken = 0;
  equal(await ageKeyOpens(copy(), { identities: [mine.identity] }), true);
  ok(taken < 3_000_000, `${taken} bytes were read`);
  const foreign = bytesBody(new Uint8Array(500)).stream();
  await rejects(ageKeyOpens(foreign, { identities: [mine.identity] }), { kind: "corrupt" });
});
