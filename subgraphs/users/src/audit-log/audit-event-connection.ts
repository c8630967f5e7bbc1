import { Authenticated, PageInfo } from '@affluent/subgraph';
import { Field, ObjectType } from 'type-graphql';

import { AuditEvent } from '../audit/audit-event.ts';

@ObjectType()
@Authenticated()
class AuditEventEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => AuditEvent)
  node!: AuditEvent;
}

@ObjectType({ description: 'Newest first.' })
@Authenticated()
export class AuditEventConnection {
  @Field(() => [AuditEventEdge])
  edges!: AuditEventEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}
