/** An element this far below or above the window is refreshed before it is scrolled into view. */
const MARGIN = '200px 0px';

/**
 * Reports whether a person can see an element, now and at each change, until the returned function is called. Without an
 * element it reports on the page.
 */
export function watchVisible(
  element: Element | null,
  onChange: (isVisible: boolean) => void,
): () => void {
  // Until the observer has measured.
  let isInView = true;
  const report = (): void => onChange(isInView && !document.hidden);
  const observer = new IntersectionObserver(
    (entries) => {
      isInView = entries.at(-1)?.isIntersecting ?? true;
      report();
    },
    { rootMargin: MARGIN },
  );
  if (element) observer.observe(element);
  document.addEventListener('visibilitychange', report);
  report();
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', report);
  };
}
