/**
 * How old a question may be for another to get its answer. Somebody who has heard of a change must see it: what is younger
 * than this was asked before they could have heard.
 */
const MOST_MILLISECONDS = 5;

/** Questions that are being asked, so that the same one is not asked twice at once. */
export interface InFlight<T> {
  readonly share: (key: string, ask: () => Promise<T>) => Promise<T>;
  /** Something has changed that the answers on their way may not show yet: nobody joins them any more. */
  readonly startAfresh: () => void;
}

/** Several callers wait for one answer, when they ask the same at almost the same time. */
export function createInFlight<T>(): InFlight<T> {
  const asked = new Map<string, { readonly answer: Promise<T>; readonly since: number }>();
  return {
    share(key, ask) {
      const now = performance.now();
      const same = asked.get(key);
      if (same && now - same.since < MOST_MILLISECONDS) return same.answer;
      const question = { answer: ask(), since: now };
      asked.set(key, question);
      const forget = () => {
        if (asked.get(key) === question) asked.delete(key);
      };
      question.answer.then(forget, forget);
      return question.answer;
    },
    startAfresh: () => asked.clear(),
  };
}
