import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { bareEnvironment } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The command of docs/install.md, as it is typed in a clone. */
async function installCommand(): Promise<string> {
  const page = await Deno.readTextFile(`${root}docs/install.md`);
  const [, command = ""] = /^(deno install -g [^`]+?cli\.ts)$/m.exec(page) ?? [];
  assert.notEqual(command, "");
  return command.replaceAll("\\\n", " ");
}

async function run(
  line: string,
  { cwd, env }: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-e", "-c", line],
    cwd,
    ...env !== undefined && { clearEnv: true, env },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.equal(code, 0, `${line}\n${said}`);
  return said;
}

Deno.test({
  name: "deno install -g from a clone, as documented, makes a command that works in any folder",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using dir = await tempDir();
    const env = {
      ...bareEnvironment(dir.path),
      // The shim starts `deno` by its name.
      PATH: `${dir.join("deno")}:${dir.join("root/bin")}:${Deno.env.get("PATH")}`,
      LANG: "C.UTF-8",
    };
    await Deno.mkdir(dir.join("deno"));
    await Deno.symlink(Deno.execPath(), dir.join("deno/deno"));
    const shell = (line: string, cwd = dir.path): Promise<string> => run(line, { cwd, env });
    const install = (await installCommand()).replace(" -g ", ` -g --root '${dir.join("root")}' `);
    const inClone = { cwd: root, env: { ...Deno.env.toObject(), PATH: env.PATH } };
    // With all of the environment: it may say where packages come from.
    await run(install, inClone);

    makeSampleDatabase(dir.join("app.db"));
    assert.match(await shell("holdfast --version"), /^holdfast .+Deno.+SQLite/);
    await shell("holdfast doctor env");
    assert.match(await shell("holdfast backup app.db"), /checked/);
    await shell("holdfast restore latest --database app.db --yes");
    await shell("holdfast undo --database app.db --yes");
    await Deno.mkdir(dir.join("usb"));
    await shell("holdfast init app.db; holdfast target add usb folder:usb --codec zstd");
    assert.match(await shell("holdfast push"), /copy on usb/);
    assert.doesNotMatch(await Deno.readTextFile(dir.join("root/bin/holdfast")), /--allow-all| -A/);
  },
});
