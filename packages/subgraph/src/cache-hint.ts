import { Directive } from 'type-graphql';

/** The directive that {@link CacheFor} adds. Apollo Server reads it. */
export const CACHE_CONTROL = 'directive @cacheControl(maxAge: Int!) on FIELD_DEFINITION | OBJECT';

/**
 * On a field or type that is the same for every caller who may access it: how many seconds caches may keep it. A response may be
 * cached when all its objects allow it.
 */
export const CacheFor = (seconds: number) => Directive(`@cacheControl(maxAge: ${seconds})`);
