import assert from "node:assert/strict";
import { conflictedCopy } from "./conflicted_copy.ts";

const backup = "2026-01-03_14-30-00";

for (
  const [name, original, madeBy] of [
    [`${backup} (Ada's conflicted copy 2026-01-04).db`, `${backup}.db`, "Dropbox"],
    [`${backup} (ada.local's conflicted copy 2026-01-04 1).db`, `${backup}.db`, "Dropbox"],
    ["catalog (Case Conflict).db", "catalog.db", "Dropbox"],
    ["catalog (Selective Sync Conflict).db", "catalog.db", "Dropbox"],
    [
      "backup_manifest.sync-conflict-20260104-091500-ABCDEF7.json",
      "backup_manifest.json",
      "Syncthing",
    ],
    ["catalog.sync-conflict-20260104-091500.db", "catalog.db", "Syncthing"],
    [`${backup}_2 (conflicted copy 2026-01-04 091500).db`, `${backup}_2.db`, "Nextcloud"],
    [`${backup}_conflict-20260104-091500.db`, `${backup}.db`, "Nextcloud"],
    ["catalog (SFConflict ada@example.com 2026-01-04-09-15-00).db", "catalog.db", "Seafile"],
    ["catalog [Conflict].db", "catalog.db", "Google Drive"],
    ["catalog_conf(1).db", "catalog.db", "Google Drive"],
    ["catalog.Conflict.db", "catalog.db", "Resilio Sync"],
    ["catalog (in conflict).db", "catalog.db", "a sync client"],
    [`${backup} (1).zip`, `${backup}.zip`, "Google Drive or a browser"],
    [`${backup} 2.db`, `${backup}.db`, "iCloud Drive"],
    [`${backup} - Copy (2).db`, `${backup}.db`, "a file manager"],
    [`${backup} copy.db`, `${backup}.db`, "a file manager"],
    [`${backup}-DESKTOP-7A1.db`, `${backup}.db`, "OneDrive"],
    ["catalog-Adas MacBook.db", "catalog.db", "OneDrive"],
    [`${backup}-Büro.db.zst`, `${backup}.db.zst`, "OneDrive"],
  ] as const
) {
  Deno.test(`conflictedCopy tells ${name}`, () => {
    assert.deepEqual(conflictedCopy(name), { original, madeBy });
  });
}

for (
  const name of [
    `${backup}.db`,
    `${backup}_2.db`,
    `${backup}_10.zip`,
    `${backup}.db.zst`,
    `${backup}.db-wal`,
    `${backup}.db-journal`,
    "catalog.db",
    "catalog.db-journal",
    "backup_manifest.json",
    "notes (1).db",
    "orders-DESKTOP.db",
    ".syncthing.catalog.db.tmp",
  ]
) {
  Deno.test(`conflictedCopy does not claim ${name}`, () => {
    assert.equal(conflictedCopy(name), undefined);
  });
}
