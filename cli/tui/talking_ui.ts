/**
 * How a plugin talks to the person in the terminal UI, when it signs in.
 *
 * @module
 */

import type { ConnectUi } from "../../core/extend/plugin.ts";
import type { Talk } from "../../tui/target_actions.ts";
import { openInBrowser } from "../targets/open_in_browser.ts";

/** The same steps as on the command line: the address, the code to type, a QR code. */
export function talkingUi(talk: Talk): ConnectUi {
  return {
    say: talk.say,
    async visit(url, { qr = false, code } = {}) {
      talk.say("Open this address in a browser:");
      talk.say(`  ${url}`);
      if (code !== undefined) talk.say(`and type this code there:  ${code}`);
      if (qr) {
        const { renderUnicodeCompact } = await import("uqr");
        talk.say(renderUnicodeCompact(url));
      }
      await openInBrowser(url);
    },
    ask: (question, options) => talk.ask(question, options),
  };
}
