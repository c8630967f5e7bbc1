import type { Page } from 'playwright-core';

/** Runs in the page: everything that a script there could read back later. */
const READ = `(async () => {
  const databases = await Promise.all(
    (await indexedDB.databases()).map(({ name }) => new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const stores = [...database.objectStoreNames];
        if (stores.length === 0) return resolve([name]);
        const reading = database.transaction(stores, 'readonly');
        const rows = stores.map((store) => reading.objectStore(store).getAll());
        reading.oncomplete = () => resolve([name, ...rows.map(({ result }) => result)]);
      };
    })),
  );
  const caches = await Promise.all((await self.caches.keys()).map(async (name) => {
    const requests = await (await self.caches.open(name)).keys();
    return requests.map(({ url }) => url);
  }));
  const storages = [{ ...localStorage }, { ...sessionStorage }];
  return JSON.stringify({ storages, databases, caches, cookie: document.cookie, name: window.name });
})()`;

/** What a page's scripts can find in the browser, as one text to search in. */
export const storedInBrowser = (page: Page): Promise<string> => page.evaluate<string>(READ);
