import {
  type CallColumn,
  type CallGroups,
  callColumns,
  type TextColumn,
} from "../core/call-groups.ts";
import type { Call } from "./call.ts";

/** Calls as a table by columns, for engines that give rows. What is in their records is left out. */
export function groupsOfCalls(calls: readonly Call[]): CallGroups {
  const column = (name: CallColumn): TextColumn => {
    const numbers = new Map<string, number>([["", 0]]);
    const texts = [""];
    const ids = Int32Array.from(calls, ({ key }) => {
      const text = (name === "errorClass" ? key.outcome : key[name]) ?? "";
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, texts.length);
      return texts.push(text) - 1;
    });
    return { ids, texts };
  };
  const time = (text: string | undefined): number => Date.parse(text ?? "");
  return {
    size: calls.length,
    texts: Object.fromEntries(callColumns.map((name) => [name, column(name)])) as Record<
      CallColumn,
      TextColumn
    >,
    counts: Float64Array.from(calls, ({ count }) => count),
    first: Float64Array.from(calls, ({ first }) => time(first)),
    last: Float64Array.from(calls, ({ last }) => time(last)),
  };
}
