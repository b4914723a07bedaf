import { count } from "./progress.ts";

/** `1 account`, `2,000 accounts`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
