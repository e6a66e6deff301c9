/**
 * The names of the pages of the help: enough for the list, without what the pages need.
 *
 * @module
 */

/** Each name, in the order of the list. */
export const topicNames: readonly string[] = [
  "names",
  "times",
  "proof",
  "retention",
  "exit-codes",
  "environment",
];
