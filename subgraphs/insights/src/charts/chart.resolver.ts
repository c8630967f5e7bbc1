import {
  Authenticated,
  canEdit,
  DomainError,
  identityOf,
  readName,
  RequiresScopes,
} from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';

import type { Context } from '../context.ts';
import { Dataset } from '../datasets/dataset.ts';
import { findReadableChart } from './chart.policy.ts';
import { Chart, ChartType, Measure } from './chart.ts';

@InputType()
class ChartSpecInput {
  @Field(() => String)
  x!: string;

  @Field(() => String)
  y!: string;

  @Field(() => Measure, { defaultValue: Measure.AVG })
  measure!: Measure;

  @Field(() => String, { nullable: true })
  groupBy?: string | null;
}

@InputType()
class CreateChartInput {
  @Field(() => ID)
  datasetId!: string;

  @Field(() => String, { description: '1 to 200 characters.' })
  title!: string;

  @Field(() => ChartType, { defaultValue: ChartType.LINE })
  type!: ChartType;

  @Field(() => ChartSpecInput)
  spec!: ChartSpecInput;
}

@ObjectType()
@Authenticated()
class CreateChartPayload {
  /** Null for a caller without the scope to read: the mutation must not look as if it had failed. */
  @Field(() => Chart, { nullable: true })
  chart!: Chart;
}

@Resolver(() => Chart)
export class ChartResolver {
  @Query(() => Chart, {
    nullable: true,
    description:
      'Null when there is no such chart, or the caller is not a member of its workspace.',
  })
  @RequiresScopes('insights:read')
  chart(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<Chart | null> {
    return findReadableChart(id, context);
  }

  @Mutation(() => CreateChartPayload, {
    description:
      'Saves a chart of a dataset, which is looked up with the same token: hence both scopes. Errors: NOT_FOUND for an unknown dataset, FORBIDDEN for viewers, BAD_USER_INPUT for an unknown column.',
  })
  @RequiresScopes('insights:write', 'datasets:read')
  async createChart(
    @Arg('input', () => CreateChartInput) input: CreateChartInput,
    @Ctx() context: Context,
  ): Promise<CreateChartPayload> {
    const { datasetId, type } = input;
    const title = readName(input.title, {
      what: 'The title of a chart',
      maxLength: 200,
      reason: 'CHART_TITLE',
    });
    const dataset = await context.findDataset(datasetId, identityOf(context));
    if (!dataset) throw new DomainError('NOT_FOUND', 'There is no such dataset.');
    if (!canEdit(await context.memberships.roleToEdit(dataset.workspaceId))) {
      throw new DomainError('FORBIDDEN', 'Viewers of a workspace cannot save charts in it.', {
        reason: 'EDITORS_ONLY',
      });
    }
    const { x, y, measure, groupBy = null } = input.spec;
    const unknown = [x, y, groupBy].find((name) => name !== null && !dataset.columns.has(name));
    if (unknown !== undefined)
      throw new DomainError('BAD_USER_INPUT', `The dataset has no column "${unknown}".`, {
        reason: 'UNKNOWN_COLUMN',
      });
    const { workspaceId } = dataset;
    const spec = { x, y, measure, groupBy };
    const chart = context.em.create(Chart, {
      workspaceId,
      datasetId,
      title,
      type,
      spec,
      createdAt: new Date(),
    });
    await context.em.flush();
    return { chart };
  }

  @FieldResolver(() => Dataset, { nullable: true })
  dataset(@Root() { datasetId }: Chart): Dataset {
    return { id: datasetId };
  }
}

export const resolveChart = ({ id }: Pick<Chart, 'id'>, context: Context): Promise<Chart | null> =>
  findReadableChart(id, context);
