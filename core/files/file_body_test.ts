import { equal, rejects } from "node:assert/strict";
import fc from "fast-check";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { fileBody } from "./file_body.ts";

Deno.test("fileBody gives the bytes of the file, each time it is read", async () => {
  await using dir = await tempDir();
  const bytes = new Uint8Array(2_500_000).map((_, at) => at * 7);
  await Deno.writeFile(dir.join("a"), bytes);
  const body = await fileBody(dir.join("a"));
  equal(body.size, bytes.length);
  for (let round = 0; round < 2; round++) {
    const read = await new Response(body.stream()).bytes();
    equal(Deno.inspect(read), Deno.inspect(bytes));
    equal(read.every((byte, at) => byte === bytes[at]), true);
  }
});

Deno.test("fileBody slices like an array does, bounds cut", async () => {
  await using dir = await tempDir();
  const bytes = crypto.getRandomValues(new Uint8Array(64));
  await Deno.writeFile(dir.join("a"), bytes);
  const body = await fileBody(dir.join("a"));
  const bound = fc.integer({ min: 0, max: 80 });
  await fc.assert(
    fc.asyncProperty(bound, bound, bound, bound, async (a, b, c, d) => {
      const part = body.slice(a, b).slice(c, d);
      const wanted = bytes.subarray(a, Math.max(a, b)).subarray(c, Math.max(c, d));
      equal(part.size, wanted.length);
      equal((await new Response(part.stream()).bytes()).toHex(), wanted.toHex());
    }),
    { numRuns: 60 },
  );
});

Deno.test("fileBody closes the file when the reader cancels", async () => {
  await using dir = await tempDir();
  await Deno.writeFile(dir.join("a"), new Uint8Array(3_000_000));
  const reader = (await fileBody(dir.join("a"))).stream().getReader();
  await reader.read();
  await reader.cancel();
});

Deno.test("fileBody says that the file became shorter", async () => {
  await using dir = await tempDir();
  await Deno.writeFile(dir.join("a"), new Uint8Array(100));
  const body = await fileBody(dir.join("a"));
  await Deno.truncate(dir.join("a"), 60);
  await rejects(new Response(body.stream()).bytes(), { code: "BACKUP_INVALID" });
});

Deno.test("fileBody of a missing file is an error", async () => {
  await using dir = await tempDir();
  await rejects(fileBody(dir.join("a")), Deno.errors.NotFound);
});
