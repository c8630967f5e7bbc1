import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { LRUCache } from 'lru-cache';

import { recordStep } from '../telemetry/record-step.ts';
import { type ShapeLimits, tooComplex } from './limits.ts';
import { assertShape } from './shape.ts';
import { assertLiterals } from './variables.ts';

export type ReadDocument = (text: string) => DocumentNode;

/** Length of the cached texts. A parsed document takes about fifty times the memory of its text. */
const MAX_CHARACTERS_KEPT = 1_000_000;

/**
 * Parses documents and refuses those that are too large to be validated or planned. The same text gives the same document object
 * again, so that it can be the key of caches.
 *
 * The function it returns throws a GraphQLError: GRAPHQL_PARSE_FAILED, OPERATION_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED,
 * BAD_USER_INPUT.
 */
export function createDocumentReader(limits: ShapeLimits): ReadDocument {
  const kept = new LRUCache<string, DocumentNode>({
    maxSize: MAX_CHARACTERS_KEPT,
    sizeCalculation: (_document, text) => text.length + 1,
  });
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    const document = recordStep('graphql.parse', () => parseWithin(limits, text));
    assertShape(document, limits);
    assertLiterals(document);
    kept.set(text, document);
    return document;
  };
}

function parseWithin({ characters, tokens }: ShapeLimits, text: string): DocumentNode {
  if (text.length > characters) {
    throw tooComplex(
      `The document has ${text.length.toLocaleString('en')} characters; ${characters.toLocaleString('en')} are allowed.`,
    );
  }
  try {
    return parse(text, { maxLexicalTokens: tokens });
  } catch (error) {
    // The parser recurses into brackets.
    if (error instanceof RangeError) throw tooComplex('The document is nested too deeply.');
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.endsWith('Parsing aborted.')) {
      throw tooComplex(
        `The document has more than ${tokens.toLocaleString('en')} tokens, which is the limit.`,
      );
    }
    const { message, source, positions } = error;
    throw new GraphQLError(message, {
      source,
      positions,
      extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400 } },
    });
  }
}
