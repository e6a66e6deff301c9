import { deepEqual, equal, match, ok } from "node:assert/strict";
import { renderUnicodeCompact } from "uqr";
import { widthOf } from "./fit.ts";
import { talkLines } from "./talk_lines.ts";

const room = { width: 76, rows: 17 };
const address = `https://accounts.example.com/o/oauth2/v2/auth?${"client_id=1234&".repeat(30)}end`;

Deno.test("talkLines shows all of an address that is wider than the window", () => {
  const lines = talkLines(`  ${address}`, room);
  equal(lines.join(""), address);
  ok(lines.every((line) => widthOf(line) <= room.width));
});

Deno.test("talkLines breaks sentences at spaces, and leaves what fits", () => {
  deepEqual(talkLines("  ✔ one\nfive words that are long", { width: 10, rows: 9 }), [
    "  ✔ one",
    "five words",
    "that are",
    "long",
  ]);
  deepEqual(talkLines("", room), [""]);
});

Deno.test("talkLines shows a QR code whole, or says what it lacks", () => {
  const small = renderUnicodeCompact("https://example.com/device");
  deepEqual(talkLines(small, room), small.split("\n"));
  const [only = "", ...others] = talkLines(renderUnicodeCompact(address), room);
  deepEqual(others, []);
  match(only, /the window lacks \d+ columns and \d+ rows/);
});

Deno.test("talkLines lets no control sequence through", () => {
  const [line = ""] = talkLines("a\x1b[2Jb\u202ec", room);
  match(line, /^[\x20-\x7e]+$/);
});
