import assert from "node:assert/strict";
import fc from "fast-check";
import { backupName, isBackupName, parseBackupName } from "./backup_name.ts";
import { HoldfastError } from "../errors.ts";

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const free = (): boolean => false;

Deno.test("backupName is the wall time of the zone", () => {
  const instant = at("2026-01-03T13:30:00.987Z");
  assert.equal(backupName(instant, "Europe/Berlin", free), "2026-01-03_14-30-00.db");
  assert.equal(backupName(instant, "UTC", free, ".zip"), "2026-01-03_13-30-00.zip");
  assert.equal(backupName(instant, "Asia/Kathmandu", free), "2026-01-03_19-15-00.db");
});

Deno.test("backupName numbers the names that are taken", () => {
  const names = new Set(["2026-01-03_13-30-00.db", "2026-01-03_13-30-00_2.db"]);
  const name = backupName(at("2026-01-03T13:30:00Z"), "UTC", (it) => names.has(it));
  assert.equal(name, "2026-01-03_13-30-00_3.db");
});

Deno.test("backupName numbers the hour that a clock change repeats", () => {
  const names = new Set<string>();
  for (const text of ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]) {
    names.add(backupName(at(text), "Europe/Berlin", (it) => names.has(it)));
  }
  assert.deepEqual([...names], ["2026-10-25_02-30-00.db", "2026-10-25_02-30-00_2.db"]);
});

Deno.test("backupName pads early years and refuses those beyond four digits", () => {
  assert.equal(backupName(at("0099-01-03T13:30:00Z"), "UTC", free), "0099-01-03_13-30-00.db");
  assert.throws(
    () => backupName(at("+010000-01-03T13:30:00Z"), "UTC", free),
    (error) => error instanceof HoldfastError && error.code === "BACKUP_FAILED",
  );
});

Deno.test("parseBackupName gives back what backupName was given", () => {
  const seconds = fc.integer({ min: -62_000_000_000, max: 250_000_000_000 });
  const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia");
  fc.assert(fc.property(seconds, zones, fc.nat(12), (second, zone, others) => {
    const instant = Temporal.Instant.fromEpochMilliseconds(second * 1000);
    let left = others;
    const name = backupName(instant, zone, () => left-- > 0, ".zip");
    const wanted = instant.toZonedDateTimeISO(zone).toPlainDateTime();
    const parts = parseBackupName(name);
    assert.equal(parts?.wallTime.toString(), wanted.toString());
    assert.equal(parts?.suffix, others + 1);
    assert.equal(parts?.extension, ".zip");
    assert.ok(isBackupName(name));
  }));
});

Deno.test("parseBackupName knows names without and with several extensions", () => {
  assert.equal(parseBackupName("2026-01-03_14-30-00")?.extension, "");
  assert.equal(parseBackupName("2026-01-03_14-30-00_12.db.zst.age")?.extension, ".db.zst.age");
  assert.equal(parseBackupName("2026-01-03_14-30-00_12.db.zst.age")?.suffix, 12);
  assert.equal(isBackupName("2026-01-03_14-30-00"), false);
  assert.equal(isBackupName("2026-01-03_14-30-00.tar", [".tar"]), true);
});

for (
  const name of [
    "",
    "catalog.db",
    "2026-02-29_14-30-00.db",
    "2026-13-01_14-30-00.db",
    "2026-00-10_14-30-00.db",
    "2026-01-00_14-30-00.db",
    "2026-01-03_24-00-00.db",
    "2026-01-03_14-60-00.db",
    "2026-01-03_14-30-60.db",
    "2026-01-03_14-30-00_1.db",
    "2026-01-03_14-30-00_02.db",
    "2026-01-03_14-30-00 (1).db",
    "2026-01-03_14-30-00.db-wal",
    "2026-01-03_14-30-00.db.tmp",
    "2026-01-03_14-30-00.db\n",
    " 2026-01-03_14-30-00.db",
    "2026-1-3_14-30-00.db",
    "٢٠٢٦-01-03_14-30-00.db",
    "x/2026-01-03_14-30-00.db",
  ]
) {
  Deno.test(`isBackupName refuses ${JSON.stringify(name)}`, () => {
    assert.equal(isBackupName(name), false);
  });
}
