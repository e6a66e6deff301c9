/**
 * Signs in to the place of a target, and out.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { ConnectUi } from "../../core/extend/plugin.ts";
import { targetFailure } from "../../core/targets/target_failure.ts";
import { askSecret, askText } from "../ask.ts";
import { escapeLines, escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { databaseOfTarget } from "../targets/database_of_target.ts";
import { type KindOfTarget, kindOfTarget } from "../targets/kind_of_target.ts";
import { visitAddress } from "../targets/visit_address.ts";

/** Which database's. */
export interface ConnectFlags {
  readonly database?: string | undefined;
}

/** Signs in, with the person at hand. */
export async function targetConnect(
  run: Run,
  name: string,
  { ui, ...flags }: ConnectFlags & { readonly ui?: ConnectUi | undefined },
): Promise<Outcome> {
  if (!await signIn(run, name, { ...await kindOf(run, name, flags), ui })) {
    return { verb: "target connect", data: { name }, text: "It needs no signing in." };
  }
  return {
    verb: "target connect",
    data: { name },
    text: `Target ${escapeText(name)} is connected`,
  };
}

/** Signs in; `false` where the kind needs none. @throws {HoldfastError} `TARGET_FAILED`. */
export async function signIn(
  run: Run,
  name: string,
  { kind, context, ui = connectUi(run) }: KindOfTarget & { readonly ui?: ConnectUi | undefined },
): Promise<boolean> {
  if (kind.connect === undefined) return false;
  try {
    await kind.connect(context, ui);
  } catch (error) {
    throw targetFailure(error, { name, doing: "open" });
  }
  return true;
}

/** Signs out and forgets what was kept. */
export async function targetDisconnect(
  run: Run,
  name: string,
  flags: ConnectFlags,
): Promise<Outcome> {
  const { kind, context } = await kindOf(run, name, flags);
  try {
    await kind.disconnect?.(context);
  } catch (error) {
    throw targetFailure(error, { name, doing: "open" });
  }
  return {
    verb: "target disconnect",
    data: { name },
    text: `Target ${escapeText(name)} is disconnected`,
    note: "The copies there stay.",
  };
}

async function kindOf(
  run: Run,
  name: string,
  { database }: ConnectFlags,
): Promise<KindOfTarget> {
  return await kindOfTarget(run, name, named(await databaseOfTarget(run, name, database), name));
}

function named(
  { settings }: ConfiguredDatabase,
  name: string,
): ConfiguredDatabase["settings"]["targets"][string] {
  const target = settings.targets[name];
  if (target !== undefined) return target;
  throw new HoldfastError("USAGE", `Cannot find the target "${name}" in the configuration`, {
    hint: "holdfast target list shows them.",
  });
}

/** How a plugin talks to the person here. */
function connectUi(run: Run): ConnectUi {
  const say = (message: string): void => run.printer.note(escapeLines(message));
  return {
    say,
    visit: (...address) => visitAddress(say, ...address),
    async ask(question, { secret = false } = {}) {
      if (!run.session.canAsk) {
        throw new HoldfastError("USAGE", `Cannot ask here: ${question}`, {
          hint: "Run it in a terminal.",
        });
      }
      if (secret) return await askSecret(run, question) ?? "";
      return await askText(run, { message: question });
    },
  };
}
