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
