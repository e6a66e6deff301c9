import { equal, ok } from "node:assert/strict";
import type { ErrorCode } from "../errors.ts";
import { catalogError } from "./catalog_error.ts";

Deno.test("catalogError names a repair only where the catalog itself is at fault", () => {
  const wanted: readonly (readonly [Record<string, unknown>, ErrorCode])[] = [
    [{ code: "ERR_SQLITE_ERROR", errcode: 11 }, "BACKUP_LIST_FAILED"],
    [{ code: "ERR_SQLITE_ERROR", errcode: 26 }, "BACKUP_LIST_FAILED"],
    [{ code: "ERR_SQLITE_ERROR", errcode: 5 }, "LOCKED"],
    [{ code: "ERR_SQLITE_ERROR", errcode: 266 }, "DISK_FAILED"],
    [{ code: "ERR_SQLITE_ERROR", errcode: 13 }, "NO_SPACE"],
    [{ code: "ERR_SQLITE_ERROR", errcode: 1032 }, "PERMISSION_DENIED"],
    [{ code: "EIO" }, "DISK_FAILED"],
    [{ code: "EROFS" }, "PERMISSION_DENIED"],
  ];
  for (const [said, code] of wanted) {
    const error = catalogError("Cannot use it", Object.assign(new Error("no"), said));
    equal(error.code, code, JSON.stringify(said));
    ok(error.hint);
    equal(error.hint.includes("catalog repair"), code === "BACKUP_LIST_FAILED");
  }
});
