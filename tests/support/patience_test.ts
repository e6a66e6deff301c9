import { equal, rejects } from "node:assert/strict";
import { becomes, comes } from "./patience.ts";

Deno.test("comes gives the value, or the error, and leaves no timer", async () => {
  equal(await comes("a number", Promise.resolve(7)), 7);
  await rejects(comes("a number", Promise.reject(new RangeError("none"))), RangeError);
});

Deno.test("becomes looks until it is so", async () => {
  let looks = 0;
  await becomes("three looks", () => ++looks === 3);
  equal(looks, 3);
});
