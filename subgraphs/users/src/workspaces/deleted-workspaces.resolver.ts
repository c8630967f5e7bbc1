import { SERVICE_SCOPE } from '@affluent/service';
import { DomainError, isUuid, ListSize, RequiresScopes } from '@affluent/subgraph';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';

import type { Context } from '../context.ts';
import { DeletedWorkspace } from './deleted-workspace.ts';

const MAX_IDS = 1_000;

@Resolver()
export class DeletedWorkspacesResolver {
  @Query(() => [ID], {
    nullable: true,
    description:
      'For our own services, which delete the rows of deleted workspaces: those of at most 1,000 workspaces that were deleted.',
  })
  @Directive('@inaccessible')
  @RequiresScopes(SERVICE_SCOPE)
  @ListSize({ assumed: MAX_IDS })
  async deletedWorkspaces(
    @Arg('among', () => [ID]) among: string[],
    @Ctx() { em }: Context,
  ): Promise<readonly string[]> {
    if (among.length > MAX_IDS)
      throw new DomainError('BAD_USER_INPUT', `At most ${MAX_IDS} workspaces can be checked.`);
    const deleted = await em.find(DeletedWorkspace, { id: { $in: among.filter(isUuid) } });
    return deleted.map(({ id }) => id);
  }
}
