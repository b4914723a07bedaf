import fc from "fast-check";
import { expect, test } from "vitest";
import { allRows, sortRows } from "./sort-rows.ts";

test("sorts as a comparison does, and leaves what is the same in order", () => {
  const rows = fc.array(fc.tuple(fc.nat(5), fc.nat(3)), { maxLength: 40 });
  fc.assert(
    fc.property(rows, (pairs) => {
      const first = Int32Array.from(pairs, ([number]) => number);
      const second = Int32Array.from(pairs, ([, number]) => number);
      const sorted = sortRows(sortRows(allRows(pairs.length), second, 4), first, 6);
      const expected = pairs
        .map(([a, b], row) => ({ a, b, row }))
        .sort((one, other) => one.a - other.a || one.b - other.b || one.row - other.row);
      expect([...sorted]).toEqual(expected.map(({ row }) => row));
    }),
  );
});
