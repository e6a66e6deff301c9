/**
 * A process that asks the fake server for the room of the account. Arguments: the address of the
 * server, the client secret, the file of the store.
 *
 * @module
 */

import { driveProcessTarget } from "./process_target.ts";

const [base = "", secret = "", store = ""] = Deno.args;
const { signal } = new AbortController();
const target = await driveProcessTarget({ base, secret, store }, signal);
await target.quota?.({ signal });
