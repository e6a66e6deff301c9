/**
 * Opens an address in the person's browser, where there is one.
 *
 * @module
 */

/** Tries to; a machine without a browser shows the address only. */
export async function openInBrowser(url: string): Promise<void> {
  if (!/^https?:\/\//.test(url)) return;
  const [program = "", ...args] = commands[Deno.build.os] ?? ["xdg-open"];
  try {
    const child = new Deno.Command(program, {
      args: [...args, url],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    child.unref();
    await Promise.resolve();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return;
    }
    if (error instanceof Deno.errors.NotCapable) return;
    throw error;
  }
}

const commands: Readonly<Partial<Record<typeof Deno.build.os, readonly string[]>>> = {
  darwin: ["open"],
  // `start` would read & in the address as its own.
  windows: ["rundll32", "url.dll,FileProtocolHandler"],
};
