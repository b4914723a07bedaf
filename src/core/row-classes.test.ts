import fc from "fast-check";
import { expect, test } from "vitest";
import { type CallColumn, callColumns, callerColumns, type TextColumn } from "./call-groups.ts";
import { rowClasses } from "./row-classes.ts";

const numbersOf = (most: number) => fc.array(fc.nat(most), { minLength: 1, maxLength: 60 });

test.each([3, 300, 70_000])("sorts rows by what they say, of up to %i texts a column", (most) => {
  fc.assert(
    fc.property(numbersOf(most), numbersOf(2), (principals, services) => {
      const size = Math.min(principals.length, services.length);
      const texts = Object.fromEntries(
        callColumns.map((name): [CallColumn, TextColumn] => [
          name,
          { ids: new Int32Array(size), texts: ["", "only"] },
        ]),
      ) as Record<CallColumn, TextColumn>;
      const named = Array.from({ length: most + 1 }, (_, number) => `text ${number}`);
      texts.principal = { ids: Int32Array.from(principals.slice(0, size)), texts: named };
      texts.invokedBy = { ids: Int32Array.from(services.slice(0, size)), texts: named };
      const classes = rowClasses({ size, texts }, callerColumns);
      for (const name of callerColumns) {
        const { ids, texts: all } = classes.texts[name];
        const said = [...classes.of].map((own) => all[ids[own] ?? -1]);
        expect(said).toEqual([...texts[name].ids].map((id) => texts[name].texts[id]));
      }
      const pairs = new Set(
        Array.from({ length: size }, (_, row) => `${principals[row]} ${services[row]}`),
      );
      expect(classes.texts.principal.ids.length).toBe(pairs.size);
    }),
    { numRuns: 20 },
  );
});
