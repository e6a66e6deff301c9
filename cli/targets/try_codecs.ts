/**
 * Tries the codecs of a target before anything depends on them: a key that is missing or cannot be
 * used is told when the target is added or checked, not after the next backup.
 *
 * @module
 */

import { bytesBody } from "../../core/extend/body.ts";
import { type OpenTarget, openTarget } from "../../core/targets/open_target.ts";
import { targetFailure } from "../../core/targets/target_failure.ts";
import type { Run } from "../session.ts";
import { withGiven } from "./given_secrets.ts";
import { loadRegistry } from "./load_registry.ts";
import { kindsOf, surroundingsOf } from "./open_targets.ts";
import type { WantedTarget } from "./wanted_target.ts";

/** A target that is not in the configuration yet. */
export interface NewPlace {
  readonly target: WantedTarget["target"];
  /** Secrets that were given just now and are kept nowhere yet. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Opens it, without asking the place, and tries its codecs. @throws {HoldfastError} `TARGET_FAILED`. */
export async function tryNew(run: Run, name: string, { target, secrets }: NewPlace): Promise<void> {
  const { kind, settings: own, codecs = [] } = target;
  const settings = { kind, settings: own, codecs };
  const around = await surroundingsOf(run, name);
  await using open = await openTarget(name, {
    registry: await loadRegistry(run, kindsOf(settings)),
    settings,
    ...around,
    secrets: withGiven(secrets, around.secrets),
  });
  await tryCodecs(open, run.signal);
}

/** Encodes a few bytes with each. @throws {HoldfastError} `TARGET_FAILED`. */
export async function tryCodecs(
  { name, codecs, codec }: OpenTarget,
  signal: AbortSignal,
): Promise<void> {
  const few = bytesBody(new TextEncoder().encode("holdfast was here\n"));
  try {
    for (const each of codecs) {
      const step = await (await codec(each)).encode(signal);
      await new Response(few.stream().pipeThrough(step)).bytes();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw targetFailure(error, { name, doing: "push" });
  }
}
