import { equal } from "node:assert/strict";
import { multipartEtag, tellsOtherBytes } from "./etag.ts";

const md5 = "d41d8cd98f00b204e9800998ecf8427e";

Deno.test("multipartEtag is the MD5 of the MD5s and their number", () => {
  equal(multipartEtag([md5]), "59adb24ef3cdbe0297f05b395827453f-1");
});

Deno.test("tellsOtherBytes trusts an ETag only where it is an MD5", () => {
  const tells = (etag: string, more: Record<string, string> = {}): boolean =>
    tellsOtherBytes(new Headers({ etag, ...more }), md5);
  equal(tells(`"${md5}"`), false);
  equal(tells(`"${"0".repeat(32)}"`), true);
  equal(tells(`"${"0".repeat(32)}-3"`), true);
  equal(tells('"CJ2fgb6L5v0CEAE="'), false);
  equal(tells(""), false);
  equal(tells(`"${"0".repeat(32)}"`, { "x-amz-server-side-encryption": "aws:kms" }), false);
});
