/**
 * A process that uploads one file to the fake server, to be killed by a test.
 * Arguments: the address of the server, the client secret, the file of the store,
 * the file to upload, its SHA-256.
 *
 * @module
 */

import { fileBody } from "../../../core/extend/mod.ts";
import { driveProcessTarget } from "./process_target.ts";

const [base = "", secret = "", store = "", file = "", sha256 = ""] = Deno.args;
const { signal } = new AbortController();
const target = await driveProcessTarget({ base, secret, store }, signal);
await target.put("db-1/a.db", await fileBody(file), { signal, sha256 });
