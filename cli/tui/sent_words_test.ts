import { equal } from "node:assert/strict";
import type { PushedTarget } from "../../core/targets/push_result.ts";
import { missedWords, sentWords } from "./sent_words.ts";

const key = "app-0e8f6b1c-2d3e-4f50-8a61-72b8c9d0e1f2/2026-11-21_10-50-00.db";
const copy = { id: "a", name: "2026-11-21_10-50-00.db", key, size: 1_200_000, already: false };
const usb: PushedTarget = {
  target: "usb",
  ok: true,
  required: false,
  copies: [copy, { ...copy, id: "b", already: true }],
  pruned: [],
  swept: [],
};
const drive: PushedTarget = {
  ...usb,
  target: "drive",
  ok: false,
  copies: [],
  error: { code: "TARGET_FAILED", message: "Cannot reach it" },
};

Deno.test("sentWords() says what was sent, without keys", () => {
  equal(sentWords([usb]), "Sent 1 backup to usb, 1.2 MB");
  equal(sentWords([{ ...usb, copies: [] }]), "usb has everything already");
  equal(sentWords([drive]), "drive did not get everything: Cannot reach it");
  equal(sentWords([usb, drive]), "Copies: usb: 1 copy, drive: failed");
});

Deno.test("missedWords() names the targets that did not get their copy", () => {
  equal(missedWords([usb, drive]), "No copy on drive");
  equal(missedWords([usb]), undefined);
});
