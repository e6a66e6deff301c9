/**
 * Applies the retention policy, explains or simulates it.
 *
 * @module
 */

import type { PrunePlan } from "../../core/retention/apply_retention.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import { policyFor } from "../../core/config/job_options.ts";
import { emptyTrash } from "../../core/delete.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import { HoldfastError } from "../../core/errors.ts";
import { planPrune, prune } from "../../core/prune.ts";
import { choosePlace, type ChosenPlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { plural, wallTime } from "../format.ts";
import type { Outcome } from "../printer.ts";
import { refuseWrongPath } from "../refuse_wrong_path.ts";
import type { Run } from "../session.ts";
import { fitting, table } from "../table.ts";
import { confirmed } from "./confirm_change.ts";
import { jobOptions } from "./job_options.ts";

/** The options of the command. */
export interface PruneFlags {
  readonly dryRun?: boolean | undefined;
  readonly explain?: boolean | undefined;
  readonly simulate?: boolean | undefined;
  readonly every?: string | undefined;
  readonly for?: string | undefined;
  readonly emptyTrash?: boolean | undefined;
  readonly allowMassDelete?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** Applies the policy of a database, or shows what it means. */
export async function pruneVerb(
  run: Run,
  name: string | undefined,
  flags: PruneFlags,
): Promise<Outcome> {
  refuseMixed(flags);
  const place = await choosePlace(run, name);
  if (flags.simulate === true) {
    const { simulateVerb } = await import("./simulate.ts");
    return await simulateVerb(run, place, flags);
  }
  if (flags.emptyTrash === true) return await empty(run, place, flags);
  const policy = policyFor(await place.configured());
  if (flags.dryRun === true || flags.explain === true) {
    const plan = await planPrune({ ...jobOptions(run, place), ...policy });
    if (plan.keep.length + plan.delete.length === 0) {
      await refuseWrongPath(await resolvePlace(place));
    }
    const text = await planText(run, plan, flags.explain === true);
    return { verb: "prune", data: { plan, dryRun: true }, text, note: "Nothing was deleted." };
  }
  const result = await prune({
    ...jobOptions(run, place),
    ...policy,
    allowMassDelete: flags.allowMassDelete,
    confirm: flags.yes === true ? undefined : async (plan) =>
      await confirmed(run, {
        what: "prune",
        shown: await planText(run, plan, false),
        question: `Move ${plural(plan.delete.length, "backup")} to the trash?`,
      }),
  });
  const { trashed, purged } = result;
  const lines = trashed.map(({ name, why }) => `${escapeText(name)}  ${escapeText(why)}`);
  if (purged.length > 0) lines.push(`${plural(purged.length, "backup")} left the trash for good`);
  return {
    verb: "prune",
    data: result,
    text: lines.length === 0 ? "Nothing to delete." : lines.join("\n"),
    note: trashed.length === 0
      ? undefined
      : `${plural(trashed.length, "backup")} went to the trash. Within 7 days: holdfast undelete`,
  };
}

function refuseMixed({ simulate, every, for: span, emptyTrash, explain }: PruneFlags): void {
  const modes = [simulate, emptyTrash, explain].filter((flag) => flag === true).length;
  if (modes < 2 && (simulate === true || every === undefined && span === undefined)) return;
  throw new HoldfastError("USAGE", "Cannot use these options of prune together", {
    hint: "One of --explain, --simulate and --empty-trash; --every and --for need --simulate.",
  });
}

async function empty(run: Run, place: ChosenPlace, { yes }: PruneFlags): Promise<Outcome> {
  if (yes !== true) {
    const asked = { what: "empty the trash", question: "Remove all of the trash for good?" };
    if (!await confirmed(run, asked)) throw new HoldfastError("CANCELLED", "Nothing was deleted");
  }
  const result = await emptyTrash(jobOptions(run, place));
  const text = `${plural(result.backups.length, "backup")} removed for good`;
  return { verb: "prune", data: result, text };
}

/** What goes and why; with `all` also what stays. */
async function planText(run: Run, plan: PrunePlan, all: boolean): Promise<string> {
  const rows = [
    ...(all ? plan.keep.map((it) => ({ ...it, verdict: "keep" })) : []),
    ...plan.delete.map((it) => ({ ...it, verdict: "delete" })),
  ].toSorted((a, b) => b.backup.sequence - a.backup.sequence);
  const zone = run.clock.zone();
  const sums = `${plan.keep.length} stay, ${plan.delete.length} go (${
    formatByteSize(plan.freedBytes)
  })`;
  if (rows.length === 0) return sums;
  const lines = await table(rows, [
    { title: "TAKEN", cell: ({ backup }) => wallTime(backup.createdAt, zone) },
    { title: "REASON", cell: ({ backup }) => backup.reason, drop: 2 },
    { title: "SIZE", cell: ({ backup }) => formatByteSize(backup.size), align: "right", drop: 1 },
    { title: "", cell: ({ verdict }) => verdict },
    { title: "WHY", cell: ({ why }) => escapeText(why) },
  ], fitting(run.session.screen));
  return `${lines}\n${sums}`;
}
