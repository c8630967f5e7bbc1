import { Directive } from 'type-graphql';

/** What {@link CacheFor} writes; Apollo Server goes by it. */
export const CACHE_CONTROL = 'directive @cacheControl(maxAge: Int!) on FIELD_DEFINITION | OBJECT';

/**
 * On a field or type that is the same for everybody who may have it: caches may keep it so many seconds. An answer may be kept
 * when all its objects say so.
 */
export const CacheFor = (seconds: number) => Directive(`@cacheControl(maxAge: ${seconds})`);
