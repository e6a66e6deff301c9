/**
 * Real WebDAV servers of a test's own, on loopback: rclone's and Apache's.
 *
 * @module
 */

import { freePort, waitForPort } from "./loopback_port.ts";
import { type ServerProcess, serverProcess } from "./server_process.ts";
import { tempDir } from "./temp_dir.ts";

/** A running WebDAV server with one user. */
export interface WebdavServer extends AsyncDisposable {
  /** Its port on 127.0.0.1. */
  readonly port: number;
  /** The path of its folder in an address. */
  readonly path: string;
  /** The name of its user. */
  readonly username: string;
  /** The password of its user. */
  readonly password: string;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again, at the same port. */
  start(): Promise<void>;
}

/** A way to run a server over a folder. */
interface Kind {
  /** The path of the folder in an address. */
  readonly path: string;
  /** Writes what the server needs into `dir` and gives its command. */
  prepare(place: Place): Promise<readonly [program: string, args: readonly string[]]>;
}

/** Where a server works. */
interface Place {
  readonly dir: string;
  /** The folder that it serves. */
  readonly files: string;
  readonly port: number;
}

const [username, password] = ["ada", "pass:wörd"];

/** The servers by name; each key is the program that it takes. */
const kinds: Readonly<Record<"rclone" | "apache2", Kind>> = {
  rclone: {
    path: "",
    prepare: ({ dir, files, port }) => {
      const user = ["--user", username, "--pass", password];
      const address = ["--addr", `127.0.0.1:${port}`, "--config", `${dir}/rclone.conf`];
      return Promise.resolve(["rclone", ["serve", "webdav", files, ...address, ...user]]);
    },
  },
  apache2: {
    path: "/dav",
    async prepare(place) {
      const { dir, files } = place;
      const secret = new TextEncoder().encode(password);
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", secret)).toBase64();
      await Deno.writeTextFile(`${dir}/users`, `${username}:{SHA}${hash}\n`);
      await Deno.writeTextFile(`${dir}/apache.conf`, apacheConfiguration(place));
      await Deno.mkdir(`${dir}/locks`);
      // Apache gives up the rights of root: what it writes must be open to its user.
      await Deno.chmod(dir, 0o755);
      for (const path of [files, `${dir}/locks`]) await Deno.chmod(path, 0o777);
      return ["apache2", ["-X", "-f", `${dir}/apache.conf`]];
    },
  },
};

/** Starts a server; it serves the folder `files`, or one of its own. */
export async function webdavServer(
  name: keyof typeof kinds,
  options: { readonly files?: string | undefined } = {},
): Promise<WebdavServer> {
  await using started = new AsyncDisposableStack();
  const { path: dir } = started.use(await tempDir());
  const port = freePort();
  const files = options.files ?? `${dir}/files`;
  if (options.files === undefined) await Deno.mkdir(files);
  const { prepare, path } = kinds[name];
  const [program, args] = await prepare({ dir, files, port });
  let server: ServerProcess | undefined;
  started.defer(async () => await server?.[Symbol.asyncDispose]());
  const start = async (): Promise<void> => {
    server = serverProcess(program, args);
    await waitForPort(port, name);
  };
  await start();
  const running = started.move();
  return {
    port,
    path,
    username,
    password,
    kill: async () => await server?.kill(),
    start,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Apache with WebDAV over one folder, and one user. */
function apacheConfiguration({ dir, files, port }: Place): string {
  const modules = [
    "mpm_event",
    "authn_core",
    "authn_file",
    "authz_core",
    "authz_user",
    "auth_basic",
    "alias",
    "dav",
    "dav_fs",
  ];
  const load = modules.map((name) =>
    `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`
  );
  return `ServerRoot ${dir}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${dir}/apache.pid
ErrorLog ${dir}/error.log
Mutex file:${dir} default
${load.join("\n")}
<IfModule unixd_module>
User www-data
Group www-data
</IfModule>
DavLockDB ${dir}/locks/db
Alias /dav ${files}
<Directory ${files}>
Dav On
AuthType Basic
AuthName test
AuthUserFile ${dir}/users
Require valid-user
</Directory>
`;
}
