/**
 * Secrets of targets: from the environment, or a file that only its owner may read.
 *
 * @module
 */

import { dirname } from "node:path";
import { HoldfastError } from "../errors.ts";
import type { Secrets } from "../extend/plugin.ts";
import { makePrivateDir, writeFileAtomic } from "../files/atomic_file.ts";
import { lockedFor } from "../files/locked_for.ts";

/** Where secrets come from. */
export interface SecretSources {
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file of secrets. */
  readonly path: string;
}

/** The variable of a secret: `HOLDFAST_SECRET_BUCKET_SECRET_ACCESS_KEY`. */
export function secretVariable(target: string, name: string): string {
  const word = (text: string): string =>
    text.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]/g, "_").toUpperCase();
  return `HOLDFAST_SECRET_${word(target)}_${word(name)}`;
}

/**
 * The secrets of a target: a variable of the environment counts before the file. A name in
 * capitals, such as `AWS_ACCESS_KEY_ID`, is that of a variable which other programs read too.
 *
 * Its `get` throws `CONFIG_INVALID` where the file is damaged or others may read it.
 */
export function targetSecrets(target: string, { env, path }: SecretSources): Secrets {
  return {
    async get(name) {
      const given = env[secretVariable(target, name)];
      if (given !== undefined && given !== "") return given;
      if (/^[A-Z][A-Z0-9_]+$/.test(name)) return env[name] || undefined;
      return (await readSecretFile(path))[target]?.[name];
    },
  };
}

type SecretFile = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Keeps secrets of a target; `undefined` forgets one. The file has mode 0600. Two processes
 * that keep some at once lose none.
 */
export async function keepSecrets(
  path: string,
  target: string,
  secrets: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  await makePrivateDir(dirname(path));
  await change(path, (file) => {
    const merged = Object.entries({ ...file[target], ...secrets })
      .filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { ...file, [target]: Object.fromEntries(merged) };
  });
}

/** Forgets every secret of a target. */
export async function forgetSecrets(path: string, target: string): Promise<void> {
  if ((await readSecretFile(path))[target] === undefined) return;
  await change(path, ({ [target]: _own, ...others }) => others);
}

async function change(path: string, edit: (file: SecretFile) => SecretFile): Promise<void> {
  await lockedFor(`${path}.lock`, async () => {
    const text = JSON.stringify(edit(await readSecretFile(path)), undefined, 2);
    await writeFileAtomic(path, `${text}\n`);
  });
}

async function readSecretFile(path: string): Promise<SecretFile> {
  let text: string;
  try {
    const { mode } = await Deno.stat(path);
    if (mode !== null && (mode & 0o077) !== 0) throw readable(path);
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isSecretFile(value)) throw new SyntaxError("it is not targets with texts");
    return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    // The cause would quote the text.
    throw new HoldfastError("CONFIG_INVALID", `Cannot read the secrets in "${path}": damaged`, {
      hint: "Correct it, or remove it and give the secrets again: holdfast target add",
    });
  }
}

function isSecretFile(value: unknown): value is SecretFile {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((own) =>
    typeof own === "object" && own !== null &&
    Object.values(own).every((secret) => typeof secret === "string")
  );
}

function readable(path: string): HoldfastError {
  return new HoldfastError("CONFIG_INVALID", `Cannot use "${path}": others may read the secrets`, {
    hint: `Take that away: chmod 600 "${path}"`,
  });
}
