/**
 * Lists the copies on a target, as a table.
 *
 * @module
 */

import { formatByteSize } from "../../core/words/byte_size.ts";
import { listCopies, type ListedCopy } from "../../core/targets/list_copies.ts";
import { escapeText } from "../escape.ts";
import { plural, wallTime } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { type Column, fitting, table } from "../table.ts";
import { type TargetFlags, withCopies } from "../targets/copies_options.ts";

/** Lists what the target itself tells. */
export async function listCopiesVerb(run: Run, flags: TargetFlags): Promise<Outcome> {
  const listing = await withCopies(run, flags, listCopies);
  const zone = run.clock.zone();
  const columns: readonly Column<ListedCopy>[] = [
    { title: "ID", cell: ({ id }) => escapeText(id.slice(0, 8)), drop: 1 },
    { title: "TAKEN", cell: ({ createdAt }) => wallTime(createdAt, zone) },
    { title: "REASON", cell: ({ reason }) => reason, drop: 3 },
    { title: "SIZE", cell: ({ size }) => formatByteSize(size), align: "right" },
    {
      title: "STORED",
      cell: ({ storedSize }) => formatByteSize(storedSize),
      align: "right",
      drop: 4,
    },
    { title: "PROOF", cell: ({ proof }) => proof, drop: 5 },
    { title: "STATUS", cell: ({ whole }) => whole ? "whole" : "damaged" },
    { title: "NAME", cell: ({ key }) => escapeText(key.slice(key.lastIndexOf("/") + 1)), drop: 2 },
  ];
  const narrow = fitting(run.session.screen);
  const { copies } = listing;
  return {
    verb: "list",
    data: listing,
    text: copies.length === 0 ? "No copies." : await table(copies, columns, narrow),
    note: `${plural(copies.length, "backup")} on ${escapeText(listing.target)}`,
  };
}
