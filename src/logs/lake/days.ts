const dayMs = 86_400_000;

/** The day of a time in milliseconds since the epoch, as `YYYY-MM-DD`, UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** When a day begins and when the next does; `day` is `YYYY-MM-DD`. */
export function dayBounds(day: string): { readonly fromMs: number; readonly toMs: number } {
  const fromMs = Date.parse(`${day}T00:00:00Z`);
  return { fromMs, toMs: fromMs + dayMs };
}
