/**
 * What the data of results say of warnings and failures.
 *
 * @module
 */

import * as v from "valibot";

const about = { code: v.string(), message: v.string(), hint: v.optional(v.string()) };

/** What was noticed; it may tell more. */
export const warning = v.object(about);

/** What failed. */
export const failure = v.strictObject(about);

/** The databases of several that could not be looked at. */
export const notSeen = v.optional(
  v.array(v.strictObject({ database: v.string(), error: failure })),
);
