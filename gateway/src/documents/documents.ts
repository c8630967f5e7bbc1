import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';

import { hashOf, type TrustedDocuments } from './trusted-documents.ts';

/** What a request says of the document that it wants to run, however it came in. Nothing of it is checked yet. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** `sha256:` and a hash (GraphQL over HTTP, appendix A). */
  readonly documentId?: unknown;
  /** `persistedQuery`, as Apollo's clients send it. */
  readonly extensions?: unknown;
}

interface DocumentsOptions {
  readonly trusted: () => TrustedDocuments;
  /** Refuse every other document. */
  readonly onlyTrusted: boolean;
}

/** Finds the text that a request wants to run: its own, or the one whose hash it names. */
export interface Documents {
  /**
   * Undefined when the request has neither.
   *
   * @throws {GraphQLError} PERSISTED_QUERY_NOT_FOUND, whose receiver sends the text along; PERSISTED_QUERY_NOT_ALLOWED;
   *   BAD_REQUEST, when hash and text are not of one document, or there is no telling the hash.
   */
  readonly textOf: (request: DocumentRequest) => string | undefined;
}

/** Of the texts that clients had us keep, together. */
const MAX_CHARACTERS = 5_000_000;
const MAX_CHARACTERS_EACH = 64 * 1024;

/**
 * Trusted documents (our own client's) are known from the start. Of others the text is kept when a client sends it with its
 * hash: automatic persisted queries. Old ones go when there are too many; their clients send them again.
 */
export function createDocuments({ trusted, onlyTrusted }: DocumentsOptions): Documents {
  const kept = new LRUCache<string, string>({
    maxSize: MAX_CHARACTERS,
    maxEntrySize: MAX_CHARACTERS_EACH,
    sizeCalculation: (text) => text.length,
  });
  return {
    textOf(request) {
      const named = namedHash(request);
      // A message of graphql-transport-ws must have a text: it is empty beside a hash.
      const text =
        typeof request.query === 'string' && request.query !== '' ? request.query : undefined;
      const known = named === undefined ? undefined : (trusted().get(named) ?? kept.get(named));
      if (text === undefined) {
        if (known !== undefined || named === undefined) return known;
        throw onlyTrusted ? notAllowed() : notFound();
      }
      if (onlyTrusted && !trusted().has(hashOf(text))) throw notAllowed();
      if (named === undefined || known === text) return text;
      if (named !== hashOf(text)) throw badRequest('The hash is not that of the document.');
      kept.set(named, text);
      return text;
    },
  };
}

function namedHash({ documentId, extensions }: DocumentRequest): string | undefined {
  if (documentId !== undefined && documentId !== null) {
    const id = typeof documentId === 'string' ? documentId : '';
    const [, hash] = /^sha256:([0-9a-f]{64})$/.exec(id) ?? [];
    if (!hash) throw badRequest('A documentId is "sha256:" and 64 hexadecimal digits.');
    return hash;
  }
  const { persistedQuery } = (extensions ?? {}) as { readonly persistedQuery?: unknown };
  if (persistedQuery === undefined || persistedQuery === null) return undefined;
  const { version, sha256Hash } = persistedQuery as Readonly<Record<string, unknown>>;
  if (version !== 1 || typeof sha256Hash !== 'string')
    throw badRequest('A persistedQuery has the version 1 and a sha256Hash.');
  return sha256Hash;
}

/** Word and code are those that Apollo's clients look for; 200, because it is the usual way of a first request. */
const notFound = (): GraphQLError =>
  new GraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 200 } },
  });

const notAllowed = (): GraphQLError =>
  new GraphQLError('Only the documents of its own client are run here.', {
    extensions: { code: 'PERSISTED_QUERY_NOT_ALLOWED', http: { status: 403 } },
  });

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
