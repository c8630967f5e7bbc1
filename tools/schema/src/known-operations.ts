import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';

import { type DocumentNode, Kind, parse } from 'graphql';

/** An operation of our web client, or one that our documentation shows. */
export interface KnownOperation {
  /** `README.md: Append`. */
  readonly name: string;
  readonly document: DocumentNode;
  /** Sent by pages of the last release that are still open. */
  readonly isReleased: boolean;
}

export const WEB_DOCUMENTS = 'web/src/generated/persisted-documents.json';
export const RELEASED_WEB_DOCUMENTS = 'released/web-documents.json';
const RELEASED_WEB_CLIENT = 'released web client';

/** Files that show operations for others to copy. */
const DOCUMENTED = ['README.md', 'docs', 'demo/src', 'web/src'];

/**
 * The web client's current and released operations, and the documented ones: in Markdown those in code blocks, in TypeScript
 * string literals after a comment `documented operation`.
 *
 * @param root - the repository.
 * @throws {Error} naming the file of an operation that cannot be parsed.
 */
export async function knownOperations(root: URL): Promise<readonly KnownOperation[]> {
  const texts: { readonly place: string; readonly text: string }[] = [];
  for (const path of [WEB_DOCUMENTS, RELEASED_WEB_DOCUMENTS]) {
    const place = path === WEB_DOCUMENTS ? 'web client' : RELEASED_WEB_CLIENT;
    const documents = JSON.parse(await readFile(new URL(path, root), 'utf8')) as object;
    for (const text of Object.values(documents)) texts.push({ place, text });
  }
  for (const place of (await Promise.all(DOCUMENTED.map((path) => filesAt(root, path)))).flat()) {
    const find = FINDERS[extname(place)];
    if (!find) continue;
    const content = await readFile(new URL(place, root), 'utf8');
    for (const text of find(content)) texts.push({ place, text });
  }
  return texts.map(({ place, text }) => {
    try {
      const document = parse(text);
      const isReleased = place === RELEASED_WEB_CLIENT;
      return { name: `${place}: ${nameOf(document)}`, document, isReleased };
    } catch (error) {
      throw new Error(`${place} has an operation that cannot be parsed: ${text}`, { cause: error });
    }
  });
}

async function filesAt(root: URL, path: string): Promise<readonly string[]> {
  if (extname(path)) return [path];
  const names = await readdir(new URL(path, root), { recursive: true });
  return names.toSorted().map((name) => `${path}/${name}`);
}

/** By file extension: finds the operations in a file's text. */
const FINDERS: Readonly<Record<string, (content: string) => readonly string[]>> = {
  '.md': operationsInMarkdown,
  '.ts': (content) =>
    [...content.matchAll(/\/\* documented operation \*\/\s*([`'])(.*?)\1/gs)].map(
      ([, , text = '']) => text,
    ),
};

/** Code blocks of GraphQL, and what is sent as `"query"` in those of other languages. */
export function operationsInMarkdown(content: string): readonly string[] {
  const blocks = content.matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, language, code = '']) =>
    language === 'graphql'
      ? [code]
      : [...code.matchAll(/"query":\s*("(?:[^"\\]|\\.)*")/g)].map(
          ([, json = '']) => JSON.parse(json) as string,
        ),
  );
}

/** An anonymous operation is named after its first field. */
function nameOf({ definitions }: DocumentNode): string {
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const [first] = definition.selectionSet.selections;
    return definition.name?.value ?? (first?.kind === Kind.FIELD ? first.name.value : '');
  }
  return '';
}
