import assert from "node:assert/strict";
import fc from "fast-check";
import { sampleRecord } from "../../tests/support/sample_record.ts";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { mergeRecords } from "./merge_records.ts";

function record(id: string, other: Partial<BackupRecord> = {}): BackupRecord {
  return sampleRecord({ id, name: `${id}.db`, ...other });
}

Deno.test("mergeRecords keeps pin, remark and the later proof of either side", () => {
  const ours = record("a", { note: "ours", proof: "checked", provedAt: "2026-01-02T00:00:00Z" });
  const theirs = record("a", { pinned: true, proof: "stored", provedAt: "2026-01-03T00:00:00Z" });
  const { records: [merged], added, changed } = mergeRecords([ours], [theirs], () => "kept");
  assert.deepEqual([merged?.note, merged?.pinned, merged?.proof], ["ours", true, "stored"]);
  assert.deepEqual([added, changed], [0, 1]);
});

Deno.test("mergeRecords believes the place of a file, not who says deleted", () => {
  const kept = record("a");
  const deleted = record("a", { deletedAt: "2026-01-05T00:00:00Z" });
  const [there] = mergeRecords([deleted], [kept], () => "kept").records;
  assert.equal(there?.deletedAt, null);
  const [trashed] = mergeRecords([kept], [deleted], () => "trash").records;
  assert.equal(trashed?.deletedAt, deleted.deletedAt);
});

Deno.test("mergeRecords loses none, keeps the order of each list, and merges nothing twice", () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
  const toRecords = (ids: readonly number[]): BackupRecord[] =>
    ids.map((id, index) =>
      record(String(id), {
        createdAt: `2026-01-${String(id + 1).padStart(2, "0")}T00:00:00.000Z`,
        sequence: index + 1,
      })
    );
  fc.assert(fc.property(list, list, (a, b) => {
    const [ours, theirs] = [toRecords(a), toRecords(b)];
    const { records, added } = mergeRecords(ours, theirs, () => "kept");
    const ids = records.map(({ id }) => Number(id));
    assert.deepEqual(new Set(ids), new Set([...a, ...b]));
    assert.equal(ids.length, a.length + added);
    assert.deepEqual(ids.filter((id) => a.includes(id)), a);
    const fresh = b.filter((id) => !a.includes(id));
    assert.deepEqual(ids.filter((id) => fresh.includes(id)), fresh);
    assert.deepEqual(records.map(({ sequence }) => sequence), ids.map((_, index) => index + 1));
    const again = mergeRecords(records, theirs, () => "kept");
    assert.deepEqual([again.records, again.added, again.changed], [records, 0, 0]);
  }));
});
