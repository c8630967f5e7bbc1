import { PageInfo, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { GraphQLBigInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

import { Import } from './import.ts';

const RejectSchema = defineEntity({
  name: 'Reject',
  properties: {
    import: () => p.manyToOne(Import).primary().ref(),
    /** Counted from 1, in file order. */
    ordinal: p.integer().primary(),
    line: p.bigint('number'),
    column: p.text().nullable(),
    value: p.text().nullable(),
    reason: p.text(),
  },
});

@ObjectType({
  description:
    'A row (or record) that was not imported. `line` counts from 1, including the header.',
})
@RequiresScopes('datasets:read')
export class Reject extends RejectSchema.class {
  @Field(() => GraphQLBigInt)
  declare line: number;

  @Field(() => String, { nullable: true })
  declare column: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'At most its first 200 characters.' })
  declare value: string | null | undefined;

  @Field(() => String)
  declare reason: string;
}
RejectSchema.setClass(Reject);

@ObjectType()
@RequiresScopes('datasets:read')
export class RejectEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => Reject)
  node!: Reject;
}

@ObjectType()
@RequiresScopes('datasets:read')
export class RejectConnection {
  @Field(() => [RejectEdge])
  edges!: RejectEdge[];

  @Field(() => [Reject])
  nodes!: Reject[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => GraphQLBigInt)
  totalCount!: number;
}
