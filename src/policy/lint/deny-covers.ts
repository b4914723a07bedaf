import { resourceCovers } from "../resource-patterns.ts";
import type { Statement, TextList } from "../types.ts";
import { globCovers } from "./glob.ts";

/** Lists longer than this are not compared: the answer is then no. */
const longestList = 500;

/**
 * Whether a Deny is about every action and resource that another Deny is about. Conditions and
 * principals are not looked at: the caller compares those. Never says yes wrongly.
 */
export function denyCovers(wide: Statement, narrow: Statement): boolean {
  return (
    elementCovers(
      { list: wide.action, not: wide.notAction },
      { list: narrow.action, not: narrow.notAction },
      actionCovers,
    ) &&
    elementCovers(
      { list: wide.resource, not: wide.notResource },
      { list: narrow.resource, not: narrow.notResource },
      resourceCovers,
    )
  );
}

interface Element {
  readonly list: TextList | undefined;
  readonly not: TextList | undefined;
}

type Covers = (wide: string, narrow: string) => boolean;

/** Names of actions have no case. */
const actionCovers: Covers = (wide, narrow) => globCovers(wide.toLowerCase(), narrow.toLowerCase());

function elementCovers(wide: Element, narrow: Element, covers: Covers): boolean {
  const read = (list: TextList | undefined): readonly string[] | undefined =>
    list?.values.map(({ value }) => value);
  const wideList = read(wide.list);
  const narrowList = read(narrow.list);
  const wideNot = read(wide.not);
  const narrowNot = read(narrow.not);
  const lists = [wideList, narrowList, wideNot, narrowNot];
  if (lists.some((list) => (list?.length ?? 0) > longestList)) return false;
  if (wideList?.includes("*") === true) return true;
  if (wideList !== undefined && narrowList !== undefined) {
    return narrowList.every((item) => wideList.some((pattern) => covers(pattern, item)));
  }
  // All but these covers all but those when it leaves out no more than they do.
  if (wideNot !== undefined && narrowNot !== undefined) {
    return wideNot.every((item) => narrowNot.some((pattern) => covers(pattern, item)));
  }
  return false;
}
