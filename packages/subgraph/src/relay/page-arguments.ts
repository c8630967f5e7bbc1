import { ArgsType, Field, Int } from 'type-graphql';

/** The arguments of a Relay connection: a page from its start (`first`, `after`) or from its end (`last`, `before`). */
export class PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

// By calls, not by decorators: tsx knows the decorators of the workspace that it runs, not of those that are imported.
ArgsType()(PageArguments);
for (const name of ['first', 'last'])
  Field(() => Int, { nullable: true })(PageArguments.prototype, name);
for (const name of ['after', 'before'])
  Field(() => String, { nullable: true })(PageArguments.prototype, name);
