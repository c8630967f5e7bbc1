import { Directive, Field, ObjectType } from 'type-graphql';

import { Authenticated } from '../access-directives.ts';

/** Relay's, the same in every subgraph. */
export class PageInfo {
  hasNextPage!: boolean;
  hasPreviousPage!: boolean;
  startCursor!: string | null;
  endCursor!: string | null;
}

// By calls, not by decorators: tsx knows the decorators of the workspace that it runs, not of those that are imported.
for (const decorate of [ObjectType(), Directive('@shareable'), Authenticated()]) decorate(PageInfo);
for (const name of ['hasNextPage', 'hasPreviousPage'])
  Field(() => Boolean)(PageInfo.prototype, name);
for (const name of ['startCursor', 'endCursor'])
  Field(() => String, { nullable: true })(PageInfo.prototype, name);
