/**
 * The columns in which backups are listed.
 *
 * @module
 */

import { formatByteSize } from "../../mod.ts";
import { homesOf, type KnownBackup } from "../known_backup.ts";
import { recordsOf } from "../state/backup_list.ts";
import type { State } from "../state/state.ts";
import { count } from "../text/count.ts";
import { type Here, moment } from "../text/moment.ts";
import { proofWords, remark } from "../text/backup_words.ts";
import { safeText } from "../text/safe_text.ts";
import type { Column } from "./columns.ts";

/** The columns, as wide as needed; where copies lie only where there are targets. */
export function backupColumns(
  here: Here & Pick<State, "loaded">,
): readonly Column<KnownBackup>[] {
  return [
    {
      title: "Date",
      width: 16,
      rank: 0,
      text: ({ createdAt }) => moment(createdAt, here),
    },
    {
      title: "Size",
      width: 8,
      align: "right",
      rank: 2,
      text: ({ size }) => formatByteSize(size),
    },
    { title: "Reason", width: 13, rank: 1, text: ({ reason }) => reason },
    {
      title: "Records",
      width: 9,
      align: "right",
      rank: 3,
      text: (backup) => {
        const records = recordsOf(backup);
        return records === undefined ? "" : count(records);
      },
    },
    {
      title: "Proof",
      width: 10,
      rank: 0,
      text: (backup) => proofWords(backup).text,
      tone: (backup) => proofWords(backup).tone,
    },
    ...((here.loaded?.targets ?? []).length === 0
      ? []
      : [{ title: "Where", width: 16, rank: 5, text: whereWords }]),
    { title: "", width: 4, grows: true, rank: 4, text: remark },
  ];
}

/** `here usb drive`: the places that have it. */
function whereWords(backup: KnownBackup): string {
  const here = backup.status === "available" ? ["here"] : [];
  return [...here, ...homesOf(backup).map(safeText)].join(" ");
}
