/**
 * Makes a new plugin: a folder with a target, its test and its project file.
 *
 * @module
 */

import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isThere } from "../../core/database_file.ts";
import { HoldfastError } from "../../core/errors.ts";
import { escapeText } from "../escape.ts";
import { typedPath } from "../format.ts";
import {
  cloneImports,
  type PluginImports,
  pluginTemplate,
  publishedImports,
} from "../plugin_template.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

/** Makes it, in a folder of its name; never over one that is there. */
export async function pluginNew(run: Run, name: string): Promise<Outcome> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new HoldfastError("USAGE", `Cannot call a plugin "${name}"`, {
      hint: "Its name has lower-case letters, digits and _, and begins with a letter.",
    });
  }
  const { cwd } = run.session.around;
  const folder = resolve(cwd, name);
  await makeFolder(folder);
  const files = pluginTemplate(name, await importsHere());
  for (const [file, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, file), text, { createNew: true });
  }
  const path = `./${escapeText(typedPath(join(folder, "mod.ts"), cwd))}`;
  return {
    verb: "plugin new",
    data: { name, path: folder, files: Object.keys(files) },
    text: `${escapeText(folder)}: ${Object.keys(files).join(", ")}`,
    note: `Test it with: cd ${name} && deno test. Use it with "plugins": ["${path}"]`,
  };
}

/** A clone has all that a plugin needs; a binary, and the published package, name the latter. */
async function importsHere(): Promise<PluginImports> {
  const root = new URL("../../", import.meta.url);
  if (root.protocol !== "file:" || Deno.build.standalone) return publishedImports();
  const imports = cloneImports(root);
  const files = Object.values(imports).map((address) => fileURLToPath(address));
  const there = await Promise.all(files.map((path) => isThere(path)));
  return there.every(Boolean) ? imports : publishedImports();
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
    throw new HoldfastError("DESTINATION_EXISTS", `Cannot make "${folder}": it is there`, {
      hint: "Choose another name, or another folder to start from.",
      cause,
    });
  }
}
