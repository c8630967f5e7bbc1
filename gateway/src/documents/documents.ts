import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';

import { hashOf, type TrustedDocuments } from './trusted-documents.ts';

/** The document of a request, over any transport. Nothing of it is checked yet. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** `sha256:` and a hash (GraphQL over HTTP, appendix A). */
  readonly documentId?: unknown;
  /** May hold `persistedQuery`, as Apollo's clients send it. */
  readonly extensions?: unknown;
}

interface DocumentsOptions {
  readonly trusted: () => TrustedDocuments;
  /** Whether every other document is refused. */
  readonly onlyTrusted: boolean;
}

/** Finds the text of a request's document: sent with it, or by the hash that it names. */
export interface Documents {
  /**
   * @returns undefined when the request has neither text nor hash.
   * @throws {GraphQLError} PERSISTED_QUERY_NOT_FOUND, after which clients send the text too; PERSISTED_QUERY_NOT_ALLOWED;
   *   BAD_REQUEST when the hash is malformed or not that of the text.
   */
  readonly textOf: (request: DocumentRequest) => string | undefined;
}

/** Length of all texts that clients have registered. */
const MAX_CHARACTERS = 5_000_000;
const MAX_CHARACTERS_EACH = 64 * 1024;

/**
 * Trusted documents (our own client's) are there from the start. Others are registered when a client sends a text with its hash
 * (automatic persisted queries). When there are too many, the least used are dropped; their clients send them again.
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
      // Messages of graphql-transport-ws must have a query: it is empty beside a hash.
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
    if (!hash) throw badRequest('"documentId" must be "sha256:" and 64 hexadecimal digits.');
    return hash;
  }
  const { persistedQuery } = (extensions ?? {}) as { readonly persistedQuery?: unknown };
  if (persistedQuery === undefined || persistedQuery === null) return undefined;
  const { version, sha256Hash } = persistedQuery as Readonly<Record<string, unknown>>;
  if (version !== 1 || typeof sha256Hash !== 'string')
    throw badRequest('"persistedQuery" must have the version 1 and a sha256Hash.');
  return sha256Hash;
}

/** Apollo's clients look for this message and code. Status 200, because a first request is usually answered so. */
const notFound = (): GraphQLError =>
  new GraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 200 } },
  });

const notAllowed = (): GraphQLError =>
  new GraphQLError('Only the documents of the web client are allowed.', {
    extensions: { code: 'PERSISTED_QUERY_NOT_ALLOWED', http: { status: 403 } },
  });

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
