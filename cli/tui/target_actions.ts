/**
 * The verbs of targets as the terminal UI asks for them.
 *
 * @module
 */

import type { Outcome } from "../../tui/actions.ts";
import type {
  NewCodec,
  NewTarget,
  Talk,
  TargetActions,
  TargetOffer,
} from "../../tui/target_actions.ts";
import type { Outcome as Printed } from "../printer.ts";
import type { Run } from "../session.ts";
import type { ActionsContext } from "./database_actions.ts";
import { jobRun } from "./job_run.ts";
import { sentWords } from "./sent_words.ts";
import { talkingUi } from "./talking_ui.ts";

/** These actions of one database. Each verb is loaded when it is first asked for. */
export function targetActions(context: ActionsContext): TargetActions {
  const { run, place } = context;
  const { database } = place;
  return {
    offer: () => offer(run),
    quota: async (name, signal) => {
      const { openNamed } = await import("../targets/open_targets.ts");
      await using open = await openNamed(run, context.configured, name);
      return await open.target.quota?.({ signal: AbortSignal.any([run.signal, signal]) });
    },
    add: (target, talk) => add(context, target, talk),
    connect: async (name, talk) => {
      const { targetConnect } = await import("../verbs/target_connect.ts");
      return told(
        await targetConnect(jobRun(run, talk), name, { database, ui: talkingUi(talk) }),
      );
    },
    check: async (name, talk) => {
      const { targetCheck } = await import("../verbs/target_try.ts");
      return told(await targetCheck(jobRun(run, talk), name, { database }));
    },
    push: async (name, talk) => {
      const { pushCopies } = await import("../verbs/push.ts");
      const { targetText, tellFailures } = await import("../targets/with_targets.ts");
      const to = name === undefined ? undefined : [name];
      const job = jobRun(run, talk);
      const { targets } = await pushCopies(job, [], { to, database });
      // Of a single one the summary says what went wrong.
      if (targets.length > 1) tellFailures(job, "push", targets);
      const doubtful = targets.some(({ ok }) => !ok);
      return { summary: sentWords(targets), lines: targets.map(targetText), doubtful };
    },
    pull: async (from, talk) => {
      const { pullVerb } = await import("../verbs/pull.ts");
      const { note = "", text = "" } = await pullVerb(jobRun(run, talk), [], { from, database });
      return { summary: note, lines: text.split("\n") };
    },
    fetch: async ({ target, ids }, talk) => {
      const { pullVerb } = await import("../verbs/pull.ts");
      const result = await pullVerb(jobRun(run, talk), ids, { from: target, database });
      return { summary: result.note ?? "", lines: (result.text ?? "").split("\n"), ids };
    },
    deleteCopies: async ({ target, ids, force }, talk) => {
      const { deleteCopiesVerb } = await import("../verbs/delete_copies.ts");
      const flags = { target, database, force, yes: true };
      const result = await deleteCopiesVerb(jobRun(run, talk), ids, flags);
      return { ...told(result), summary: `Deleted ${copyCount(ids.length)} on ${target}` };
    },
    enable: (name, enabled, talk) =>
      changed(context, name, async (owner) => {
        const { targetEnable } = await import("../verbs/target_change.ts");
        return await targetEnable(jobRun(run, talk), name, { database: owner, enabled });
      }),
    remove: (name, talk) =>
      changed(context, name, async (owner) => {
        const { targetRemove } = await import("../verbs/target_change.ts");
        return await targetRemove(jobRun(run, talk), name, { database: owner });
      }),
  };
}

function copyCount(count: number): string {
  return count === 1 ? "the copy" : `${count} copies`;
}

async function offer(run: Run): Promise<TargetOffer> {
  const { loadEveryPlugin } = await import("../targets/load_registry.ts");
  const registry = await loadEveryPlugin(run);
  return {
    kinds: registry.entries("targets").map(({ name, kind: { summary, settings, connect } }) => ({
      name,
      summary,
      settings,
      connects: connect !== undefined,
    })),
    codecs: registry.entries("codecs").map(({ name, kind: { summary, settings } }) => ({
      name,
      summary,
      settings,
    })),
  };
}

async function add(
  { run, configured, file }: ActionsContext,
  { name, kind, settings, secrets, codecs, required, retention }: NewTarget,
  talk: Talk,
): Promise<Outcome> {
  const { targetAdd } = await import("../verbs/target_add.ts");
  const result = await targetAdd(jobRun(run, talk), { name, place: kind }, {
    set: [{ kind: "", settings }, ...codecs].flatMap(settingFlags),
    codec: codecs.map((codec) => codec.kind),
    required,
    retention,
    database: configured.name,
    secrets,
  });
  await file?.reload();
  return { ...told(result), summary: `Target ${name} is added` };
}

/** As on the command line: `path=/media/usb`, `age.recipients=age1…`. */
function settingFlags({ kind, settings }: NewCodec): readonly string[] {
  const owner = kind === "" ? "" : `${kind}.`;
  return Object.entries(settings).map(([name, text]) => `${owner}${name}=${text}`);
}

/** A target stands at the top of the file, for all databases, or with its own. */
async function changed(
  { run, configured, file }: ActionsContext,
  name: string,
  change: (owner: string | undefined) => Promise<Printed>,
): Promise<Outcome> {
  const { databases = {} } = (await run.config()).file;
  const own = configured.name === undefined ? undefined : databases[configured.name]?.targets;
  const result = await change(own?.[name] === undefined ? undefined : configured.name);
  await file?.reload();
  return told(result);
}

/** What a command would print, as news. */
function told({ text = "", note, exitCode = 0 }: Printed): Outcome {
  const [summary = "", ...lines] = text.split("\n");
  return {
    summary,
    lines: [...lines, ...note === undefined ? [] : [note]],
    doubtful: exitCode !== 0,
  };
}
