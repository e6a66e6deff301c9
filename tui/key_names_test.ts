import { deepEqual } from "node:assert/strict";
import type { Key } from "ink";
import { keyNames } from "./key_names.ts";

const none: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

Deno.test("keyNames() names single keys", () => {
  deepEqual(keyNames("b", none), ["b"]);
  deepEqual(keyNames(" ", none), ["space"]);
  deepEqual(keyNames("", { ...none, return: true }), ["enter"]);
  deepEqual(keyNames("", { ...none, tab: true, shift: true }), ["shift+tab"]);
  deepEqual(keyNames("c", { ...none, ctrl: true }), ["ctrl+c"]);
});

Deno.test("keyNames() takes keys apart that arrive in one piece", () => {
  deepEqual(keyNames("\rq", none), ["enter", "q"]);
  deepEqual(keyNames("l/no te\x7f", none), ["l", "/", "n", "o", "space", "t", "e", "backspace"]);
  deepEqual(keyNames("q\x03", none), ["q", "ctrl+c"]);
  deepEqual(keyNames("q", { ...none, meta: true }), ["esc", "q"]);
});
