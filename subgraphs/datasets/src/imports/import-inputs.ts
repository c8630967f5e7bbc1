import { Authenticated, DomainError } from '@affluent/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';

import { ColumnType } from '../datasets/column-type.ts';
import { ImportFormat, ImportMode, type ImportOptions } from './import-options.ts';
import { Import } from './import.ts';

@InputType({ description: 'Absent options are detected from the file.' })
export class CsvOptionsInput {
  @Field(() => String, { nullable: true, description: 'One of , ; | and the tab.' })
  delimiter?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the first row names the columns.',
  })
  header?: boolean | null;
}

@InputType({ description: 'Overrides the detected type of a column.' })
export class ColumnInput {
  @Field(() => String)
  name!: string;

  @Field(() => ColumnType)
  type!: ColumnType;
}

@InputType()
export class ImportDatasetInput {
  @Field(() => ID)
  workspaceId!: string;

  @Field(() => String, {
    description: '1 to 200 characters. The name of the new dataset; with datasetId it is ignored.',
  })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The dataset to append to or to replace.' })
  datasetId?: string | null;

  @Field(() => ImportMode, { defaultValue: ImportMode.CREATE })
  mode!: ImportMode;

  @Field(() => ImportFormat, { nullable: true })
  format?: ImportFormat | null;

  @Field(() => CsvOptionsInput, { nullable: true })
  csv?: CsvOptionsInput | null;

  @Field(() => [ColumnInput], { nullable: true })
  columns?: ColumnInput[] | null;
}

@ObjectType()
@Authenticated()
export class ImportDatasetPayload {
  /** Null without the scope to read: the mutation has succeeded and must not return an error. */
  @Field(() => Import, { nullable: true })
  import!: Import;
}

@ObjectType()
@Authenticated()
export class CancelImportPayload {
  /** Null without the scope to read: the mutation has succeeded and must not return an error. */
  @Field(() => Import, { nullable: true })
  import!: Import;
}

const DELIMITERS: ReadonlySet<string> = new Set([',', ';', '|', '\t']);

/** @throws {DomainError} BAD_USER_INPUT */
export function optionsOf({
  csv,
  columns,
}: Pick<ImportDatasetInput, 'csv' | 'columns'>): ImportOptions {
  const delimiter = csv?.delimiter ?? undefined;
  if (delimiter !== undefined && !DELIMITERS.has(delimiter)) {
    throw new DomainError('BAD_USER_INPUT', 'csv.delimiter must be one of , ; | or a tab.', {
      reason: 'DELIMITER',
    });
  }
  return {
    csv: { delimiter, header: csv?.header ?? undefined },
    types: Object.fromEntries((columns ?? []).map(({ name, type }) => [name, type])),
  };
}
