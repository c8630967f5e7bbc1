import {
  Cost,
  DomainError,
  ListSize,
  readName,
  PageArguments,
  readConnection,
  RequiresScopes,
} from '@affluent/subgraph';
import type { FileUpload } from 'graphql-upload-minimal';
import { GraphQLUpload } from 'graphql-upload-minimal';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';

import type { Context } from '../context.ts';
import { query } from '../database.ts';
import { getEditableDataset } from '../datasets/dataset.policy.ts';
import { Dataset } from '../datasets/dataset.ts';
import { encodePosition, readPosition } from '../relay/cursor.ts';
import { assertCanEdit } from '../workspaces/workspace.policy.ts';
import { ImportError } from './import-error.ts';
import {
  CancelImportPayload,
  ImportDatasetInput,
  ImportDatasetPayload,
  optionsOf,
} from './import-inputs.ts';
import { watchImport } from './import-progress.ts';
import { findImport, getEditableImport } from './import.policy.ts';
import { Import, IMPORTS_CHANNEL } from './import.ts';
import { Reject, RejectConnection } from './reject.ts';

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 1_000;
const MAX_FILE_NAME_LENGTH = 255;

@Resolver(() => Import)
export class ImportResolver {
  @Query(() => Import, {
    nullable: true,
    description: 'Null if there is no such import, or the caller is not a member of its workspace.',
  })
  @RequiresScopes('datasets:read')
  import(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<Import | null> {
    return findImport(context, id);
  }

  @Mutation(() => ImportDatasetPayload, {
    description:
      'Uploads a file and returns once it is stored; `importProgressed` reports the progress of the import.',
  })
  @RequiresScopes('datasets:write')
  @Cost(100)
  async importDataset(
    @Arg('input', () => ImportDatasetInput) input: ImportDatasetInput,
    @Arg('file', () => GraphQLUpload) file: FileUpload,
    @Ctx() context: Context,
  ): Promise<ImportDatasetPayload> {
    const { em, uploads, importQueue } = context;
    const name = readName(input.name, {
      what: 'The name of a dataset',
      maxLength: 200,
      reason: 'DATASET_NAME',
    });
    const dataset = await datasetFor(input, context);
    const options = optionsOf(input);
    const importId = crypto.randomUUID();
    const bytesTotal = await uploads.write(importId, file.createReadStream());
    try {
      // Roles may have changed during the upload.
      await assertCanEdit(context, input.workspaceId, performance.now());
      return await em.transactional(async (tx) => {
        const created = tx.create(Import, {
          id: importId,
          dataset: dataset ?? tx.create(Dataset, { workspaceId: input.workspaceId, name }),
          workspaceId: input.workspaceId,
          mode: input.mode,
          format: input.format ?? null,
          options,
          fileName: file.filename.slice(-MAX_FILE_NAME_LENGTH),
          bytesTotal,
        });
        await tx.flush();
        await importQueue.add(tx, { id: importId, data: null });
        return { import: created };
      });
    } catch (error) {
      await uploads.remove(importId);
      throw error;
    }
  }

  @Mutation(() => CancelImportPayload, {
    description: 'Stops an import and discards its rows. CONFLICT if it has ended.',
  })
  @RequiresScopes('datasets:write')
  async cancelImport(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<CancelImportPayload> {
    const found = await getEditableImport(context, id);
    const cancelled = await query(
      context.em,
      `UPDATE import SET status = 'CANCELLED', finished_at = now()
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')
       RETURNING pg_notify('${IMPORTS_CHANNEL}', $1::text)`,
      [found.id],
    );
    if (cancelled.length === 0)
      throw new DomainError('CONFLICT', 'The import has already ended.', {
        reason: 'IMPORT_ENDED',
      });
    return { import: await context.em.refreshOrFail(found) };
  }

  @Subscription(() => Import, {
    description: 'The present state of the import, then each change, until it has ended.',
    subscribe: ({ args, context }) => watchImport(context as Context, String(args.importId)),
  })
  @RequiresScopes('datasets:read')
  importProgressed(
    @Arg('importId', () => ID) _importId: string,
    @Root() progressed: Import,
  ): Import {
    return progressed;
  }

  @FieldResolver(() => ImportError, { nullable: true })
  error(@Root() { errorCode, errorMessage, errorLine }: Import): ImportError | null {
    if (!errorCode) return null;
    return { code: errorCode, message: errorMessage ?? '', line: errorLine ?? null };
  }

  @FieldResolver(() => Dataset)
  async dataset(@Root() { dataset }: Import): Promise<Dataset> {
    return dataset.loadOrFail({ dataloader: true });
  }

  @FieldResolver(() => RejectConnection, {
    description:
      'In the order of the file. `first` or `last`: 1 to 1,000; by default the first 100.',
  })
  @ListSize({ page: DEFAULT_PAGE_SIZE, of: ['edges', 'nodes'] })
  async rejects(
    @Root() { id, rowsRejected }: Import,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { em }: Context,
  ): Promise<RejectConnection> {
    const connection = await readConnection({
      page,
      defaultSize: DEFAULT_PAGE_SIZE,
      maxSize: MAX_PAGE_SIZE,
      cursorOf: ({ ordinal }: Reject) => encodePosition(ordinal),
      placeOf: readPosition,
      read: ({ after = 0, before = Number.MAX_SAFE_INTEGER, limit, backward }) =>
        em.find(
          Reject,
          { import: id, ordinal: { $gt: after, $lt: before } },
          { limit, orderBy: { ordinal: backward ? 'desc' : 'asc' } },
        ),
    });
    return { ...connection, totalCount: rowsRejected };
  }
}

/** The dataset that receives the rows, or undefined for a new one. Refuses bad input before the file is read. */
async function datasetFor(
  { mode, datasetId, workspaceId }: ImportDatasetInput,
  context: Context,
): Promise<Dataset | undefined> {
  await assertCanEdit(context, workspaceId);
  if (mode === 'CREATE') {
    if (!datasetId) return undefined;
    throw new DomainError('BAD_USER_INPUT', 'datasetId requires mode APPEND or REPLACE.');
  }
  if (!datasetId) throw new DomainError('BAD_USER_INPUT', `Mode ${mode} requires a datasetId.`);
  const dataset = await getEditableDataset(context, datasetId);
  if (dataset.workspaceId === workspaceId) return dataset;
  throw new DomainError('NOT_FOUND', 'There is no such dataset.');
}

export const resolveImport = (
  { id }: Pick<Import, 'id'>,
  context: Context,
): Promise<Import | null> => findImport(context, id);
