/**
 * Sends the person who signs in to an address.
 *
 * @module
 */

import type { ConnectUi } from "../../core/extend/plugin.ts";
import { openInBrowser } from "./open_in_browser.ts";

/**
 * Tells the address, and the code to type there, and opens it where there is a browser. Where
 * there is none, or the plugin wants it, a QR code follows.
 */
export async function visitAddress(
  say: ConnectUi["say"],
  ...[url, { qr = false, code } = {}]: Parameters<ConnectUi["visit"]>
): Promise<void> {
  say("Open this address in a browser:");
  say(`  ${url}`);
  if (code !== undefined) say(`and type this code there:  ${code}`);
  const opened = openInBrowser(url);
  if (!qr && opened) return;
  const { renderUnicodeCompact } = await import("uqr");
  say(renderUnicodeCompact(url));
}
