import { equal } from "node:assert/strict";
import { change, count, counted } from "./count.ts";

Deno.test("count() groups thousands", () => {
  equal(count(7), "7");
  equal(count(3210), "3,210");
  equal(count(1234567), "1,234,567");
});

Deno.test("counted() agrees with its number", () => {
  equal(counted(1, "backup"), "1 backup");
  equal(counted(0, "backup"), "0 backups");
});

Deno.test("change() has a sign", () => {
  equal(change(12), "+12");
  equal(change(-3000), "−3,000");
  equal(change(0), "same");
});
