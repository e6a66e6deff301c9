import { createHash } from "node:crypto";
import { deepEqual, equal, rejects } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { bytesBody } from "./body.ts";
import { randomBytes } from "./checks/target_bench.ts";
import type { ByteTransform, Codec } from "./codec.ts";
import { codecSuffix, decodeToFile, encodeToFile } from "./codec_chain.ts";

const { signal } = new AbortController();

/** A codec that puts a byte in front and takes it away. */
function marking(mark: number, more: Partial<Codec> = {}): Codec {
  const encode = (): Promise<ByteTransform> =>
    Promise.resolve(
      new TransformStream({
        start: (controller) => controller.enqueue(new Uint8Array([mark])),
      }),
    );
  let first = true;
  const decode = (): Promise<ByteTransform> =>
    Promise.resolve(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        start: () => void (first = true),
        transform(chunk, controller): void {
          if (first && chunk[0] !== mark) throw new RangeError(`wanted ${mark}`);
          controller.enqueue(first ? chunk.subarray(1) : chunk);
          first = false;
        },
      }),
    );
  return { suffix: `.${mark}`, magic: new Uint8Array([mark]), encode, decode, ...more };
}

Deno.test("encodeToFile and decodeToFile go through the codecs and back", async () => {
  await using dir = await tempDir();
  const bytes = randomBytes(300_000);
  const codecs = [marking(1), marking(2, { encrypts: true })];
  equal(codecSuffix(codecs), ".1.2");
  const encoded = await encodeToFile(bytesBody(bytes), codecs, { path: dir.join("x"), signal });
  const file = await Deno.readFile(dir.join("x"));
  deepEqual([...file.subarray(0, 2)], [2, 1]);
  equal(encoded.sha256, createHash("sha256").update(file).digest("hex"));
  equal(encoded.body.size, file.length);
  const decoded = await decodeToFile(encoded.body.stream(), codecs, {
    path: dir.join("y"),
    signal,
    sha256: encoded.sha256,
  });
  equal(decoded.size, bytes.length);
  equal(decoded.sha256, createHash("sha256").update(bytes).digest("hex"));
  equal((await Deno.readFile(dir.join("y"))).toHex() === bytes.toHex(), true);
});

Deno.test("encodeToFile lets nothing out that only claims to be encrypted", async () => {
  await using dir = await tempDir();
  const copying = (): Promise<ByteTransform> => Promise.resolve(new TransformStream());
  for (const size of [0, 1, 1000]) {
    const body = bytesBody(new Uint8Array(size));
    for (const lie of [{ encode: copying }, { magic: undefined }]) {
      const codec = marking(2, { encrypts: true, ...lie });
      await rejects(encodeToFile(body, [codec], { path: dir.join("x"), signal }), {
        code: "PLUGIN_INVALID",
      });
    }
  }
  deepEqual(await Array.fromAsync(Deno.readDir(dir.path)), []);
});

Deno.test("decodeToFile leaves nothing when the bytes are others", async () => {
  await using dir = await tempDir();
  const body = bytesBody(new Uint8Array([2, 5, 5]));
  const options = { path: dir.join("y"), signal };
  await rejects(
    decodeToFile(body.stream(), [marking(2)], { ...options, sha256: "0".repeat(64) }),
    { name: "TargetError", kind: "corrupt" },
  );
  for (const size of [1, 3]) {
    await rejects(decodeToFile(body.stream(), [marking(2)], { ...options, size }), {
      kind: "corrupt",
    });
  }
  await rejects(decodeToFile(body.stream(), [marking(1)], options), RangeError);
  const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.error(new SyntaxError("broke")),
  });
  await rejects(decodeToFile(broken, [marking(1)], options), SyntaxError);
  deepEqual(await Array.fromAsync(Deno.readDir(dir.path)), []);
});

Deno.test("encodeToFile stops when it is aborted and leaves nothing", async () => {
  await using dir = await tempDir();
  const abort = new AbortController();
  const encoding = encodeToFile(bytesBody(randomBytes(300_000)), [marking(1)], {
    path: dir.join("x"),
    signal: abort.signal,
    onProgress: () => abort.abort(new RangeError("given up")),
  });
  await rejects(encoding, RangeError);
  deepEqual(await Array.fromAsync(Deno.readDir(dir.path)), []);
});
