/**
 * How a plugin talks to the person in the terminal UI, when it signs in.
 *
 * @module
 */

import type { ConnectUi } from "../../core/extend/plugin.ts";
import type { Talk } from "../../tui/target_actions.ts";
import { visitAddress } from "../targets/visit_address.ts";

/** The same steps as on the command line: the address, the code to type, a QR code. */
export function talkingUi(talk: Talk): ConnectUi {
  return {
    say: talk.say,
    visit: (...address) => visitAddress(talk.say, ...address),
    ask: (question, options) => talk.ask(question, options),
  };
}
