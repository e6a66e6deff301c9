import assert from "node:assert/strict";
import { type Column, table } from "./table.ts";

interface Row {
  readonly name: string;
  readonly size: number;
  readonly note: string;
}

const columns: readonly Column<Row>[] = [
  { title: "NAME", cell: ({ name }) => name },
  { title: "SIZE", cell: ({ size }) => String(size), align: "right", drop: 1 },
  { title: "NOTE", cell: ({ note }) => note, drop: 2 },
];
const rows: readonly Row[] = [
  { name: "a", size: 1, note: "first" },
  { name: "long name", size: 12345, note: "" },
];

Deno.test("table() aligns and leaves no spaces at line ends", async () => {
  assert.equal(
    await table(rows, columns),
    "NAME        SIZE  NOTE\na              1  first\nlong name  12345",
  );
});

Deno.test("table() drops the columns with the highest number first", async () => {
  assert.equal(
    await table(rows, columns, { columns: 18 }),
    "NAME        SIZE\na              1\nlong name  12345",
  );
  assert.equal(await table(rows, columns, { columns: 5 }), "NAME\na\nlong name");
});

Deno.test("table() shows a narrow column where a wider one of more weight does not fit", async () => {
  const some = [{ name: "a", size: 1234567890, note: "n" }];
  assert.equal(await table(some, columns, { columns: 12 }), "NAME  NOTE\na     n");
});

Deno.test("table() counts what a terminal shows of wide letters", async () => {
  const wide = [{ name: "データ", size: 1, note: "" }, { name: "abcdef", size: 2, note: "" }];
  const lines = (await table(wide, columns.slice(0, 2))).split("\n");
  assert.equal(lines[1], "データ     1");
  assert.equal(lines[2], "abcdef     2");
});

const told: readonly Column<Row>[] = [
  { title: "NAME", cell: ({ name }) => name },
  { title: "SIZE", cell: ({ size }) => String(size), align: "right" },
  { title: "WHY", cell: ({ note }) => note },
];
const sentences: readonly Row[] = [
  { name: "first", size: 12, note: "the newest good backup is never deleted" },
  { name: "second", size: 3, note: "" },
];

Deno.test("table() goes on below the last column at whole words where the window is narrow", async () => {
  assert.equal(
    await table(sentences, told, { columns: 40 }),
    [
      "NAME    SIZE  WHY",
      "first     12  the newest good backup is",
      "              never deleted",
      "second     3",
    ].join("\n"),
  );
});

Deno.test("table() begins the last column on a line of its own where too little room is left", async () => {
  assert.equal(
    await table(sentences, told, { columns: 26 }),
    [
      "NAME    SIZE",
      "  WHY",
      "first     12",
      "  the newest good backup",
      "  is never deleted",
      "second     3",
    ].join("\n"),
  );
});

Deno.test("table() puts columns below that cannot stand side by side, aligned for every row", async () => {
  const wide = [{ name: "a", size: 1, note: "" }, { name: "a long name", size: 23456, note: "n" }];
  assert.equal(
    await table(wide, told, { columns: 16 }),
    "NAME\n   SIZE  WHY\na\n      1\na long name\n  23456  n",
  );
});

Deno.test("table() breaks nothing where no window is known", async () => {
  const lines = (await table(sentences, told)).split("\n");
  assert.equal(lines[1], "first     12  the newest good backup is never deleted");
});
