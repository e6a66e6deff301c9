import { deepEqual, equal } from "node:assert/strict";
import { editField, type Field, fieldOf, typeInto } from "./field.ts";

const press = (field: Field, ...keys: readonly string[]): Field =>
  keys.reduce((now, key) => editField(now, key) ?? now, field);

Deno.test("typeInto() types at the cursor and keeps a paste on one line", () => {
  deepEqual(typeInto({ text: "ac", cursor: 1 }, "b"), { text: "abc", cursor: 2 });
  equal(typeInto(fieldOf("a"), "\r\nb").text, "a b");
});

Deno.test("editField() moves and deletes by what a person sees as one character", () => {
  deepEqual(press(fieldOf("a👩‍👩‍👧b"), "left", "backspace"), { text: "ab", cursor: 1 });
  deepEqual(press(fieldOf("abc"), "home", "delete"), { text: "bc", cursor: 0 });
  equal(press(fieldOf("my note"), "ctrl+w").text, "my ");
  equal(press(fieldOf("/home/ada/x"), "ctrl+w").text, "/home/ada/");
  equal(press(fieldOf("abc"), "left", "ctrl+u").text, "c");
});

Deno.test("editField() leaves other keys to others", () => {
  equal(editField(fieldOf("a"), "enter"), undefined);
  equal(editField(fieldOf("a"), "up"), undefined);
});
