import { deepEqual, ok } from "node:assert/strict";
import type { SnapshotEngine } from "../../core/artifact/backup_record.ts";
import { liveGrant } from "../../core/database_file.ts";
import { runJob } from "../../core/engine/client.ts";
import type { Sabotage } from "../../core/engine/protocol.ts";
import { HoldfastError } from "../../core/errors.ts";
import { tempDir } from "../support/temp_dir.ts";
import {
  type Checkpoints,
  JOURNAL_MODES,
  lastNumber,
  makeLedger,
  startWriter,
  tornIn,
} from "./writer.ts";

/** `HOLDFAST_TORN=1000` for a run by hand. */
const ROUNDS = Number(Deno.env.get("HOLDFAST_TORN") ?? 200);
const ENGINES = ["online", "clone", "compact"] as const;

for (const engine of ENGINES) {
  for (const mode of JOURNAL_MODES) {
    Deno.test(`snapshot ${engine} of a ${mode} database under a saturating writer is never torn (${ROUNDS})`, async () => {
      const torn = await snapshots({ engine, mode, rounds: ROUNDS });
      deepEqual(torn, []);
    });
  }
}

Deno.test(`snapshot clone is never torn where a long -wal is started over (${ROUNDS})`, async () => {
  const campaign = { engine: "clone", mode: "wal", checkpoints: "seldom" } as const;
  deepEqual(await snapshots({ ...campaign, rounds: ROUNDS }), []);
  const slowly = { ...campaign, sabotage: ["slow-wal-copy"], rounds: ROUNDS / 4 } as const;
  deepEqual(await snapshots(slowly), []);
});

const broken: readonly { sabotage: readonly Sabotage[]; engine: SnapshotEngine; mode: string }[] = [
  { sabotage: ["no-read-transaction"], engine: "clone", mode: "wal" },
  { sabotage: ["no-read-transaction"], engine: "clone", mode: "delete" },
  { sabotage: ["no-wal"], engine: "clone", mode: "wal" },
  { sabotage: ["no-header-check", "slow-wal-copy"], engine: "clone", mode: "wal" },
];
for (const { sabotage, engine, mode } of broken) {
  Deno.test(`snapshot ${engine} of a ${mode} database, broken by ${sabotage.join(" and ")}, is seen to be torn`, async () => {
    const checkpoints = sabotage.includes("no-header-check") ? "seldom" : "often";
    const rounds = 2000;
    const torn = await snapshots({
      engine,
      mode,
      rounds,
      sabotage,
      checkpoints,
      stopAtFirst: true,
    });
    ok(torn.length > 0, "the safety test does not notice a broken engine");
  });
}

interface Campaign {
  readonly engine: SnapshotEngine;
  readonly mode: string;
  readonly rounds: number;
  readonly sabotage?: readonly Sabotage[];
  readonly checkpoints?: Checkpoints;
  readonly stopAtFirst?: boolean;
}

/** Takes snapshots under the writer; gives what is wrong with them. */
async function snapshots(campaign: Campaign): Promise<string[]> {
  await using dir = await tempDir();
  const live = dir.join("app.db");
  makeLedger(live, campaign.mode);
  await using _writer = await startWriter(live, campaign.checkpoints);
  const wrong: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < campaign.rounds && !(campaign.stopAtFirst && wrong.length > 0)) {
      const round = next++;
      wrong.push(...(await one(campaign, live, dir.join(`${round}`))).map((w) => `${round}: ${w}`));
    }
  };
  // A second reader would keep a checkpoint from ending, and the -wal from being started over.
  const workers = campaign.checkpoints === "seldom" ? [work()] : [work(), work()];
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return wrong;
}

async function one(campaign: Campaign, live: string, folder: string): Promise<string[]> {
  const { engine, sabotage } = campaign;
  await Deno.mkdir(folder);
  const destination = `${folder}/copy.db`;
  const least = lastNumber(live);
  const grant = { ...liveGrant(live, folder), all: engine === "compact" };
  try {
    await runJob("snapshot", {
      source: live,
      destination,
      engine,
      busyMs: 60_000,
      sabotage,
    }, { grant });
    return tornIn(destination, least);
  } catch (error) {
    // A broken engine may also fail while it folds what it copied.
    if (campaign.stopAtFirst && error instanceof HoldfastError) return [error.message];
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
