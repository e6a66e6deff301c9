import { equal, throws } from "node:assert/strict";
import { fingerprint, keyType, parseFingerprint } from "./host_key.ts";

// A key and its fingerprint as `ssh-keygen -l` of OpenSSH 9.2 shows it.
const key = Uint8Array.fromBase64(
  "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
);
const shown = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU";

Deno.test("fingerprint is what ssh-keygen shows", () => {
  equal(fingerprint(key), shown);
  equal(keyType(key), "ssh-ed25519");
});

Deno.test("parseFingerprint takes what people paste and refuses the rest", () => {
  equal(parseFingerprint(` ${shown}= `), shown);
  for (const wrong of ["", "SHA256:abc", shown.slice(7), `MD5:${shown}`, `${shown}A`]) {
    throws(() => parseFingerprint(wrong), { name: "TargetError", kind: "invalid" });
  }
});
