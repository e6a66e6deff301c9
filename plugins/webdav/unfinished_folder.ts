/**
 * Where files lie until they are whole.
 *
 * @module
 */

import { unfinishedPrefix } from "../../core/extend/mod.ts";

/** The folder, in the target's own; no list shows what is in it. */
export const unfinishedFolder: string = `${unfinishedPrefix}uploads`;
