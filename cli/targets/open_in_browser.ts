/**
 * Opens an address in the person's browser, where there is one.
 *
 * @module
 */

/** Tries to; `false` where this machine has nothing to open it with. */
export function openInBrowser(url: string): boolean {
  if (!/^https?:\/\//.test(url)) return false;
  const [program = "", ...args] = commands[Deno.build.os] ?? ["xdg-open"];
  try {
    const child = new Deno.Command(program, {
      args: [...args, url],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    child.unref();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return false;
    }
    if (error instanceof Deno.errors.NotCapable) return false;
    throw error;
  }
}

const commands: Readonly<Partial<Record<typeof Deno.build.os, readonly string[]>>> = {
  darwin: ["open"],
  // `start` would read & in the address as its own.
  windows: ["rundll32", "url.dll,FileProtocolHandler"],
};
