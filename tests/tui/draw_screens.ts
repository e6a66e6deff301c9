/**
 * Draws the pictures of docs/screens/ from the real UI with a real database at a fixed
 * moment: `deno task screens`. A test fails where they are stale.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { backup, type Clock, restore } from "../../mod.ts";
import type { TuiActions } from "../../tui/mod.tsx";
import type { TerminalRobot } from "../support/terminal_robot.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";
import { openUi } from "./open_ui.ts";

/** Where they lie. */
export const SCREENS_FOLDER: URL = new URL("../../docs/screens/", import.meta.url);

const NOW = Temporal.Instant.from("2026-11-21T10:20:00Z");

/** A clock that stands still, hours before the moment of the pictures. */
function clockAt(hoursBefore: number): Clock {
  const now = NOW.subtract({ minutes: Math.round(hoursBefore * 60) });
  return { now: () => now, zone: () => "Europe/Berlin", elapsed: () => 0 };
}

/** Each picture: the keys that lead to it and what tells that it is complete. */
const pictures: readonly {
  readonly name: string;
  readonly keys: readonly string[];
  readonly shows: RegExp;
}[] = [
  { name: "dashboard", keys: [], shows: /Newest/ },
  { name: "backups", keys: ["l", "down", "down"], shows: /3 of 8/ },
  { name: "restore", keys: ["r", "down", "down", "down"], shows: /works +[\d,]+ → [\d,]+/ },
  { name: "retention", keys: ["p"], shows: /In a year/ },
  { name: "statistics", keys: ["s"], shows: /Size of each backup/ },
  {
    name: "rescue",
    keys: ["l", "down", "down", "down", "w", "down", "down", "enter"],
    shows: /13 rows of works/,
  },
];

/** Draws all of them, by name. */
export async function drawScreens(): Promise<ReadonlyMap<string, string>> {
  await using dir = await tempDir();
  const database = await history(dir);
  const drawn = new Map<string, string>();
  for (const { name, keys, shows } of pictures) {
    const { robot, left } = openUi({
      folder: dir.path,
      database,
      clock: clockAt(0),
      wrap: withSameRoom,
    });
    using _robot = robot;
    await robot.see("8 backups");
    await robot.press(...keys);
    await robot.see(shows);
    drawn.set(name, picture(robot));
    await robot.press("ctrl+c");
    await left;
  }
  return drawn;
}

function picture(robot: TerminalRobot): string {
  return `${robot.text()}\n`;
}

/** How much room is free is another on each machine. */
function withSameRoom(actions: TuiActions): TuiActions {
  return {
    ...actions,
    open: async (path) => {
      const opened = await actions.open(path);
      return { ...opened, load: async () => ({ ...await opened.load(), free: 212_000_000_000 }) };
    },
  };
}

/** Two weeks of an application: backups, a restore, growth. */
async function history(dir: TempDir): Promise<string> {
  const database = dir.join("submissions.db");
  using app = new DatabaseSync(database);
  app.exec(`CREATE TABLE works (id INTEGER PRIMARY KEY, title TEXT, text TEXT);
    CREATE TABLE submissions (id INTEGER PRIMARY KEY, work INTEGER, sent_to TEXT);
    CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)`);
  const add = (works: number): void =>
    app.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${works})
      INSERT INTO works (title, text) SELECT 'work ' || i, hex(zeroblob(1200)) FROM n;
      INSERT INTO submissions (work, sent_to) SELECT id, 'journal' FROM works
        WHERE id % 9 = 0 AND id > (SELECT coalesce(max(work), 0) FROM submissions);
      INSERT INTO notes (text) VALUES ('a thought')`);
  const take = async (
    hours: number,
    more: Partial<Parameters<typeof backup>[0]> = {},
  ): Promise<string> => {
    const clock = clockAt(hours);
    return (await backup({ database, clock, retention: false, ...more })).id;
  };
  add(2900);
  await take(330, { reason: "auto:schedule" });
  add(80);
  await take(170.5, { note: "v2 done" });
  add(60);
  await take(170, { reason: "auto:timer", verify: "none" });
  add(70);
  await take(50, { reason: "auto:schedule" });
  const yesterday = await take(26, { reason: "auto:startup" });
  app.exec("DELETE FROM works WHERE id % 7 = 0; DELETE FROM notes");
  const { safetyBackup } = await restore({ database, backup: yesterday, clock: clockAt(25) });
  if (safetyBackup === null) throw new Error("There is no safety backup");
  add(90);
  await take(2, { reason: "auto:startup" });
  add(11);
  await take(0.5, { note: "before the party" });
  add(4);
  app.exec("DELETE FROM works WHERE id BETWEEN 40 AND 52");
  return database;
}

/** The pages that show pictures. */
export const PAGES: readonly URL[] = ["README.md", "docs/terminal_ui.md"]
  .map((path) => new URL(`../../${path}`, import.meta.url));

/** A page with each picture below its mark, `<!-- screen: name -->`. */
export function withScreens(page: string, drawn: ReadonlyMap<string, string>): string {
  return page.replace(
    /(<!-- screen: (\w+) -->\n+```text\n)[^`]*(```)/g,
    (_, before: string, name: string, after: string) => {
      const text = drawn.get(name);
      if (text === undefined) throw new Error(`There is no picture "${name}"`);
      return `${before}${text}${after}`;
    },
  );
}

if (import.meta.main) {
  await Deno.mkdir(SCREENS_FOLDER, { recursive: true });
  const drawn = await drawScreens();
  for (const [name, text] of drawn) {
    await Deno.writeTextFile(new URL(`${name}.txt`, SCREENS_FOLDER), text);
  }
  for (const page of PAGES) {
    await Deno.writeTextFile(page, withScreens(await Deno.readTextFile(page), drawn));
  }
  Deno.exit(0);
}
