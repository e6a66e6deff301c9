import { equal, throws } from "node:assert/strict";
import { mailAddress } from "./mail_address.ts";

Deno.test("mailAddress takes addresses as people write them", () => {
  const good = [
    "ann@example.org",
    "ann.b+backups@mail.example.org",
    "root@localhost",
    "Ann B. <ann@example.org>",
    "<ann@example.org>",
    "änn@grün.example",
    "o'neil@example.org",
  ];
  for (const address of good) equal(mailAddress(` ${address} `, "to"), address);
});

Deno.test("mailAddress refuses impossible addresses by the name of the setting", () => {
  const wrong = [
    "",
    "ann",
    "ann@",
    "@example.org",
    "ann@example..org",
    "ann@-example.org",
    "a nn@example.org",
    "ann@example.org, bob@example.org",
    "ann@example.org\r\nBcc: bob@example.org",
    "Ann <ann@example.org",
    "ann@example.org>",
    ".ann@example.org",
    "a..b@example.org",
    `${"a".repeat(65)}@example.org`,
  ];
  for (const address of wrong) {
    throws(() => mailAddress(address, "to"), { kind: "invalid", message: /"to"/ }, address);
  }
});
