/**
 * From what a person names to records of the catalog.
 *
 * @module
 */

import type { BackupRecord } from "./backup_record.ts";
import { HoldfastError } from "../errors.ts";

/**
 * The records that are named by id, file name or an unambiguous beginning, each once.
 * Files need not be there. `latest` is understood where `latest` says so: who deletes names
 * what is meant.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`; `USAGE` where nothing is named or a beginning
 * fits several.
 */
export function chooseRecords(
  records: readonly BackupRecord[],
  names: readonly string[],
  { latest = false }: { readonly latest?: boolean | undefined } = {},
): readonly BackupRecord[] {
  if (names.length === 0) {
    throw new HoldfastError("USAGE", "Cannot tell which backup is meant: none is named", {
      hint: "`holdfast list` shows their names and ids.",
    });
  }
  const chosen = new Map(names.map((name) => {
    const newest = records.find(({ reason }) => reason !== "pre-restore");
    const record = latest && name === "latest" && newest ? newest : chooseRecord(records, name);
    return [record.id, record];
  }));
  return [...chosen.values()];
}

function chooseRecord(records: readonly BackupRecord[], wanted: string): BackupRecord {
  const exact = records.find(({ id, name }) => id === wanted || name === wanted);
  if (exact !== undefined) return exact;
  const fitting = wanted === ""
    ? []
    : records.filter(({ id, name }) => id.startsWith(wanted) || name.startsWith(wanted));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) {
    throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find the backup "${wanted}"`, {
      hint: wanted === "latest"
        ? "That would be another one each time: name the one that is meant by id or file name."
        : "`holdfast list` shows what there is, `holdfast list --state deleted` the trash.",
    });
  }
  const some = fitting.slice(0, 5).map(({ id, name }) => `${id.slice(0, 8)} ${name}`).join(", ");
  throw new HoldfastError("USAGE", `"${wanted}" fits ${fitting.length} backups: ${some}`, {
    hint: "Type more of it.",
  });
}
