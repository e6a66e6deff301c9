import { deepEqual, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../support/temp_dir.ts";

const root = new URL("../../", import.meta.url);

/** Serves the package's files, as a registry of modules does. */
function servePackage(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => undefined },
    async (request) => {
      const path = new URL(request.url).pathname.slice(1);
      try {
        const text = await Deno.readTextFile(new URL(path, root));
        return new Response(text, { headers: { "content-type": "application/typescript" } });
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return new Response(null, { status: 404 });
        throw error;
      }
    },
  );
}

/** What an application does that imports the package from there. */
const application = (from: string): string => `
  import { DatabaseSync } from "node:sqlite";
  import { backup, restore, undo, verify } from "${from}mod.ts";
  const [database] = Deno.args;
  using app = new DatabaseSync(database);
  const count = () => app.prepare("SELECT count(*) AS n FROM t").get().n;
  const { proof } = await backup({ database });
  app.exec("DELETE FROM t");
  await restore({ database });
  const restored = count();
  await undo({ database });
  const { ok } = await verify({ database, all: true });
  console.log(JSON.stringify({ proof, restored, undone: count(), ok }));`;

Deno.test("backup, restore and undo work where the package is imported over HTTP, its engine too", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2)");
  }
  await using server = servePackage();
  const from = `http://127.0.0.1:${server.addr.port}/`;
  // A registry resolves the names of dependencies when it publishes; here a configuration does.
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root))) as {
    readonly imports: Readonly<Record<string, string>>;
  };
  await Deno.writeTextFile(dir.join("deno.json"), JSON.stringify({ imports }));
  await Deno.copyFile(new URL("deno.lock", root), dir.join("deno.lock"));
  await Deno.writeTextFile(dir.join("main.ts"), application(from));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", `--reload=${from}`, "-A", "main.ts", database],
    cwd: dir.path,
  }).output();
  ok(success, new TextDecoder().decode(stderr));
  const said: unknown = JSON.parse(new TextDecoder().decode(stdout));
  deepEqual(said, { proof: "checked", restored: 2, undone: 0, ok: true });
});
