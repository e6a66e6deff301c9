/**
 * A ZIP of a 300 MB database at level 6 against `zip -6`: the ratio of the medians
 * of interleaved pairs, and the peak memory. `deno run -A bench/zip.ts [pairs]`.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { fileBody } from "../core/extend/mod.ts";
import { packArchive } from "../plugins/zip/mod.ts";
import { median } from "./support/pairs.ts";
import { timed } from "./support/timed.ts";

/** At most this much of the time of `zip -6`. */
const bar = 0.6;

/** A database like those of applications: text, numbers, dates and three indexes; about 2:1. */
function makeDatabase(path: string, bytes: number): void {
  using db = new DatabaseSync(path);
  db.exec(`
    PRAGMA journal_mode = off;
    PRAGMA synchronous = off;
    CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT, at TEXT, amount REAL, note TEXT);
  `);
  const insert = db.prepare(`
    WITH RECURSIVE row(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM row WHERE i < ?1 + 49999),
    mixed AS (SELECT i, (i * 2654435761) % 4294967296 AS a, (i * 40503 + 7) % 65536 AS b FROM row)
    INSERT INTO entry (name, at, amount, note)
    SELECT printf('customer %x', a), datetime(1600000000 + a % 100000000, 'unixepoch'),
      a / 100.0, printf('invoice %d of order %x, paid by card ending %d, see also %x',
        i, a * 31 % 4294967291, b, a * 17 % 4294967279)
    FROM mixed
  `);
  const size = db.prepare(
    "SELECT page_count * page_size AS size FROM pragma_page_count, pragma_page_size",
  );
  // The indexes, made last because that is faster, take the other third.
  for (let first = 0; Number(size.get()?.size) < bytes * 0.64; first += 50_000) insert.run(first);
  db.exec(`
    CREATE INDEX entry_name ON entry (name);
    CREATE INDEX entry_at ON entry (at);
    CREATE INDEX entry_amount ON entry (amount);
  `);
}

const pairs = Number(Deno.args[0] ?? 3);
const dir = await Deno.makeTempDir({ prefix: "holdfast-bench-" });
try {
  const database = `${dir}/app.db`;
  makeDatabase(database, 300_000_000);
  const { signal } = new AbortController();
  const body = await fileBody(database);
  const ours: number[] = [];
  const theirs: number[] = [];
  let peak = 0;
  for (let pair = 0; pair < pairs; pair++) {
    theirs.push(
      await timed(async () => {
        await Deno.remove(`${dir}/zip.zip`).catch((cause) => {
          if (!(cause instanceof Deno.errors.NotFound)) throw cause;
        });
        const { success } = await new Deno.Command("zip", {
          args: ["-q", "-6", `${dir}/zip.zip`, database],
        }).output();
        if (!success) throw new Error("zip failed");
      }),
    );
    ours.push(
      await timed(() =>
        Deno.writeFile(
          `${dir}/ours.zip`,
          packArchive([{ name: "database.sqlite", body }], {}, {
            signal,
            onProgress: () => peak = Math.max(peak, Deno.memoryUsage().rss),
          }),
        )
      ),
    );
  }
  const ratio = median(ours) / median(theirs);
  // deno-lint-ignore no-console -- a script prints its result
  console.log(JSON.stringify({
    bench: "ZIP of 300 MB at level 6 ÷ zip -6",
    ratio: Number(ratio.toFixed(2)),
    bar,
    ok: ratio <= bar,
    oursMs: ours.map(Math.round),
    zipMs: theirs.map(Math.round),
    sizes: {
      database: body.size,
      ours: (await Deno.stat(`${dir}/ours.zip`)).size,
      zip: (await Deno.stat(`${dir}/zip.zip`)).size,
    },
    peakMB: Math.round(peak / 1e6),
  }));
} finally {
  await Deno.remove(dir, { recursive: true });
}
