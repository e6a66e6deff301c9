/**
 * A part of a target as a target of its own.
 *
 * @module
 */

import type { Target } from "./target.ts";

/**
 * The objects of a target whose keys start with the prefix, by the rest of
 * their keys. The prefix ends with a slash where it means a folder.
 */
export function prefixedTarget(target: Target, prefix: string): Target {
  const { quota, close } = target;
  return {
    put: (key, body, call) => target.put(prefix + key, body, call),
    get: (key, call) => target.get(prefix + key, call),
    async stat(key, call) {
      const object = await target.stat(prefix + key, call);
      return object && { ...object, key };
    },
    async *list(rest, call) {
      for await (const object of target.list(prefix + rest, call)) {
        yield { ...object, key: object.key.slice(prefix.length) };
      }
    },
    remove: (key, call) => target.remove(prefix + key, call),
    ...(quota === undefined ? {} : { quota: (call) => quota.call(target, call) }),
    ...(close === undefined ? {} : { close: () => close.call(target) }),
  };
}
