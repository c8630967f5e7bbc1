import { GraphQLError } from 'graphql';

/** Limits of a document and its operations, in any graph. */
export interface ShapeLimits {
  /** Length of the text in UTF-16 code units. */
  readonly characters: number;
  readonly tokens: number;
  /** Levels of fields below each other. */
  readonly depth: number;
  /** Levels of braces: of nested fields and fragments. */
  readonly levels: number;
  readonly rootFields: number;
  readonly aliases: number;
  /** Fragments with `@defer`, whatever their conditions, once for each spread: each has its own part of the plan. */
  readonly defers: number;
  /** Fields and fragments of all operations, those in a fragment once for each spread. */
  readonly selections: number;
  /** Pairs of fields under one response key, which validation compares with each other. */
  readonly pairs: number;
  /** On one field, fragment or operation. */
  readonly directives: number;
}

/**
 * What parsing, validation, access rules and the query planner handle in less than 50 ms, far above what people write: the web
 * client's operations have at most 30 fields, GraphiQL's introspection has 240 selections in 15 levels.
 */
export const SHAPE_LIMITS: ShapeLimits = {
  characters: 64 * 1024,
  tokens: 4_000,
  depth: 20,
  levels: 40,
  rootFields: 20,
  aliases: 50,
  defers: 20,
  selections: 500,
  pairs: 2_000,
  directives: 4,
};

/** Levels of lists and objects in a variable. Code that handles JSON recurses into them. */
export const MAX_VARIABLE_DEPTH = 32;

/** The operation exceeds a limit; the message names it. */
export const tooComplex = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400 } },
  });

/** A mistake that validation would report too, if it were reached. */
export const invalid = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
