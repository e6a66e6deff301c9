import { equal } from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import { fileError } from "./file_error.ts";

Deno.test("fileError tells a full disk, a failed one, refused access and the rest apart", () => {
  const full = Object.assign(new Error("No space left on device"), { code: "ENOSPC" });
  equal(fileError("Cannot write", full, "INTERNAL").code, "NO_SPACE");
  const denied = new Deno.errors.PermissionDenied("no");
  equal(fileError("Cannot write", denied, "INTERNAL").code, "PERMISSION_DENIED");
  const failed = Object.assign(new Error("Input/output error"), { code: "EIO" });
  const { code, hint } = fileError("Cannot write", failed, "INTERNAL");
  equal(code, "DISK_FAILED");
  equal(typeof hint, "string");
  equal(fileError("Cannot write", new Error("x"), "BACKUP_FAILED").code, "BACKUP_FAILED");
  const ours = new HoldfastError("CANCELLED", "Cancelled");
  equal(fileError("Cannot write", ours, "INTERNAL"), ours);
});
