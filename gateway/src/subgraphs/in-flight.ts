/**
 * The age up to which a request is shared. A caller who has learned of a change must see it: requests younger than this were
 * sent before the caller could have learned of it.
 */
const MAX_MILLISECONDS = 5;

/** Sends the request; the controller aborts it. */
type Ask<T> = (work: AbortController) => Promise<T>;

/** Requests that are in flight, so that the same one is not sent twice at once. */
export interface InFlight<T> {
  /** Rejects when `signal` aborts. The request itself is aborted once every waiting caller has gone. */
  readonly share: (key: string, ask: Ask<T>, signal?: AbortSignal) => Promise<T>;
  /** After a change: no further caller joins the requests in flight, whose answers may not show it. */
  readonly invalidate: () => void;
}

interface Question<T> {
  readonly answer: Promise<T>;
  readonly since: number;
  readonly work: AbortController;
  waiting: number;
}

/**
 * Shares one answer between callers that send the same request at almost the same time.
 * @param now - the clock, in milliseconds.
 */
export function createInFlight<T>(now = (): number => performance.now()): InFlight<T> {
  const asked = new Map<string, Question<T>>();
  const forget = (key: string, question: Question<T>): void => {
    if (asked.get(key) === question) asked.delete(key);
  };
  const begin = (key: string, ask: Ask<T>, since: number): Question<T> => {
    const work = new AbortController();
    const question = { answer: ask(work), since, work, waiting: 0 };
    asked.set(key, question);
    const settle = () => forget(key, question);
    question.answer.then(settle, settle);
    return question;
  };
  return {
    share(key, ask, signal) {
      if (signal?.aborted) return Promise.reject(reasonOf(signal));
      const time = now();
      const same = asked.get(key);
      const question = same && time - same.since < MAX_MILLISECONDS ? same : begin(key, ask, time);
      question.waiting++;
      if (!signal) return question.answer;
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const leave = (): void => {
        reject(reasonOf(signal));
        if (--question.waiting > 0) return;
        forget(key, question);
        question.work.abort(signal.reason);
      };
      const stay = () => signal.removeEventListener('abort', leave);
      signal.addEventListener('abort', leave, { once: true });
      question.answer.then(stay, stay);
      question.answer.then(resolve, reject);
      return promise;
    },
    invalidate: () => asked.clear(),
  };
}

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new Error(String(reason));
