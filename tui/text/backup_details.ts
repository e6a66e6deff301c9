/**
 * All that is known of a backup, as lines.
 *
 * @module
 */

import { formatByteSize } from "../../mod.ts";
import { homesOf, isElsewhere, type KnownBackup } from "../known_backup.ts";
import { recordsOf } from "../state/backup_list.ts";
import { count, counted } from "./count.ts";
import { left } from "./fit.ts";
import { exactMoment, took } from "./moment.ts";
import { safeText } from "./safe_text.ts";
import { copyWords, proofWords, remark } from "./backup_words.ts";

const LABEL = 10;

/** The lines, the most wanted first. */
export function detailLines(
  backup: KnownBackup,
  zone: string,
  kept = "",
): readonly string[] {
  const { name, createdAt, reason, size, metadata, sha256, provedAt, id, sourceVersion } = backup;
  const proved = provedAt === null ? "" : `  ${exactMoment(provedAt, zone).slice(0, 16)}`;
  const engine = metadata.engine === undefined
    ? ""
    : `${metadata.engine}${metadata.engineWhy ? `: ${metadata.engineWhy}` : ""}`;
  const facts: readonly (readonly [string, string])[] = [
    ["File", safeText(name)],
    ["Only on", isElsewhere(backup) ? `${safeText(homesOf(backup).join(", "))}: f fetches it` : ""],
    ["Taken", exactMoment(createdAt, zone)],
    ["Reason", reason],
    ["Remark", remark(backup)],
    ["Proof", `${isElsewhere(backup) ? backup.proof : proofWords(backup).text}${proved}`],
    ["Size", formatByteSize(size)],
    ["Copies", copyWords(backup)],
    ["Kept", safeText(kept)],
    ["Version", safeText(sourceVersion ?? "")],
    ["Engine", engine],
    ["Took", durationsOf(backup)],
    ["SHA-256", sha256 ?? "not known"],
    ["Id", id],
  ];
  return [
    ...facts.filter(([, value]) => value !== "").map(([label, value]) =>
      left(label, LABEL) + value
    ),
    ...recordLines(backup),
  ];
}

function durationsOf({ metadata }: KnownBackup): string {
  const all = Object.values(metadata.durations ?? {}).reduce((sum, each) => sum + each, 0);
  return all === 0 ? "" : took(all);
}

/** Rows of each table, the largest first. */
function recordLines(backup: KnownBackup): readonly string[] {
  const counts = Object.entries(backup.metadata.recordCount ?? {});
  if (counts.length === 0) return [];
  const all = counted(recordsOf(backup) ?? 0, "record");
  const rows = counts.toSorted(([, a], [, b]) => (b ?? -1) - (a ?? -1));
  const width = Math.max(...rows.map(([, value]) => count(value ?? 0).length));
  return [
    `${left("Records", LABEL)}${all} in ${counted(counts.length, "table")}`,
    ...rows.map(([table, value]) =>
      `${" ".repeat(LABEL)}${(value === null ? "?" : count(value)).padStart(width)}  ${
        safeText(table)
      }`
    ),
  ];
}
