/**
 * Every command by name: enough for the list in the help. The rest of a command is
 * imported when it is called.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Session } from "./session.ts";

/** One command. */
export interface CommandEntry {
  readonly name: string;
  /** As in its own help. */
  readonly summary: string;
  /** The heading above it in the list. */
  readonly group: string;
  /** Makes it. */
  load(session: Session): Promise<CommandUnknownOpts>;
}

const everyday = "Everyday:";
const inside = "Looking inside:";
const collection = "Looking after the backups:";
const elsewhere = "Copies elsewhere:";
const setUp = "Setting up:";

/** Every command, in the order of the help. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: "backup",
    summary: "Take a proven backup of a live database",
    group: everyday,
    load: async (session) => (await import("./commands/backup.ts")).backupCommand(session),
  },
  {
    name: "list",
    summary: "List the backups, newest first",
    group: everyday,
    load: async (session) => (await import("./commands/list.ts")).listCommand(session),
  },
  {
    name: "show",
    summary: "Show everything that is known of a backup",
    group: everyday,
    load: async (session) => (await import("./commands/show.ts")).showCommand(session),
  },
  {
    name: "verify",
    summary: "Verify backups: hash, integrity, what is expected of them",
    group: everyday,
    load: async (session) => (await import("./commands/verify.ts")).verifyCommand(session),
  },
  {
    name: "restore",
    summary: "Restore a backup while the application keeps running",
    group: everyday,
    load: async (session) => (await import("./commands/restore.ts")).restoreCommand(session),
  },
  {
    name: "undo",
    summary: "Undo the last restore or rescue",
    group: everyday,
    load: async (session) => (await import("./commands/undo.ts")).undoCommand(session),
  },
  {
    name: "tui",
    summary: "Open the full-screen terminal UI",
    group: everyday,
    load: async (session) => (await import("./commands/tui.ts")).tuiCommand(session),
  },
  {
    name: "peek",
    summary: "Look into a backup: its tables, and the first rows of one",
    group: inside,
    load: async (session) => (await import("./commands/peek.ts")).peekCommand(session),
  },
  {
    name: "diff",
    summary: "Compare a backup with the live database, or with another backup",
    group: inside,
    load: async (session) => (await import("./commands/diff.ts")).diffCommand(session),
  },
  {
    name: "rescue",
    summary: "Bring rows of a backup back into the live database",
    group: inside,
    load: async (session) => (await import("./commands/rescue.ts")).rescueCommand(session),
  },
  {
    name: "drill",
    summary: "Rehearse a restore: into a scratch file, proved and timed",
    group: inside,
    load: async (session) => (await import("./commands/drill.ts")).drillCommand(session),
  },
  {
    name: "export",
    summary: "Export a database or a backup: as a file, or its tables as CSV or JSON",
    group: inside,
    load: async (session) => (await import("./commands/export.ts")).exportCommand(session),
  },
  {
    name: "maintain",
    summary: "Check, compact, checkpoint or analyze the live database",
    group: inside,
    load: async (session) => (await import("./commands/maintain.ts")).maintainCommand(session),
  },
  {
    name: "prune",
    summary: "Apply the retention policy: what it does not keep goes to the trash",
    group: collection,
    load: async (session) => (await import("./commands/prune.ts")).pruneCommand(session),
  },
  {
    name: "pin",
    summary: "Pin backups: retention never deletes them",
    group: collection,
    load: async (session) => (await import("./commands/pin.ts")).pinCommand(session),
  },
  {
    name: "unpin",
    summary: "Unpin backups",
    group: collection,
    load: async (session) => (await import("./commands/unpin.ts")).unpinCommand(session),
  },
  {
    name: "note",
    summary: "Change the remark or the expiry of a backup",
    group: collection,
    load: async (session) => (await import("./commands/note.ts")).noteCommand(session),
  },
  {
    name: "delete",
    summary: "Delete backups: for 7 days they can come back",
    group: collection,
    load: async (session) => (await import("./commands/delete.ts")).deleteCommand(session),
  },
  {
    name: "undelete",
    summary: "Bring deleted backups back",
    group: collection,
    load: async (session) => (await import("./commands/undelete.ts")).undeleteCommand(session),
  },
  {
    name: "health",
    summary: "Say whether the backups are as they should be",
    group: collection,
    load: async (session) => (await import("./commands/health.ts")).healthCommand(session),
  },
  {
    name: "stats",
    summary: "Count the backups, their sizes and growth",
    group: collection,
    load: async (session) => (await import("./commands/stats.ts")).statsCommand(session),
  },
  {
    name: "log",
    summary: "Show who backed up, restored, deleted what and when",
    group: collection,
    load: async (session) => (await import("./commands/log.ts")).logCommand(session),
  },
  {
    name: "catalog",
    summary: "Check, repair or rebuild the catalog",
    group: collection,
    load: async (session) => (await import("./commands/catalog.ts")).catalogCommand(session),
  },
  {
    name: "move",
    summary: "Move the backups into another directory, also on another disk",
    group: collection,
    load: async (session) => (await import("./commands/move.ts")).moveCommand(session),
  },
  {
    name: "init",
    summary: "Write a configuration file",
    group: setUp,
    load: async (session) => (await import("./commands/init.ts")).initCommand(session),
  },
  {
    name: "config",
    summary: "Show, check and change the configuration",
    group: setUp,
    load: async (session) => (await import("./commands/config.ts")).configCommand(session),
  },
  {
    name: "schedule",
    summary: "Set when backups happen by themselves, and the timer that runs them",
    group: setUp,
    load: async (session) => (await import("./commands/schedule.ts")).scheduleCommand(session),
  },
  {
    name: "watch",
    summary: "Stay, and take backups by schedule, by timer and after changes",
    group: setUp,
    load: async (session) => (await import("./commands/watch.ts")).watchCommand(session),
  },
  {
    name: "status",
    summary: "Show whether backups happen by themselves, and when the next one does",
    group: setUp,
    load: async (session) => (await import("./commands/status.ts")).statusCommand(session),
  },
  {
    name: "notify",
    summary: "Set up and test the ways in which news is sent",
    group: setUp,
    load: async (session) => (await import("./commands/notify.ts")).notifyCommand(session),
  },
  {
    name: "key",
    summary: "Make and check the keys of encrypted copies",
    group: elsewhere,
    load: async (session) => (await import("./commands/key.ts")).keyCommand(session),
  },
  {
    name: "target",
    summary: "Add, show, check and change the targets for copies",
    group: elsewhere,
    load: async (session) => (await import("./commands/target.ts")).targetCommand(session),
  },
  {
    name: "push",
    summary: "Send backups to the targets that miss them",
    group: elsewhere,
    load: async (session) => (await import("./commands/push.ts")).pushCommand(session),
  },
  {
    name: "pull",
    summary: "Fetch copies from a target into the backup directory",
    group: elsewhere,
    load: async (session) => (await import("./commands/pull.ts")).pullCommand(session),
  },
  {
    name: "import",
    summary: "Restore the database of a ZIP archive",
    group: elsewhere,
    load: async (session) => (await import("./commands/import.ts")).importCommand(session),
  },
  {
    name: "plugin",
    summary: "Show what plugins add, and make a new one",
    group: elsewhere,
    load: async (session) => (await import("./commands/plugin.ts")).pluginCommand(session),
  },
  {
    name: "doctor",
    summary: "Say what is missing on this machine, and how to get it",
    group: setUp,
    load: async (session) => (await import("./commands/doctor.ts")).doctorCommand(session),
  },
  {
    name: "man",
    summary: "Print the manual page",
    group: setUp,
    load: async (session) => (await import("./commands/man.ts")).manCommand(session),
  },
  {
    name: "completions",
    summary: "Print the completions for a shell",
    group: setUp,
    load: async (session) =>
      (await import("./commands/completions.ts")).completionsCommand(session),
  },
];
