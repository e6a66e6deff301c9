import { equal, ok } from "node:assert/strict";
import type { ErrorCode } from "../errors.ts";
import { failureOf } from "./sqlite_error.ts";

Deno.test("failureOf gives what a disk, a file or a lock did a code and a hint, and calls none of it a defect", () => {
  // Extended codes: https://www.sqlite.org/rescode.html
  const wanted: Readonly<Record<number, ErrorCode>> = {
    5: "DATABASE_BUSY",
    261: "DATABASE_BUSY", // SQLITE_BUSY_RECOVERY
    8: "PERMISSION_DENIED",
    1032: "PERMISSION_DENIED", // SQLITE_READONLY_DBMOVED
    10: "DISK_FAILED",
    266: "DISK_FAILED", // SQLITE_IOERR_READ
    1034: "DISK_FAILED", // SQLITE_IOERR_FSYNC
    778: "NO_SPACE", // SQLITE_IOERR_WRITE
    11: "DATABASE_CORRUPT",
    13: "NO_SPACE",
    14: "PERMISSION_DENIED",
    26: "NOT_A_DATABASE",
  };
  for (const [errcode, code] of Object.entries(wanted)) {
    const error = Object.assign(new Error("said so"), {
      code: "ERR_SQLITE_ERROR",
      errcode: Number(errcode),
    });
    const failure = failureOf(error);
    equal(failure.code, code, errcode);
    ok(failure.hint, errcode);
    equal(failure.trace, undefined, errcode);
  }
});

Deno.test("failureOf reads the sentence where backup() threw it without a code", () => {
  const error = Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR" });
  equal(failureOf(error).code, "DISK_FAILED");
});
