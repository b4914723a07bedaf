/** Logs hold what callers wrote: it must not steer a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\u00b7");
}
