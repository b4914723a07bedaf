/** Values by key, of which only those that were used last are kept. */
export interface Recent<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

/** Keeps so many values at most; empty at first. */
export function recent<T>(most: number): Recent<T> {
  // A map is in the order in which its keys were set: the first is the one not used for longest.
  const values = new Map<string, T>();
  const put = (key: string, value: T): void => {
    values.delete(key);
    values.set(key, value);
  };
  return {
    get: (key) => {
      const value = values.get(key);
      if (value !== undefined) put(key, value);
      return value;
    },
    set: (key, value) => {
      put(key, value);
      const [oldest] = values.keys();
      if (values.size > most && oldest !== undefined) values.delete(oldest);
    },
  };
}
