/** Runs tasks, at most so many at one time, in the order in which they were handed in. */
export type Pool = <T>(task: () => Promise<T>) => Promise<T>;

/** A pool of that size. */
export function createPool(size: number): Pool {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= size) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
