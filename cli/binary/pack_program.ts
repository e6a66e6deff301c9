/**
 * One self-extracting executable of the running Deno and the bundled program, for where
 * Deno's base runtime cannot be had.
 *
 * @module
 */

import { createHash } from "node:crypto";
import settings from "../../deno.json" with { type: "json" };
import { bundleProgram } from "./bundle_program.ts";
import { startScript } from "./start_script.ts";

/** Writes the executable. Needs `tar` and `gzip`, here and where it runs. */
export async function packProgram(output: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast-pack-" });
  try {
    await bundleProgram(`${folder}/app`);
    await Deno.copyFile(Deno.execPath(), `${folder}/deno`);
    await Deno.chmod(`${folder}/deno`, 0o700);
    const key = `${settings.version}-${await contentKey(`${folder}/app`)}`;
    const title = `holdfast ${settings.version} for ${Deno.build.target}`;
    const archive = `${folder}/archive`;
    await run("tar", ["-czf", archive, "-C", folder, "deno", "app"]);
    await Deno.writeTextFile(`${output}.part`, startScript({ key, title }));
    using target = await Deno.open(`${output}.part`, { append: true });
    using source = await Deno.open(archive);
    await source.readable.pipeTo(target.writable, { preventClose: true });
    await Deno.chmod(`${output}.part`, 0o755);
    await Deno.rename(`${output}.part`, output);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Another program, or another Deno, another key. */
async function contentKey(app: string): Promise<string> {
  const hash = createHash("sha256").update(Deno.version.deno).update(Deno.build.target);
  const names = (await Array.fromAsync(Deno.readDir(app))).map(({ name }) => name).sort();
  for (const name of names) hash.update(name).update(await Deno.readFile(`${app}/${name}`));
  return hash.digest("hex").slice(0, 16);
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`${program}: ${new TextDecoder().decode(stderr).trim()}`);
}
