/**
 * Adds a target to the configuration; its secrets go to a file of their own.
 *
 * @module
 */

import { editConfigFile, editConfigText } from "../../core/config/edit_config.ts";
import { readConfigText } from "../../core/config/load_config.ts";
import type { RetentionPolicy } from "../../core/retention/retention_policy.ts";
import { keepSecrets } from "../../core/targets/secret_file.ts";
import { ask } from "../ask.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { connectNow, type ConnectNowOptions } from "./connect_now.ts";
import { givenSecrets } from "../targets/given_secrets.ts";
import { keepingPlace } from "../targets/keeping_place.ts";
import { forgetTarget, signOut } from "../targets/sign_out.ts";
import { configFileOf, isNamedElsewhere, targetKey, targetsIn } from "../targets/target_key.ts";
import { tryNew } from "../targets/try_codecs.ts";
import { wantedTarget } from "../targets/wanted_target.ts";

/** The options of the command. */
export interface TargetAddFlags {
  readonly set?: readonly string[] | undefined;
  readonly codec?: readonly string[] | undefined;
  readonly required?: boolean | undefined;
  readonly secretsStdin?: boolean | undefined;
  readonly database?: string | undefined;
  /** What is kept there. */
  readonly retention?: RetentionPolicy | undefined;
  /** Changes one of that name without a question. */
  readonly force?: boolean | undefined;
  /** Secrets that are at hand; else they are asked for. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** The same. */
  readonly yes?: boolean | undefined;
}

/**
 * Checks the settings, asks for what is missing, signs in where a person is there, and writes
 * them. Of a target of that name and kind stays what is not given anew. Who stops it while it
 * waits leaves the configuration as it was.
 */
export async function targetAdd(
  run: Run,
  { name, place }: { readonly name: string; readonly place: string },
  flags: TargetAddFlags,
): Promise<Outcome> {
  const path = await configFileOf(run);
  const old = (await targetsIn(run, flags.database))?.[name];
  const isNew = old !== undefined && !await mayChange(run, name, flags);
  const key = await targetKey(run, name, { ...flags, isNew });
  const { target: wanted, declared, needsSignIn } = await wantedTarget(run, name, {
    place,
    old,
    set: flags.set ?? [],
    codecs: flags.codec ?? [],
    required: flags.required === true,
  });
  const { retention = wanted.retention } = flags;
  const target = retention === undefined ? wanted : { ...wanted, retention };
  const secrets = flags.secrets ??
    await givenSecrets(run, name, { declared, fromStdin: flags.secretsStdin === true });
  // What cannot work, or cannot be written, is told before anybody signs in.
  await tryNew(run, name, { target, secrets });
  await editConfigText(await readConfigText(path), { key, value: target }, path);
  const others = await isNamedElsewhere(run, name, flags.database);
  if (old !== undefined && old.kind !== target.kind && !others) {
    await signOut(run, name, { ...old, settings: old.settings ?? {} });
    await forgetTarget(run, name);
  }
  const connected = await connectOrLeave(run, name, {
    target,
    secrets,
    isFirst: old === undefined && !others,
  });
  if (Object.keys(secrets).length > 0) {
    await keepSecrets(keepingPlace(await run.config()).secrets, name, secrets);
  }
  await editConfigFile(path, { key, value: target });
  return {
    verb: "target add",
    data: { name, path, target, secrets: Object.keys(secrets), connected },
    text: `Target ${name} is in ${escapeText(path)}`,
    note: `${needsSignIn && !connected ? `Sign in with: holdfast target connect ${name}. ` : ""}` +
      `Try it with: holdfast target check ${name}`,
  };
}

/** Signs in; of a first target that is stopped meanwhile nothing stays behind. */
async function connectOrLeave(
  run: Run,
  name: string,
  { isFirst, ...target }: ConnectNowOptions & { readonly isFirst: boolean },
): Promise<boolean> {
  try {
    return await connectNow(run, name, target);
  } catch (error) {
    if (isFirst) await forgetTarget(run, name);
    throw error;
  }
}

/** Whether one of that name may be changed: told so, or asked. */
async function mayChange(run: Run, name: string, flags: TargetAddFlags): Promise<boolean> {
  if (flags.force === true || flags.yes === true) return true;
  if (!run.session.canAsk) return false;
  return await ask(run, `There is a target "${name}": change its settings and connect it again?`);
}
