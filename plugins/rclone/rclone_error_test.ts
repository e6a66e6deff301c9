import { equal, ok, throws } from "node:assert/strict";
import { failureKind, rcloneError } from "./rclone_error.ts";
import { readLogLine } from "./rclone_log.ts";
import { checkVersion } from "./rclone_remote.ts";

// What rclone 1.60.1 said, word for word, in runs against these remotes.
const said = [
  ["full", "write /mnt/a.db.part: no space left on device"],
  [
    "full",
    "googleapi: Error 403: The user's Drive storage quota has been exceeded., storageQuotaExceeded",
  ],
  ["denied", "AccessDenied: Access Denied\n\tstatus code: 403, request id: tx1, host id: "],
  ["full", "preallocate: file too big for remaining disk space"],
  ["denied", "open /srv/x: permission denied"],
  ["denied", "couldn't list files: Unauthorized: 401 Unauthorized"],
  ["invalid", "didn't find section in config file"],
  ["corrupt", "failed to authenticate decrypted block - bad password?"],
  ["unavailable", "dial tcp 127.0.0.1:1: connect: connection refused"],
  ["unavailable", "SlowDown: please reduce your request rate"],
] as const;

Deno.test("failureKind tells the kind by what rclone says", () => {
  for (const [kind, message] of said) {
    equal(failureKind({ code: 1, messages: [message] }), kind, message);
  }
  equal(failureKind({ code: 1, messages: [] }), "unavailable");
});

Deno.test("rcloneError shows no secret", () => {
  const failure = { code: 1, messages: ["cannot log in with open sesame"] };
  const error = rcloneError("Cannot store", failure, ["open sesame", ""]);
  ok(!Deno.inspect(error).includes("sesame"));
  ok(error.message.startsWith("Cannot store: cannot log in with ***"));
});

Deno.test("readLogLine tells failures and progress apart", () => {
  equal(readLogLine('{"level":"error","msg":"it broke"}').failure, "it broke");
  equal(readLogLine('{"level":"info","msg":"x","stats":{"bytes":5}}').bytes, 5);
  equal(readLogLine('{"level":"warning","msg":"no config"}').failure, undefined);
  equal(readLogLine("Fatal: odd").failure, "Fatal: odd");
  equal(readLogLine("2026/11/21 13:33:05 Failed: odd").failure, "Failed: odd");
  equal(readLogLine("{broken").failure, undefined);
});

Deno.test("checkVersion refuses a version that is too old", () => {
  for (const text of ["rclone v1.60.1-DEV\n", "rclone v1.75.2", "rclone v2.0.0"]) {
    checkVersion(text);
  }
  for (const text of ["rclone v1.59.2", "rclone v0.9", "something else", ""]) {
    throws(() => checkVersion(text), { name: "TargetError", kind: "invalid" });
  }
});
