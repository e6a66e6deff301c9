/**
 * Lists backups: filtered, sorted, as a table.
 *
 * @module
 */

import { PROOFS, type Reason } from "../../core/artifact/backup_record.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import { listBackups, type ListedBackup, type Listing } from "../../core/list.ts";
import { eachPlace } from "../each_place.ts";
import { escapeText } from "../escape.ts";
import { grouped, plural, rowCount, wallTime } from "../format.ts";
import type { Outcome } from "../printer.ts";
import { refuseWrongPath } from "../refuse_wrong_path.ts";
import type { Run } from "../session.ts";
import { type Column, fitting, table } from "../table.ts";

/** The options of the command. */
export interface ListFlags {
  readonly limit?: number | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly reason?: Reason | undefined;
  readonly state?: ListedBackup["status"] | undefined;
  readonly sort?: "time" | "size" | "name" | "reason" | "proof" | undefined;
  readonly reverse?: boolean | undefined;
}

/** Lists the backups of every chosen database. */
export async function listVerb(
  run: Run,
  names: readonly string[],
  flags: ListFlags,
): Promise<Outcome> {
  const filter = await filterFor(run, flags);
  const { seen: listings, failed, ...ended } = await eachPlace(run, names, async (place) => {
    const { database, directory } = place;
    const listing = await read({ database, directory }, flags);
    if (listing.backups.length === 0) await refuseWrongPath(listing);
    return filtered(listing, { filter, flags });
  });
  const parts = await Promise.all(listings.map((listing) => textOf(run, listing)));
  const isOne = listings.length + ended.failures.length === 1;
  const shown = isOne
    ? parts
    : parts.map((part, i) => `${escapeText(listings[i]?.database ?? "")}\n${part}`);
  const [only] = listings;
  return {
    verb: "list",
    data: { listings, ...failed },
    text: shown.join("\n\n"),
    note: isOne && only !== undefined
      ? `${plural(only.backups.length, "backup")} in ${escapeText(only.directory)}`
      : undefined,
    ...ended,
  };
}

type Filter = (backup: ListedBackup) => boolean;

/** Without a filter the catalog itself gives only the newest. */
async function read(
  place: { readonly database: string | undefined; readonly directory: string | undefined },
  { limit, state, since, until, reason, sort, reverse }: ListFlags,
): Promise<Listing> {
  const plain = [state, since, until, reason, sort, reverse].every((flag) => flag === undefined);
  return await listBackups({
    ...place,
    deleted: state === "deleted",
    limit: plain ? limit : undefined,
  });
}

async function filterFor(run: Run, flags: ListFlags): Promise<Filter> {
  const { since, until, reason, state } = flags;
  const wants: Filter[] = [];
  if (since !== undefined || until !== undefined) {
    const { parseSince, parseUntil } = await import("../parse_when.ts");
    const from = since === undefined ? -Infinity : parseSince(run, since).epochMilliseconds;
    const to = until === undefined ? Infinity : parseUntil(run, until).epochMilliseconds;
    wants.push(({ createdAt }) => {
      const at = Temporal.Instant.from(createdAt).epochMilliseconds;
      return from <= at && at <= to;
    });
  }
  if (reason !== undefined) wants.push((backup) => backup.reason === reason);
  if (state !== undefined) wants.push((backup) => backup.status === state);
  return (backup) => wants.every((want) => want(backup));
}

function filtered(
  listing: Listing,
  { filter, flags }: { readonly filter: Filter; readonly flags: ListFlags },
): Listing {
  const backups = listing.backups.filter(filter);
  const { sort = "time", reverse = false, limit } = flags;
  if (sort !== "time") backups.sort(order[sort]);
  if (reverse) backups.reverse();
  return { ...listing, backups: backups.slice(0, limit) };
}

const order: Readonly<Record<string, (a: ListedBackup, b: ListedBackup) => number>> = {
  size: (a, b) => b.size - a.size,
  name: (a, b) => (a.name < b.name ? -1 : 1),
  reason: (a, b) => (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0),
  proof: (a, b) => PROOFS.indexOf(b.proof) - PROOFS.indexOf(a.proof),
};

async function textOf(run: Run, { backups }: Listing): Promise<string> {
  if (backups.length === 0) return "No backups.";
  const zone = run.clock.zone();
  const columns: readonly Column<ListedBackup>[] = [
    { title: "ID", cell: ({ id }) => id.slice(0, 8), drop: 1 },
    { title: "TAKEN", cell: ({ createdAt }) => wallTime(createdAt, zone) },
    { title: "REASON", cell: ({ reason }) => reason, drop: 3 },
    { title: "VERSION", cell: ({ sourceVersion }) => escapeText(sourceVersion ?? "-"), drop: 7 },
    { title: "SIZE", cell: ({ size }) => formatByteSize(size), align: "right" },
    {
      title: "RECORDS",
      cell: (backup) => {
        const rows = rowCount(backup);
        return rows === undefined ? "-" : grouped(rows);
      },
      align: "right",
      drop: 6,
    },
    { title: "PROOF", cell: ({ proof }) => proof, drop: 4 },
    { title: "STATUS", cell: ({ status }) => status, drop: 5 },
    {
      title: "NAME",
      cell: ({ name, pinned }) => `${escapeText(name)}${pinned ? " (pinned)" : ""}`,
      drop: 2,
    },
    { title: "NOTE", cell: ({ note }) => escapeText(note ?? ""), drop: 8 },
  ];
  const shown = backups.some(({ note }) => note !== null) ? columns : columns.slice(0, -1);
  return await table(backups, shown, fitting(run.session.screen));
}
