/**
 * Everything that is known of one backup.
 *
 * @module
 */

import { formatByteSize } from "../../core/words/byte_size.ts";
import { chooseBackup } from "../../core/artifact/choose_backup.ts";
import { HoldfastError } from "../../core/errors.ts";
import { listBackups, type ListedBackup } from "../../core/list.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { elapsedText, grouped, wallTime } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { table } from "../table.ts";

/** What the command is given. */
export interface ShowOptions {
  readonly backup: string;
  readonly database?: string | undefined;
}

/** Shows a backup of the catalog, also one in the trash. */
export async function showVerb(run: Run, options: ShowOptions): Promise<Outcome> {
  const { database, directory } = await choosePlace(run, options.database);
  const listing = await listBackups({ database, directory, deleted: true });
  const kept = listing.backups.filter(({ status }) => status !== "deleted");
  const records = options.backup === "latest" ? kept : listing.backups;
  const chosen = await chooseBackup(records, { backup: options.backup });
  const backup = chosen.kind === "record"
    ? listing.backups.find(({ id }) => id === chosen.record.id)
    : undefined;
  if (backup === undefined) {
    throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot show "${options.backup}": it is a file`, {
      hint: "The catalog knows nothing of it. `holdfast verify` takes a path too.",
    });
  }
  return {
    verb: "show",
    data: { database: listing.database, directory: listing.directory, backup },
    text: await textOf(backup, run.clock.zone()),
  };
}

async function textOf(backup: ListedBackup, zone: string): Promise<string> {
  const { metadata } = backup;
  const when = (instant: string | null): string | undefined =>
    instant === null ? undefined : `${wallTime(instant, zone)} (${zone})`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["name", backup.name],
    ["id", backup.id],
    ["status", backup.status],
    ["taken", when(backup.createdAt)],
    ["reason", backup.reason],
    ["note", backup.note ?? undefined],
    ["source version", backup.sourceVersion ?? undefined],
    ["path", backup.path],
    ["size", `${formatByteSize(backup.size)} (${grouped(backup.size)} bytes)`],
    ["format", backup.format],
    ["files", backup.fileCount === 1 ? undefined : String(backup.fileCount)],
    ["sha256", backup.sha256 ?? undefined],
    ["proof", `${backup.proof}${backup.provedAt === null ? "" : `, ${when(backup.provedAt)}`}`],
    ["checked", checksOf(backup)],
    ["pinned", backup.pinned ? "yes" : undefined],
    ["expires", when(backup.expiresAt)],
    ["deleted", when(backup.deletedAt)],
    ["engine", engineOf(backup)],
    ["journal mode", metadata.journalMode],
    ["pages", pagesOf(backup)],
    ["user_version", metadata.userVersion?.toString()],
    ["application_id", metadata.applicationId?.toString()],
    ["encoding", metadata.encoding],
    ["host", metadata.host],
    ["took", tookOf(backup)],
    ["travels with", metadata.files?.join(", ")],
    ["safety before", metadata.restoring],
  ];
  const lines = facts.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key.padEnd(15)} ${escapeText(value)}`]
  );
  const counts = Object.entries(metadata.recordCount ?? {});
  if (counts.length === 0) return lines.join("\n");
  const rows = await table(counts, [
    { title: "TABLE", cell: ([name]) => escapeText(name) },
    {
      title: "RECORDS",
      cell: ([, count]) => (count === null ? "not readable here" : grouped(count)),
      align: "right",
    },
  ]);
  return `${lines.join("\n")}\n\n${rows}`;
}

function checksOf({ metadata }: ListedBackup): string | undefined {
  const { verify, foreignKeyViolations = 0, assertions = [] } = metadata;
  if (verify === undefined) return undefined;
  return [
    `integrity ${verify}`,
    `${foreignKeyViolations} broken foreign keys`,
    ...(assertions.length > 0 ? [`holds: ${assertions.join("; ")}`] : []),
  ].join(", ");
}

function tookOf({ metadata }: ListedBackup): string | undefined {
  const phases = Object.entries(metadata.durations ?? {});
  if (phases.length === 0) return undefined;
  return phases.map(([phase, ms]) => `${phase} ${elapsedText(ms)}`).join(", ");
}

function engineOf({ metadata }: ListedBackup): string | undefined {
  const { engine, engineWhy } = metadata;
  return engineWhy === undefined ? engine : `${engine}: ${engineWhy}`;
}

function pagesOf({ metadata }: ListedBackup): string | undefined {
  const { pageCount, pageSize, freePages } = metadata;
  if (pageCount === undefined) return undefined;
  return `${grouped(pageCount)} of ${pageSize} bytes, ${freePages ?? 0} free`;
}
