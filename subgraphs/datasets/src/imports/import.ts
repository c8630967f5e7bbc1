import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, type Opt, p } from '@mikro-orm/core';
import { GraphQLBigInt } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

import { Dataset } from '../datasets/dataset.ts';
import { ImportFormat, ImportMode, type ImportOptions, ImportStatus } from './import-options.ts';

/** NOTIFY wakes those who watch an import; the payload is its id. */
export const IMPORTS_CHANNEL = 'import_progressed';

const ImportSchema = defineEntity({
  name: 'Import',
  properties: {
    /** Also names the uploaded blob, the job and (without dashes) the staging table. */
    id: p.uuid().primary(),
    dataset: () => p.manyToOne(Dataset).ref(),
    workspaceId: p.text(),
    status: p.enum(() => ImportStatus).default(ImportStatus.QUEUED),
    mode: p.enum(() => ImportMode),
    format: p.enum(() => ImportFormat).nullable(),
    options: p.json<ImportOptions>(),
    fileName: p.text(),
    bytesTotal: p.bigint('number').nullable(),
    bytesRead: p.bigint('number').default(0),
    rowsImported: p.bigint('number').default(0),
    rowsRejected: p.bigint('number').default(0),
    errorCode: p.text().nullable(),
    errorMessage: p.text().nullable(),
    errorLine: p.bigint('number').nullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
  },
});

@ObjectType({ description: 'The import of a file into a dataset.' })
@Directive('@key(fields: "id")')
@RequiresScopes('datasets:read')
export class Import extends ImportSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => ImportStatus)
  declare status: Opt<ImportStatus>;

  @Field(() => ImportFormat, { nullable: true, description: 'Null until it is detected.' })
  declare format: ImportFormat | null | undefined;

  @Field(() => ImportMode)
  declare mode: ImportMode;

  @Field(() => String)
  declare fileName: string;

  @Field(() => GraphQLBigInt, { nullable: true })
  declare bytesTotal: number | null | undefined;

  @Field(() => GraphQLBigInt)
  declare bytesRead: Opt<number>;

  @Field(() => GraphQLBigInt)
  declare rowsImported: Opt<number>;

  @Field(() => GraphQLBigInt)
  declare rowsRejected: Opt<number>;

  @Field(() => DateTime)
  declare createdAt: Opt<Date>;

  @Field(() => DateTime, { nullable: true })
  declare startedAt: Date | null | undefined;

  @Field(() => DateTime, { nullable: true })
  declare finishedAt: Date | null | undefined;
}
ImportSchema.setClass(Import);
