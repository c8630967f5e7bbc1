/** Counts the open subscriptions of each user. */
export interface OpenCounts {
  /**
   * Counts one more for a user.
   *
   * A store that several gateways share would make this asynchronous, and with it `Subscriptions.subscribe`, whose callers are
   * asynchronous already.
   *
   * @returns a function that counts it off again; undefined, without counting, when the user has `max` open.
   */
  readonly add: (userId: string, max: number) => (() => void) | undefined;
}

/** In the memory of this process: each gateway counts its own. */
export function createOpenCounts(): OpenCounts {
  const counts = new Map<string, number>();
  return {
    add(userId, max) {
      const open = counts.get(userId) ?? 0;
      if (open >= max) return undefined;
      counts.set(userId, open + 1);
      return () => {
        const left = (counts.get(userId) ?? 1) - 1;
        if (left > 0) counts.set(userId, left);
        else counts.delete(userId);
      };
    },
  };
}
