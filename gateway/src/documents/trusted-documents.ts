import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Logger } from '@affluent/service';
import { z } from 'zod';

import { watchFile } from '../watch-file.ts';

/** The web client's operations, of this version and of the last release, whose pages may still be open. */
const MANIFESTS = ['web/src/generated/persisted-documents.json', 'released/web-documents.json'].map(
  (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url)),
);

const MANIFEST = z.record(z.templateLiteral(['sha256:', z.hex()]), z.string());

/** Texts by their SHA-256, in hexadecimal. */
export type TrustedDocuments = ReadonlyMap<string, string>;

export interface TrustedDocumentStore extends AsyncDisposable {
  readonly current: () => TrustedDocuments;
}

/**
 * Reads the operations of our own client from their generated manifests, and reloads a manifest when it changes.
 *
 * @throws {Error} when a manifest is missing, or a hash in it is not that of its text.
 */
export async function openTrustedDocuments(
  log: Logger,
  paths: readonly string[] = MANIFESTS,
): Promise<TrustedDocumentStore> {
  const contents = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  const manifests = contents.map(readManifest);
  let all = new Map(manifests.flat());
  const watchers = paths.map((path, index) =>
    watchFile(path, {
      content: contents[index] ?? '',
      async onChange(content) {
        manifests[index] = readManifest(content);
        all = new Map(manifests.flat());
        log.info({ path, documents: all.size }, 'trusted documents reloaded');
      },
      onError: (error) => log.error({ err: error, path }, 'trusted documents refused'),
    }),
  );
  return {
    current: () => all,
    async [Symbol.asyncDispose]() {
      await Promise.all(watchers.map((watcher) => watcher[Symbol.asyncDispose]()));
    },
  };
}

function readManifest(content: string): readonly (readonly [string, string])[] {
  return Object.entries(MANIFEST.parse(JSON.parse(content))).map(([id, text]) => {
    const hash = hashOf(text);
    if (id !== `sha256:${hash}`) throw new Error(`${id} is not the hash of: ${text}`);
    return [hash, text];
  });
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
