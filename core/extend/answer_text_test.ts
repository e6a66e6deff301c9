import { equal, ok, rejects } from "node:assert/strict";
import { answerText } from "./answer_text.ts";

Deno.test("answerText gives the whole text, also where a letter comes in two pieces", async () => {
  const [letter] = [new TextEncoder().encode("ü")];
  const pieces = ReadableStream.from([letter.slice(0, 1), letter.slice(1)]);
  equal(await answerText(new Response(pieces)), "ü");
  equal(await answerText(new Response("hello")), "hello");
  equal(await answerText(new Response(null)), "");
});

Deno.test("answerText ends an answer that never does", async () => {
  let cancelled = false;
  let sent = 0;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller): void {
      sent += 100;
      controller.enqueue(new Uint8Array(100).fill(0x61));
    },
    cancel(): void {
      cancelled = true;
    },
  }, { highWaterMark: 0 });
  equal(await answerText(new Response(endless), 250), "a".repeat(250));
  ok(cancelled);
  ok(sent < 1_000, `${sent} bytes were read`);
});

Deno.test("answerText throws what reading throws", async () => {
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new TypeError("cut")),
  });
  await rejects(answerText(new Response(broken)), /cut/);
});
